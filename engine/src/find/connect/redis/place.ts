// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../../model/source.ts';
import { readLocator } from '../locator.ts';

export interface RedisPlace {
  readonly socket: { readonly host: string; readonly port: number } | { readonly path: string };
  readonly tls: { readonly rejectUnauthorized: boolean } | null;
  /** Null: every database of the server. */
  readonly database: number | null;
}

/** `redis://host:6379/2` or `redis:///?socket=/run/redis.sock`, without a number every database; optionally `sslmode=disable|require|verify-full`. Throws ConnectError bad-locator. */
export function redisPlace(source: Source): RedisPlace {
  const { url, host, path: database, tls, wrong } = readLocator(source, /^redis:$/, ['socket']);
  const path = url.searchParams.get('socket');
  if (path === null && host === '') throw wrong('host or socket missing');
  if (!/^\d{0,5}$/.test(database)) throw wrong('database number');
  return {
    socket: path === null ? { host, port: url.port === '' ? 6379 : Number(url.port) } : { path },
    tls,
    database: database === '' ? null : Number(database),
  };
}
