// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import type { Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError, stateOf } from './error.ts';
import type { Probe } from './ports.ts';

const SETTINGS = {
  DateStyle: 'ISO, YMD',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  intervalstyle: 'iso_8601',
  default_transaction_read_only: 'on',
};
const FETCH = 2_000;

/** Looks at a PostgreSQL database; the session is read-only. `secret` = `user:password`. Throws VerifyError. */
export async function openPostgresProbe(source: Source, secret: string | null): Promise<Probe> {
  const client = await login(source, secret);
  const query = async (dataset: string, text: string, values: unknown[] = []) => {
    try {
      const answer = await client.query<(string | null)[]>({ text, values, rowMode: 'array' });
      return answer.rows;
    } catch (error) {
      const state = stateOf(error);
      throw new VerifyError(/^(?:08|57P|E[A-Z]+$)|unknown/.test(state) ? 'source-unreachable' : 'dataset-unreadable', {
        source: source.name,
        dataset,
        state,
      });
    }
  };
  const columns = async (dataset: string) => {
    const found = await query(
      dataset,
      'SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
      [nameOf(dataset)],
    );
    return found.map(([name]) => String(name));
  };
  return {
    source: source.name,
    numbered: false,
    async datasets() {
      const found = await query(
        '',
        `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND n.nspname !~ '^pg_(toast|temp)' ORDER BY 1`,
      );
      return found.map(([name]) => String(name));
    },
    columns,
    async countRows(dataset) {
      const [row] = await query(dataset, `SELECT count(*) FROM ${nameOf(dataset)}`);
      return Number(row?.[0]);
    },
    async *rows(dataset): AsyncGenerator<Row> {
      const list = (await columns(dataset)).map((name) => pg.escapeIdentifier(name)).join(', ');
      await query(dataset, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
      try {
        await query(dataset, `DECLARE seen NO SCROLL CURSOR FOR SELECT ${list} FROM ${nameOf(dataset)}`);
        for (;;) {
          const batch = await query(dataset, `FETCH ${FETCH} FROM seen`);
          if (batch.length === 0) break;
          yield* batch;
        }
      } finally {
        await client.query('ROLLBACK').catch(() => undefined);
      }
    },
    /** A materialised view is fresh when it holds, row for row, what its own definition gives now. */
    async staleCopies() {
      // With this path every name in a definition is written out with its schema.
      await query('', "SELECT set_config('search_path', 'pg_catalog', false)");
      const views = await query(
        '',
        `SELECT n.nspname || '.' || c.relname, rtrim(pg_get_viewdef(c.oid), ';') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'm' AND c.relispopulated AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
      );
      const stale: { dataset: string; rows: number | null }[] = [];
      for (const [name, definition] of views) {
        const dataset = String(name);
        const differing = `SELECT count(*) FROM (SELECT v::text FROM ${nameOf(dataset)} v EXCEPT ALL SELECT q::text FROM (${definition}) q) d`;
        const rows = await query(dataset, differing).then(
          ([row]) => Number(row?.[0]),
          (error: unknown) => {
            if (error instanceof VerifyError && error.code === 'dataset-unreadable') return null;
            throw error;
          },
        );
        if (rows !== 0) stale.push({ dataset, rows });
      }
      return stale;
    },
    async hidesRows(dataset) {
      const [row] = await query(dataset, 'SELECT row_security_active($1::regclass)', [nameOf(dataset)]);
      return row?.[0] === 't';
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}

async function login(source: Source, secret: string | null): Promise<pg.Client> {
  const url = new URL(source.locator);
  const split = secret?.indexOf(':') ?? -1;
  const port = url.port || url.searchParams.get('port');
  const tls = url.searchParams.get('sslmode');
  const client = new pg.Client({
    host: url.searchParams.get('host') ?? (url.hostname || undefined),
    ...(port ? { port: Number(port) } : {}),
    database: decodeURIComponent(url.pathname.replace(/^\//, '')),
    ...(secret === null ? {} : { user: split < 0 ? secret : secret.slice(0, split), password: split < 0 ? '' : secret.slice(split + 1) }),
    ssl: tls === 'require' ? { rejectUnauthorized: false } : tls === 'verify-full',
    application_name: 'shanhou verify',
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: () => (text: string) => text },
  } as pg.ClientConfig);
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const [name, value] of Object.entries(SETTINGS)) await client.query('SELECT set_config($1, $2, false)', [name, value]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new VerifyError('source-unreachable', {
      source: source.name,
      state: stateOf(error),
    });
  }
}

function nameOf(dataset: string): string {
  const at = dataset.indexOf('.');
  const parts = at < 0 ? [dataset] : [dataset.slice(0, at), dataset.slice(at + 1)];
  return parts.map((part) => pg.escapeIdentifier(part)).join('.');
}
