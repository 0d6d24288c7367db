// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';

/** What the inventory says about a table in a file. */
export interface TableShape {
  /** Names the table in errors. */
  readonly dataset: string;
  readonly sheet: string | null;
  readonly columns: readonly string[];
  /** 1-based sheet row of the header; null = the first row with any text. */
  readonly headerRow: number | null;
}

export interface Change {
  /** Row numbers, from 1, that go. */
  readonly remove: ReadonlySet<number>;
  /** Row numbers whose cells at `places` are emptied. */
  readonly blank: ReadonlySet<number>;
  readonly places: readonly number[];
}

/** A file in memory, opened for one of its tables. */
export interface OpenTable {
  /** Data rows, cells in the order of the inventory's columns; row number n is at n - 1. */
  readonly rows: readonly Row[];
  /** Why no row may be taken out of this file; null = it may be changed. */
  readonly refused?: string | null;
  /** Rows that a change must leave alone, with the reason. */
  obstacles?(change: Change): ReadonlyMap<number, string>;
  /** The file after the change; everything else stays as it is. */
  rewrite(change: Change): Uint8Array;
}

/** Throws ExecuteError `file-unreadable`, `dataset-differs`. */
export type TableFormat = (bytes: Uint8Array, shape: TableShape) => OpenTable;
