// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import type { Cell } from '../../../model/cell.ts';
import type { DatasetMap } from '../../../model/data-map.ts';
import { ExecuteError } from '../error.ts';
import { type Blank, type Found, type Place, type TableStore, placeId } from '../rows/table-store.ts';
import { blankOf } from './blanks.ts';
import { ask, quote } from './cells.ts';

interface Pointer {
  readonly constraint: string;
  readonly child: string;
  readonly pairs: readonly { readonly here: string; readonly there: string }[];
  readonly cascades: boolean;
}

const BATCH = 5_000;

/** Opens a table for erasing. Throws ExecuteError `dataset-differs` when a column of the inventory or a trigger named by IT is not there. */
export function openTable(writer: DatabaseSync, looker: DatabaseSync, map: DatasetMap, columns: readonly string[]): TableStore {
  const info = ask(writer, 'SELECT name, type, "notnull", hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1', [map.dataset]);
  const names = new Set(info.map(([name]) => name));
  const missing = columns.find((name) => !names.has(name));
  if (missing !== undefined || names.size !== columns.length)
    throw new ExecuteError('dataset-differs', { dataset: map.id, name: missing ?? 'columns' });
  return new SqliteTable(writer, looker, map, columns, info);
}

class SqliteTable implements TableStore {
  readonly keyed: boolean;
  readonly hidesRows = false;
  readonly transactional = true;
  readonly cannotErase = null;
  readonly cannotBlank: string | null;
  readonly #writer: DatabaseSync;
  readonly #looker: DatabaseSync;
  readonly #map: DatasetMap;
  readonly #key: readonly string[];
  readonly #keyAt: readonly number[];
  readonly #blanks: readonly Blank[];
  readonly #pointers: readonly Pointer[];
  readonly #triggers: readonly { readonly name: string; readonly sql: string }[];
  readonly #table: string;
  readonly #list: string;
  readonly #where: string;

  constructor(writer: DatabaseSync, looker: DatabaseSync, map: DatasetMap, columns: readonly string[], info: readonly Cell[][]) {
    this.#writer = writer;
    this.#looker = looker;
    this.#map = map;
    this.#table = quote(map.dataset);
    this.keyed = map.key.length > 0;
    this.#key = this.keyed ? map.key : [rowidName(columns, map.id)];
    this.#keyAt = map.key.map((name) => columns.indexOf(name));
    this.#list = (this.keyed ? columns : [...this.#key, ...columns]).map(quote).join(', ');
    const affinity = new Map(info.map(([name, type]) => [name, String(type ?? '')]));
    this.#where = this.#key.map((name) => matches(name, affinity.get(name) ?? 'INTEGER')).join(' AND ');
    const { blanks, cannot } = blanksOf(writer, map, columns, info);
    this.#blanks = blanks;
    this.cannotBlank = cannot;
    this.#pointers = pointersTo(writer, map.dataset);
    this.#triggers = triggersOf(writer, map);
  }

