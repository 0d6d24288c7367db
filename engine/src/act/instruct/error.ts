// SPDX-License-Identifier: Apache-2.0
export const INSTRUCT_ERROR_CODES = [
  /** Nobody has been instructed yet: the plan is not executed for this store. */
  'not-instructed',
  /** Nobody has confirmed yet. */
  'not-confirmed',
  /** More units than were instructed or confirmed, or none. */
  'wrong-count',
  /** The holder's own department cannot verify. */
  'holder-verifies',
] as const;

/** A step of an offline store cannot be taken. `details` names the store and numbers. */
export class InstructError extends Error {
  override readonly name = 'InstructError';
  readonly code: (typeof INSTRUCT_ERROR_CODES)[number];
  readonly details: Readonly<Record<string, string | number>>;
  constructor(code: InstructError['code'], details: Readonly<Record<string, string | number>>) {
    super(`${code}: ${Object.values(details).join(' ')}`);
    this.code = code;
    this.details = details;
  }
}
