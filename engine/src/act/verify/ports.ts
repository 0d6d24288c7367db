// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';

/** Verify's own look at a source: own connection, own queries, own decoders. Every method may throw VerifyError. */
export interface Probe {
  readonly source: string;
  /** Rows are addressed by number, and numbers move when rows go: then records are known by content. */
  readonly numbered: boolean;
  /** Everything there is to search, canaries and leftovers included. */
  datasets(): Promise<readonly string[]>;
  columns(dataset: string): Promise<readonly string[]>;
  countRows(dataset: string): Promise<number>;
  /** All rows as they are now, cells in the order of `columns`; memory is bounded by a batch (files: by the file). */
  rows(dataset: string): AsyncIterable<Row>;
  /** True when this account may not see every row of the dataset (row-level security). */
  hidesRows(dataset: string): Promise<boolean>;
  close(): Promise<void>;
}
