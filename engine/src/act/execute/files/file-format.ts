// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';

/** A file in memory, opened for one of its datasets. */
export interface OpenFile {
  /** Data rows, cells in the order of the inventory's columns; row number n is at n - 1. */
  readonly rows: readonly Row[];
  /**
   * The file without the rows in `remove`, and with the cells at `places` emptied in the rows in `blank` (row numbers, from 1).
   * Everything else stays as it is.
   */
  rewrite(change: {
    readonly remove: ReadonlySet<number>;
    readonly blank: ReadonlySet<number>;
    readonly places: readonly number[];
  }): Promise<Uint8Array>;
}

export interface FileFormat {
  /** Throws ExecuteError `file-unreadable`, `dataset-differs`. */
  open(bytes: Uint8Array, dataset: string, columns: readonly string[]): Promise<OpenFile>;
  /** A small file in this format that holds the marks. `like` = the source's bytes, whose encoding it takes. */
  canary(marks: readonly string[], like: Uint8Array): Promise<Uint8Array>;
  readonly extension: 'csv' | 'xlsx';
}
