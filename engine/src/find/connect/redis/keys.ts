// SPDX-License-Identifier: Apache-2.0
import { type RedisName, scanGlob, textOfBytes, variableParts } from '../../../kit/index.ts';
import type { RedisReading, Reply } from './client.ts';
import { inOrder } from './in-order.ts';

const STEP = 1_000;

export interface TypedKey {
  readonly key: Buffer;
  /** The server's own word. */
  readonly type: string;
}

export interface OwnKey {
  readonly key: Buffer;
  /** What stands for the stars of its dataset's name. */
  readonly parts: readonly string[];
}

/** Every key of the connection's database with its type, some perhaps twice. SCAN, never KEYS: the server goes on serving. */
export async function* typedKeys(client: RedisReading): AsyncGenerator<readonly TypedKey[]> {
  for await (const keys of scannedKeys(client, '*')) {
    const types = await typesOf(client, keys);
    yield keys.flatMap((key, at) => (types[at] === 'none' ? [] : [{ key, type: types[at]! }]));
  }
}

/** The keys of one dataset, each once, in the order of their bytes. */
export async function* keysOf(client: RedisReading, name: RedisName): AsyncGenerator<readonly OwnKey[]> {
  const type = name.kind === 'fields' ? 'hash' : name.kind;
  const pass = async function* (): AsyncGenerator<readonly OwnKey[]> {
    for await (const keys of scannedKeys(client, scanGlob(name))) {
      const own = keys.flatMap((key) => {
        const parts = variableParts(name, textOfBytes(key));
        return parts === null ? [] : [{ key, parts }];
      });
      const types = await typesOf(
        client,
        own.map(({ key }) => key),
      );
      yield own.filter((_, at) => types[at] === type);
    }
  };
  yield* inOrder(pass, ({ key }) => key);
}

async function* scannedKeys(client: RedisReading, glob: string): AsyncGenerator<readonly Buffer[]> {
  for (let cursor = '0'; ;) {
    const [next, keys] = pair(await client.ask('SCAN', cursor, 'MATCH', glob, 'COUNT', STEP));
    if (keys.length > 0) yield keys;
    cursor = next;
    if (cursor === '0') return;
  }
}

/** A key that expired meanwhile is of type none. */
async function typesOf(client: RedisReading, keys: readonly Buffer[]): Promise<readonly string[]> {
  return (await Promise.all(keys.map((key) => client.ask('TYPE', key)))).map(String);
}

/** Cursor and elements of any SCAN. */
export function pair(reply: Reply): readonly [string, readonly Buffer[]] {
  const [cursor, found] = reply as readonly [Buffer, readonly Buffer[]];
  return [cursor.toString('latin1'), found];
}
