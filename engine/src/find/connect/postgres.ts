// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { Row } from '../../model/cell.ts';
import type { DatasetShape, DerivedCopy, Source, SourceRow } from '../../model/source.ts';
import { spreadPlaces } from './batches.ts';
import { ConnectError } from './error.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';
import { connectReadOnly, postgresFailure, textRows } from './postgres-open.ts';
import { foreignTables, type PostgresTable, readCopies, readPostgresTables } from './postgres-shape.ts';

const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
/** Up to this many rows a sample is exact places of the whole table in key order; beyond, the server samples blocks' rows. */
const EXACT_SAMPLE_ROWS = 5_000;

/**
 * Opens a PostgreSQL database for reading. Each scan has a connection and one REPEATABLE READ snapshot of its own.
 * Throws ConnectError: bad-locator, refused-login, unreachable, not-found.
 */
export async function openPostgres(source: Source, secret: string | null): Promise<DatasetReader> {
  return new PostgresReader(source, await connectReadOnly(source, secret), () => connectReadOnly(source, secret));
}

/** Server version, number of tables and what the login may do, without reading rows. Throws ConnectError. */
export async function inspectPostgres(source: Source, secret: string | null): Promise<SourceInspection> {
  const client = await connectReadOnly(source, secret);
  try {
    const tables = await readPostgresTables(client);
    const [version] = (await textRows(client, 'SHOW server_version'))[0] ?? [];
    const writable = await textRows(client, WRITABLE);
    const notes = (await foreignTables(client)).map((name) => `foreign table ${name} is not read: add its server as a source`);
    if (writable[0]?.[0] === 't') notes.push('the reading login may also write');
    return { source: source.name, kind: 'postgres', format: `PostgreSQL ${version}`, datasets: tables.size, notes };
  } catch (error) {
    throw postgresFailure(error, source.name);
  } finally {
    await client.end();
  }
}

const WRITABLE = `SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))`;

class PostgresReader implements DatasetReader {
  readonly source: string;
  #client: pg.Client;
  #connect: () => Promise<pg.Client>;
  #scans = new Set<pg.Client>();
  #tables: ReadonlyMap<string, PostgresTable | null> | null = null;
  /** The last count of each, by which a sample is spread. */
  readonly #counted = new Map<string, number>();
  #closed = false;

  constructor(source: Source, client: pg.Client, connect: () => Promise<pg.Client>) {
    this.source = source.name;
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
    const places = spreadPlaces(total, size);
    if (places.length === 0) return [];
    if (places.length === total) return this.#query(table, `SELECT ${selection} FROM ${relation}${order}`);
    if (total <= EXACT_SAMPLE_ROWS) {
      const numbered = `SELECT *, row_number() OVER (${order.trimStart()}) - 1 AS "shanhou place" FROM ${relation}`;
      const sql = `SELECT ${selection} FROM (${numbered}) s WHERE "shanhou place" = ANY ($1::bigint[]) ORDER BY "shanhou place"`;
      return this.#query(table, sql, [places]);
    }
    const percent = Math.min(100, (120 * size) / total);
    const rows = await this.#query(table, `SELECT ${selection} FROM ${relation} TABLESAMPLE BERNOULLI (${percent}) REPEATABLE (1)`);
    return spreadPlaces(rows.length, size).flatMap((place) => rows.slice(place, place + 1));
  }

  async *scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]> {
    const { shape, relation, selection, order } = await this.#known(dataset);
    const keyPlaces = shape.key.map((column) => shape.columns.findIndex(({ name }) => name === column));
    const client = await this.#connect();
    this.#scans.add(client);
    try {
      await client.query(SNAPSHOT);
      await client.query(`DECLARE shanhou_scan NO SCROLL CURSOR FOR SELECT ${selection} FROM ${relation}${order}`);
      const fetch = () => {
        const rows = textRows(client, `FETCH FORWARD ${Math.max(1, Math.floor(batch))} FROM shanhou_scan`);
        // Whoever stops in the middle leaves this answer behind; a failure is told when it is awaited.
        rows.catch(() => undefined);
        return rows;
      };
      // The server works on the next batch while this one is looked at.
      for (let next = fetch(); ;) {
        const rows = await next;
        if (rows.length === 0) break;
        next = fetch();
        yield rows.map((row) => ({ key: keyPlaces.map((place) => row[place] ?? null), row }));
      }
    } catch (error) {
      throw this.#failure(error, shape);
    } finally {
      this.#scans.delete(client);
      await client.end().catch(() => undefined);
    }
  }

  async copies(): Promise<readonly DerivedCopy[]> {
    try {
      return await readCopies(this.#client);
    } catch (error) {
      throw postgresFailure(error, this.source);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([this.#client, ...this.#scans].map((client) => client.end().catch(() => undefined)));
  }

  async #catalogue(): Promise<ReadonlyMap<string, PostgresTable | null>> {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    try {
      this.#tables ??= await readPostgresTables(this.#client);
      return this.#tables;
    } catch (error) {
      throw postgresFailure(error, this.source);
    }
  }

  async #known(dataset: string): Promise<PostgresTable> {
    const table = (await this.#catalogue()).get(dataset);
    if (table === undefined) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
    if (table === null) throw new ConnectError('unsupported', { source: this.source, dataset, remedy: 'rename-dataset' });
    return table;
  }

  async #query({ shape }: PostgresTable, sql: string, values: readonly unknown[] = []): Promise<(string | null)[][]> {
    try {
      return await textRows(this.#client, sql, values);
    } catch (error) {
      throw this.#failure(error, shape);
    }
  }

  /** With `row_security = off` the server refuses a query that a policy would narrow: better no count than a silently small one. */
  #failure(error: unknown, { dataset, hazards }: DatasetShape): unknown {
    const failure = postgresFailure(error, this.source, dataset);
    const narrowed =
      failure instanceof ConnectError && failure.details.reason === '42501' && hazards.some((h) => h.kind === 'row-level-security');
    return narrowed ? new ConnectError('unreadable', { ...failure.details, remedy: 'grant-bypass-row-security' }) : failure;
  }
}
