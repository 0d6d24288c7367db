// SPDX-License-Identifier: Apache-2.0
import { RESP_TYPES, createClient } from '@redis/client';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import { StoreError } from '../rows/table-store.ts';

export interface RedisClient {
  /** Strings arrive as bytes. Throws ExecuteError. */
  ask(...args: readonly (string | Buffer)[]): Promise<unknown>;
  /**
   * All commands in one transaction, or none when a watched key changed meanwhile: then it throws StoreError `again`. `lost` when the connection broke and
   * nobody knows; `raised` with the server's word when it refuses.
   */
  together(commands: readonly (readonly (string | Buffer)[])[]): Promise<void>;
  close(): void;
}

/** A connection to one database. `secret` = `user:password`, null where none is asked for. Throws ExecuteError. */
export async function connectRedis(source: Source, secret: string | null, database: number): Promise<RedisClient> {
  const url = new URL(source.locator);
  const path = url.searchParams.get('socket');
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  const colon = secret?.indexOf(':') ?? -1;
  const user = secret?.slice(0, colon) ?? '';
  const client = createClient({
    RESP: 2,
    socket: {
      ...(path === null ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) } : { path }),
      ...(mode === 'disable' ? { tls: false } : { tls: true, rejectUnauthorized: mode === 'verify-full' }),
      connectTimeout: 10_000,
      reconnectStrategy: false,
    } as never,
    ...(secret === null ? {} : { password: secret.slice(colon + 1), ...(user === '' || user === 'default' ? {} : { username: user }) }),
    disableClientInfo: true,
    disableOfflineQueue: true,
  });
  client.on('error', () => undefined);
  const send = (args: readonly (string | Buffer)[]) =>
    client.sendCommand(args, { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }) as Promise<unknown>;
  try {
    await client.connect();
    await send(['SELECT', String(database)]);
  } catch (error) {
    if (client.isOpen) client.destroy();
    throw failure(source, error);
  }
  return {
    ask: (...args) =>
      send(args).catch((error: unknown) => {
        throw failure(source, error);
      }),
    async together(commands) {
      const queued = [['MULTI'], ...commands].map((args) => send(args).catch((error: unknown) => error));
      const done = await send(['EXEC']).catch((error: unknown) => error);
      const refused = [...(await Promise.all(queued)), ...(Array.isArray(done) ? done : [done])].find((reply) => reply instanceof Error);
      if (refused === undefined && done !== null) return;
      if (refused === undefined) throw new StoreError('again', 'changed-meanwhile');
      const word = wordOf(refused);
      if (word === null) throw new StoreError('lost', 'exec');
      if (word === 'NOPERM') throw new ExecuteError('permission-denied', { source: source.name, state: word });
      throw new StoreError('raised', word);
    },
    close: () => client.destroy(),
  };
}

/** The server's first word; the rest of its message may quote a key. Null where the server said nothing. */
function wordOf(error: unknown): string | null {
  return /^([A-Z]+) /.exec((error as Error).message)?.[1] ?? null;
}

function failure(source: Source, error: unknown): ExecuteError {
  if (error instanceof ExecuteError) return error;
  const state = wordOf(error);
  const details = { source: source.name, state: state ?? 'unknown' };
  if (state === null || state === 'LOADING' || state === 'MASTERDOWN') return new ExecuteError('source-unreachable', details);
  if (state === 'WRONGPASS' || state === 'NOAUTH') return new ExecuteError('login-refused', details);
  return new ExecuteError(state === 'NOPERM' ? 'permission-denied' : 'source-error', details);
}
