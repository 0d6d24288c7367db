// SPDX-License-Identifier: Apache-2.0
import type { Connection } from 'mysql2';
import type { Row } from '../../../model/cell.ts';
import type { DatasetMap } from '../../../model/data-map.ts';
import { ExecuteError } from '../error.ts';
import { type Blank, type Found, type Place, StoreError, type TableStore, placeId } from '../rows/table-store.ts';
import type { TwoConnections } from '../two-connections.ts';
import { blanksOf } from './blanks.ts';
import { type Pointer, type Table, describe } from './catalog.ts';
import { literal } from './cells.ts';
import { ask, askEach, quote } from './connect.ts';
import { childrenFirst } from './children-first.ts';

/** The two connections of an eraser; the second only looks. Opened when needed and again when lost. */
export type Connections = TwoConnections<Connection>;

const BATCH = 5_000;
/** Places in one statement: a chunk's. */
const LIST = 1_000;

/** Opens a table for erasing. `database` null: dataset names start with theirs. Throws ExecuteError `dataset-differs` when its columns are not the inventory's. */
export async function openTable(
  connections: Connections,
  database: string | null,
  map: DatasetMap,
  columns: readonly string[],
): Promise<TableStore> {
  const table = await describe(await connections.writer(), map, database);
  const missing = columns.find((name) => !table.columns.has(name));
  if (missing !== undefined || table.columns.size !== columns.length) {
    throw new ExecuteError('dataset-differs', { dataset: map.id, name: missing ?? 'columns' });
  }
  return new MysqlTable(connections, table, map, columns);
}

/**
 * A place is the key's cells; in a table without key the digest of the whole content, made by the server, and a running number among
 * the rows of that content: the highest numbers go first, so that what is left counts from 0.
 */
class MysqlTable implements TableStore {
  readonly keyed: boolean;
  readonly hidesRows = false;
  readonly cannotErase: string | null;
  readonly cannotBlank: string | null;
  readonly transactional: boolean;
  readonly #connections: Connections;
  readonly #table: Table;
  readonly #map: DatasetMap;
  readonly #keyAt: readonly number[];
  readonly #blanks: readonly Blank[];
  readonly #list: string;
  readonly #digest: string;

  constructor(connections: Connections, table: Table, map: DatasetMap, columns: readonly string[]) {
    this.#connections = connections;
    this.#table = table;
    this.#map = map;
    this.keyed = map.key.length > 0;
    this.transactional = table.transactional;
    this.cannotErase = table.cannotErase;
    this.#keyAt = map.key.map((name) => columns.indexOf(name));
    const { blanks, cannot } = blanksOf(table, map, columns);
    this.#blanks = blanks;
    this.cannotBlank = cannot;
    this.#digest = digestOf(table, columns);
    const list = columns.map(quote).join(', ');
    this.#list = this.keyed ? list : `${this.#digest}, ${list}`;
  }

