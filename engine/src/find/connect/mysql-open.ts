// SPDX-License-Identifier: Apache-2.0
import { type Connection, type ConnectionOptions, type FieldPacket, createConnection } from 'mysql2';
import type { Cell } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { ConnectError, type ConnectErrorCode, type ConnectRemedy } from './error.ts';
import { readLocator, readSecret } from './locator.ts';

const CONNECT_MILLISECONDS = 10_000;

/**
 * How every value reaches us: the server's own text in UTF-8, times in UTC. The server may hold defaults that would falsify a
 * reading: a row limit, quotes that mean names, padded CHAR, a short patience with slow readers.
 */
const SESSION = [
  'SET SESSION TRANSACTION READ ONLY',
  'SET NAMES utf8mb4',
  "SET time_zone = '+00:00', sql_mode = ''",
  'SET sql_select_limit = 18446744073709551615, sql_big_selects = 1, net_write_timeout = 3600, lock_wait_timeout = 60',
];

export interface MysqlPlace {
  readonly options: ConnectionOptions;
  /** Null: every database of the server that is not the server's own. */
  readonly database: string | null;
}

/**
 * A connection of its own that reads only: every transaction is READ ONLY on the server's side.
 * `secret` is `user:password`. Throws ConnectError: bad-locator, refused-login, unreachable, not-found.
 */
export async function connectMysqlReadOnly(source: Source, secret: string | null): Promise<Connection> {
  const { options } = mysqlPlace(source);
  const client = createConnection({
    ...options,
    ...readSecret(source, secret),
    charset: 'utf8mb4',
    connectTimeout: CONNECT_MILLISECONDS,
    connectAttributes: { program_name: 'shanhou read' },
  });
  client.on('error', () => undefined); // A lost idle connection fails the next query; it must not end the process.
  try {
    for (const statement of SESSION) await mysqlRows(client, statement);
    return client;
  } catch (error) {
    client.destroy();
    throw mysqlFailure(error, source.name);
  }
}

/** Rows as arrays of the server's text. */
export function mysqlRows(client: Connection, sql: string, values: readonly string[] = []): Promise<Cell[][]> {
  return new Promise((resolve, reject) => {
    client.query({ sql, values: [...values], rowsAsArray: true, typeCast: false }, (error, result, fields) => {
      if (error) return reject(error);
      // A statement without rows answers with a header.
      resolve(Array.isArray(result) ? (result as unknown as RawRow[]).map((row) => decodeRow(row, fields)) : []);
    });
  });
}

/**
 * Rows in batches of `size`, as fast as they are taken: the server waits once a further batch is full. Whoever stops early must close the connection. Row
 * by row through a stream costs twice as much.
 */
export async function* mysqlStream(client: Connection, sql: string, size: number): AsyncGenerator<Cell[][]> {
  let fields: readonly FieldPacket[] = [];
  let waiting: Cell[][] = [];
  let ended = false;
  let failed: Error | null = null;
  let wake = () => undefined as void;
  const query = client.query({ sql, rowsAsArray: true, typeCast: false });
  query.on('fields', (found: readonly FieldPacket[]) => (fields = found));
  query.on('result', (row: unknown) => {
    waiting.push(decodeRow(row as RawRow, fields));
    if (waiting.length < size) return;
    client.pause();
    wake();
  });
  query.on('error', (error: Error) => {
    failed = error;
    wake();
  });
  query.on('end', () => {
    ended = true;
    wake();
  });
  for (;;) {
    while (waiting.length < size && !ended && failed === null) await new Promise<void>((resolve) => (wake = resolve));
    if (failed !== null) throw failed as Error;
    const rows = waiting;
    waiting = [];
    if (!ended) client.resume();
    for (let at = 0; at < rows.length; at += size) yield at === 0 && rows.length <= size ? rows : rows.slice(at, at + size);
    if (ended && waiting.length === 0) return;
  }
}

type RawRow = readonly (Buffer | null)[];

function decodeRow(row: RawRow, fields: readonly FieldPacket[]): Cell[] {
  return row.map((bytes, at) => (bytes === null ? null : decodeCell(bytes, fields[at]?.columnType ?? 0, fields[at]?.characterSet ?? 0)));
}

const TIMESTAMP = 7;
const BIT = 16;
/** TINYBLOB and every type after it are strings, or bytes where the character set is `binary`. */
const FIRST_OF_STRINGS = 249;
const BINARY_CHARSET = 63;

