// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';
import type { Layout } from '../../model/source.ts';

/** What the inventory says about a table in a file: after records went, the file alone may say otherwise. */
export interface TableShape {
  /** In the order of the fingerprints. */
  readonly columns: readonly string[];
  readonly layout?: Layout | undefined;
}

/** Something that a source says, or cannot be made to say. */
export type Piece =
  | { readonly kind: 'row'; readonly dataset: string; readonly columns: readonly string[]; readonly row: Row }
  /** A file or part that could not be searched in full; `known`: the inventory lists it as unreadable. */
  | { readonly kind: 'unread'; readonly path: string; readonly known: boolean }
  /** A canary that must be found in this dataset, and in each that is named so. */
  | { readonly kind: 'control'; readonly dataset: string };

/** Verify's own look at a source: own connection, own queries, own decoders. Every method may throw VerifyError. */
export interface Probe {
  readonly source: string;
  /** Rows are addressed by number, and numbers move when rows go: then records are known by content. */
  readonly numbered: boolean;
  /** Everything there is to search, canaries and leftovers included. */
  datasets(): Promise<readonly string[]>;
  columns(dataset: string): Promise<readonly string[]>;
  countRows(dataset: string, as?: TableShape): Promise<number>;
  /** All rows as they are now, cells in the order of `columns`; memory is bounded by a batch (files: by the file). */
  rows(dataset: string, as?: TableShape): AsyncIterable<Row>;
  /**
   * Files and Redis: everything that is there, which is more than rows. `known`: paths that the inventory lists as unreadable; `datasets`: names of the
   * inventory, for a source whose own names are those of keys.
   */
  pieces?(known: ReadonlySet<string>, datasets?: readonly string[]): AsyncIterable<Piece>;
  /**
   * Copies that a query made of tables and that hold other rows than the query gives now: how many. Null: nobody can tell.
   */
  staleCopies?(): Promise<readonly { readonly dataset: string; readonly rows: number | null }[]>;
  /** True when this account may not see every row of the dataset (row-level security). */
  hidesRows(dataset: string): Promise<boolean>;
  close(): Promise<void>;
}
