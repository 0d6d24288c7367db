// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../../model/source.ts';
import { ConnectError, type ConnectRemedy } from '../error.ts';

export interface RedisPlace {
  readonly socket: { readonly host: string; readonly port: number } | { readonly path: string };
  readonly tls: { readonly rejectUnauthorized: boolean } | null;
  /** Null: every database of the server. */
  readonly database: number | null;
}

/** `redis://host:6379/2` or `redis:///?socket=/run/redis.sock`, without a number every database; optionally `sslmode=disable|require|verify-full`. Throws ConnectError bad-locator. */
export function redisPlace(source: Source): RedisPlace {
  const wrong = (reason: string, remedy: ConnectRemedy = 'fix-locator') =>
    new ConnectError('bad-locator', { source: source.name, remedy, reason });
  const url = URL.canParse(source.locator) ? new URL(source.locator) : null;
  if (url?.protocol !== 'redis:') throw wrong('not a redis:// address');
  if (url.username !== '' || url.password !== '' || url.searchParams.has('user') || url.searchParams.has('password'))
    throw wrong('credentials in the address', 'take-secret-out-of-locator');
  for (const name of url.searchParams.keys()) if (name !== 'socket' && name !== 'sslmode') throw wrong('unknown parameter');
  const path = url.searchParams.get('socket');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (path === null && host === '') throw wrong('host or socket missing');
  const database = url.pathname.slice(1);
  if (!/^\d{0,5}$/.test(database)) throw wrong('database number');
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  if (mode !== 'disable' && mode !== 'require' && mode !== 'verify-full') throw wrong('unknown sslmode');
  return {
    socket: path === null ? { host, port: url.port === '' ? 6379 : Number(url.port) } : { path },
    tls: mode === 'disable' ? null : { rejectUnauthorized: mode === 'verify-full' },
    database: database === '' ? null : Number(database),
  };
}
