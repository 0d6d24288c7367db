// SPDX-License-Identifier: Apache-2.0
export type VerifyErrorCode =
  /** The store does not answer or refuses the login; nothing is known about it. */
  | 'source-unreachable'
  /** A dataset is not there or may not be read. */
  | 'dataset-unreadable'
  /** A file is not what its kind says (broken zip, unknown encoding, encrypted). */
  | 'file-unreadable';

/** What can go wrong while looking. The store's own message never travels along: it may quote row values. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  readonly code: VerifyErrorCode;
  readonly details: Readonly<Record<string, string>>;
  constructor(code: VerifyErrorCode, details: Readonly<Record<string, string>>, cause?: unknown) {
    super(`${code}: ${Object.values(details).join(' ')}`, { cause });
    this.code = code;
    this.details = details;
  }
}

/** The code of a driver's or file system's error, if it has one; its message may quote values and is not used. */
export function stateOf(error: unknown): string {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  if (typeof errcode === 'number') return `sqlite-${errcode}`;
  return typeof code === 'string' ? code : 'unknown';
}
