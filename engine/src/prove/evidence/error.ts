// SPDX-License-Identifier: Apache-2.0
export const EVIDENCE_ERROR_CODES = [
  'log-damaged',
  'log-differs',
  'log-gap',
  'leaf-malformed',
  'not-sealed',
  'file-unknown',
  'file-missing',
  'inventory-differs',
] as const;
export type EvidenceErrorCode = (typeof EVIDENCE_ERROR_CODES)[number];

/** The log or the bundle cannot go on. `details`: a place, a path; never content. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
  readonly code: EvidenceErrorCode;
  readonly details: Readonly<Record<string, string | number>>;
  constructor(code: EvidenceErrorCode, details: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, { cause });
    this.code = code;
    this.details = details;
  }
}
