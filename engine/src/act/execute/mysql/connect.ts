// SPDX-License-Identifier: Apache-2.0
import { type Connection, type ConnectionOptions, type FieldPacket, createConnection } from 'mysql2';
import type { Cell } from '../../../model/cell.ts';
import { ExecuteError, stateOf } from '../error.ts';
import { StoreError } from '../rows/table-store.ts';
import { cellOf } from './cells.ts';

/**
 * Strict, so that no value is bent to fit; foreign keys checked, whatever the server's default; READ COMMITTED, so that only the rows
 * we name are locked and none of their neighbours.
 */
const SESSION = [
  'SET NAMES utf8mb4',
  "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES', foreign_key_checks = 1, unique_checks = 1, sql_safe_updates = 0, autocommit = 1",
  'SET sql_select_limit = 18446744073709551615, sql_big_selects = 1, net_write_timeout = 3600',
  // Half a minute, or less where the server itself is less patient.
  'SET innodb_lock_wait_timeout = LEAST(30, @@global.innodb_lock_wait_timeout), lock_wait_timeout = LEAST(30, @@global.lock_wait_timeout)',
];

/** One connection, every value as the server's text. `secret` = `user:password` or null. Throws ExecuteError. */
export async function connect(locator: string, secret: string | null): Promise<Connection> {
  const [user, ...rest] = secret === null ? [] : secret.split(':');
  const client = createConnection({
    ...optionsOf(locator),
    ...(user === undefined ? {} : { user, password: rest.join(':') }),
    charset: 'utf8mb4',
    connectTimeout: 10_000,
    connectAttributes: { program_name: 'shanhou execute' },
  });
  client.on('error', () => undefined);
  try {
    for (const statement of SESSION) await answer(client, statement);
    // A server that logs statements cannot write InnoDB rows at this level.
    const log = await answer(client, 'SELECT @@binlog_format');
    if (log[0]?.[0] !== 'STATEMENT') await answer(client, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    return client;
  } catch (error) {
    client.destroy();
    const state = stateOf(error);
    throw new ExecuteError(LOGIN.has(state) ? 'login-refused' : 'source-unreachable', { locator, state });
  }
}

const LOGIN = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  'AUTH_SWITCH_PLUGIN_ERROR',
]);

/** The database in a locator; null = the whole server. */
export function databaseOf(locator: string): string | null {
  const name = decodeURIComponent(new URL(locator).pathname.slice(1));
  return name === '' ? null : name;
}

function optionsOf(locator: string): ConnectionOptions {
  const url = new URL(locator);
  const socketPath = url.searchParams.get('socket');
  const database = databaseOf(locator);
  const tls = url.searchParams.get('sslmode') ?? 'disable';
  return {
    ...(socketPath === null
      ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 3306 : Number(url.port) }
      : { socketPath }),
    ...(database === null ? {} : { database }),
    ...(tls === 'disable' ? {} : { ssl: { rejectUnauthorized: tls === 'verify-full' } }),
  };
}

/** A statement and its rows. Throws StoreError for what the protocol handles, ExecuteError otherwise. */
export async function ask(client: Connection, sql: string): Promise<Cell[][]> {
  try {
    return await answer(client, sql);
  } catch (error) {
    throw translate(error);
  }
}

/** Rows one by one; take them all, or close the connection. Throws as `ask`. */
export async function* askEach(client: Connection, sql: string): AsyncGenerator<Cell[]> {
  let fields: readonly FieldPacket[] = [];
  const stream = client.query({ sql, rowsAsArray: true, typeCast: false }).stream({ highWaterMark: 500 });
  stream.on('fields', (found: readonly FieldPacket[]) => (fields = found));
  try {
    for await (const row of stream) yield (row as RawRow).map((bytes, at) => cellOf(bytes, fields[at]));
  } catch (error) {
    throw translate(error);
  }
}

type RawRow = readonly (Buffer | null)[];

function answer(client: Connection, sql: string): Promise<Cell[][]> {
  return new Promise((resolve, reject) => {
    client.query({ sql, rowsAsArray: true, typeCast: false }, (error, result, fields) => {
      if (error) return reject(error);
      resolve(Array.isArray(result) ? (result as unknown as RawRow[]).map((row) => row.map((bytes, at) => cellOf(bytes, fields[at]))) : []);
    });
  });
}

/** What the server said, by its name for it; of its message only the constraint's name is read, because messages quote values. */
export function translate(error: unknown): Error {
  const state = stateOf(error);
  const { sqlState, sqlMessage, errno, fatal } = error as {
    readonly sqlState?: string;
    readonly sqlMessage?: string;
    readonly errno?: number;
    readonly fatal?: boolean;
  };
  if (/^ER_(?:ROW_IS_REFERENCED|NO_REFERENCED_ROW)/.test(state)) {
    return new StoreError('constraint', /CONSTRAINT `((?:[^`]|``)+)`/.exec(sqlMessage ?? '')?.[1]?.replaceAll('``', '`') ?? state);
  }
  if (CONSTRAINT.has(state) || errno === MARIADB_CHECK_FAILED) return new StoreError('constraint', state);
  if (state === 'ER_SIGNAL_EXCEPTION' || sqlState === '45000' || state === 'ER_CANT_UPDATE_USED_TABLE_IN_SF_OR_TRG') {
    return new StoreError('raised', `raised-${sqlState ?? state}`);
  }
  if (state === 'ER_LOCK_DEADLOCK' || state === 'ER_CHECKREAD') return new StoreError('again', state);
  if (state === 'ER_LOCK_WAIT_TIMEOUT' || state === 'ER_LOCK_ABORTED') return new ExecuteError('source-locked', { state });
  if (DENIED.test(state)) return new ExecuteError('permission-denied', { state });
  if (/^ER_(?:NO_SUCH_TABLE|BAD_FIELD_ERROR|BAD_DB_ERROR|BAD_TABLE_ERROR)$/.test(state)) {
    return new ExecuteError('dataset-differs', { state });
  }
  if (fatal === true || errno === MARIADB_CONNECTION_KILLED || GONE.test(state)) return new ExecuteError('source-unreachable', { state });
  return new ExecuteError('source-error', { state });
}

const CONSTRAINT = new Set(['ER_BAD_NULL_ERROR', 'ER_DUP_ENTRY', 'ER_CHECK_CONSTRAINT_VIOLATED', 'ER_CONSTRAINT_FAILED']);
// The driver knows MySQL's names only.
const MARIADB_CONNECTION_KILLED = 1927;
const MARIADB_CHECK_FAILED = 4025;
const DENIED =
  /^ER_(?:TABLEACCESS_DENIED|COLUMNACCESS_DENIED|DBACCESS_DENIED|SPECIFIC_ACCESS_DENIED|PROCACCESS_DENIED|OPTION_PREVENTS_STATEMENT|CANT_EXECUTE_IN_READ_ONLY)/;
/** `unknown`: the driver's own words for a connection that is closed already have no code. */
const GONE = /^(?:E[A-Z]+|PROTOCOL_.*|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED|ER_QUERY_INTERRUPTED|ER_SERVER_GONE_ERROR|unknown)$/;

export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
