// SPDX-License-Identifier: Apache-2.0
export const LAW_ERROR_CODES = [
  'not-an-object',
  'unknown-field',
  'missing-field',
  'wrong-value',
  'duplicate-rule',
  'unknown-rule',
  'circular-parents',
  'overlapping-versions',
] as const;

/** A rule pack is not what its lists allow. `details` names the rule and the field, never a case. */
export class LawError extends Error {
  override readonly name = 'LawError';
  readonly code: (typeof LAW_ERROR_CODES)[number];
  /** `row` is the rule's place in the pack that was given, 0 first; null when the fault lies between rules. */
  readonly details: { readonly rule: string; readonly field: string; readonly row: number | null };
  constructor(code: LawError['code'], rule: string, field: string, row: number | null = null, cause?: unknown) {
    super(`${code}: rule ${rule}, field ${field}`, { cause });
    this.code = code;
    this.details = { rule, field, row };
  }
}
