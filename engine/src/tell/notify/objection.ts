// SPDX-License-Identifier: Apache-2.0
/** What an answer means: all records of the subject leave destruction (PIPL 44, 46, 47). Stored by the corridor as an exception. */
export function objectionToHold(answer: {
  readonly subject: number;
  readonly kind: 'objection' | 'correction';
  /** YYYY-MM-DD */
  readonly date: string;
}): { readonly subject: number; readonly reason: string } {
  return { subject: answer.subject, reason: `${answer.kind} ${answer.date}` };
}
