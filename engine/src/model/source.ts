// SPDX-License-Identifier: Apache-2.0
import type { Row } from './cell.ts';

export const SOURCE_KINDS = ['postgres', 'mysql', 'sqlite', 'files'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One store (数据源). `locator` names it without secrets; credentials are references (`env:NAME`, `file:PATH`) resolved at the moment of use. */
export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  /**
   * postgres: `postgres:///db?host=/run/x`; mysql: `mysql://host:port/db` or `mysql:///db?socket=/run/x.sock`, without a database
   * every database of the server. No user, no password. sqlite: absolute path. files: absolute path of a file or a folder.
   */
  readonly locator: string;
  /** References to the credentials of each purpose; files need none. */
  readonly credentials: { readonly read?: string; readonly erase?: string; readonly verify?: string };
}

/** What a source says about itself that will hurt later. `detail` is a name (trigger, constraint, child column). */
export interface Hazard {
  readonly kind:
    | 'no-key'
    | 'trigger'
    | 'unindexed-child-key'
    | 'row-level-security'
    | 'cascade'
    | 'partitioned'
    | 'view'
    | 'formula'
    | 'protected'
    /** The engine has no transactions: what is deleted cannot be taken back. */
    | 'no-transaction'
    /** The store keeps deleted rows as history. */
    | 'versioned';
  readonly detail: string;
}

export interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly comment: string | null;
  readonly nullable: boolean;
}

/** How a table lies in a file; without it the first row with any text is the header. */
export interface Layout {
  /** 1-based number of the sheet row that names the columns; data rows are the rows with any text after it. */
  readonly headerRow: number;
}

export interface DatasetShape {
  readonly dataset: string;
  readonly comment: string | null;
  readonly columns: readonly ColumnShape[];
  /** Primary key columns in order; empty = none. Files: `['#']`. */
  readonly key: readonly string[];
  readonly foreignKeys: readonly {
    readonly columns: readonly string[];
    readonly toDataset: string;
    readonly toColumns: readonly string[];
  }[];
  readonly hazards: readonly Hazard[];
  readonly layout?: Layout;
  /** Counted, not estimated. */
  readonly rows: number;
}

/** A row with its key cells (empty when the dataset has no key). `row` follows `columns` of the shape, in order. */
export interface SourceRow {
  readonly key: Row;
  readonly row: Row;
  /** Documents and messages: the words in them, to be searched for identifiers. Not part of the record's content. */
  readonly text?: string;
}

/** Read-only access to one source. Every method may throw ConnectError. */
export interface Reader {
  readonly source: string;
  /** Every dataset of the source; a dataset that cannot be read is an error naming it, never left out. */
  shapes(): Promise<readonly DatasetShape[]>;
  count(dataset: string): Promise<number>;
  /** Up to `size` rows spread over the dataset, the same rows each time. */
  sample(dataset: string, size: number): Promise<readonly Row[]>;
  /** All rows in key order (no key: any order, stable content), in batches; memory is bounded by the batch. */
  scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]>;
  close(): Promise<void>;
}
