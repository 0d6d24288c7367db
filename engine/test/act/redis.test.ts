// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEraser } from '../../src/act/execute/index.ts';
import { openProbe, searchResidue } from '../../src/act/verify/index.ts';
import { matcherOf } from '../../src/act/verify/redis-name.ts';
import { openReader } from '../../src/find/connect/index.ts';
import { Patterns } from '../../src/find/connect/redis/patterns.ts';
import { keyOfParts, parseRedisName, redisName, variableParts } from '../../src/kit/index.ts';
import type { CrashPointName } from '../../src/model/crash-point.ts';
import type { Row } from '../../src/model/cell.ts';
import type { Source } from '../../src/model/source.ts';
import { type ThrowawayRedis, hasRedis, startThrowawayRedis } from '../support/throwaway-redis.ts';
import { Killed, MemoryLedger, chunkOf, datasetMap, run } from './fixture.ts';

const part = fc.oneof(
  fc.constantFrom(
    'user',
    'order',
    'profile',
    'v1',
    'zhang',
    'a_b',
    '',
    '用户',
    'user_12',
    'li-9x',
    'x@example.com',
    '13900000001',
    'tmp_',
    '*',
    'a.b',
  ),
  fc.string({ maxLength: 6 }),
);
const key = fc
  .tuple(fc.array(fc.tuple(part, fc.constantFrom(':', '/', '|')), { maxLength: 10 }), part)
  .map(([parts, end]) => parts.flat().join('') + end);

test('each key belongs to exactly one learned name, by both readings of names, and is made again from its parts', () => {
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 60 }), (keys) => {
      const patterns = new Patterns();
      for (const text of keys) patterns.add(0, 'string', Buffer.from(text), text);
      const names = [...patterns.names()].map(([name]) => redisName(name));
      for (const text of keys) {
        const own = names.filter((name) => variableParts(parseRedisName(name)!, text) !== null);
        const theirs = names.filter((name) => matcherOf(name)!.match(text) !== null);
        expect(own).toHaveLength(1);
        expect(theirs).toEqual(own);
        const parts = variableParts(parseRedisName(own[0]!)!, text)!;
        expect(matcherOf(own[0]!)!.match(text)).toEqual(parts);
        expect(keyOfParts(parseRedisName(own[0]!)!, parts)).toBe(text);
      }
      const again = new Patterns();
      for (const text of keys.toReversed()) again.add(0, 'string', Buffer.from(text), text);
      expect([...again.names()].map(([name]) => redisName(name)).toSorted()).toEqual(names.toSorted());
    }),
    { numRuns: 300 },
  );
});

