// SPDX-License-Identifier: Apache-2.0
import { type Connection, createConnection } from 'mysql2';
import type { Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError, stateOf } from './error.ts';
import type { Probe } from './ports.ts';

const OWN = `('mysql', 'information_schema', 'performance_schema', 'sys', 'ndbinfo')`;
/** A system-versioned table keeps its deleted rows; they are searched under a name of their own. */
const HISTORY = ' FOR SYSTEM_TIME ALL';
const SETTINGS = `SET SESSION TRANSACTION READ ONLY; SET NAMES utf8mb4; SET time_zone = '+00:00', sql_mode = '';
  SET sql_select_limit = 18446744073709551615, net_write_timeout = 3600`;

/**
 * Looks at a MySQL or MariaDB database, or the whole server; sessions are read-only, and the server itself writes every value as text.
 * `secret` = `user:password`. Throws VerifyError.
 */
export async function openMysqlProbe(source: Source, secret: string | null): Promise<Probe> {
  const database = decodeURIComponent(new URL(source.locator).pathname.slice(1)) || null;
  const client = await login(source, secret);
  const query = async (dataset: string, sql: string, values: readonly string[] = []) => {
    try {
      return await texts(client, sql, values);
    } catch (error) {
      throw failure(source, dataset, error);
    }
  };
  const place = (dataset: string): [schema: string, table: string, history: string] => {
    const history = dataset.endsWith(HISTORY) ? HISTORY : '';
    const name = dataset.slice(0, dataset.length - history.length);
    const dot = name.indexOf('.');
    return database === null ? [name.slice(0, dot), name.slice(dot + 1), history] : [database, name, history];
  };
  const relation = (dataset: string) => {
    const [schema, table, history] = place(dataset);
    return `${ident(schema)}.${ident(table)}${history}`;
  };
  const described = async (dataset: string) => {
    const [schema, table] = place(dataset);
    return query(
      dataset,
      'SELECT column_name, lower(data_type) FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position',
      [schema, table],
    );
  };
  let grants: string | null = null;
  return {
    source: source.name,
    numbered: false,
    async datasets() {
      const found = await query(
        '',
        `SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
         AND table_schema ${database === null ? `NOT IN ${OWN}` : '= ?'} ORDER BY 1, 2`,
        database === null ? [] : [database],
      );
      return found.flatMap(([schema, table, type]) => {
        const name = database === null ? `${schema}.${table}` : String(table);
        return type === 'SYSTEM VERSIONED' ? [name, name + HISTORY] : [name];
      });
    },
    columns: async (dataset) => (await described(dataset)).map(([name]) => String(name)),
    async countRows(dataset) {
      const [row] = await query(dataset, `SELECT count(*) FROM ${relation(dataset)}`);
      return Number(row?.[0]);
    },
    async *rows(dataset): AsyncGenerator<Row> {
      const list = (await described(dataset)).map(([name, type]) => written(ident(String(name)), String(type))).join(', ');
      // A connection for each reading: whoever stops in the middle leaves nothing behind in the next answer.
      const own = await login(source, secret);
      try {
        await texts(own, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
        const stream = own.query({ sql: `SELECT ${list} FROM ${relation(dataset)}`, rowsAsArray: true, typeCast: asText });
        for await (const row of stream.stream({ highWaterMark: 200 })) yield row as Row;
      } catch (error) {
        throw failure(source, dataset, error);
      } finally {
        own.destroy();
      }
    },
    /** Tables on which an account has no privilege do not exist for it: only a grant on the whole database shows them all. */
    async hidesRows(dataset) {
      grants ??= (await query('', 'SHOW GRANTS')).map(([grant]) => String(grant)).join('\n');
      return !seesAll(grants, place(dataset)[0]);
    },
    async close() {
      client.destroy();
      await Promise.resolve();
    },
  };
}

/** How the server is asked to write a column: bytes as `\x…`, BIT as a number, TIMESTAMP with its zone, all else as it prints it. */
function written(column: string, type: string): string {
  if (/binary|blob|geometry|point|linestring|polygon|geometrycollection/.test(type))
    return `CONCAT(_utf8mb4 x'5c78', LOWER(HEX(${column})))`;
  if (type === 'bit') return `CAST(${column} AS UNSIGNED)`;
  if (type === 'timestamp') return `IF(${column} = 0, CONCAT(${column}, ''), CONCAT(${column}, '+00'))`;
  return column;
}

function seesAll(grants: string, schema: string): boolean {
  return grants.split('\n').some((grant) => {
    const [, rights = '', where = ''] = /^GRANT (.*?) ON (\*\.\*|`(?:[^`]|``)+`\.\*) TO /.exec(grant) ?? [];
    if (!/\bALL PRIVILEGES\b|(?:^|, )SELECT(?:,|$)/.test(rights)) return false;
    return (
      where === '*.*' ||
      where
        .slice(1, -3)
        .replaceAll('``', '`')
        .replace(/\\([_%])/g, '$1') === schema
    );
  });
}

function asText(field: { string(encoding?: string): string | null }): string | null {
  return field.string('utf8');
}

function texts(client: Connection, sql: string, values: readonly string[] = []): Promise<(string | null)[][]> {
  return new Promise((resolve, reject) => {
    client.query({ sql, values: [...values], rowsAsArray: true, typeCast: asText }, (error, result) => {
      if (error) reject(error);
      else resolve(Array.isArray(result) ? (result as unknown as (string | null)[][]) : []);
    });
  });
}

function ident(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function failure(source: Source, dataset: string, error: unknown): VerifyError {
  const state = stateOf(error);
  // MariaDB's 1927, the connection was killed, has no name in the driver.
  const { fatal, errno } = error as { readonly fatal?: boolean; readonly errno?: number };
  const gone = fatal === true || errno === 1927 || /^(?:E[A-Z]+|PROTOCOL_.*|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED|unknown)$/.test(state);
  return new VerifyError(gone ? 'source-unreachable' : 'dataset-unreadable', { source: source.name, dataset, state });
}

async function login(source: Source, secret: string | null): Promise<Connection> {
  const url = new URL(source.locator);
  const socketPath = url.searchParams.get('socket');
  const tls = url.searchParams.get('sslmode') ?? 'disable';
  const at = secret?.indexOf(':') ?? -1;
  const client = createConnection({
    ...(socketPath === null ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3306) } : { socketPath }),
    ...(secret === null ? {} : { user: at < 0 ? secret : secret.slice(0, at), password: at < 0 ? '' : secret.slice(at + 1) }),
    ...(url.pathname.length > 1 ? { database: decodeURIComponent(url.pathname.slice(1)) } : {}),
    ...(tls === 'disable' ? {} : { ssl: { rejectUnauthorized: tls === 'verify-full' } }),
    charset: 'utf8mb4',
    connectTimeout: 10_000,
  });
  client.on('error', () => undefined);
  try {
    for (const statement of SETTINGS.split(';')) await texts(client, statement);
    return client;
  } catch (error) {
    client.destroy();
    throw new VerifyError('source-unreachable', { source: source.name, state: stateOf(error) });
  }
}
