// SPDX-License-Identifier: Apache-2.0
import { RESP_TYPES, createClient } from '@redis/client';
import type { Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError } from './error.ts';
import type { Probe } from './ports.ts';
import { type Matcher, matcherOf } from './redis-name.ts';
import { type Element, rowWriter, show } from './redis-row.ts';

type Ask = (...args: (string | Buffer)[]) => Promise<unknown>;
const CANARY = 'shanhou_canary:';
const TYPES = ['string', 'hash', 'list', 'set', 'zset', 'stream'] as const;
const COLUMNS = ['key', 'field', 'value'] as const;
const STEP = '500';

/**
 * Looks at a Redis database or every one of a server, over connections of its own and with its own reading of names and values. `secret` = `user:password`, null
 * where none is asked for. Throws VerifyError.
 */
export async function openRedisProbe(source: Source, secret: string | null): Promise<Probe> {
  const clients = new Map<number, Promise<{ ask: Ask; close: () => void }>>();
  const database = /^\/(\d+)$/.exec(new URL(source.locator).pathname)?.[1];
  const at = async (db: number) => {
    let client = clients.get(db);
    if (!client) clients.set(db, (client = login(source, secret, db)));
    return (await client).ask;
  };
  const columnsOf = new Map<string, readonly string[]>();
  await at(Number(database ?? 0));
  const guarded = async <T>(dataset: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw failure(source, dataset, error);
    }
  };
  async function* own(dataset: string): AsyncGenerator<{ ask: Ask; key: Buffer; parts: readonly string[]; kind: string }> {
    const matcher = matcherOf(dataset);
    if (matcher === null) throw new VerifyError('dataset-unreadable', { source: source.name, dataset });
    const ask = await at(matcher.db);
    for await (const { key, text, type } of keys(ask)) {
      const parts = type === matcher.type ? matcher.match(text) : null;
      if (parts !== null) yield { ask, key, parts, kind: matcher.kind };
    }
  }
  async function* databases(): AsyncGenerator<number> {
    if (database !== undefined) return yield Number(database);
    const { ask, close } = await login(source, secret, 0);
    try {
      for (let db = 0; ; db++) {
        const there = await ask('SELECT', String(db)).then(
          () => true,
          (error: unknown) => {
            if (/DB index|out of range/i.test((error as Error).message)) return false;
            throw error;
          },
        );
        if (!there) return;
        if (Number(await ask('DBSIZE')) > 0) yield db;
      }
    } finally {
      close();
    }
  }
  return {
    source: source.name,
    numbered: false,
    datasets: () => Promise.resolve([]),
    columns: (dataset) => Promise.resolve(columnsOf.get(dataset) ?? []),
    countRows: (dataset) =>
      guarded(dataset, async () => {
        let count = 0;
        for await (const { ask, key, kind } of own(dataset)) {
          const length = LENGTHS[kind];
          count += length === undefined ? 1 : Number(await ask(length, key));
        }
        return count;
      }),
    async *rows(dataset, as): AsyncGenerator<Row> {
      if (as) columnsOf.set(dataset, as.columns);
      try {
        const write = rowWriter(dataset, as?.columns ?? columnsOf.get(dataset) ?? []);
        for await (const { ask, key, parts, kind } of own(dataset)) {
          if (kind === 'hash') yield write(parts, await hashOf(ask, key));
          else for await (const element of elements(ask, key, kind)) yield write(parts, element);
        }
      } catch (error) {
        throw failure(source, dataset, error);
      }
    },
    async *pieces(_known, datasets = []) {
      const matchers = datasets.flatMap((dataset) => matcherOf(dataset) ?? []);
      for (const type of TYPES) yield { kind: 'control' as const, dataset: `canary ${type}` };
      try {
        for await (const db of databases())
          for await (const { key, text, type } of keys(await at(db), true)) {
            const dataset = text.startsWith(CANARY) ? `canary ${type}` : nameOf(matchers, db, type, text);
            if (!(TYPES as readonly string[]).includes(type)) yield { kind: 'unread' as const, path: `db${db} ${type}`, known: false };
            // A key's own name is searched too, and once.
            yield { kind: 'row' as const, dataset, columns: COLUMNS, row: [text, null, null] };
            for await (const { id, value, fields } of elements(await at(db), key, type === 'hash' ? 'fields' : type)) {
              const pairs = fields.length > 0 ? fields : [[id ?? null, value ?? null] as const];
              for (const [field, cell] of pairs) yield { kind: 'row' as const, dataset, columns: COLUMNS, row: [null, field, cell] };
            }
          }
      } catch (error) {
        throw failure(source, '', error);
      }
    },
    hidesRows: () => Promise.resolve(false),
    async close() {
      for (const client of clients.values()) (await client.catch(() => null))?.close();
    },
  };
}

const LENGTHS: Readonly<Record<string, string>> = { fields: 'HLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', stream: 'XLEN' };

