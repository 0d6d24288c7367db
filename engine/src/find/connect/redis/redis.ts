// SPDX-License-Identifier: Apache-2.0
import { type RedisKind, type RedisName, keyColumns, parseRedisName, redisRows, textOfBytes, variableParts } from '../../../kit/index.ts';
import type { Row } from '../../../model/cell.ts';
import type { DatasetShape, Source, SourceRow } from '../../../model/source.ts';
import { spreadPlaces } from '../batches.ts';
import { ConnectError } from '../error.ts';
import type { DatasetReader, SourceInspection } from '../ports.ts';
import { type RedisDataset, readCatalogue, readableKind, shapeOf } from './catalogue.ts';
import { type RedisReading, connectRedis, redisFailure } from './client.ts';
import { itemsOf, recordsOf } from './items.ts';
import { keysOf } from './keys.ts';
import { redisPlace } from './place.ts';

const MOST_DATABASES = 16_384;
/** A batch ends at so many characters too: values may be long. */
const LONGEST_BATCH = 8_000_000;
/** Whole keys are asked for together, so that a distant server is not waited for one by one. */
const TOGETHER = 100;

/**
 * Opens a Redis database, or without a number in the locator every database of the server, for reading; docs/reference/redis-as-datasets.md says what
 * becomes a dataset. There is no snapshot: what changes during a scan shows in the counts. Throws ConnectError: bad-locator, refused-login, unreachable, not-found, unsupported.
 */
export async function openRedis(source: Source, secret: string | null): Promise<DatasetReader> {
  const reader = new RedisReader(source, secret);
  try {
    await reader.start();
    return reader;
  } catch (error) {
    await reader.close();
    throw redisFailure(error, source.name);
  }
}

/** Version, number of patterns, and what the login may do, without reading values. Throws ConnectError. */
export async function inspectRedis(source: Source, secret: string | null): Promise<SourceInspection> {
  const reader = new RedisReader(source, secret);
  try {
    const { version, replica, writable } = await reader.start();
    const notes = ['what is deleted stays in the append-only file and in snapshots until they are written anew (BGREWRITEAOF, BGSAVE)'];
    if (writable) notes.push('the reading login may also write');
    if (replica) notes.push('the server is a replica: erasing needs its primary');
    return { source: source.name, kind: 'redis', format: `Redis ${version}`, datasets: (await reader.datasets()).length, notes };
  } finally {
    await reader.close();
  }
}

class RedisReader implements DatasetReader {
  readonly source: string;
  readonly #source: Source;
  readonly #secret: string | null;
  readonly #clients = new Map<number, Promise<RedisReading>>();
  readonly #shapes = new Map<string, DatasetShape>();
  #catalogue: ReadonlyMap<string, RedisDataset> | null = null;
  #closed = false;

  constructor(source: Source, secret: string | null) {
    this.source = source.name;
    this.#source = source;
    this.#secret = secret;
  }

  /** Logs in and asks what the server is. A node of a cluster has only its share of the keys: it is refused. */
  async start(): Promise<{ version: string; replica: boolean; writable: boolean }> {
    const client = await this.#client(redisPlace(this.#source).database ?? 0);
    const says = await serverSays(client);
    if (says.get('mode') === 'cluster')
      throw new ConnectError('unsupported', { source: this.source, remedy: 'take-out-or-export', reason: 'cluster' });
    return { version: says.get('version') ?? 'before 6', replica: says.get('role') === 'replica', writable: await mayWrite(client) };
  }

