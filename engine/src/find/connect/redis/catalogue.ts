// SPDX-License-Identifier: Apache-2.0
import { REDIS_KINDS, type RedisItem, type RedisKind, type RedisName, redisName, textOfBytes } from '../../../kit/index.ts';
import type { DatasetShape, Hazard } from '../../../model/source.ts';
import { ConnectError } from '../error.ts';
import type { RedisReading } from './client.ts';
import { areEntries, columnsOf } from './columns.ts';
import { type Place, itemsOf } from './items.ts';
import { typedKeys } from './keys.ts';
import { Patterns } from './patterns.ts';

const MOST_DATASETS = 5_000;
/** Keys that are looked at to learn fields, and records of each. */
const LOOKED_AT = 200;
const RECORDS = 50;

export interface RedisDataset {
  readonly name: RedisName;
  /** Keys spread over the dataset, the same ones each time. */
  readonly sample: readonly Buffer[];
}

/** Every dataset of these databases, by name. `open` gives the connection of a database. Throws ConnectError. */
export async function readCatalogue(
  source: string,
  databases: readonly number[],
  open: (database: number) => Promise<RedisReading>,
): Promise<ReadonlyMap<string, RedisDataset>> {
  const patterns = new Patterns();
  for (const database of databases)
    for await (const keys of typedKeys(await open(database)))
      for (const { key, type } of keys) patterns.add(database, type, key, textOfBytes(key));
  const found: (readonly [string, RedisDataset])[] = [];
  for (const [name, { sample }] of patterns.names()) {
    if (found.length >= MOST_DATASETS)
      throw new ConnectError('limit', { source, remedy: 'fix-locator', reason: 'more than 5000 patterns' });
    const keys = sample.map(({ key }) => key);
    const kind = name.kind === 'hash' && (await holdsEntries(await open(name.db), keys)) ? 'fields' : name.kind;
    found.push([redisName({ ...name, kind }), { name: { ...name, kind }, sample: keys }]);
  }
  return new Map(found.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)));
}

/** A type of a module is not read. */
export function readableKind(kind: string): RedisKind | null {
  return REDIS_KINDS.find((known) => known === kind) ?? null;
}

/** Columns and hazards; rows are counted by the caller. Throws ConnectError `unsupported` for a type of a module. */
export async function shapeOf(
  client: RedisReading,
  dataset: string,
  { name, sample }: RedisDataset,
  source: string,
): Promise<DatasetShape> {
  const kind = readableKind(name.kind);
  if (kind === null) throw new ConnectError('unsupported', { source, dataset, remedy: 'take-out-or-export', reason: name.kind });
  const looked = await Promise.all(sample.slice(0, LOOKED_AT).map((key) => firstItems(client, kind, key, { source, dataset })));
  const items = looked.flat();
  const columns = columnsOf(name, kind, items);
  const key = kind === 'list' ? [] : columns.filter(({ nullable }) => !nullable).map((column) => column.name);
  return { dataset, comment: null, columns, key, foreignKeys: [], hazards: await hazardsOf(client, dataset, kind, sample), rows: 0 };
}

async function firstItems(client: RedisReading, kind: RedisKind, key: Buffer, place: Place): Promise<readonly RedisItem[]> {
  for await (const part of itemsOf(client, kind, key, place)) return part.slice(0, RECORDS);
  return [];
}

async function hazardsOf(client: RedisReading, dataset: string, kind: RedisKind, sample: readonly Buffer[]): Promise<readonly Hazard[]> {
  const hazards: Hazard[] = kind === 'list' ? [{ kind: 'no-key', detail: dataset }] : [];
  const left = (await Promise.all(sample.map((key) => client.ask('PTTL', key)))).map(Number).filter((milliseconds) => milliseconds >= 0);
  if (left.length > 0) {
    const days = Math.ceil(Math.max(...left) / 86_400_000);
    hazards.push({ kind: 'expires', detail: `${left.length}/${sample.length} keys, within ${days} d` });
  }
  return hazards;
}

/** Looks at the fields of some hashes. */
async function holdsEntries(client: RedisReading, keys: readonly Buffer[]): Promise<boolean> {
  const fields: (readonly string[])[] = [];
  const some = keys.slice(0, LOOKED_AT);
  const lengths = (await Promise.all(some.map((key) => client.ask('HLEN', key)))).map(Number);
  if (lengths.some((length) => length > 1_000)) return true;
  for (const found of await Promise.all(some.map((key) => client.ask('HKEYS', key))))
    fields.push((found as readonly Buffer[]).map(textOfBytes));
  return areEntries(fields);
}
