// SPDX-License-Identifier: Apache-2.0
export const STORE_ERROR_CODES = [
  'no-binaries',
  'initdb-failed',
  'server-start-failed',
  'database-unreachable',
  'database-too-old',
  'newer-data-folder',
  'case-busy',
  'case-not-found',
  'case-exists',
  'migration-failed',
  'disk-full',
] as const;

/** What can go wrong with our own state. `detail` names a folder, a version or a process; never a credential. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: (typeof STORE_ERROR_CODES)[number];
  readonly detail: string;
  constructor(code: StoreError['code'], detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
  }
}
