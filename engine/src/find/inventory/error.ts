// SPDX-License-Identifier: Apache-2.0
export type InventoryErrorCode =
  'column-unknown' | 'row-shape' | 'segment-missing' | 'segment-unwritable' | 'key-damaged' | 'query-failed' | 'temp-outside';

/** What can go wrong in the inventory. `details` names datasets, columns, files and codes, never values. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError';
  readonly code: InventoryErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: InventoryErrorCode, details: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, { cause });
    this.code = code;
    this.details = details;
  }
}
