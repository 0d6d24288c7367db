// SPDX-License-Identifier: Apache-2.0
import {
  type RedisItem,
  type RedisKind,
  type RedisName,
  bytesOfText,
  keyOfParts,
  redisRows,
  scanGlob,
  textOfBytes,
  variableParts,
} from '../../../kit/index.ts';
import type { Row } from '../../../model/cell.ts';
import { type Found, type Place, type TableStore } from '../rows/table-store.ts';
import type { TwoConnections } from '../two-connections.ts';
import type { RedisClient } from './connect.ts';

/** A connection that writes and one that looks, in the dataset's database. */
export type Connections = TwoConnections<RedisClient>;

/**
 * The keys, or elements of keys, of one dataset. Redis keeps no lock: keys are watched from the moment they are read, and a removal of which one was changed in
 * between happens not at all (WATCH, MULTI, EXEC). An element of a list has no name; it is found by its key, its content, and a running number.
 */
export class RedisTable implements TableStore {
  readonly keyed: boolean;
  readonly hidesRows = false;
  readonly transactional = false;
  readonly cannotErase = null;
  readonly cannotBlank = 'a value of Redis goes whole or stays: delete it, or keep it';
  readonly #connections: Connections;
  readonly #name: RedisName;
  readonly #kind: RedisKind;
  readonly #parts: number;
  readonly #emptied = new Set<string>();
  readonly #toRow: (parts: readonly string[], item: RedisItem) => Row;

