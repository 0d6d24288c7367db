// SPDX-License-Identifier: Apache-2.0
export const APPROVE_ERROR_CODES = [
  'unknown-officer',
  'not-entitled',
  'preparer',
  'bad-signature',
  'stale-digest',
  'already-signed',
  'revoked',
  'post-dated',
  'no-delegation',
  'delegation-over',
  'delegation-invalid',
  'nothing-to-revoke',
] as const;

/** A signature that does not count. `details.officer` is an officer's id, never a name. */
export class ApproveError extends Error {
  override readonly name = 'ApproveError';
  readonly code: (typeof APPROVE_ERROR_CODES)[number];
  readonly details: { readonly officer: string };
  constructor(code: ApproveError['code'], officer: string, cause?: unknown) {
    super(`${code}: officer ${officer}`, { cause });
    this.code = code;
    this.details = { officer };
  }
}