  async begin(): Promise<void> {
    await ask(await this.#connections.writer(), this.transactional ? 'START TRANSACTION' : `LOCK TABLES ${this.#table.name} WRITE`);
  }

  async commit(): Promise<void> {
    const client = await this.#connections.writer();
    try {
      await ask(client, this.transactional ? 'COMMIT' : 'UNLOCK TABLES');
    } catch (error) {
      if (error instanceof ExecuteError && error.code === 'source-unreachable') throw new StoreError('lost', 'commit');
      throw error;
    }
  }

  async rollback(): Promise<void> {
    try {
      const client = await this.#connections.writer();
      await ask(client, 'ROLLBACK');
      if (!this.transactional) await ask(client, 'UNLOCK TABLES');
    } catch {
      // A connection that is gone has rolled back.
    }
  }

  async read(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#find(await this.#connections.writer(), places, ' FOR UPDATE');
  }

  async remove(places: readonly Place[]): Promise<readonly Found[]> {
    const found = await this.read(places);
    if (found.length === 0) return found;
    // No trigger can make this server skip a row in silence; that they are gone is seen after the commit, on the other connection.
    for (const statement of await this.#deletes(found)) await this.#change(statement);
    return found;
  }

  async blank(places: readonly Place[]): Promise<readonly Found[]> {
    if (this.#blanks.length === 0) return this.read(places);
    const there = (await this.read(places)).map(({ place }) => place);
    const blanked = new Set(this.#blanks.map(({ column }) => column));
    // A column that the server would set to the present moment is told to stay as it is.
    const touched = [...this.#table.columns.values()].filter((column) => column.touched && !blanked.has(column.name));
    const set = [
      ...this.#blanks.map((blank) => `${quote(blank.column)} = ${blank.sql}`),
      ...touched.map(({ name }) => `${quote(name)} = ${quote(name)}`),
    ].join(', ');
    for (const part of slices(there)) await this.#change(`UPDATE ${this.#table.name} SET ${set} WHERE ${this.#at(part)}`);
    return this.read(there);
  }

  isBlank(row: Row): boolean {
    return this.#blanks.every((blank) => blank.isBlank(row[blank.at] ?? null));
  }

  async pointedTo(places: readonly Place[], constraint: string | null): Promise<ReadonlyMap<string, string>> {
    const held = new Map<string, string>();
    const pointers = this.#table.pointers.filter((pointer) => (constraint === null ? pointer.cascades : pointer.constraint === constraint));
    if (!this.keyed || pointers.length === 0) return held;
    // Whoever adds a child row needs the parent's lock, and that is ours from here on.
    if (constraint === null) await this.read(places);
    const going = new Set(places.map(placeId));
    for (const pointer of pointers) {
      for (const [parent, child] of await this.#pointing(pointer, places)) {
        // InnoDB refuses a row that points to itself; of others that go in the same chunk the child goes first.
        const loop = constraint !== null && placeId(parent) === placeId(child);
        const goesToo = pointer.self && going.has(placeId(child)) && !loop;
        if (going.has(placeId(parent)) && !goesToo) held.set(placeId(parent), pointer.label);
      }
    }
    return held;
  }

  async look(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#find(await this.#connections.looker(), places, '');
  }

  async *scan(): AsyncGenerator<readonly Found[]> {
    const seen = new Map<string, number>();
    let batch: Found[] = [];
    for await (const [digest = null, ...row] of askEach(
      await this.#connections.looker(),
      `SELECT ${this.#list} FROM ${this.#table.name}`,
    )) {
      const number = seen.get(String(digest)) ?? 0;
      seen.set(String(digest), number + 1);
      batch.push({ place: [digest, String(number)], row });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }

  reconnect(): Promise<void> {
    return this.#connections.reset();
  }

  async #find(client: Connection, places: readonly Place[], lock: string): Promise<readonly Found[]> {
    const wanted = new Set(places.map(placeId));
    const seen = new Map<string, number>();
    const found: Found[] = [];
    for (const part of slices(places)) {
      for (const row of await ask(client, `SELECT ${this.#list} FROM ${this.#table.name} WHERE ${this.#at(part)}${lock}`)) {
        if (this.keyed) {
          found.push({ place: this.#keyAt.map((at) => row[at] ?? null), row });
          continue;
        }
        const [digest = null, ...rest] = row;
        const number = seen.get(String(digest)) ?? 0;
        seen.set(String(digest), number + 1);
        found.push({ place: [digest, String(number)], row: rest });
      }
    }
    // A collation may find a row whose key only resembles: it is another record.
    return found.filter(({ place }) => wanted.has(placeId(place)));
  }

  /** Statements that delete exactly these rows, which are locked. */
  async #deletes(found: readonly Found[]): Promise<readonly string[]> {
    const from = `DELETE FROM ${this.#table.name} WHERE`;
    if (!this.keyed) return this.#deletesByContent(found, from);
    const pairs: (readonly [string, string])[] = [];
    const places = found.map(({ place }) => place);
    for (const pointer of this.#table.pointers.filter(({ self }) => self)) {
      for (const [parent, child] of await this.#pointing(pointer, places)) pairs.push([placeId(parent), placeId(child)]);
    }
    return childrenFirst(places, pairs).flatMap((layer) => slices(layer).map((part) => `${from} ${this.#at(part)}`));
  }

  async #deletesByContent(found: readonly Found[], from: string): Promise<readonly string[]> {
    const wanted = Map.groupBy(found, ({ place }) => String(place[0]));
    const digests = [...wanted.keys()];
    const counts = new Map<string, number>();
    for (const part of slices(digests.map((digest) => [digest]))) {
      const sql = `SELECT ${this.#digest}, count(*) FROM ${this.#table.name} WHERE ${this.#at(part)} GROUP BY 1`;
      for (const [digest, count] of await ask(await this.#connections.writer(), sql)) counts.set(String(digest), Number(count));
    }
    const whole = digests.filter((digest) => counts.get(digest) === wanted.get(digest)?.length);
    const some = digests.filter((digest) => counts.get(digest) !== wanted.get(digest)?.length);
    return [
      ...slices(whole.map((digest) => [digest])).map((part) => `${from} ${this.#at(part)}`),
      ...some.map((digest) => `${from} ${this.#at([[digest]])} LIMIT ${wanted.get(digest)?.length ?? 0}`),
    ];
  }

  /** Keys of rows here with the keys of rows there that point to them (of other tables: no key). */
  async #pointing(pointer: Pointer, places: readonly Place[]): Promise<readonly (readonly [Place, Place])[]> {
    const key = this.#map.key.map(quote);
    const on = pointer.pairs.map(({ here, there }) => `c.${quote(there)} = p.${quote(here)}`).join(' AND ');
    const list = [...key.map((name) => `p.${name}`), ...(pointer.self ? key.map((name) => `c.${name}`) : [])].join(', ');
    const found: (readonly [Place, Place])[] = [];
    for (const part of slices(places)) {
      const sql = `SELECT DISTINCT ${list} FROM ${this.#table.name} p JOIN ${pointer.child} c ON ${on} WHERE ${this.#at(part, 'p.')}`;
      for (const row of await ask(await this.#connections.writer(), sql)) found.push([row.slice(0, key.length), row.slice(key.length)]);
    }
    return found;
  }

  /** The condition for these places. */
  #at(places: readonly Place[], prefix = ''): string {
    if (!this.keyed) return `${this.#digest} IN (${[...new Set(places.map(([digest]) => `'${digest}'`))].join(', ')})`;
    const types = this.#map.key.map((name) => this.#table.columns.get(name)?.type ?? 'text');
    const [only] = this.#map.key;
    if (this.#map.key.length === 1) {
      return `${prefix}${quote(only!)} IN (${places.map((place) => literal(place[0] ?? null, types[0]!)).join(', ')})`;
    }
    const one = (place: Place) =>
      this.#map.key.map((name, n) => `${prefix}${quote(name)} = ${literal(place[n] ?? null, types[n]!)}`).join(' AND ');
    return places.map((place) => `(${one(place)})`).join(' OR ');
  }

  /** A refusal by a trigger names the triggers: the server does not say which one it was. */
  async #change(sql: string): Promise<void> {
    try {
      await ask(await this.#connections.writer(), sql);
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'raised' || this.#table.triggers.length === 0) throw error;
      throw new StoreError('raised', `trigger ${this.#table.triggers.join(', ')} ${error.what}`);
    }
  }
}

function slices<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / LIST) }, (_, n) => items.slice(n * LIST, (n + 1) * LIST));
}

/** SHA-256 over the digests of all cells, NULL told from empty: two rows have one digest only when all their bytes are equal. */
function digestOf(table: Table, columns: readonly string[]): string {
  const cells = columns.map((name) => {
    const shape = /point|geometry|linestring|polygon/.test(table.columns.get(name)?.type ?? '');
    return `IFNULL(SHA2(${shape ? `HEX(${quote(name)})` : `CAST(${quote(name)} AS BINARY)`}, 256), '-')`;
  });
  return `SHA2(CONCAT_WS(',', ${cells.join(', ')}), 256)`;
}