describe.skipIf(!hasRedis())('erasing in Redis (skipped only where redis-server is not installed)', () => {
  let server: ThrowawayRedis;
  let database = 0;

  beforeAll(async () => {
    server = await startThrowawayRedis();
  });
  afterAll(async () => {
    await server?.stop();
  });

  const source = (): Source => ({ name: 'cache', kind: 'redis', locator: server.locator(database), credentials: {} });
  const fill = async (...commands: readonly (readonly (string | Buffer)[])[]) => {
    database += 1;
    await server.runAll(database, commands);
  };

  async function seen(dataset: string) {
    const reader = await openReader(source(), null);
    try {
      const { columns, key: names } = await reader.shape(dataset);
      const rows: { key: Row; row: Row }[] = [];
      for await (const batch of reader.scan(dataset, 1000)) rows.push(...batch);
      return { columns: columns.map(({ name }) => name), map: datasetMap('cache', dataset, { key: names }), rows };
    } finally {
      await reader.close();
    }
  }

  async function erase(
    from: Awaited<ReturnType<typeof seen>>,
    rows = from.rows,
    more: { ledger?: MemoryLedger; dieAt?: CrashPointName; crash?: (name: CrashPointName) => void } = {},
  ) {
    const eraser = await openEraser(source(), null);
    try {
      return await run({ eraser, map: from.map, columns: from.columns, chunk: chunkOf(from.map, rows), ...more });
    } finally {
      await eraser.close();
    }
  }

  test.each([
    [
      'string',
      'token:*',
      [
        ['SET', 'token:1', 'a'],
        ['SET', 'token:2', '{"a":1.0}'],
        ['SET', 'token:3', Buffer.from([0xff, 0])],
      ],
    ],
    [
      'hash',
      'user:*',
      [
        ['HSET', 'user:1', 'name', '测', 'tel', '1'],
        ['HSET', 'user:2', 'name', '试', 'tel', '2'],
        ['HSET', 'user:3', 'name', 'x', 'tel', Buffer.from([0x80])],
      ],
    ],
    ['fields', 'points:*', [['HSET', 'points:1', 'p1', '1', 'p2', '2', 'p3', '3']]],
    ['set', 'tags:*', [['SADD', 'tags:1', 'a', 'b', Buffer.from([0xfe])]]],
    ['zset', 'rank:*', [['ZADD', 'rank:1', '1.5', 'a', '-inf', 'b', '3', 'c']]],
    [
      'stream',
      'log:*',
      [
        ['XADD', 'log:1', '1-1', 'a', 'b'],
        ['XADD', 'log:1', '2-1', 'a', 'c'],
        ['XADD', 'log:1', '3-0', 'd', 'e'],
      ],
    ],
    ['list', 'queue:*', [['RPUSH', 'queue:1', 'a', 'b', 'a']]],
  ] as const)('%s: reader and probe agree, and exactly what is planned goes', async (kind, pattern, commands) => {
    await fill(...commands);
    const dataset = `db${database}.${kind}.${pattern}`;
    const before = await seen(dataset);
    expect(before.rows).toHaveLength(3);
    const probe = await openProbe(source(), null);
    const probed = async () => {
      const rows: Row[] = [];
      for await (const row of probe.rows(dataset, { columns: before.columns })) rows.push(row);
      return rows.map((row) => JSON.stringify(row)).toSorted();
    };
    const texts = (rows: readonly { row: Row }[]) => rows.map(({ row }) => JSON.stringify(row)).toSorted();
    expect(await probed()).toEqual(texts(before.rows));
    expect(await probe.countRows(dataset)).toBe(3);
    const [first, second, third] = before.rows;
    expect(await erase(before, [first!, third!])).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
    expect(await probed()).toEqual(texts([second!]));
    await probe.close();
  });

  test('what changed since the plan, or is gone, or changes under our hands, is left and told', async () => {
    await fill(
      ['HSET', 'user:1', 'name', 'a', 'tel', '1'],
      ['HSET', 'user:2', 'name', 'b', 'tel', '2'],
      ['HSET', 'user:3', 'name', 'c', 'tel', '3'],
    );
    const before = await seen(`db${database}.hash.user:*`);
    await server.run(database, 'HSET', 'user:1', 'tel', '9');
    await server.run(database, 'DEL', 'user:2');
    expect(await erase(before)).toEqual({
      deleted: 1,
      anonymised: 0,
      exceptions: [
        { index: 0, outcome: 'drifted', detail: 'content-changed' },
        { index: 1, outcome: 'vanished', detail: 'absent-without-intent' },
      ],
    });
    expect(await server.run(database, 'HGETALL', 'user:1')).toEqual(['name', 'a', 'tel', '9']);
  });

  test('a key that another client writes between the look and the removal is not removed', async () => {
    await fill(['SET', 'cart:1', 'a']);
    const before = await seen(`db${database}.string.cart:*`);
    const { RedisTable } = await import('../../src/act/execute/redis/table.ts');
    const { connectRedis } = await import('../../src/act/execute/redis/connect.ts');
    const client = await connectRedis(source(), null, database);
    const connections = { writer: () => Promise.resolve(client), looker: () => Promise.resolve(client), reset: () => Promise.resolve() };
    const table = new RedisTable(connections, parseRedisName(before.map.dataset)!, 'string', before.columns);
    expect(await table.read([['1']])).toEqual([{ place: ['1'], row: ['1', 'a'] }]);
    await server.run(database, 'SET', 'cart:1', 'b');
    await expect(table.remove([['1']])).rejects.toMatchObject({ kind: 'again' });
    client.close();
    expect(await server.run(database, 'GET', 'cart:1')).toBe('b');
  });

  test.each(['execute.intent-recorded', 'execute.source-committed'] as const)(
    'killed at %s, the second run ends the chunk',
    async (dieAt) => {
      await fill(['RPUSH', 'queue:1', 'a', 'a', 'b'], ['SET', 'token:1', 'x']);
      for (const dataset of ['list.queue:*', 'string.token:*']) {
        const before = await seen(`db${database}.${dataset}`);
        const ledger = new MemoryLedger();
        await expect(erase(before, before.rows, { ledger, dieAt })).rejects.toThrow(Killed);
        const { deleted, exceptions } = await erase(before, before.rows, { ledger });
        const inferred = exceptions.filter(({ outcome }) => outcome === 'deleted-inferred').length;
        expect([deleted + inferred, exceptions.length]).toEqual([
          before.rows.length,
          dieAt === 'execute.source-committed' ? before.rows.length : 0,
        ]);
      }
      expect(await server.run(database, 'DBSIZE')).toBe(0);
    },
  );

  test('a server that dies is a source that is not reached, and the run goes on when it is back', async () => {
    await fill(['SET', 'token:1', 'x'], ['SET', 'token:2', 'y']);
    const before = await seen(`db${database}.string.token:*`);
    const ledger = new MemoryLedger();
    let killed = Promise.resolve();
    const crash = (name: CrashPointName) => {
      if (name === 'execute.intent-recorded') killed = server.kill();
    };
    await expect(erase(before, before.rows, { ledger, crash })).rejects.toMatchObject({ code: 'source-unreachable' });
    await killed;
    await expect(openReader(source(), null)).rejects.toMatchObject({ code: 'unreachable' });
    await server.start();
    expect((await seen(before.map.dataset)).rows).toEqual(before.rows);
    expect(await erase(before, before.rows, { ledger })).toMatchObject({ deleted: 2, exceptions: [] });
  });

  test('the search finds canaries in every type, and identifiers under the dataset that they stand in', async () => {
    await fill(
      ['HSET', 'user:1', 'tel', '13900000001'],
      ['HSET', 'user:2', 'tel', '13900000002'],
      ['SADD', 'fans:13900000001', 'x'],
      ['ZADD', 'shelf:1', '1', 'y'],
    );
    const marks = ['canary-0123456789abcdef', 'canary.01234@canary.example', '999123456789012'];
    const eraser = await openEraser(source(), null);
    const probe = await openProbe(source(), null);
    const datasets = [`db${database}.hash.user:*`, `db${database}.set.fans:*`, `db${database}.zset.shelf:*`];
    const search = () => searchResidue({ probe, needles: new Set(['13900000001']), canaries: marks, datasets });
    expect(await search()).toMatchObject({ conclusive: false, canariesFound: 0 });
    await eraser.plant(marks);
    await eraser.plant(marks);
    expect(await search()).toMatchObject({
      conclusive: true,
      canariesFound: 3,
      hits: expect.arrayContaining([
        { dataset: datasets[0], column: 'value', rows: 1 },
        { dataset: datasets[1], column: 'key', rows: 1 },
      ]),
    });
    expect(await probe.countRows(`db${database}.zset.shelf:*`)).toBe(1);
    await server.run(database, 'DEL', 'shanhou_canary:zset');
    expect(await search()).toMatchObject({ conclusive: false, canariesFound: 0 });
    await eraser.unplant();
    await eraser.unplant();
    expect(await server.run(database, 'DBSIZE')).toBe(4);
    await probe.close();
    await eraser.close();
  });
});