  async datasets(): Promise<readonly string[]> {
    return [...(await this.#read()).keys()];
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    const shapes: DatasetShape[] = [];
    for (const dataset of await this.datasets()) shapes.push(await this.shape(dataset));
    return shapes;
  }

  async shape(dataset: string): Promise<DatasetShape> {
    return { ...(await this.#shape(dataset)), rows: await this.count(dataset) };
  }

  async count(dataset: string): Promise<number> {
    const { name, kind, client } = await this.#known(dataset);
    let count = 0;
    for await (const keys of keysOf(client, name)) {
      if (kind === 'string' || kind === 'hash') count += keys.length;
      else for (const n of await together(keys, ({ key }) => recordsOf(client, kind, key))) count += n;
    }
    return count;
  }

  async sample(dataset: string, size: number): Promise<readonly Row[]> {
    const { name, kind, client } = await this.#known(dataset);
    const { sample } = (await this.#read()).get(dataset)!;
    const columns = (await this.#shape(dataset)).columns.map((column) => column.name);
    const keys = sample.slice(0, Math.max(0, Math.floor(size)));
    const each = Math.max(1, Math.ceil(size / Math.max(1, keys.length)));
    const toRow = redisRows(name, kind, columns);
    const found = await together(keys, (key) => first(itemsOf(client, kind, key, { source: this.source, dataset })));
    const rows = keys.flatMap((key, at) => {
      const parts = variableParts(name, textOfBytes(key))!;
      return found[at]!.slice(0, each).map((item) => toRow(parts, item));
    });
    return spreadPlaces(rows.length, size).map((place) => rows[place]!);
  }

  async *scan(dataset: string, batch: number, columns?: readonly string[]): AsyncGenerator<readonly SourceRow[]> {
    const { name, kind, client } = await this.#known(dataset);
    const names = columns ?? (await this.#shape(dataset)).columns.map((column) => column.name);
    const toRow = redisRows(name, kind, names);
    const keyPlaces = keyColumns(name, kind).map((column) => names.indexOf(column));
    const limit = Math.max(1, Math.floor(batch));
    let rows: SourceRow[] = [];
    let length = 0;
    for await (const row of this.#rows(dataset, name, kind, client, toRow)) {
      rows.push({ key: keyPlaces.map((place) => row[place] ?? null), row });
      length += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      if (rows.length < limit && length < LONGEST_BATCH) continue;
      yield rows;
      rows = [];
      length = 0;
    }
    if (rows.length > 0) yield rows;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const client of this.#clients.values()) (await client.catch(() => null))?.close();
    this.#clients.clear();
  }

  async *#rows(dataset: string, name: RedisName, kind: RedisKind, client: RedisReading, toRow: ReturnType<typeof redisRows>) {
    const place = { source: this.source, dataset };
    for await (const keys of keysOf(client, name)) {
      if (kind !== 'string' && kind !== 'hash') {
        for (const { key, parts } of keys)
          for await (const items of itemsOf(client, kind, key, place)) for (const item of items) yield toRow(parts, item);
        continue;
      }
      for (let at = 0; at < keys.length; at += TOGETHER) {
        const some = keys.slice(at, at + TOGETHER);
        const items = await together(some, ({ key }) => first(itemsOf(client, kind, key, place)));
        for (const [n, { parts }] of some.entries()) for (const item of items[n]!) yield toRow(parts, item);
      }
    }
  }

  async #shape(dataset: string): Promise<DatasetShape> {
    const { client } = await this.#known(dataset);
    const listed = (await this.#read()).get(dataset);
    if (listed === undefined) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
    const known = this.#shapes.get(dataset) ?? (await shapeOf(client, dataset, listed, this.source));
    this.#shapes.set(dataset, known);
    return known;
  }

  /** A name tells by itself which keys are meant: one that has none any more is an empty dataset, not an unknown one. */
  async #known(dataset: string): Promise<{ name: RedisName; kind: RedisKind; client: RedisReading }> {
    const name = parseRedisName(dataset);
    const kind = readableKind(name?.kind ?? '');
    const { database } = redisPlace(this.#source);
    if (name === null || (database !== null && database !== name.db))
      throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
    if (kind === null)
      throw new ConnectError('unsupported', { source: this.source, dataset, remedy: 'take-out-or-export', reason: name.kind });
    return { name, kind, client: await this.#client(name.db) };
  }

  async #read(): Promise<ReadonlyMap<string, RedisDataset>> {
    this.#catalogue ??= await readCatalogue(this.source, await this.#databases(), (database) => this.#client(database));
    return this.#catalogue;
  }

  /** Databases with keys in them; the server tells how many there are only by refusing the first that is not there. */
  async #databases(): Promise<readonly number[]> {
    const { database } = redisPlace(this.#source);
    if (database !== null) return [database];
    const filled: number[] = [];
    const client = await connectRedis(this.#source, this.#secret, 0);
    try {
      for (let n = 0; n < MOST_DATABASES; n++) {
        await client.ask('SELECT', n);
        if (Number(await client.ask('DBSIZE')) > 0) filled.push(n);
      }
    } catch (error) {
      if (!(error instanceof ConnectError) || error.code !== 'not-found') throw error;
    } finally {
      client.close();
    }
    return filled;
  }

  #client(database: number): Promise<RedisReading> {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    let client = this.#clients.get(database);
    if (!client) this.#clients.set(database, (client = connectRedis(this.#source, this.#secret, database)));
    return client;
  }
}

/** Asks for many at once, in groups. */
async function together<T, R>(things: readonly T[], ask: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const found: R[] = [];
  for (let at = 0; at < things.length; at += TOGETHER) found.push(...(await Promise.all(things.slice(at, at + TOGETHER).map(ask))));
  return found;
}

/** The first piece of a key: of a string or a hash all there is. */
async function first<T>(pieces: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  for await (const piece of pieces) return piece;
  return [];
}

/** What HELLO says: version, mode, role. Before Redis 6 there is no HELLO, and clusters that old are not recognised by it. */
async function serverSays(client: RedisReading): Promise<ReadonlyMap<string, string>> {
  try {
    const says = (await client.ask('HELLO')) as readonly unknown[];
    return new Map(Array.from({ length: says.length >> 1 }, (_, at) => [String(says[2 * at]), String(says[2 * at + 1])]));
  } catch (error) {
    if (error instanceof ConnectError && error.code !== 'unreachable') return new Map();
    throw error;
  }
}

/** Asks the server, by a script that can only read, whether this login may write. Who may not run scripts is restricted, and no note is made. */
async function mayWrite(client: RedisReading): Promise<boolean> {
  try {
    const script =
      "for _, c in ipairs({'set', 'unlink', 'hset', 'flushdb'}) do if redis.acl_check_cmd(c, 'x', 'y', 'z') then return 1 end end return 0";
    return Number(await client.ask('EVAL_RO', script, 0)) === 1;
  } catch (error) {
    if (error instanceof ConnectError && error.code !== 'unreachable') return false;
    throw error;
  }
}
