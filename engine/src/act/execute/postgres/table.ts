// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { DatasetMap } from '../../../model/data-map.ts';
import { ExecuteError } from '../error.ts';
import { type Blank, type Found, type Place, StoreError, type TableStore, placeId } from '../rows/table-store.ts';
import type { TwoConnections } from '../two-connections.ts';
import { blanksOf } from './blanks.ts';
import { type Pointer, type Table, describe } from './catalog.ts';
import { ask, quote } from './connect.ts';

/** The two connections of an eraser; the second only looks. Opened when needed and again when lost. */
export type Connections = TwoConnections<pg.Client>;

const BATCH = 5_000;

/** Opens a table for erasing. Throws ExecuteError `dataset-differs` when a column of the inventory or a trigger named by IT is not there. */
export async function openTable(connections: Connections, map: DatasetMap, columns: readonly string[]): Promise<TableStore> {
  const table = await describe(await connections.writer(), map.dataset);
  const missing = columns.find((name) => !table.columns.has(name)) ?? map.disableTriggers?.find((name) => !table.triggers.has(name));
  if (missing !== undefined || table.columns.size !== columns.length) {
    throw new ExecuteError('dataset-differs', { dataset: map.id, name: missing ?? 'columns' });
  }
  return new PostgresTable(connections, table, map, columns);
}

class PostgresTable implements TableStore {
  readonly keyed: boolean;
  readonly hidesRows: boolean;
  readonly transactional = true;
  readonly cannotErase = null;
  readonly cannotBlank: string | null;
  readonly #connections: Connections;
  readonly #table: Table;
  readonly #map: DatasetMap;
  readonly #keyAt: readonly number[];
  readonly #blanks: readonly Blank[];
  readonly #list: string;
  readonly #where: string;

  constructor(connections: Connections, table: Table, map: DatasetMap, columns: readonly string[]) {
    this.#connections = connections;
    this.#table = table;
    this.#map = map;
    this.keyed = map.key.length > 0;
    this.hidesRows = table.hidesRows;
    this.#keyAt = map.key.map((name) => columns.indexOf(name));
    const { blanks, cannot } = blanksOf(table, map, columns);
    this.#blanks = blanks;
    this.cannotBlank = cannot;
    this.#list = (this.keyed ? columns : ['tableoid', 'ctid', ...columns]).map(quote).join(', ');
    this.#where = this.#condition();
  }

  async begin(): Promise<void> {
    const client = await this.#connections.writer();
    await ask(client, 'BEGIN');
    await ask(client, 'SET CONSTRAINTS ALL IMMEDIATE');
    for (const trigger of this.#map.disableTriggers ?? [])
      await ask(client, `ALTER TABLE ${this.#table.name} DISABLE TRIGGER ${quote(trigger)}`);
  }

  async commit(): Promise<void> {
    const client = await this.#connections.writer();
    for (const trigger of this.#map.disableTriggers ?? []) {
      await ask(client, `ALTER TABLE ${this.#table.name} ${this.#table.triggers.get(trigger) ?? 'ENABLE'} TRIGGER ${quote(trigger)}`);
    }
    try {
      await ask(client, 'COMMIT');
    } catch (error) {
      if (error instanceof ExecuteError && error.code === 'source-unreachable') throw new StoreError('lost', 'commit');
      throw error;
    }
  }

  async rollback(): Promise<void> {
    try {
      await ask(await this.#connections.writer(), 'ROLLBACK');
    } catch {
      // A connection that is gone has rolled back.
    }
  }

  async read(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#ask(
      await this.#connections.writer(),
      `SELECT ${this.#list} FROM ${this.#table.name} WHERE ${this.#where} FOR UPDATE`,
      places,
    );
  }

  async remove(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#ask(
      await this.#connections.writer(),
      `DELETE FROM ${this.#table.name} WHERE ${this.#where} RETURNING ${this.#list}`,
      places,
    );
  }

  async blank(places: readonly Place[]): Promise<readonly Found[]> {
    if (this.#blanks.length === 0) return this.read(places);
    const set = this.#blanks.map((blank) => `${quote(blank.column)} = ${blank.sql}`).join(', ');
    return this.#ask(
      await this.#connections.writer(),
      `UPDATE ${this.#table.name} SET ${set} WHERE ${this.#where} RETURNING ${this.#list}`,
      places,
    );
  }

