// SPDX-License-Identifier: Apache-2.0
export type VaultErrorCode =
  /** An archive file cannot be opened with the class key, or is not the archive that was written. */
  | 'archive-damaged'
  /** What was read back from disk is not what was given. */
  | 'archive-differs'
  /** The folder already holds this dataset with other columns. */
  | 'schema-differs'
  /** Expected records came out of inventory order. */
  | 'order';

/** What can go wrong in the vault. `details` names files and places, never a value. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;
  readonly details: Readonly<Record<string, string | number>>;
  constructor(code: VaultErrorCode, details: Readonly<Record<string, string | number>>, cause?: unknown) {
    super(`${code}: ${Object.values(details).join(' ')}`, { cause });
    this.code = code;
    this.details = details;
  }
}
