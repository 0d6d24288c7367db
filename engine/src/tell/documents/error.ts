// SPDX-License-Identifier: Apache-2.0
export const DOCUMENT_ERROR_CODES = [
  /** The font has no picture of a character; `detail` is its code point and the place in the input, never the text. */
  'character-missing',
  /** The font is not where the package puts it. */
  'font-missing',
  /** The typesetter refused the document; its own message is the cause. */
  'not-typeset',
] as const;

/** A document cannot be written. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code: (typeof DOCUMENT_ERROR_CODES)[number];
  readonly detail: string;
  constructor(code: DocumentError['code'], detail = '', cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
  }
}
