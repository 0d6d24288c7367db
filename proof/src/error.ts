// SPDX-License-Identifier: Apache-2.0
export const PROOF_ERROR_CODES = [
  'bad-base64',
  'bad-hex',
  'bad-json',
  'bad-line',
  'bad-note',
  'bad-vkey',
  'bad-checkpoint',
  'bad-policy',
  'bad-envelope',
  'bad-signature',
  'bad-statement',
  'bad-bag',
  'bad-proof',
  'bad-case',
  'bad-disposition',
  'bad-timestamp',
  'bad-trust',
  'timestamp-unsupported',
  'too-large',
] as const;
export type ProofErrorCode = (typeof PROOF_ERROR_CODES)[number];

/** Evidence that is not what the format says. `detail` is a path or a word of the format, never content. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
  readonly code: ProofErrorCode;
  readonly detail: string;
  constructor(code: ProofErrorCode, detail = '', cause?: unknown) {
    super(detail === '' ? code : `${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
  }
}
