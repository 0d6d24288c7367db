// SPDX-License-Identifier: Apache-2.0
import { REDIS_KINDS, parseRedisName } from '../../../kit/index.ts';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { Eraser } from '../ports.ts';
import { type OpenTable, eraseRows } from '../rows/erase-rows.ts';
import { type RedisClient, connectRedis } from './connect.ts';
import { twoConnections } from '../two-connections.ts';
import { type Connections, RedisTable } from './table.ts';

const CANARY = 'shanhou_canary';

/** Write access to a Redis database or server. `secret` = `user:password`, null where the server asks for none. Throws ExecuteError. */
export async function openRedisEraser(source: Source, secret: string | null): Promise<Eraser> {
  const databases = new Map<number, Connections>();
  const at = (database: number) => {
    let connections = databases.get(database);
    if (!connections)
      databases.set(
        database,
        (connections = twoConnections(
          () => connectRedis(source, secret, database),
          (client) => client.close(),
        )),
      );
    return connections;
  };
  const home = Number(/^\/(\d+)$/.exec(new URL(source.locator).pathname)?.[1] ?? 0);
  await at(home).writer();
  const tables = new Map<string, OpenTable>();
  return {
    source: source.name,
    async erase(job) {
      let table = tables.get(job.map.id);
      if (!table) {
        const name = parseRedisName(job.map.dataset);
        const kind = REDIS_KINDS.find((known) => known === name?.kind);
        if (name === null || kind === undefined) throw new ExecuteError('dataset-differs', { dataset: job.map.id, name: 'kind' });
        table = { store: new RedisTable(at(name.db), name, kind, job.columns), contents: null };
        tables.set(job.map.id, table);
      }
      return eraseRows(table, job);
    },
    async plant(marks) {
      const client = await at(home).writer();
      await unplant(client);
      await client.together([
        ['SET', `${CANARY}:string`, `canary ${marks.join(' ')} end`],
        ['HSET', `${CANARY}:hash`, ...marks.flatMap((mark, n) => [`as_json_${n}`, JSON.stringify({ nested: { canary: mark } })])],
        ['RPUSH', `${CANARY}:list`, ...marks],
        ['SADD', `${CANARY}:set`, ...marks],
        ['ZADD', `${CANARY}:zset`, ...marks.flatMap((mark) => ['1', mark])],
        ['XADD', `${CANARY}:stream`, '*', ...marks.flatMap((mark, n) => [`mark_${n}`, mark])],
      ]);
    },
    unplant: async () => unplant(await at(home).writer()),
    async close() {
      for (const connections of databases.values()) await connections.reset();
    },
  };
}

async function unplant(client: RedisClient): Promise<void> {
  await client.ask('UNLINK', ...['string', 'hash', 'list', 'set', 'zset', 'stream'].map((type) => `${CANARY}:${type}`));
}