function nameOf(matchers: readonly Matcher[], db: number, type: string, key: string): string {
  return matchers.find((m) => m.db === db && m.type === type && m.match(key) !== null)?.dataset ?? `db${db} ${type}`;
}

/** Every key once; what we planted ourselves only where it is asked for. */
async function* keys(ask: Ask, planted = false): AsyncGenerator<{ key: Buffer; text: string; type: string }> {
  const seen = new Set<string>();
  for (let cursor = '0'; ;) {
    const [next, found] = (await ask('SCAN', cursor, 'COUNT', STEP)) as [Buffer, Buffer[]];
    const types = await Promise.all(found.map((key) => ask('TYPE', key)));
    for (const [at, key] of found.entries()) {
      const id = key.toString('latin1');
      const type = String(types[at]);
      if (!seen.has(id) && type !== 'none' && (planted || !id.startsWith(CANARY))) yield { key, text: show(key), type };
      seen.add(id);
    }
    cursor = String(next);
    if (cursor === '0') return;
  }
}

async function hashOf(ask: Ask, key: Buffer): Promise<Element> {
  const cells = (await ask('HGETALL', key)) as Buffer[];
  return { id: null, value: null, fields: pairs(cells) };
}

/** What lies in one key, piece by piece. `kind` as in a dataset's name. */
async function* elements(ask: Ask, key: Buffer, kind: string): AsyncGenerator<Element> {
  const found = (value: Buffer): Element => ({ id: null, value: show(value), fields: [] });
  if (kind === 'string') {
    const value = await ask('GET', key);
    if (Buffer.isBuffer(value)) yield found(value);
  } else if (kind === 'list') {
    for (let from = 0; ; from += 500) {
      const part = (await ask('LRANGE', key, String(from), String(from + 499))) as Buffer[];
      for (const value of part) yield found(value);
      if (part.length < 500) return;
    }
  } else if (kind === 'stream') {
    for (let from = '-'; ;) {
      const part = (await ask('XRANGE', key, from, '+', 'COUNT', STEP)) as [Buffer, Buffer[]][];
      for (const [id, cells] of part) if (String(id) !== from) yield { id: show(id), value: null, fields: pairs(cells) };
      if (part.length < 2 || String(part.at(-1)![0]) === from) return;
      from = String(part.at(-1)![0]);
    }
  } else if (kind === 'fields' || kind === 'set' || kind === 'zset') {
    const command = { fields: 'HSCAN', set: 'SSCAN', zset: 'ZSCAN' }[kind];
    const seen = new Set<string>();
    for (let cursor = '0'; ;) {
      const [next, part] = (await ask(command, key, cursor, 'COUNT', STEP)) as [Buffer, Buffer[]];
      for (let at = 0; at < part.length; at += kind === 'set' ? 1 : 2) {
        const id = show(part[at]!);
        if (!seen.has(id)) yield { id, value: kind === 'set' ? null : show(part[at + 1]!), fields: [] };
        seen.add(id);
      }
      cursor = String(next);
      if (cursor === '0') return;
    }
  }
}

function pairs(cells: readonly Buffer[]): (readonly [string, string])[] {
  const out: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < cells.length; at += 2) out.push([show(cells[at]!), show(cells[at + 1]!)]);
  return out;
}

function failure(source: Source, dataset: string, error: unknown): unknown {
  if (error instanceof VerifyError || !(error instanceof Error)) return error;
  const word = /^([A-Z]+) /.exec(error.message)?.[1];
  const gone = word === undefined || ['LOADING', 'MASTERDOWN', 'NOAUTH', 'WRONGPASS'].includes(word) || dataset === '';
  return new VerifyError(gone ? 'source-unreachable' : 'dataset-unreadable', { source: source.name, dataset, state: word ?? 'unknown' });
}

async function login(source: Source, secret: string | null, database: number): Promise<{ ask: Ask; close: () => void }> {
  const url = new URL(source.locator);
  const path = url.searchParams.get('socket');
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  const at = secret?.indexOf(':') ?? -1;
  const user = secret?.slice(0, at) ?? '';
  const where = path === null ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) } : { path };
  const tls = mode === 'disable' ? { tls: false } : { tls: true, rejectUnauthorized: mode === 'verify-full' };
  const client = createClient({
    RESP: 2,
    socket: { ...where, ...tls, connectTimeout: 10_000, reconnectStrategy: false } as never,
    ...(secret === null ? {} : { password: secret.slice(at + 1), ...(user === '' || user === 'default' ? {} : { username: user }) }),
    disableClientInfo: true,
    disableOfflineQueue: true,
  });
  client.on('error', () => undefined);
  const ask: Ask = (...args) => client.sendCommand(args, { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } });
  try {
    await client.connect();
    await ask('SELECT', String(database));
    return { ask, close: () => client.destroy() };
  } catch (error) {
    if (client.isOpen) client.destroy();
    throw failure(source, '', error);
  }
}
