// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Cell, Row } from '../../model/cell.ts';
import type { DatasetShape, Source, SourceRow } from '../../model/source.ts';
import { inBatches, spreadPlaces } from './batches.ts';
import { ConnectError } from './error.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';
import { openReadOnly, sqliteFailure } from './sqlite-open.ts';
import { identifier, readSqliteShape, type SqliteShape } from './sqlite-shape.ts';

/**
 * Opens an SQLite file for reading. SQLite's read-only flag makes writing through this connection impossible.
 * A scan holds one read transaction, so it sees one state of the file.
 * Throws ConnectError: not-found, unreadable, encrypted, damaged.
 */
export function openSqlite(source: Source): DatasetReader {
  return new SqliteReader(source.name, openReadOnly(source));
}

/** Format, journal mode and number of tables, without reading rows. Throws ConnectError. */
export function inspectSqlite(source: Source): SourceInspection {
  const database = openReadOnly(source);
  try {
    const mode = text(database.prepare('PRAGMA journal_mode').get()?.['journal_mode']);
    const tables = listTables(database);
    return {
      source: source.name,
      kind: 'sqlite',
      format: `SQLite, journal ${mode ?? 'unknown'}`,
      datasets: tables.length,
      notes: [],
    };
  } catch (error) {
    throw sqliteFailure(error, source.name);
  } finally {
    database.close();
  }
}

class SqliteReader implements DatasetReader {
  readonly source: string;
  #database: DatabaseSync | null;
  #shapes = new Map<string, SqliteShape>();

  constructor(source: string, database: DatabaseSync) {
    this.source = source;
    this.#database = database;
  }

  async datasets(): Promise<readonly string[]> {
    return this.#try(undefined, (database) => listTables(database));
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    const shapes: DatasetShape[] = [];
    for (const dataset of await this.datasets()) shapes.push(await this.shape(dataset));
    return shapes;
  }

  async shape(dataset: string): Promise<DatasetShape> {
    const { shape } = this.#known(dataset);
    return { ...shape, rows: await this.count(dataset) };
  }

  async count(dataset: string): Promise<number> {
    this.#known(dataset);
    return this.#try(dataset, (database) => {
      const counted = database.prepare(`SELECT count(*) AS n FROM ${identifier(dataset)}`).get()?.['n'];
      return Number(counted);
    });
  }

  async sample(dataset: string, size: number): Promise<readonly Row[]> {
    const places = new Set(spreadPlaces(await this.count(dataset), size));
    if (places.size === 0) return [];
    return this.#try(dataset, () => {
      const rows: Row[] = [];
      let place = 0;
      for (const { row } of this.#rows(dataset)) {
        if (places.has(place)) rows.push(row);
        if (rows.length === places.size) break;
        place += 1;
      }
      return rows;
    });
  }

  async *scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]> {
    try {
      yield* inBatches(this.#rows(dataset), batch);
    } catch (error) {
      throw sqliteFailure(error, this.source, dataset);
    }
  }

  async close(): Promise<void> {
    this.#database?.close();
    this.#database = null;
  }

  *#rows(dataset: string): Generator<SourceRow> {
    const { shape, selection, order } = this.#known(dataset);
    const keyPlaces = shape.key.map((column) => shape.columns.findIndex(({ name }) => name === column));
    const statement = this.#open().prepare(`SELECT ${selection} FROM ${identifier(dataset)}${order}`);
    for (const values of arrays(statement)) {
      const row = values.map(cellOf);
      yield { key: keyPlaces.map((place) => row[place] ?? null), row };
    }
  }

  #known(dataset: string): SqliteShape {
    const known = this.#shapes.get(dataset);
    if (known !== undefined) return known;
    return this.#try(dataset, (database) => {
      const shape = listTables(database).includes(dataset) ? readSqliteShape(database, dataset) : null;
      if (shape === null) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
      this.#shapes.set(dataset, shape);
      return shape;
    });
  }

  #open(): DatabaseSync {
    if (this.#database === null) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    return this.#database;
  }

  #try<T>(dataset: string | undefined, work: (database: DatabaseSync) => T): T {
    try {
      return work(this.#open());
    } catch (error) {
      throw sqliteFailure(error, this.source, dataset);
    }
  }
}

/** Tables and virtual tables; not views, not SQLite's own tables, not the shadow tables behind a virtual one. */
function listTables(database: DatabaseSync): readonly string[] {
  const statement = database.prepare(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  );
  return statement.all().map((row) => text(row['name']) ?? '');
}

function* arrays(statement: StatementSync): Generator<readonly unknown[]> {
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  for (const values of statement.iterate() as Iterable<unknown>) if (Array.isArray(values)) yield values;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return String(value as number | bigint);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
