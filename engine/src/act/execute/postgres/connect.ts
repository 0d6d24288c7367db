// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import { ExecuteError } from '../error.ts';
import { StoreError } from '../rows/table-store.ts';

/** Server text as it is: no driver may turn a date or a long number into something else. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

const SESSION =
  "SET DateStyle='ISO, YMD'; SET TimeZone='UTC'; SET extra_float_digits=1; SET bytea_output='hex'; SET intervalstyle='iso_8601'; SET lock_timeout='30s'";

/** One connection, every value as the server's text. `secret` = `user:password` or null. Throws ExecuteError. */
export async function connect(locator: string, secret: string | null): Promise<pg.Client> {
  const url = new URL(locator);
  const [user, ...rest] = secret === null ? [] : secret.split(':');
  const host = url.searchParams.get('host') ?? (url.hostname === '' ? undefined : url.hostname);
  const port = url.searchParams.get('port') ?? url.port;
  const client = new pg.Client({
    host,
    port: port === '' ? 5432 : Number(port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user,
    password: secret === null ? undefined : rest.join(':'),
    ssl: url.searchParams.get('sslmode') === 'require' ? { rejectUnauthorized: false } : url.searchParams.get('sslmode') === 'verify-full',
    application_name: 'shanhou execute',
    connectionTimeoutMillis: 10_000,
    types: AS_TEXT,
  } as pg.ClientConfig);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(SESSION);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const state = stateOf(error);
    throw new ExecuteError(state.startsWith('28') || state === 'XX000' ? 'login-refused' : 'source-unreachable', { locator, state });
  }
}

/** A query whose rows are arrays of server text. Throws StoreError for what the protocol handles, ExecuteError otherwise. */
export async function ask(client: pg.Client, text: string, values: readonly unknown[] = []): Promise<(string | null)[][]> {
  try {
    const result = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
    return result.rows;
  } catch (error) {
    throw translate(error);
  }
}

/** What PostgreSQL said, by SQLSTATE; its message and detail stay behind, because they quote row values. */
export function translate(error: unknown): Error {
  const state = stateOf(error);
  const named = error as { readonly constraint?: string; readonly table?: string; readonly column?: string };
  if (state.startsWith('23')) return new StoreError('constraint', named.constraint ?? named.column ?? state);
  if (state.startsWith('P0') || state === '44000' || state === '0A000' || state === '2F000')
    return new StoreError('raised', `raised-${state}`);
  if (state === '40001' || state === '40P01') return new StoreError('again', state);
  if (state === '55P03') return new ExecuteError('source-locked', { state });
  if (state === '42501') return new ExecuteError('permission-denied', { state });
  if (state === '42P01' || state === '42703') return new ExecuteError('dataset-differs', { state });
  if (state === '' || state.startsWith('08') || state.startsWith('57P') || /^E[A-Z]+$/.test(state)) {
    return new ExecuteError('source-unreachable', { state: state || 'connection' });
  }
  return new ExecuteError('source-error', { state });
}

function stateOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

export function quote(name: string): string {
  return pg.escapeIdentifier(name);
}

/** `schema.table` of a dataset name, quoted; the schema is what stands before the first dot. */
export function quoteTable(dataset: string): string {
  const dot = dataset.indexOf('.');
  return dot < 0 ? quote(dataset) : `${quote(dataset.slice(0, dot))}.${quote(dataset.slice(dot + 1))}`;
}
