// SPDX-License-Identifier: Apache-2.0
export type ExecuteErrorCode =
  /** The store does not answer, or the connection broke outside a commit. Nothing is decided; run again. */
  | 'source-unreachable'
  /** User or password refused. */
  | 'login-refused'
  /** The account may not do this (delete, alter, create). */
  | 'permission-denied'
  /** Another process holds the table, file or database. */
  | 'source-locked'
  /** The table, sheet or file is not there, or has other columns than the inventory. */
  | 'dataset-differs'
  /** The file cannot be read in its own format (broken, encrypted, unknown encoding, too large). */
  | 'file-unreadable'
  /** The file changed between planning the replacement and putting it in place. */
  | 'file-changed'
  /** The store answered with an error that has no remedy here; `details.state` is its code. */
  | 'source-error';

/**
 * What can go wrong while erasing. The store's own message never travels along: it may quote the values of a row
 * (PostgreSQL puts them in DETAIL); `details` has its code and the names of source, dataset, file or trigger.
 */
export class ExecuteError extends Error {
  override readonly name = 'ExecuteError';
  readonly code: ExecuteErrorCode;
  readonly details: Readonly<Record<string, string>>;
  constructor(code: ExecuteErrorCode, details: Readonly<Record<string, string>>, cause?: unknown) {
    super(`${code}: ${Object.values(details).join(' ')}`, { cause });
    this.code = code;
    this.details = details;
  }
}

/** The code of a driver's or file system's error, if it has one; its message may quote values and is not used. */
export function stateOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