  isBlank(row: readonly (string | null)[]): boolean {
    return this.#blanks.every((blank) => blank.isBlank(row[blank.at] ?? null));
  }

  async pointedTo(places: readonly Place[], constraint: string | null): Promise<ReadonlyMap<string, string>> {
    const held = new Map<string, string>();
    const pointers = this.#table.pointers.filter((pointer) => (constraint === null ? pointer.cascades : pointer.constraint === constraint));
    if (!this.keyed || pointers.length === 0) return held;
    const client = await this.#connections.writer();
    const lock = constraint === null ? ' FOR UPDATE' : '';
    if (lock !== '') await this.read(places);
    for (const pointer of pointers) {
      const rows = await ask(client, this.#pointedSql(pointer), this.#values(places));
      for (const key of rows) held.set(placeId(key), pointer.constraint);
    }
    return held;
  }

  async look(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#ask(await this.#connections.looker(), `SELECT ${this.#list} FROM ${this.#table.name} WHERE ${this.#where}`, places);
  }

  async *scan(): AsyncGenerator<readonly Found[]> {
    const client = await this.#connections.looker();
    await ask(client, 'BEGIN READ ONLY');
    try {
      await ask(client, `DECLARE everything NO SCROLL CURSOR FOR SELECT ${this.#list} FROM ${this.#table.name}`);
      for (
        let rows = await ask(client, `FETCH ${BATCH} FROM everything`);
        rows.length > 0;
        rows = await ask(client, `FETCH ${BATCH} FROM everything`)
      ) {
        yield rows.map((row) => this.#found(row));
      }
    } finally {
      await ask(client, 'ROLLBACK').catch(() => undefined);
    }
  }

  reconnect(): Promise<void> {
    return this.#connections.reset();
  }

  async #ask(client: pg.Client, sql: string, places: readonly Place[]): Promise<readonly Found[]> {
    const rows = await ask(client, sql, this.#values(places));
    return rows.map((row) => this.#found(row));
  }

  #found(row: (string | null)[]): Found {
    return this.keyed ? { place: this.#keyAt.map((at) => row[at] ?? null), row } : { place: row.slice(0, 2), row: row.slice(2) };
  }

  /** One array for each key column; tables without key: (tableoid, ctid), so that partitions do not mix. */
  #values(places: readonly Place[]): (string | null)[][] {
    const width = this.keyed ? this.#keyAt.length : 2;
    return Array.from({ length: width }, (_, n) => places.map((place) => place[n] ?? null));
  }

  #condition(): string {
    if (!this.keyed) return 'ctid = ANY ($2::tid[]) AND (tableoid, ctid) IN (SELECT * FROM unnest($1::oid[], $2::tid[]))';
    const types = this.#map.key.map((name) => this.#table.columns.get(name)?.type ?? 'text');
    if (types.length === 1) return `${quote(this.#map.key[0]!)} = ANY ($1::${types[0]}[])`;
    const arrays = types.map((type, n) => `$${n + 1}::${type}[]`).join(', ');
    return `(${this.#map.key.map(quote).join(', ')}) IN (SELECT * FROM unnest(${arrays}))`;
  }

  /** Keys of rows here that rows there point to; rows of the same chunk that point to each other go together. */
  #pointedSql(pointer: Pointer): string {
    const key = this.#map.key.map(quote);
    const join = pointer.childColumns.map((name, n) => `c.${quote(name)} = p.${quote(pointer.columns[n]!)}`).join(' AND ');
    const going = `SELECT ${key.join(', ')} FROM ${this.#table.name} WHERE ${this.#where}`;
    const others = pointer.self ? ` AND (${key.map((k) => `c.${k}`).join(', ')}) NOT IN (${going})` : '';
    return `WITH p AS MATERIALIZED (SELECT * FROM ${this.#table.name} WHERE ${this.#where})
      SELECT DISTINCT ${key.map((k) => `p.${k}`).join(', ')} FROM p JOIN ${pointer.child} c ON ${join}${others}`;
  }
}