  begin(): Promise<void> {
    return settle(() => {
      ask(this.#writer, 'BEGIN IMMEDIATE');
      for (const trigger of this.#triggers) ask(this.#writer, `DROP TRIGGER ${quote(trigger.name)}`);
    });
  }

  commit(): Promise<void> {
    return settle(() => {
      for (const trigger of this.#triggers) ask(this.#writer, trigger.sql);
      ask(this.#writer, 'COMMIT');
    });
  }

  rollback(): Promise<void> {
    return settle(() => {
      if (this.#writer.isTransaction) ask(this.#writer, 'ROLLBACK');
    });
  }

  read(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#each(this.#writer, `SELECT ${this.#list} FROM ${this.#table} WHERE ${this.#where}`, places);
  }

  remove(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#each(this.#writer, `DELETE FROM ${this.#table} WHERE ${this.#where} RETURNING ${this.#list}`, places);
  }

  blank(places: readonly Place[]): Promise<readonly Found[]> {
    if (this.#blanks.length === 0) return this.read(places);
    const set = this.#blanks.map((blank) => `${quote(blank.column)} = ${blank.sql}`).join(', ');
    return this.#each(this.#writer, `UPDATE ${this.#table} SET ${set} WHERE ${this.#where} RETURNING ${this.#list}`, places);
  }

  isBlank(row: readonly Cell[]): boolean {
    return this.#blanks.every((blank) => blank.isBlank(row[blank.at] ?? null));
  }

  pointedTo(places: readonly Place[], constraint: string | null): Promise<ReadonlyMap<string, string>> {
    return settle(() => {
      const held = new Map<string, string>();
      const going = new Set(places.map(placeId));
      for (const pointer of this.#pointers.filter((p) => constraint !== null || p.cascades)) {
        for (const place of places) if (this.#isPointedTo(pointer, place, going)) held.set(placeId(place), pointer.constraint);
      }
      return held;
    });
  }

  look(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#each(this.#looker, `SELECT ${this.#list} FROM ${this.#table} WHERE ${this.#where}`, places);
  }

  async *scan(): AsyncGenerator<readonly Found[]> {
    const [rowid] = this.#key.map(quote);
    for (let after = '-9223372036854775808', first = true; ; first = false) {
      const sql = `SELECT ${this.#list} FROM ${this.#table} WHERE ${rowid} ${first ? '>=' : '>'} ? ORDER BY ${rowid} LIMIT ${BATCH}`;
      const found = ask(this.#looker, sql, [BigInt(after)]).map((row) => this.#found(row));
      if (found.length === 0) return;
      yield await Promise.resolve(found);
      after = String(found.at(-1)?.place[0]);
    }
  }

  reconnect(): Promise<void> {
    return Promise.resolve();
  }

  #each(db: DatabaseSync, sql: string, places: readonly Place[]): Promise<readonly Found[]> {
    return settle(() => places.flatMap((place) => ask(db, sql, [...place]).map((row) => this.#found(row))));
  }

  #found(row: Cell[]): Found {
    return this.keyed ? { place: this.#keyAt.map((at) => row[at] ?? null), row } : { place: row.slice(0, 1), row: row.slice(1) };
  }

  /** A row of the same table that goes in the same chunk does not count. */
  #isPointedTo(pointer: Pointer, place: Place, going: ReadonlySet<string>): boolean {
    const on = pointer.pairs.map(({ here, there }) => `c.${quote(there)} = p.${quote(here)}`).join(' AND ');
    const self = pointer.child === this.#map.dataset;
    const wanted = self ? this.#key.map((name) => `c.${quote(name)}`).join(', ') : '1';
    const where = this.#key.map((name) => `p.${quote(name)} = ?`).join(' AND ');
    const sql = `SELECT ${wanted} FROM ${this.#table} p JOIN ${quote(pointer.child)} c ON ${on} WHERE ${where}${self ? '' : ' LIMIT 1'}`;
    const children = ask(this.#writer, sql, [...place]);
    return self ? children.some((child) => !going.has(placeId(child))) : children.length > 0;
  }
}

/** Cells are text; a column without affinity compares by type, so it is compared as text. */
function matches(name: string, type: string): string {
  const loose = type === '' || /BLOB/i.test(type);
  return loose ? `CAST(${quote(name)} AS TEXT) = ?` : `${quote(name)} = ?`;
}

function rowidName(columns: readonly string[], dataset: string): string {
  const taken = new Set(columns.map((name) => name.toLowerCase()));
  const name = ['rowid', '_rowid_', 'oid'].find((alias) => !taken.has(alias));
  if (name === undefined) throw new ExecuteError('dataset-differs', { dataset, name: 'rowid' });
  return name;
}

function blanksOf(db: DatabaseSync, map: DatasetMap, columns: readonly string[], info: readonly Cell[][]) {
  const kept = new Set([...(map.anonymiseTo ?? []), ...map.key]);
  const unique = new Set(
    ask(db, 'SELECT i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l."unique"', [map.dataset]).map(([name]) => name),
  );
  const references = new Set(ask(db, 'SELECT "from" FROM pragma_foreign_key_list(?)', [map.dataset]).map(([name]) => name));
  const blanks: Blank[] = [];
  for (const [name, type, notNull, hidden] of info) {
    if (name == null || kept.has(name) || hidden !== '0') continue;
    const why = notNull !== '1' ? null : references.has(name) ? 'reference' : unique.has(name) ? 'unique' : null;
    if (why) return { blanks: [], cannot: `column ${name} is NOT NULL (${why}): allow NULL, keep the column, or delete the row` };
    blanks.push({ column: name, at: columns.indexOf(name), ...blankOf(name, String(type ?? ''), notNull === '1') });
  }
  return { blanks, cannot: null };
}

function pointersTo(db: DatabaseSync, table: string): Pointer[] {
  const rows = ask(
    db,
    `SELECT m.name, f.id, f."from", f."to", f.on_delete, f.seq FROM sqlite_master m, pragma_foreign_key_list(m.name) f
     WHERE m.type = 'table' AND lower(f."table") = lower(?) ORDER BY m.name, f.id, f.seq`,
    [table],
  );
  const key = ask(db, 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', [table]).map(([name]) => String(name));
  return [...Map.groupBy(rows, ([child, id]) => `${child}\u0000${id}`).values()].map((pairs) => ({
    constraint: `${pairs[0]![0]}(${pairs.map((pair) => pair[2]).join(',')})`,
    child: String(pairs[0]![0]),
    pairs: pairs.map((pair) => ({ there: String(pair[2]), here: pair[3] ?? key[Number(pair[5])] ?? '' })),
    cascades: ['CASCADE', 'SET NULL', 'SET DEFAULT'].includes(String(pairs[0]![4])),
  }));
}

function triggersOf(db: DatabaseSync, map: DatasetMap): { name: string; sql: string }[] {
  return (map.disableTriggers ?? []).map((name) => {
    const [found] = ask(db, "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ? AND tbl_name = ?", [name, map.dataset]);
    if (found?.[0] == null) throw new ExecuteError('dataset-differs', { dataset: map.id, name });
    return { name, sql: found[0] };
  });
}

/** SQLite works at once; the port is for stores that do not. */
async function settle<T>(work: () => T): Promise<T> {
  return Promise.resolve(work());
}