  constructor(connections: Connections, name: RedisName, kind: RedisKind, columns: readonly string[]) {
    this.#connections = connections;
    this.#name = name;
    this.#kind = kind;
    this.keyed = kind !== 'list';
    this.#parts = name.parts.filter((part) => part.endsWith('*')).length;
    this.#toRow = redisRows(name, kind, columns);
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  /** A stream without entries is still a key, and its name may say whose it was. */
  async commit(): Promise<void> {
    const client = await this.#connections.writer();
    const touched = [...this.#emptied].map(bytesOfText);
    this.#emptied.clear();
    for (const key of touched) {
      await client.ask('WATCH', key);
      if (Number(await client.ask('XLEN', key)) === 0) await client.together([['UNLINK', key]]);
    }
    await this.rollback();
  }

  async rollback(): Promise<void> {
    const client = await this.#connections.writer();
    // A broken connection watches nothing any more.
    await client.ask('UNWATCH').catch(() => undefined);
  }

  async read(places: readonly Place[]): Promise<readonly Found[]> {
    const client = await this.#connections.writer();
    const keys = [...new Set(places.map((place) => this.#keyText(place)))];
    if (keys.length > 0) await client.ask('WATCH', ...keys.map(bytesOfText));
    return this.#found(client, places);
  }

  async look(places: readonly Place[]): Promise<readonly Found[]> {
    return this.#found(await this.#connections.looker(), places);
  }

  async remove(places: readonly Place[]): Promise<readonly Found[]> {
    if (places.length === 0) return [];
    const client = await this.#connections.writer();
    if (this.#kind === 'list') {
      const groups = [...Map.groupBy(places, (place) => JSON.stringify(place.slice(0, 2))).values()];
      // The last first, so that the running numbers of those that stay hold.
      await client.together(
        groups.map((group) => ['LREM', this.#key(group[0]!), `-${group.length}`, bytesOfText(String(group[0]![1]))] as const),
      );
      return [];
    }
    if (this.#kind === 'stream') for (const place of places) this.#emptied.add(this.#keyText(place));
    const command = { string: null, hash: null, fields: 'HDEL', set: 'SREM', zset: 'ZREM', stream: 'XDEL' }[this.#kind];
    await client.together(
      places.map((place) =>
        command === null ? ['UNLINK', this.#key(place)] : [command, this.#key(place), bytesOfText(String(place[this.#parts]))],
      ),
    );
    return [];
  }

  blank(places: readonly Place[]): Promise<readonly Found[]> {
    return this.read(places);
  }

  isBlank(): boolean {
    return false;
  }

  pointedTo(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  /** Lists only: their elements are found by content. */
  async *scan(): AsyncGenerator<readonly Found[]> {
    const client = await this.#connections.looker();
    const seen = new Set<string>();
    for (let cursor = '0'; ;) {
      const [next, keys] = (await client.ask('SCAN', cursor, 'MATCH', scanGlob(this.#name), 'COUNT', '1000')) as [Buffer, Buffer[]];
      for (const key of keys) {
        const text = textOfBytes(key);
        const parts = variableParts(this.#name, text);
        if (parts === null || seen.has(text) || String(await client.ask('TYPE', key)) !== 'list') continue;
        seen.add(text);
        yield* this.#elements(client, key, text, parts);
      }
      cursor = String(next);
      if (cursor === '0') return;
    }
  }

  async reconnect(): Promise<void> {
    await this.#connections.reset();
    await this.#connections.writer();
  }

  async *#elements(client: RedisClient, key: Buffer, text: string, parts: readonly string[]): AsyncGenerator<readonly Found[]> {
    const counts = new Map<string, number>();
    for (let from = 0; ; from += 500) {
      const some = (await client.ask('LRANGE', key, String(from), String(from + 499))) as Buffer[];
      yield some.map((bytes): Found => {
        const element = textOfBytes(bytes);
        const n = counts.get(element) ?? 0;
        counts.set(element, n + 1);
        return { place: [text, element, String(n)], row: this.#toRow(parts, { own: [element], fields: [] }) };
      });
      if (some.length < 500) return;
    }
  }

  async #found(client: RedisClient, places: readonly Place[]): Promise<readonly Found[]> {
    const items = await Promise.all(places.map((place) => this.#item(client, place)));
    return places.flatMap((place, at) => {
      const item = items[at]!;
      const parts = this.#kind === 'list' ? variableParts(this.#name, String(place[0]))! : place.slice(0, this.#parts).map(String);
      return item === null ? [] : [{ place, row: this.#toRow(parts, item) }];
    });
  }

  async #item(client: RedisClient, place: Place): Promise<RedisItem | null> {
    const key = this.#key(place);
    const id = String(place[this.#kind === 'list' ? 1 : this.#parts]);
    const bytes = bytesOfText(id);
    const item = (...own: string[]): RedisItem => ({ own, fields: [] });
    switch (this.#kind) {
      case 'string': {
        const value = await client.ask('GET', key);
        return Buffer.isBuffer(value) ? item(textOfBytes(value)) : null;
      }
      case 'hash': {
        const cells = (await client.ask('HGETALL', key)) as Buffer[];
        return cells.length === 0 ? null : { own: [], fields: pairs(cells) };
      }
      case 'fields': {
        const value = await client.ask('HGET', key, bytes);
        return Buffer.isBuffer(value) ? item(id, textOfBytes(value)) : null;
      }
      case 'set':
        return Number(await client.ask('SISMEMBER', key, bytes)) === 1 ? item(id) : null;
      case 'zset': {
        const score = await client.ask('ZSCORE', key, bytes);
        return Buffer.isBuffer(score) ? item(id, textOfBytes(score)) : null;
      }
      case 'stream': {
        const [entry] = (await client.ask('XRANGE', key, bytes, bytes)) as [Buffer, Buffer[]][];
        return entry === undefined ? null : { own: [id], fields: pairs(entry[1]) };
      }
      case 'list':
        return ((await client.ask('LPOS', key, bytes, 'COUNT', '0')) as unknown[]).length > Number(place[2]) ? item(id) : null;
    }
  }

  #keyText(place: Place): string {
    return this.#kind === 'list' ? String(place[0]) : keyOfParts(this.#name, place.slice(0, this.#parts));
  }

  #key(place: Place): Buffer {
    return bytesOfText(this.#keyText(place));
  }
}

function pairs(cells: readonly Buffer[]): readonly (readonly [string, string])[] {
  return Array.from({ length: cells.length >> 1 }, (_, at) => [textOfBytes(cells[2 * at]!), textOfBytes(cells[2 * at + 1]!)]);
}
