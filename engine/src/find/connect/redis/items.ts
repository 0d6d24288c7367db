// SPDX-License-Identifier: Apache-2.0
import { type RedisItem, type RedisKind, textOfBytes } from '../../../kit/index.ts';
import { ConnectError } from '../error.ts';
import type { RedisReading } from './client.ts';
import { inOrder } from './in-order.ts';
import { pair } from './keys.ts';

const PIECE = 500;
/** One value, or a hash that is one record, must fit into memory several times. */
const LONGEST_VALUE = 64 * 1024 * 1024;
const MOST_FIELDS = 100_000;

/** Where a failure happened. */
export interface Place {
  readonly source: string;
  readonly dataset: string;
}

const LENGTH = { string: null, hash: null, fields: 'HLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', stream: 'XLEN' } as const;

/** How many records one key holds. */
export async function recordsOf(client: RedisReading, kind: RedisKind, key: Buffer): Promise<number> {
  const command = LENGTH[kind];
  return command === null ? 1 : Number(await client.ask(command, key));
}

/** The records of one key in pieces; nothing when it expired meanwhile. Throws ConnectError `limit` for a value beyond 64 MB. */
export async function* itemsOf(client: RedisReading, kind: RedisKind, key: Buffer, place: Place): AsyncGenerator<readonly RedisItem[]> {
  switch (kind) {
    case 'string':
      return yield* whole(client, key, place);
    case 'hash':
      return yield* wholeHash(client, key, place);
    case 'fields':
      for await (const part of scanned(client, 'HSCAN', key, 2)) yield part.map((own) => ({ own, fields: [] }));
      return;
    case 'set':
      for await (const part of scanned(client, 'SSCAN', key, 1)) yield part.map((own) => ({ own, fields: [] }));
      return;
    case 'zset':
      for await (const part of scanned(client, 'ZSCAN', key, 2)) yield part.map((own) => ({ own, fields: [] }));
      return;
    case 'list':
      return yield* elements(client, key);
    case 'stream':
      return yield* entries(client, key);
  }
}

async function* whole(client: RedisReading, key: Buffer, place: Place): AsyncGenerator<readonly RedisItem[]> {
  if (Number(await client.ask('STRLEN', key)) > LONGEST_VALUE) throw tooLarge(place, 'STRLEN');
  const value = await client.ask('GET', key);
  if (Buffer.isBuffer(value)) yield [{ own: [textOfBytes(value)], fields: [] }];
}

async function* wholeHash(client: RedisReading, key: Buffer, place: Place): AsyncGenerator<readonly RedisItem[]> {
  if (Number(await client.ask('HLEN', key)) > MOST_FIELDS) throw tooLarge(place, 'HLEN');
  const fields: (readonly [string, string])[] = [];
  let length = 0;
  for await (const part of scanned(client, 'HSCAN', key, 2)) {
    for (const [field = '', value = ''] of part) {
      fields.push([field, value]);
      length += value.length;
    }
    if (length > LONGEST_VALUE) throw tooLarge(place, 'HLEN');
  }
  if (fields.length > 0) yield [{ own: [], fields }];
}

/** HSCAN, SSCAN, ZSCAN: elements in groups of `width`, each once, in the order of their bytes. */
async function* scanned(client: RedisReading, command: Scan, key: Buffer, width: number): AsyncGenerator<readonly string[][]> {
  const pass = async function* (): AsyncGenerator<readonly Buffer[][]> {
    for (let cursor = '0'; ;) {
      const [next, found] = pair(await client.ask(command, key, cursor, 'COUNT', PIECE));
      yield Array.from({ length: Math.floor(found.length / width) }, (_, at) => found.slice(at * width, (at + 1) * width));
      cursor = next;
      if (cursor === '0') return;
    }
  };
  for await (const groups of inOrder(pass, ([first]) => first!))
    for (let at = 0; at < groups.length; at += PIECE) yield groups.slice(at, at + PIECE).map((group) => group.map(textOfBytes));
}

type Scan = 'HSCAN' | 'SSCAN' | 'ZSCAN';

async function* elements(client: RedisReading, key: Buffer): AsyncGenerator<readonly RedisItem[]> {
  for (let from = 0; ; from += PIECE) {
    const found = (await client.ask('LRANGE', key, from, from + PIECE - 1)) as readonly Buffer[];
    if (found.length > 0) yield found.map((element) => ({ own: [textOfBytes(element)], fields: [] }));
    if (found.length < PIECE) return;
  }
}

async function* entries(client: RedisReading, key: Buffer): AsyncGenerator<readonly RedisItem[]> {
  for (let from = '-'; ;) {
    const found = (await client.ask('XRANGE', key, from, '+', 'COUNT', PIECE)) as readonly (readonly [Buffer, readonly Buffer[]])[];
    if (found.length > 0) yield found.map(([id, cells]) => ({ own: [textOfBytes(id)], fields: pairs(cells) }));
    if (found.length < PIECE) return;
    from = after(found.at(-1)![0].toString('latin1'));
  }
}

function pairs(cells: readonly Buffer[]): readonly (readonly [string, string])[] {
  return Array.from({ length: cells.length >> 1 }, (_, at) => [textOfBytes(cells[2 * at]!), textOfBytes(cells[2 * at + 1]!)]);
}

/** The next entry number: `1526919030474-55` → `1526919030474-56`. */
function after(id: string): string {
  const [time, number = '0'] = id.split('-');
  return `${time}-${BigInt(number) + 1n}`;
}

function tooLarge({ source, dataset }: Place, reason: string): ConnectError {
  return new ConnectError('limit', { source, dataset, remedy: 'split-file', reason });
}
