// SPDX-License-Identifier: Apache-2.0
import type { Cell, Row } from '../../../model/cell.ts';

/**
 * Where a row is found again: its key cells, or for a table without key its physical place (ctid, rowid), which holds only as long as
 * the content there still equals; where a store tells no place, its content's digest and a running number.
 */
export type Place = Row;

export interface Found {
  readonly place: Place;
  /** Cells in the order of the dataset's columns. */
  readonly row: Row;
}

/** One table of a row store, seen through one connection that writes and another that looks. */
export interface TableStore {
  readonly keyed: boolean;
  /** True when the store may hide rows from this account (row-level security): absent then proves nothing. */
  readonly hidesRows: boolean;
  /** False: what a statement did stays done, and `rollback` takes nothing back. Between `begin` and `commit` nobody else changes the table. */
  readonly transactional: boolean;
  /** Why a delete here would not be one, with the remedy; null when it is. */
  readonly cannotErase: string | null;
  /** Why rows cannot be anonymised here, with the remedy; null when they can. */
  readonly cannotBlank: string | null;
  /** Opens a transaction; triggers that IT switched off are off inside it. */
  begin(): Promise<void>;
  /** Throws StoreError `lost` when nobody knows whether it happened. */
  commit(): Promise<void>;
  /** Never throws: a broken connection has rolled back already. */
  rollback(): Promise<void>;
  /** Rows at these places, locked until the end of the transaction. */
  read(places: readonly Place[]): Promise<readonly Found[]>;
  /** Deletes and returns what was deleted, as it was. */
  remove(places: readonly Place[]): Promise<readonly Found[]>;
  /** Empties every column that may not stay and returns the rows as they are now. A table without key may have moved them. */
  blank(places: readonly Place[]): Promise<readonly Found[]>;
  /** True when every column that may not stay is empty or neutral. */
  isBlank(row: Row): boolean;
  /** Places that rows of other datasets still point to: through `constraint`, or (null) through any that would delete or change those rows. */
  pointedTo(places: readonly Place[], constraint: string | null): Promise<ReadonlyMap<string, string>>;
  /** Rows at these places as another connection sees them. */
  look(places: readonly Place[]): Promise<readonly Found[]>;
  /** The whole table, for tables without key; bounded batches. */
  scan(): AsyncIterable<readonly Found[]>;
  /** A fresh connection after the old one was lost. Throws ExecuteError `source-unreachable`. */
  reconnect(): Promise<void>;
}

export function placeId(place: Place): string {
  return place.length === 1 ? String(place[0]) : JSON.stringify(place);
}

/** A refusal of the store inside a transaction. `name` = constraint or trigger, where the store tells. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'constraint' | 'raised' | 'again' | 'lost';
  readonly what: string;
  constructor(kind: StoreError['kind'], what: string) {
    super(`${kind}: ${what}`);
    this.kind = kind;
    this.what = what;
  }
}

/** How one column is emptied: the SQL to set it to, and how to see that it is empty. */
export interface Blank {
  readonly column: string;
  /** Place in the dataset's columns. */
  readonly at: number;
  readonly sql: string;
  readonly isBlank: (cell: Cell) => boolean;
}
