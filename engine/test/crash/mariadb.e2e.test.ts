// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import type { CrashPointName } from '../../src/model/crash-point.ts';
import { openCluster } from '../../src/store/index.ts';
import { CaseByCommands, archivedIds } from '../support/own-case.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';

/*
 * The irreversible part on a MariaDB source, killed at each of its named steps and run again: nothing is ever in neither place, and the
 * end is that of a run that nobody disturbed. One table of each kind: with key and references, without key, without transactions.
 */
const SCHEMA = `
  CREATE TABLE members (id bigint unsigned PRIMARY KEY, name varchar(20), phone varchar(20), joined date) COMMENT '会员';
  CREATE TABLE orders (id int PRIMARY KEY, member_id bigint unsigned NOT NULL, amount decimal(10,2), created datetime,
    FOREIGN KEY (member_id) REFERENCES members (id));
  CREATE TABLE tickets (member_id bigint unsigned, said varchar(80) CHARACTER SET gbk);
  CREATE TABLE points (id int PRIMARY KEY, member_id bigint unsigned, points int) ENGINE=MyISAM;
  CREATE TABLE goods (id int PRIMARY KEY, title varchar(20));`;
const FILL = `
  INSERT INTO members SELECT seq, CONCAT('张', seq), CONCAT('1990000', LPAD(seq, 4, '0')), '2020-02-29' FROM seq_1_to_8;
  INSERT INTO orders SELECT seq, 1 + seq MOD 8, seq * 1.5, '2024-05-06 07:08:09' FROM seq_1_to_20;
  INSERT INTO tickets SELECT 1 + seq MOD 4, '要求退款' FROM seq_1_to_12;
  INSERT INTO points SELECT seq, 1 + seq MOD 8, seq FROM seq_1_to_10;
  INSERT INTO goods VALUES (1, '茶'), (2, '米');`;
const TABLES = ['members', 'orders', 'tickets', 'points', 'goods'] as const;
const POINTS: readonly [CrashPointName, passing: number][] = [
  ['vault.chunk-written', 1],
  ['vault.chunk-verified', 1],
  ['execute.intent-recorded', 1],
  ['execute.source-committed', 1],
  ['execute.source-committed', 2],
  ['execute.source-committed', 3],
  ['execute.source-committed', 4],
  ['execute.outcome-recorded', 1],
];

describe.skipIf(!hasMariadb())('a MariaDB source survives a kill at every step (skipped only where mariadbd is not installed)', () => {
  const root = mkdtempSync(join(tmpdir(), 'shxm-'));
  const folder = join(root, 'case');
  const kept = join(root, 'kept');
  let server: ThrowawayMariadb;
  let own: CaseByCommands;
  let orders: readonly string[];
  let ledger: CaseSummary['ledger'];

  const rows = async (table: string) =>
    (await server.sql(`SELECT * FROM \`${table}\``, 'shop')).map((row) => JSON.stringify(row)).toSorted();
  const stopOurServer = async () => (await openCluster(join(folder, 'data', 'control'))).close();
  const refill = async () => {
    await server.sql(`DROP TABLE IF EXISTS shanhou_canary, ${TABLES.toReversed().join(', ')}`, 'shop');
    await server.sql(SCHEMA + FILL, 'shop');
  };
  const standing = async () => (JSON.parse(await own.does(['status'])) as CaseSummary).ledger;

  beforeAll(async () => {
    mkdirSync(folder);
    server = await startThrowawayMariadb();
    await server.createDatabase('shop');
    await refill();
    orders = (await server.sql('SELECT id FROM orders', 'shop')).map(([id]) => String(id)).toSorted();
    const toMember = [{ columns: ['member_id'], to: 'shop/members', toColumns: ['id'], evidence: 'person' }];
    const plain = { role: 'customer', clocks: {}, standing: [], rowRole: null, links: toMember };
    own = new CaseByCommands(folder, {
      secrets: { SHOP: 'root:' },
      source: [
        'shop',
        '--kind',
        'mysql',
        '--at',
        server.locator('shop'),
        '--read',
        'env:SHOP',
        '--erase',
        'env:SHOP',
        '--verify',
        'env:SHOP',
      ],
      corrections: {
        'shop/members': {
          ...plain,
          recordClass: 'account',
          links: [],
          fields: { phone: { category: 'phone' }, name: { category: 'name' } },
        },
        'shop/orders': {
          ...plain,
          recordClass: 'payment',
          clocks: { 'fiscal-year.ended': 'created' },
          links: [{ ...toMember[0], evidence: 'foreign-key' }],
        },
        'shop/tickets': { ...plain, recordClass: 'order' },
        'shop/points': { ...plain, recordClass: 'account' },
        'shop/goods': { ...plain, role: 'none', links: [] },
      },
    });
    await own.planned();
    await own.approved();
    await stopOurServer();
    cpSync(folder, kept, { recursive: true });
    const done = await own.execute();
    expect(done.status, done.stderr).toBe(0);
    await own.does(['verify']);
    ledger = await standing();
  }, 600_000);

  afterAll(async () => {
    await stopOurServer();
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('undisturbed, customers’ rows go, orders are archived, goods stay', async () => {
    for (const table of ['members', 'orders', 'tickets', 'points']) expect([table, await rows(table)]).toEqual([table, []]);
    expect((await rows('goods')).length).toBe(2);
    expect(await archivedIds(folder, 'orders')).toEqual(orders);
    expect(ledger.every((line) => line.balanced)).toBe(true);
  });

  test.each(POINTS)('killed at %s, passing %i', async (name, passing) => {
    await stopOurServer();
    rmSync(folder, { recursive: true, force: true });
    cpSync(kept, folder, { recursive: true });
    await refill();
    const died = await own.execute({ SHANHOU_CRASH_AT: `${name}:${passing}` });
    expect(died.signal, died.stderr).toBe('SIGKILL');
    const here = new Set((await server.sql('SELECT id FROM orders', 'shop')).map(([id]) => String(id)));
    const archived = await archivedIds(folder, 'orders');
    expect(orders.filter((id) => !here.has(id) && !archived.includes(id))).toEqual([]);
    const again = await own.execute();
    expect(again.status, again.stderr).toBe(0);
    await own.does(['verify']);
    for (const table of ['members', 'orders', 'tickets', 'points']) expect([table, await rows(table)]).toEqual([table, []]);
    expect((await rows('goods')).length).toBe(2);
    expect(await archivedIds(folder, 'orders')).toEqual(orders);
    expect(await standing()).toEqual(ledger);
  });
});
