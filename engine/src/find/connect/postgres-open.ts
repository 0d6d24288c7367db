// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import type { Source } from '../../model/source.ts';
import { ConnectError, type ConnectErrorCode, type ConnectRemedy } from './error.ts';

const CONNECT_MILLISECONDS = 10_000;
const PARAMETERS = new Set(['host', 'port', 'sslmode']);

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
  const config = { ...parseLocator(source), ...parseSecret(source, secret) };
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

/** `postgres:///db?host=/socket/dir` or `postgres://host:port/db`, optionally `sslmode=disable|require|verify-full`. No secrets in it. */
function parseLocator(source: Source): pg.ClientConfig {
  const wrong = (reason: string, remedy: ConnectRemedy = 'fix-locator') =>
    new ConnectError('bad-locator', { source: source.name, remedy, reason });
  const url = URL.canParse(source.locator) ? new URL(source.locator) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) throw wrong('not a postgres:// address');
  if (url.username !== '' || url.password !== '' || url.searchParams.has('user') || url.searchParams.has('password')) {
    throw wrong('credentials in the address', 'take-secret-out-of-locator');
  }
  for (const name of url.searchParams.keys()) if (!PARAMETERS.has(name)) throw wrong('unknown parameter');
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port));
  const database = decode(url.pathname.slice(1));
  if (host === '' || database === null || database === '' || !Number.isInteger(port)) throw wrong('host, port or database missing');
  return { host, port, database, ssl: sslOf(url.searchParams.get('sslmode') ?? 'disable', wrong) };
}

function sslOf(mode: string, wrong: (reason: string) => ConnectError): pg.ClientConfig['ssl'] {
  if (mode === 'disable') return false;
  if (mode === 'require') return { rejectUnauthorized: false };
  if (mode === 'verify-full') return { rejectUnauthorized: true };
  throw wrong('unknown sslmode');
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function parseSecret(source: Source, secret: string | null): { user: string; password: string } {
  const at = secret?.indexOf(':') ?? -1;
  if (secret === null || at < 1) throw new ConnectError('refused-login', { source: source.name, remedy: 'set-credential' });
  return { user: secret.slice(0, at), password: secret.slice(at + 1) };
}
