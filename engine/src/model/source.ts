// SPDX-License-Identifier: Apache-2.0
import type { Row } from './cell.ts';

export const SOURCE_KINDS = ['postgres', 'mysql', 'sqlite', 'redis', 'files', 'offline'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One store (数据源). `locator` names it without secrets; credentials are references (`env:NAME`, `file:PATH`) resolved at the moment of use. */
export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  /**
   * postgres: `postgres:///db?host=/run/x`; mysql: `mysql://host:port/db` or `mysql:///db?socket=/run/x.sock`, without a database
   * every database of the server; redis: `redis://host:port/0` or `redis:///0?socket=/run/x.sock`, without a number every database. No user, no
   * password. sqlite: absolute path. files: absolute path of a file or a folder.
   * offline: absolute path of the case's copy of the form that declares it.
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
    | 'versioned'
    /** Keys that go by themselves when their time is over. */
    | 'expires'
    /** A copy of rows of other tables, made by a query: it is refreshed or dropped, never deleted from. */
    | 'derived'
    | 'no-header';
  readonly detail: string;
}

export interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly comment: string | null;
  readonly nullable: boolean;
}

/** The dataset of a files source whose records are the files that cannot be read. */
export const UNREADABLE_DATASET = '!unreadable';

/** Column types of documents and messages: their bytes' hash, and a path, which may hold a person's name. */
export const DOCUMENT_TYPES: ReadonlySet<string> = new Set(['document', 'message']);
export const PATH_TYPE = 'path';
/** A part of a key of a key space, or the name of an element in it: it may be a person's name or number as well. */
export const KEY_PART_TYPE = 'key';

/** How a table lies in a file; without it the first row with any text is the header. */
export interface Layout {
  /** 1-based number of the sheet row that names the columns, or of the last one before the data where none does; data rows are those with any text after it. */
  readonly headerRow: number;
}

export interface DatasetShape {
  readonly dataset: string;
  readonly comment: string | null;
  readonly columns: readonly ColumnShape[];
  /** Primary key columns in order; empty = none. Files: `['#']` or `['path']`. */
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
  /** The row as people see it where that is more than its content: cells that a merged cell above fills, the headers of a message. */
  readonly shown?: Row;
  /** Documents and messages: the words in them, to be searched for identifiers. Not part of the record's content. */
  readonly text?: string;
  /** How many attachments of a message could not be read: what they say about whose it is, nobody knows. */
  readonly unread?: number;
}

/** A dataset that a query made of others (a materialised view). It has no records of its own: it is refreshed or dropped. */
export interface DerivedCopy {
  readonly dataset: string;
  /** Datasets that it was made of, through whatever stands between. */
  readonly of: readonly string[];
  /** Counted. */
  readonly rows: number;
}

/** Read-only access to one source. Every method may throw ConnectError. */
export interface Reader {
  readonly source: string;
  /** Every dataset of the source; a dataset that cannot be read is an error naming it, never left out. */
  shapes(): Promise<readonly DatasetShape[]>;
  count(dataset: string): Promise<number>;
  /** Up to `size` rows spread over the dataset, the same rows each time. */
  sample(dataset: string, size: number): Promise<readonly Row[]>;
  /**
   * All rows in key order (no key: any order, stable content), in batches; memory is bounded by the batch. `columns`: as the inventory has them, for a
   * source whose records each have fields of their own; others give the columns of their shape.
   */
  scan(dataset: string, batch: number, columns?: readonly string[]): AsyncIterable<readonly SourceRow[]>;
  /** Bytes of a document or message, by its dataset and key. */
  file?(dataset: string, key: Row): Promise<Uint8Array>;
  close(): Promise<void>;
}
