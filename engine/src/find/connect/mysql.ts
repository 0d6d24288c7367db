// SPDX-License-Identifier: Apache-2.0
import type { Connection } from 'mysql2';
import type { Cell, Row } from '../../model/cell.ts';
import type { DatasetShape, Source, SourceRow } from '../../model/source.ts';
import { spreadPlaces } from './batches.ts';
import { ConnectError } from './error.ts';
import { connectMysqlReadOnly, mysqlFailure, mysqlPlace, mysqlRows, mysqlStream } from './mysql-open.ts';
import { type MysqlTable, readMysqlTables } from './mysql-shape.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';

const SNAPSHOT = 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY';
/** Up to this many rows a sample is exact places of the whole table in key order; beyond, the server throws dice with a fixed seed. */
const EXACT_SAMPLE_ROWS = 5_000;

/**
 * Opens a MySQL or MariaDB database, or without one in the locator the whole server, for reading. Each scan has a connection and a
 * snapshot of its own (tables of engines without transactions have none: a hazard). Throws ConnectError: bad-locator, refused-login,
 * unreachable, not-found.
 */
export async function openMysql(source: Source, secret: string | null): Promise<DatasetReader> {
  return new MysqlReader(source, await connectMysqlReadOnly(source, secret), () => connectMysqlReadOnly(source, secret));
}

/** Server version, number of tables and what the login may do and see, without reading rows. Throws ConnectError. */
export async function inspectMysql(source: Source, secret: string | null): Promise<SourceInspection> {
  const client = await connectMysqlReadOnly(source, secret);
  try {
    const tables = await readMysqlTables(client, mysqlPlace(source).database);
    const [version = '', log] = (await mysqlRows(client, 'SELECT VERSION(), @@log_bin'))[0] ?? [];
    const grants = (await mysqlRows(client, 'SHOW GRANTS')).map(([grant]) => String(grant)).join('\n');
    const notes: string[] = [];
    if (/\b(?:ALL PRIVILEGES|INSERT|UPDATE|DELETE)\b.* ON /.test(grants)) notes.push('the reading login may also write');
    // Without this privilege the server answers as if there were no triggers.
    if (!/\b(?:ALL PRIVILEGES|TRIGGER)\b/.test(grants)) notes.push('the reading login may not see triggers: grant TRIGGER');
    if (log === '1') notes.push('the binary log is on: deleted rows stay in it until its files expire');
    const [, number, brand] = /^([\d.]+)(.*MariaDB)?/.exec(String(version)) ?? [];
    return {
      source: source.name,
      kind: 'mysql',
      format: `${brand === undefined ? 'MySQL' : 'MariaDB'} ${number ?? version}`,
      datasets: tables.size,
      notes,
    };
  } catch (error) {
    throw mysqlFailure(error, source.name);
  } finally {
    client.destroy();
  }
}

class MysqlReader implements DatasetReader {
  readonly source: string;
  #database: string | null;
  #client: Connection;
  #connect: () => Promise<Connection>;
  #scans = new Set<Connection>();
  #tables: ReadonlyMap<string, MysqlTable | null> | null = null;
  /** The last count of each, by which a sample is spread. */
  readonly #counted = new Map<string, number>();
  #closed = false;

  constructor(source: Source, client: Connection, connect: () => Promise<Connection>) {
    this.source = source.name;
    this.#database = mysqlPlace(source).database;
    this.#client = client;
    this.#connect = connect;
  }

  async datasets(): Promise<readonly string[]> {
    return [...(await this.#catalogue()).keys()];
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    const shapes: DatasetShape[] = [];
    for (const dataset of await this.datasets()) shapes.push(await this.shape(dataset));
    return shapes;
  }

  async shape(dataset: string): Promise<DatasetShape> {
    const { shape } = await this.#known(dataset);
    return { ...shape, rows: await this.count(dataset) };
  }

  async count(dataset: string): Promise<number> {
    const table = await this.#known(dataset);
    const rows = await this.#query(table, `SELECT count(*) FROM ${table.relation}`);
    const count = Number(rows[0]?.[0]);
    this.#counted.set(dataset, count);
    return count;
  }

  async sample(dataset: string, size: number): Promise<readonly Row[]> {
    const table = await this.#known(dataset);
    const { relation, selection, order } = table;
    const total = this.#counted.get(dataset) ?? (await this.count(dataset));
    if (total > EXACT_SAMPLE_ROWS) {
      const share = Math.min(1, (1.2 * size) / total);
      const rows = await this.#query(table, `SELECT ${selection} FROM ${relation} WHERE RAND(1) < ${share}`);
      return spreadPlaces(rows.length, size).flatMap((place) => rows.slice(place, place + 1));
    }
    const places = new Set(spreadPlaces(total, size));
    const rows: Row[] = [];
    if (places.size === 0) return rows;
    let place = 0;
    try {
      for await (const some of mysqlStream(this.#client, `SELECT ${selection} FROM ${relation}${order}`, 1_000)) {
        for (const row of some) if (places.has(place++)) rows.push(row);
      }
    } catch (error) {
      throw mysqlFailure(error, this.source, dataset);
    }
    return rows;
  }

  async *scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]> {
    const { shape, relation, selection, order } = await this.#known(dataset);
    const keyPlaces = shape.key.map((column) => shape.columns.findIndex(({ name }) => name === column));
    const limit = Math.max(1, Math.floor(batch));
    const client = await this.#connect();
    this.#scans.add(client);
    try {
      await mysqlRows(client, SNAPSHOT);
      for await (const rows of mysqlStream(client, `SELECT ${selection} FROM ${relation}${order}`, limit))
        yield rows.map((row) => ({ key: keyPlaces.map((place) => row[place] ?? null), row }));
    } catch (error) {
      throw mysqlFailure(error, this.source, dataset);
    } finally {
      this.#scans.delete(client);
      client.destroy();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const client of [this.#client, ...this.#scans]) client.destroy();
    await Promise.resolve();
  }

  async #catalogue(): Promise<ReadonlyMap<string, MysqlTable | null>> {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    try {
      this.#tables ??= await readMysqlTables(this.#client, this.#database);
      return this.#tables;
    } catch (error) {
      throw mysqlFailure(error, this.source);
    }
  }

  async #known(dataset: string): Promise<MysqlTable> {
    const table = (await this.#catalogue()).get(dataset);
    if (table === undefined) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
    if (table === null) throw new ConnectError('unsupported', { source: this.source, dataset, remedy: 'rename-dataset' });
    return table;
  }

  async #query({ shape }: MysqlTable, sql: string): Promise<Cell[][]> {
    try {
      return await mysqlRows(this.#client, sql);
    } catch (error) {
      throw mysqlFailure(error, this.source, shape.dataset);
    }
  }
}
