// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import type { Source } from '../../model/source.ts';
import { ConnectError, type ConnectErrorCode, type ConnectRemedy } from './error.ts';
import { readLocator, readSecret } from './locator.ts';

const CONNECT_MILLISECONDS = 10_000;

/**
 * How every value reaches us: the server's own text, in one notation. `row_security = off` makes the server refuse a query that a
 * policy would silently narrow; `search_path` keeps a hostile schema's functions out of our catalogue queries.
 */
const SESSION = [
  'SET default_transaction_read_only = on',
  'SET row_security = off',
  'SET search_path = pg_catalog',
  "SET DateStyle = 'ISO, YMD'",
  "SET TimeZone = 'UTC'",
  "SET IntervalStyle = 'iso_8601'",
  "SET bytea_output = 'hex'",
  "SET lc_monetary = 'C'",
  'SET extra_float_digits = 1',
  'SET synchronize_seqscans = off',
  'SET statement_timeout = 0',
].join('; ');

/**
 * A connection of its own that reads only: every transaction is READ ONLY on the server's side.
 * `secret` is `user:password`. Throws ConnectError: bad-locator, refused-login, unreachable, not-found.
 */
export async function connectReadOnly(source: Source, secret: string | null): Promise<pg.Client> {
  const config = { ...parseLocator(source), ...readSecret(source, secret) };
  const client = new pg.Client({ ...config, connectionTimeoutMillis: CONNECT_MILLISECONDS, application_name: 'shanhou read', types: TEXT });
  client.on('error', () => undefined); // A lost idle connection fails the next query; it must not end the process.
  try {
    await client.connect();
    await client.query(SESSION);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw postgresFailure(error, source.name);
  }
}

/** Rows as arrays of the server's text. */
export async function textRows(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<(string | null)[][]> {
  const result = await client.query<(string | null)[]>({ text: sql, values: [...values], rowMode: 'array', types: TEXT });
  return result.rows;
}

const TEXT: pg.CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => value.toString() };

/** A name as a PostgreSQL identifier, whatever it holds (manual §4.1.1: quotes doubled; a NUL cannot occur in a name). */
export function quoteIdent(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A driver's or server's error as ours, by SQLSTATE or errno. What has neither is a defect and passes unchanged. */
export function postgresFailure(error: unknown, source: string, dataset?: string): unknown {
  if (error instanceof ConnectError || !(error instanceof Error)) return error;
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (reason === null) {
    // pg's own words for a connection that timed out or broke; they carry no data.
    return /timeout|terminated|not queryable|closed/i.test(error.message) ? failure('unreachable', 'start-or-reach-server') : error;
  }
  const known = BY_STATE[reason] ?? BY_CLASS[reason.slice(0, 2)] ?? (/^E[A-Z]+$/.test(reason) ? UNREACHABLE : UNREADABLE);
  return failure(...known);

  function failure(code: ConnectErrorCode, remedy: ConnectRemedy): ConnectError {
    return new ConnectError(code, {
      source,
      remedy,
      ...(dataset === undefined ? {} : { dataset }),
      ...(reason === null ? {} : { reason }),
    });
  }
}

type Known = readonly [ConnectErrorCode, ConnectRemedy];
const UNREACHABLE: Known = ['unreachable', 'start-or-reach-server'];
const UNREADABLE: Known = ['unreadable', 'try-again'];
const BY_STATE: Readonly<Record<string, Known>> = {
  '3D000': ['not-found', 'fix-name'],
  '42501': ['unreadable', 'grant-read'],
  '42P01': ['unknown-dataset', 'fix-name'],
  '53300': ['unreachable', 'try-again'],
  '57P01': UNREACHABLE,
  '57P02': UNREACHABLE,
  '57P03': UNREACHABLE,
  XX001: ['damaged', 'repair-or-restore'],
  XX002: ['damaged', 'repair-or-restore'],
};
const BY_CLASS: Readonly<Record<string, Known>> = { '08': UNREACHABLE, '28': ['refused-login', 'fix-credential'] };

/** `postgres:///db?host=/socket/dir` or `postgres://host:port/db`, optionally `sslmode=disable|require|verify-full`. */
function parseLocator(source: Source): pg.ClientConfig {
  const { url, path: database, tls, wrong, ...rest } = readLocator(source, /^postgres(ql)?:$/, ['host', 'port']);
  const host = url.searchParams.get('host') ?? rest.host;
  const port = Number(url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port));
  if (host === '' || database === '' || !Number.isInteger(port)) throw wrong('host, port or database missing');
  return { host, port, database, ssl: tls ?? false };
}
