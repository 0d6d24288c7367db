// SPDX-License-Identifier: Apache-2.0
import { RESP_TYPES, createClient } from '@redis/client';
import type { Source } from '../../../model/source.ts';
import { ConnectError, type ConnectErrorCode, type ConnectRemedy } from '../error.ts';
import { redisPlace } from './place.ts';

const CONNECT_MILLISECONDS = 10_000;

/** Everything this room ever says to a Redis server. None of it can change a key. */
const READING = [
  'SELECT',
  'HELLO',
  'DBSIZE',
  'SCAN',
  'TYPE',
  'PTTL',
  'STRLEN',
  'GET',
  'HLEN',
  'HKEYS',
  'HSCAN',
  'LLEN',
  'LRANGE',
  'SCARD',
  'SSCAN',
  'ZCARD',
  'ZSCAN',
  'XLEN',
  'XRANGE',
  'EVAL_RO',
] as const;
export type ReadingCommand = (typeof READING)[number];

/** Strings arrive as bytes, states as text. */
export type Reply = Buffer | string | number | null | readonly Reply[];

/** A connection that reads: a server has no read-only session, so the connection itself lets nothing else through. */
export interface RedisReading {
  /** Throws ConnectError. */
  ask(command: ReadingCommand, ...values: readonly (string | Buffer | number)[]): Promise<Reply>;
  close(): void;
}

/** Connects to one database. `secret` is `user:password`, null where the server asks for none. Throws ConnectError: bad-locator, refused-login, unreachable, not-found. */
export async function connectRedis(source: Source, secret: string | null, database: number): Promise<RedisReading> {
  const { socket, tls } = redisPlace(source);
  const common = { connectTimeout: CONNECT_MILLISECONDS, reconnectStrategy: false } as const;
  const client = createClient({
    RESP: 2,
    socket: tls === null ? { ...socket, ...common, tls: false as const } : ({ ...socket, ...common, ...tls, tls: true } as never),
    ...login(source, secret),
    disableClientInfo: true,
    disableOfflineQueue: true,
  });
  client.on('error', () => undefined); // A lost idle connection fails the next command; it must not end the process.
  const reading: RedisReading = {
    async ask(command, ...values) {
      if (!READING.includes(command))
        throw new ConnectError('unsupported', { source: source.name, remedy: 'grant-read', reason: 'not a reading command' });
      try {
        const args = [command, ...values.map((value) => (typeof value === 'number' ? String(value) : value))];
        return await client.sendCommand<Reply>(args, { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } });
      } catch (error) {
        throw redisFailure(error, source.name);
      }
    },
    close: () => client.destroy(),
  };
  try {
    await client.connect();
    await reading.ask('SELECT', database);
    return reading;
  } catch (error) {
    if (client.isOpen) client.destroy();
    throw redisFailure(error, source.name);
  }
}

function login(source: Source, secret: string | null): { username?: string; password?: string } {
  if (secret === null) return {};
  const at = secret.indexOf(':');
  if (at < 0) throw new ConnectError('refused-login', { source: source.name, remedy: 'set-credential' });
  const username = secret.slice(0, at);
  // Before Redis 6 there is one password and no names.
  return { ...(username === '' || username === 'default' ? {} : { username }), password: secret.slice(at + 1) };
}

type Known = readonly [ConnectErrorCode, ConnectRemedy];
const UNREACHABLE: Known = ['unreachable', 'start-or-reach-server'];
const BY_WORD: Readonly<Record<string, Known>> = {
  WRONGPASS: ['refused-login', 'fix-credential'],
  NOAUTH: ['refused-login', 'set-credential'],
  NOPERM: ['unreadable', 'grant-read'],
  LOADING: ['unreachable', 'try-again'],
  BUSY: ['unreachable', 'try-again'],
  MASTERDOWN: UNREACHABLE,
  MOVED: ['unsupported', 'start-or-reach-server'],
};

/** A server's refusal by its first word, a driver's error as unreachable; the rest of the message may quote a key and is not kept. */
export function redisFailure(error: unknown, source: string, dataset?: string): unknown {
  if (error instanceof ConnectError) {
    return dataset === undefined || error.details.dataset !== undefined || error.code === 'unreachable'
      ? error
      : new ConnectError(error.code, { ...error.details, dataset });
  }
  if (!(error instanceof Error)) return error;
  const word = /^([A-Z]+) /.exec(error.message)?.[1];
  const errno = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const name = error.constructor.name;
  const lost = errno !== undefined || /^(?:Socket|Connection|Client|Disconnects|Abort|Reconnect)/.test(name);
  if (word === undefined && !lost) return error;
  const login = /invalid password|without any password|no password is set/i.test(error.message);
  const outOfRange = /DB index|out of range/i.test(error.message);
  const known: Known = login
    ? ['refused-login', 'fix-credential']
    : outOfRange
      ? ['not-found', 'fix-name']
      : lost
        ? UNREACHABLE
        : (BY_WORD[word ?? ''] ?? ['unreadable', 'try-again']);
  const reason = word ?? errno ?? name;
  return new ConnectError(known[0], { source, remedy: known[1], reason, ...(dataset === undefined ? {} : { dataset }) });
}