/** The server's text; a TIMESTAMP says that it is UTC, BIT is a decimal number, bytes are `\x…`. */
function decodeCell(bytes: Buffer, type: number, charset: number): string {
  if (type === BIT) return bytes.length === 0 ? '0' : BigInt(`0x${bytes.toString('hex')}`).toString();
  if (charset === BINARY_CHARSET && type >= FIRST_OF_STRINGS) return `\\x${bytes.toString('hex')}`;
  const text = bytes.toString('utf8');
  return type === TIMESTAMP && !text.startsWith('0000') ? `${text}+00` : text;
}

/** A name as a MySQL identifier, whatever it holds (manual §11.2: backticks doubled). */
export function mysqlIdent(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A driver's or server's error as ours, by its name. What has none is a defect and passes unchanged. */
export function mysqlFailure(error: unknown, source: string, dataset?: string): unknown {
  if (error instanceof ConnectError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return /closed state/i.test(error.message) ? failure('unreachable', 'start-or-reach-server') : error;
  // MariaDB's 1927, the connection was killed, has no name in the driver.
  const gone =
    ('fatal' in error && error.fatal === true) || ('errno' in error && error.errno === 1927) || /^(?:E[A-Z]+|PROTOCOL_.*)$/.test(code);
  return failure(...(BY_NAME[code] ?? (gone ? UNREACHABLE : UNREADABLE)));

  function failure(kind: ConnectErrorCode, remedy: ConnectRemedy): ConnectError {
    const place = { source, remedy, ...(dataset === undefined ? {} : { dataset }) };
    return new ConnectError(kind, code === null ? place : { ...place, reason: code });
  }
}

type Known = readonly [ConnectErrorCode, ConnectRemedy];
const UNREACHABLE: Known = ['unreachable', 'start-or-reach-server'];
const UNREADABLE: Known = ['unreadable', 'try-again'];
const REFUSED: Known = ['refused-login', 'fix-credential'];
const GRANT: Known = ['unreadable', 'grant-read'];
const DAMAGED: Known = ['damaged', 'repair-or-restore'];
const BY_NAME: Readonly<Record<string, Known>> = {
  ER_ACCESS_DENIED_ERROR: REFUSED,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: REFUSED,
  ER_ACCOUNT_HAS_BEEN_LOCKED: REFUSED,
  ER_MUST_CHANGE_PASSWORD_LOGIN: REFUSED,
  AUTH_SWITCH_PLUGIN_ERROR: REFUSED,
  ER_BAD_DB_ERROR: ['not-found', 'fix-name'],
  ER_NO_SUCH_TABLE: ['unknown-dataset', 'fix-name'],
  ER_DBACCESS_DENIED_ERROR: GRANT,
  ER_TABLEACCESS_DENIED_ERROR: GRANT,
  ER_COLUMNACCESS_DENIED_ERROR: GRANT,
  ER_SPECIFIC_ACCESS_DENIED_ERROR: GRANT,
  ER_CON_COUNT_ERROR: ['unreachable', 'try-again'],
  ER_TOO_MANY_USER_CONNECTIONS: ['unreachable', 'try-again'],
  ER_SERVER_SHUTDOWN: UNREACHABLE,
  ER_CONNECTION_KILLED: UNREACHABLE,
  ER_CRASHED_ON_USAGE: DAMAGED,
  ER_CRASHED_ON_REPAIR: DAMAGED,
  ER_NOT_KEYFILE: DAMAGED,
  ER_TABLE_CORRUPT: DAMAGED,
};

/** `mysql:///db?socket=/path` or `mysql://host:port/db`, optionally `sslmode=disable|require|verify-full`. Throws ConnectError bad-locator. */
export function mysqlPlace(source: Source): MysqlPlace {
  const { url, host, path: database, tls, wrong } = readLocator(source, /^mysql:$/, ['socket']);
  const socketPath = url.searchParams.get('socket');
  if (socketPath === null && host === '') throw wrong('host or socket missing');
  if (database.includes('/')) throw wrong('database name');
  return {
    database: database === '' ? null : database,
    options: {
      ...(socketPath === null ? { host, port: url.port === '' ? 3306 : Number(url.port) } : { socketPath }),
      ...(database === '' ? {} : { database }),
      ...(tls === null ? {} : { ssl: tls }),
    },
  };
}
