// SPDX-License-Identifier: Apache-2.0
export const LAW_ERROR_CODES = ['not-an-object', 'unknown-field', 'missing-field', 'wrong-value', 'duplicate-rule'] as const;

/** A rule pack is not what its lists allow. `details` names the rule and the field, never a case. */
export class LawError extends Error {
  override readonly name = 'LawError';
  readonly code: (typeof LAW_ERROR_CODES)[number];
  readonly details: { readonly rule: string; readonly field: string };
  constructor(code: LawError['code'], rule: string, field: string, cause?: unknown) {
    super(`${code}: rule ${rule}, field ${field}`, { cause });
    this.code = code;
    this.details = { rule, field };
  }
}
