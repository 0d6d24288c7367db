// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatasetReader, inspectSource, openReader } from '../../src/find/connect/index.ts';
import { connectRedis } from '../../src/find/connect/redis/client.ts';
import { inOrder } from '../../src/find/connect/redis/in-order.ts';
import { classifyDatasets } from '../../src/find/classify/index.ts';
import { discover, inferLinks } from '../../src/find/discover/index.ts';
import type { SourceRow, Source } from '../../src/model/source.ts';
import { type ThrowawayRedis, hasRedis, startThrowawayRedis } from '../support/throwaway-redis.ts';

describe.skipIf(!hasRedis())('reading Redis (skipped only where redis-server is not installed)', () => {
  let server: ThrowawayRedis;
  let reader: DatasetReader | null = null;

  beforeAll(async () => {
    server = await startThrowawayRedis();
  });
  afterAll(async () => {
    await reader?.close();
    await server?.stop();
  });

  const source = (database?: number): Source => ({ name: 'cache', kind: 'redis', locator: server.locator(database), credentials: {} });
  const open = async (database?: number, secret: string | null = null) => {
    await reader?.close();
    return (reader = await openReader(source(database), secret));
  };
  const rows = async (dataset: string, batch = 100) => {
    const out: SourceRow[] = [];
    for await (const part of reader!.scan(dataset, batch)) {
      expect(part.length).toBeLessThanOrEqual(batch);
      out.push(...part);
    }
    return out;
  };
  const columns = async (dataset: string) => (await reader!.shape(dataset)).columns.map(({ name }) => name);
  const of = (n: number, make: (i: number) => readonly (string | Buffer)[]) => Array.from({ length: n }, (_, i) => make(i + 1));

  test('keys of one pattern are a dataset, whatever their type; words that only one key has are no part of a name', async () => {
    await server.runAll(1, [
      ...of(30, (i) => ['HSET', `user:${i}:profile`, 'name', `测试${i}`, 'phone', `139000000${i + 10}`]),
      ...of(3, (i) => ['SET', `user:${i}:profile:cached`, 'x']),
      ...of(5, (i) => ['SET', `session_${i}af`, 't']),
      ...of(40, (i) => ['SET', `seat:${'abcdefgh'[i % 8]}${'ijklm'[i % 5]}`, 'v']),
      ['SET', 'config', 'a'],
      ['SET', 'zhangsan', 'b'],
      ['SET', 'user:wangwu', 'c'],
      ['SADD', 'user:7:tags', 'vip', 'old'],
      ['SADD', 'user:8:tags', 'new'],
      ['LPUSH', 'queue/mail|1', 'm'],
    ]);
    await open(1);
    expect(await reader!.datasets()).toEqual([
      'db1.hash.user:*:profile',
      'db1.list.queue/mail|*',
      'db1.set.user:*:tags',
      'db1.string.*',
      'db1.string.seat:**',
      'db1.string.session_*',
      'db1.string.user:*',
      'db1.string.user:*:profile:cached',
    ]);
    expect(await rows('db1.string.user:*')).toEqual([{ key: ['wangwu'], row: ['wangwu', 'c'] }]);
    expect((await rows('db1.string.*')).map(({ key }) => key[0])).toEqual(['config', 'zhangsan']);
    expect((await rows('db1.string.session_*')).map(({ key }) => key[0])).toEqual(['1af', '2af', '3af', '4af', '5af']);
  });

  test('a hash is a row with its fields as columns; fields that few have are kept together', async () => {
    await server.runAll(2, [
      ['HSET', 'user:1', 'name', '测试一', 'phone', '13900000001', 'tier', 'gold', 'odd:3', 'y'],
      ['HSET', 'user:2', 'name', '测试二', 'phone', '13900000002'],
      ['HSET', 'user:3', 'name', '测试三', 'more', 'a field that is called as ours'],
    ]);
    await open(2);
    expect(await columns('db2.hash.user:*')).toEqual(['user_id', 'name', 'phone', 'more']);
    expect(await rows('db2.hash.user:*')).toEqual([
      { key: ['1'], row: ['1', '测试一', '13900000001', '[["odd:3","y"],["tier","gold"]]'] },
      { key: ['2'], row: ['2', '测试二', '13900000002', null] },
      { key: ['3'], row: ['3', '测试三', null, '[["more","a field that is called as ours"]]'] },
    ]);
    expect((await reader!.shape('db2.hash.user:*')).columns[0]).toMatchObject({ type: 'key' });
  });

  test('a hash whose fields name somebody each is entries', async () => {
    await server.runAll(3, [
      ['HSET', 'points:1', 'zhangsan', '10', '13900000001', '20'],
      ['HSET', 'points:2', 'lisi', '30', '13900000002', '40'],
    ]);
    await open(3);
    expect(await reader!.datasets()).toEqual(['db3.fields.points:*']);
    expect(await columns('db3.fields.points:*')).toEqual(['points_id', 'field', 'value']);
    expect(await rows('db3.fields.points:*')).toEqual([
      { key: ['1', '13900000001'], row: ['1', '13900000001', '20'] },
      { key: ['1', 'zhangsan'], row: ['1', 'zhangsan', '10'] },
      { key: ['2', '13900000002'], row: ['2', '13900000002', '40'] },
      { key: ['2', 'lisi'], row: ['2', 'lisi', '30'] },
    ]);
    expect(await reader!.count('db3.fields.points:*')).toBe(4);
  });

  test('JSON is taken apart digit by digit, and what is no JSON stays as it is', async () => {
    await server.runAll(4, [
      ['SET', 'order:1', '{"no":12345678901234567890,"amount":1.50,"who":{"name":"测试"},"paid":true,"gone":null}'],
      ['SET', 'order:2', '{"no":2,"amount":2,"who":null,"paid":false,"gone":null,"rare":"r"}'],
      ['SET', 'order:3', 'not JSON {"no":3}'],
      ['SET', 'order:4', Buffer.from([0xff, 0x00, 0x10])],
      ['SET', Buffer.concat([Buffer.from('order:'), Buffer.from([0xc3, 0x28])]), '{"broken'],
    ]);
    await open(4);
    expect(await columns('db4.string.order:*')).toEqual(['order_id', 'value', 'amount', 'gone', 'no', 'paid', 'who', 'more']);
    expect((await rows('db4.string.order:*')).map(({ row }) => row)).toEqual([
      ['1', null, '1.50', null, '12345678901234567890', 'true', '{"name":"测试"}', null],
      ['2', null, '2', null, '2', 'false', null, '[["rare","r"]]'],
      ['3', 'not JSON {"no":3}', null, null, null, null, null, null],
      ['4', '\\xff0010', null, null, null, null, null, null],
    ]);
    // A key that is no UTF-8 is bytes as a whole, and no separator is looked for in it.
    expect(await rows('db4.string.*')).toEqual([{ key: ['\\x6f726465723ac328'], row: ['\\x6f726465723ac328', '{"broken'] }]);
  });

  test('lists, sets, sorted sets and streams give their elements, big ones in pieces', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `m${i}`);
    await server.runAll(5, [
      ['RPUSH', 'log:1', ...many, 'm0'],
      ['SADD', 'fans:1', ...many],
      ['ZADD', 'rank:1', ...many.flatMap((m, i) => [String(i / 10), m])],
      ...of(1_200, (i) => ['XADD', 'events:1', `${i}-0`, 'user', String(i), 'user', 'twice']),
    ]);
    await open(5);
    const list = await rows('db5.list.log:*');
    expect([list.length, list[0], list.at(-1)]).toEqual([3_001, { key: [], row: ['1', 'm0'] }, { key: [], row: ['1', 'm0'] }]);
    expect((await reader!.shape('db5.list.log:*')).hazards).toEqual([{ kind: 'no-key', detail: 'db5.list.log:*' }]);
    const set = await rows('db5.set.fans:*');
    expect(set.map(({ key }) => key[1])).toEqual(many.toSorted());
    const sorted = await rows('db5.zset.rank:*');
    expect([sorted.length, sorted.find(({ key }) => key[1] === 'm25')?.row]).toEqual([3_000, ['1', 'm25', '2.5']]);
    const stream = await rows('db5.stream.events:*');
    expect([stream.length, stream[0], stream.at(-1)?.key]).toEqual([
      1_200,
      { key: ['1', '1-0'], row: ['1', '1-0', '1', '[["user","twice"]]'] },
      ['1', '1200-0'],
    ]);
    for (const name of await reader!.datasets()) expect(await reader!.count(name)).toBe((await rows(name)).length);
  });

  test('an order that does not depend on the server, and nothing twice, with bounded memory', async () => {
    const things = Array.from({ length: 1_000 }, (_, i) => Buffer.from(String((i * 7919) % 1_000).padStart(4, '0')));
    let passes = 0;
    const pass = async function* () {
      passes += 1;
      yield things.slice(0, 600);
      yield await Promise.resolve(things.slice(500));
    };
    const given: string[] = [];
    for await (const part of inOrder(pass, (thing) => thing, 300)) {
      expect(part.length).toBeLessThanOrEqual(300);
      given.push(...part.map(String));
    }
    expect(given).toEqual(things.map(String).toSorted());
    expect(passes).toBe(4);
  });

  test('keys that expire are a hazard; a module’s type is named and not read', async () => {
    await server.runAll(6, [
      ['SET', 'sms:13900000001', '1234', 'EX', '100000'],
      ['SET', 'sms:13900000002', '1234'],
    ]);
    await open(6);
    expect((await reader!.shape('db6.string.sms:*')).hazards).toEqual([{ kind: 'expires', detail: '1/2 keys, within 2 d' }]);
    await expect(reader!.shape('db6.ReJSON-RL.doc:*')).rejects.toMatchObject({ code: 'unsupported', details: { reason: 'ReJSON-RL' } });
  });

  test('the connection cannot write, and an account that only reads is enough', async () => {
    await server.run(7, 'SET', 'order:1', 'x');
    await server.run(0, 'ACL', 'SETUSER', 'reader', 'on', '>look', '~*', 'resetchannels', '-@all', '+@read', '+select', '+hello');
    const client = await connectRedis(source(7), null, 7);
    for (const [command, ...values] of [
      ['SET', 'order:1', 'y'],
      ['DEL', 'order:1'],
      ['EVAL', "return redis.call('del', 'order:1')", '0'],
      ['FLUSHALL'],
    ])
      await expect(client.ask(command as 'GET', ...values)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(client.ask('EVAL_RO', "return redis.call('del', KEYS[1])", 1, 'order:1')).rejects.toMatchObject({ code: 'unreadable' });
    client.close();
    await open(7, 'reader:look');
    await expect(rows('db7.string.other:*')).rejects.toMatchObject({ code: 'unknown-dataset' });
    expect(await rows('db7.string.order:*')).toEqual([{ key: ['1'], row: ['1', 'x'] }]);
    await expect(server.run(7, 'GET', 'order:1')).resolves.toBe('x');
    // The server says the same of that account, over a connection that would let anything through.
    await expect(server.run(0, 'ACL', 'DRYRUN', 'reader', 'UNLINK', 'order:1')).resolves.toMatch(/no permissions/);
    expect((await inspectSource(source(7), 'reader:look')).notes).toEqual([expect.stringContaining('BGREWRITEAOF')]);
    expect(await inspectSource(source(7), null)).toMatchObject({
      kind: 'redis',
      format: expect.stringMatching(/^Redis \d+\.\d+/),
      datasets: 1,
      notes: [expect.stringContaining('BGREWRITEAOF'), 'the reading login may also write'],
    });
  });

  test('without a number the locator means every database', async () => {
    await open();
    const found = await discover(reader!);
    expect(found.failures).toEqual([]);
    expect(new Set(found.datasets.map(({ shape }) => shape.dataset.split('.')[0]))).toEqual(
      new Set(['db1', 'db2', 'db3', 'db4', 'db5', 'db6', 'db7']),
    );
  });

  test('the data map says who is who by fields, keys and values', async () => {
    const phone = (i: number) => `139000${String(10_000 + i)}`;
    await server.runAll(8, [
      ...of(30, (i) => [
        'HSET',
        `user:${i}:profile`,
        'name',
        `测试${'甲乙丙丁戊'[i % 5]}`,
        'phone',
        phone(i),
        'email',
        `u${i}@example.com`,
      ]),
      ...of(30, (i) => ['SET', `order:${i}`, JSON.stringify({ user_id: i, amount: i, receiver_phone: phone(i) })]),
      ...of(30, (i) => ['SET', `sms:${phone(i)}`, String(100_000 + i)]),
      ...of(30, (i) => ['SET', `goods:${i}:stock`, String(i)]),
    ]);
    await open(8);
    const found = await discover(reader!);
    const maps = classifyDatasets([found], inferLinks([found]));
    const said = maps.map(({ dataset, role, fields }) => [
      dataset,
      role,
      Object.fromEntries(fields.flatMap(({ name, category }) => (category === null ? [] : [[name, category]]))),
    ]);
    expect(said).toEqual([
      ['db8.hash.user:*:profile', 'customer', { name: 'name', phone: 'phone', email: 'email' }],
      ['db8.string.goods:*:stock', 'none', {}],
      ['db8.string.order:*', 'customer', { receiver_phone: 'phone' }],
      ['db8.string.sms:*', 'customer', { sms_id: 'phone' }],
    ]);
    expect(maps.flatMap(({ dataset, links }) => links.map(({ columns, to }) => [dataset, columns, to]))).toEqual([
      ['db8.string.order:*', ['user_id'], 'cache/db8.hash.user:*:profile'],
    ]);
  });

  test('what cannot be reached or read is an error with a remedy, never an empty result', async () => {
    await server.run(0, 'ACL', 'SETUSER', 'half', 'on', '>look', '~other:*', '-@all', '+@read', '+select', '+hello');
    await expect(open(1, 'reader:wrong')).rejects.toMatchObject({ code: 'refused-login', details: { remedy: 'fix-credential' } });
    await expect(openReader({ ...source(), locator: 'redis:///0?socket=/nowhere/s' }, null)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(open(99)).rejects.toMatchObject({ code: 'not-found' });
    for (const locator of ['redis://:pw@h/0', 'redis:///0', 'mysql://h/db', 'redis://h/x', 'redis://h?db=1'])
      await expect(openReader({ ...source(), locator }, null)).rejects.toMatchObject({ code: 'bad-locator' });
    await open(1, 'half:look');
    await expect(discover(reader!)).rejects.toMatchObject({ code: 'unreadable', details: { remedy: 'grant-read' } });
    await reader!.close();
    await expect(reader!.datasets()).rejects.toMatchObject({ code: 'unreachable' });
  });
});
