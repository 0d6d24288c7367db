// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { CaseByCommands, archivedIds } from '../support/own-case.ts';
import { type ThrowawayRedis, hasRedis, startThrowawayRedis } from '../support/throwaway-redis.ts';

/*
 * A shop's Redis, two databases, closed down by the product's commands: accounts that read, erase and look, each with no more rights than it needs. Judged by the
 * server's own commands.
 */
const READ = '-@all +@read +select +hello';
const USERS = {
  reader: `>r ~* ${READ}`,
  eraser:
    '>e ~* -@all +@read +select +hello +watch +unwatch +multi +exec +unlink +hdel +srem +zrem +xdel +lrem +set +hset +rpush +sadd +zadd +xadd',
  looker: `>l ~* ${READ}`,
};
const N = 40;

describe.skipIf(!hasRedis())('a shop’s Redis from discovery to evidence (skipped only where redis-server is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shredis-'));
  let server: ThrowawayRedis;
  let own: CaseByCommands;
  let summary: CaseSummary;

  beforeAll(async () => {
    server = await startThrowawayRedis();
    for (const [name, rules] of Object.entries(USERS))
      await server.run(0, 'ACL', 'SETUSER', name, 'on', 'resetchannels', ...rules.split(' '));
    const each = (make: (i: number) => readonly string[]) => Array.from({ length: N }, (_, i) => make(i + 1));
    const phone = (i: number) => `139${String(i).padStart(8, '0')}`;
    await server.runAll(0, [
      ...each((i) => ['HSET', `user:${i}:profile`, 'name', `测试${i}`, 'phone', phone(i), 'email', `u${i}@example.com`]),
      ...each((i) => [
        'SET',
        `order:${i}`,
        JSON.stringify({ user_id: i, amount: `${i}.00`, create_time: '2024-05-06 07:08:09', receiver_phone: phone(i) }),
      ]),
      ...each((i) => ['SADD', `user:${i}:tags`, 'vip', `tag${i}`]),
      ...each((i) => ['XADD', `visit:${i}`, `${i}-1`, 'phone', phone(i), 'page', '/home']),
    ]);
    await server.runAll(3, [
      ...each((i) => ['SET', `sms:${phone(i)}`, '123456', 'EX', '1000000']),
      ['HSET', 'shelf:1', 'a', '1'],
      ['HSET', 'shelf:2', 'a', '2'],
    ]);
    const secret = { CACHE_READ: 'reader:r', CACHE_ERASE: 'eraser:e', CACHE_LOOK: 'looker:l' };
    const refs = ['--read', 'env:CACHE_READ', '--erase', 'env:CACHE_ERASE', '--verify', 'env:CACHE_LOOK'];
    const customer = (recordClass: string, more: object = {}) => ({
      role: 'customer',
      recordClass,
      standing: [],
      rowRole: null,
      clocks: {},
      ...more,
    });
    const toUser = [{ columns: ['user_id'], to: 'cache/db0.hash.user:*:profile', toColumns: ['user_id'], evidence: 'person' }];
    own = new CaseByCommands(folder, {
      secrets: secret,
      source: ['cache', '--kind', 'redis', '--at', server.locator(), ...refs],
      corrections: {
        'cache/db0.hash.user:*:profile': customer('account', { links: [] }),
        'cache/db0.string.order:*': customer('payment', { clocks: { 'fiscal-year.ended': 'create_time' }, links: toUser }),
        'cache/db0.set.user:*:tags': customer('account', { links: toUser }),
        'cache/db0.stream.visit:*': customer('marketing', { links: [] }),
        'cache/db3.string.sms:*': customer('marketing', { links: [] }),
        'cache/db3.hash.shelf:*': { role: 'none', links: [] },
      },
    });
    await own.planned();
    await own.approved();
    summary = await own.finished();
  }, 600_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the ledger balances for every dataset by counts over a connection of its own', () => {
    expect(Object.fromEntries(summary.ledger.map((l) => [l.dataset, [l.sourceCount, l.delete, l.archive, l.exclude, l.balanced]]))).toEqual(
      {
        'cache/db0.hash.user:*:profile': [N, N, 0, 0, true],
        'cache/db0.set.user:*:tags': [2 * N, 2 * N, 0, 0, true],
        'cache/db0.stream.visit:*': [N, N, 0, 0, true],
        'cache/db0.string.order:*': [N, 0, N, 0, true],
        'cache/db3.hash.shelf:*': [2, 0, 0, 2, true],
        'cache/db3.string.sms:*': [N, N, 0, 0, true],
      },
    );
  });

  test('the server agrees: what had to go is gone, what is nobody’s is untouched, orders are in the archive', async () => {
    expect(await server.run(0, 'KEYS', '*')).toEqual([]);
    expect(((await server.run(3, 'KEYS', '*')) as string[]).toSorted()).toEqual(['shelf:1', 'shelf:2']);
    expect(await archivedIds(folder, 'order')).toHaveLength(N);
  });

  test('every gate is passed, and the evidence lacks nothing but a time stamp from outside', () => {
    expect(summary.evidence).toMatchObject({ verdict: 'INCOMPLETE', missing: ['timestamp'] });
    expect(summary.gates.every((g) => g.at !== null)).toBe(true);
  });
});
