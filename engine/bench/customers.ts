// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2';
import pg from 'pg';
import type { Source } from '../src/model/source.ts';
import { openMariadb } from '../src/sample/index.ts';
import { addressOf, idCardOf, personOf } from '../src/sample/people.ts';
import { seeded } from '../src/sample/random.ts';
import { startThrowawayPostgres } from '../test/support/throwaway-postgres.ts';

/** What `npm run bench` prints of one row. */
export interface Measured {
  readonly name: string;
  readonly ours: string;
  readonly baseline: string;
  readonly ratio: string;
  readonly note: string;
}

export const COLUMNS = ['id', 'name', 'phone', 'id_card', 'email', 'address', 'amount', 'status', 'remark', 'create_time'] as const;
const TABLE = `(id bigint PRIMARY KEY, name varchar(40), phone varchar(20), id_card varchar(18), email varchar(80), address varchar(120),
  amount decimal(10,2), status int, remark text, create_time TIMESTAMP_TYPE)`;
const AT_ONCE = 2_000;

/** `n` invented customers, row by row. */
export function* customers(n: number): Generator<readonly string[]> {
  const random = seeded(7);
  for (let i = 1; i <= n; i++) {
    const person = personOf(random, i, '2026-11-24');
    const { province, city, district, detail } = addressOf(random);
    const address = province + city + district + detail;
    const remark = i % 4 === 0 ? `客户${person.name}来电${person.phone}，改送${address}` : `第 ${i} 号备注，按约定时间送达，无其他要求`;
    const id = idCardOf(person.birth, i);
    const email = person.email ?? `customer${i}@example.com`;
    const second = String(i % 60).padStart(2, '0');
    yield [String(i), person.name, person.phone, id, email, address, `${i % 1000}.50`, String(i % 5), remark, `2024-05-06 07:08:${second}`];
  }
}

/** A server with tables of customers, and its bare driver: all rows of a table as text, one after the other, nothing kept. */
export interface CustomerServer {
  readonly kind: 'PostgreSQL' | 'MariaDB';
  readonly source: Source;
  readonly secret: string;
  /** As our reader names it. */
  dataset(table: string): string;
  fill(table: string, rows: number): Promise<void>;
  /** Resolves with how many rows came. */
  readBare(table: string): Promise<number>;
  stop(): Promise<void>;
}

/** Both servers that are on this machine. */
export async function customerServers(): Promise<CustomerServer[]> {
  const mariadb = await mariadbServer();
  return [await postgresServer(), ...(mariadb === null ? [] : [mariadb])];
}

async function postgresServer(): Promise<CustomerServer> {
  const server = await startThrowawayPostgres();
  const database = await server.createDatabase('bench');
  const client = new pg.Client({ host: server.host, user: server.superuser, database, types: { getTypeParser: () => (v: string) => v } });
  await client.connect();
  return {
    kind: 'PostgreSQL',
    source: { name: 'bench', kind: 'postgres', locator: server.locator(database), credentials: {} },
    secret: `${server.superuser}:x`,
    dataset: (table) => `public.${table}`,
    async fill(table, rows) {
      await client.query(`CREATE TABLE ${table} ${TABLE.replace('TIMESTAMP_TYPE', 'timestamp')}`);
      const lists = COLUMNS.map((_, at) => `$${at + 1}::text[]`).join(', ');
      const types = ['bigint', 'text', 'text', 'text', 'text', 'text', 'numeric', 'int', 'text', 'timestamp'];
      const cells = COLUMNS.map((column, at) => `${column}::${types[at]}`).join(', ');
      for (const batch of batches(customers(rows)))
        await client.query(
          `INSERT INTO ${table} SELECT ${cells} FROM unnest(${lists}) u(${COLUMNS.join(', ')})`,
          COLUMNS.map((_, at) => batch.map((row) => row[at])),
        );
      await client.query(`VACUUM ANALYZE ${table}`);
    },
    async readBare(table) {
      await client.query('BEGIN');
      await client.query(`DECLARE bare NO SCROLL CURSOR FOR SELECT * FROM ${table} ORDER BY id`);
      let read = 0;
      for (;;) {
        const { rows } = await client.query({ text: `FETCH ${AT_ONCE} FROM bare`, rowMode: 'array' });
        if (rows.length === 0) break;
        read += rows.length;
      }
      await client.query('ROLLBACK');
      return read;
    },
    async stop() {
      await client.end();
      await server.stop();
    },
  };
}

async function mariadbServer(): Promise<CustomerServer | null> {
  const folder = mkdtempSync(join(tmpdir(), 'shb-'));
  const server = await openMariadb(join(folder, 'mariadb'));
  if (server === null) return null;
  await server.run('CREATE DATABASE bench DEFAULT CHARACTER SET utf8mb4');
  const client = createConnection({ socketPath: server.socket, user: 'root', database: 'bench', charset: 'utf8mb4' });
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => client.query(sql, (error) => (error === null ? resolve() : reject(error))));
  return {
    kind: 'MariaDB',
    source: { name: 'bench', kind: 'mysql', locator: `mysql:///bench?socket=${encodeURIComponent(server.socket)}`, credentials: {} },
    secret: 'root:',
    dataset: (table) => table,
    async fill(table, rows) {
      await run(`CREATE TABLE ${table} ${TABLE.replace('TIMESTAMP_TYPE', 'datetime')}`);
      for (const batch of batches(customers(rows)))
        await run(`INSERT INTO ${table} VALUES ${batch.map((row) => `(${row.map((cell) => client.escape(cell)).join(', ')})`).join(', ')}`);
      await run(`ANALYZE TABLE ${table}`);
    },
    async readBare(table) {
      let read = 0;
      // The driver's own conversion to text, the cheapest way to all values as strings.
      const stream = client
        .query({ sql: `SELECT * FROM ${table} ORDER BY id`, rowsAsArray: true, typeCast: (field) => field.string('utf8') })
        .stream({ highWaterMark: 500 });
      for await (const row of stream) read += (row as unknown[]).length > 0 ? 1 : 0;
      return read;
    },
    async stop() {
      client.destroy();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function* batches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Runs both in turn and takes the best of each: other work on the machine makes a run slower, never faster. */
export async function bestOf(
  rounds: number,
  ours: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
): Promise<{ ours: number; baseline: number }> {
  const best = { ours: Infinity, baseline: Infinity };
  for (let round = 0; round < rounds; round++) {
    best.baseline = Math.min(best.baseline, await seconds(baseline));
    best.ours = Math.min(best.ours, await seconds(ours));
  }
  return best;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** `SHANHOU_BENCH_SCALE=0.01` makes a size smaller. */
export function scaled(size: number): number {
  return Math.max(1_000, Math.round(size * Number(process.env['SHANHOU_BENCH_SCALE'] ?? '1')));
}

export function perSecond(rows: number, seconds: number): string {
  return `${Math.round(rows / seconds).toLocaleString('en-US')} rows/s`;
}
