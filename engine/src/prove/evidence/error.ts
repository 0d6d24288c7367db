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
  'authority-invalid',
  'authority-unreachable',
  'authority-slow',
  'authority-refused',
  'authority-garbage',
] as const;
export type EvidenceErrorCode = (typeof EVIDENCE_ERROR_CODES)[number];

/** The log, the bundle or a time stamp cannot go on. `details`: a place, a path, a code; never content. */
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
