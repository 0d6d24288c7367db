// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { CaseByCommands, archivedIds, plannedReasons } from '../support/own-case.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';

/*
 * A shop's real database (macrozheng/mall, 76 tables) in a real MariaDB, closed down by the product's commands with the map that a
 * person would settle on. What became of it is judged by SQL that shares no code with the product.
 */
const DUMP = fileURLToPath(new URL('../../../../shared/real/sql/mysql/mall.sql.gz', import.meta.url));
const here = existsSync(DUMP) && hasMariadb();

const CUSTOMERS = {
  ums_member: 'account',
  ums_member_receive_address: 'account',
  ums_growth_change_history: 'account',
  oms_order: 'payment',
  oms_order_item: 'order',
  oms_order_operate_history: 'order',
  oms_order_return_apply: 'order',
  oms_cart_item: 'marketing',
  sms_coupon_history: 'marketing',
} as const;
/** What a person says about the columns of these tables: these identify, all others do not. */
const PERSONAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ums_member: {
    username: 'account_name',
    password: 'password',
    nickname: 'nickname',
    phone: 'phone',
    icon: 'avatar',
    birthday: 'birth_date',
    city: 'region',
    job: 'occupation',
  },
  ums_member_receive_address: { name: 'name', phone_number: 'phone', post_code: 'postcode', detail_address: 'address' },
  oms_order: {
    order_sn: 'order_no',
    member_username: 'account_name',
    receiver_name: 'name',
    receiver_phone: 'phone',
    receiver_detail_address: 'address',
    bill_receiver_phone: 'phone',
    bill_receiver_email: 'email',
    note: 'free_text_may_contain',
  },
  oms_order_item: { order_sn: 'order_no' },
  oms_order_return_apply: { order_sn: 'order_no', member_username: 'account_name', return_name: 'name', return_phone: 'phone' },
  oms_cart_item: { member_nickname: 'nickname' },
  sms_coupon_history: { member_nickname: 'nickname', order_sn: 'order_no' },
};
const toMember = [{ columns: ['member_id'], to: 'mall/ums_member', toColumns: ['id'], evidence: 'person' }];
const toOrder = [{ columns: ['order_id'], to: 'mall/oms_order', toColumns: ['id'], evidence: 'person' }];
/** Sales figures by product may stay; whose order it was may not. */
const ITEM_KEEPS = ['product_id', 'product_name', 'product_price', 'product_quantity', 'product_category_id'];
const links: Readonly<Record<string, object>> = {
  ums_member: [],
  oms_order_item: toOrder,
  oms_order_operate_history: toOrder,
  oms_order_return_apply: toOrder,
};

describe.skipIf(!here)('mall, a real shop on MariaDB (skipped only where ../shared/real or mariadbd is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shmall-'));
  let server: ThrowawayMariadb;
  let own: CaseByCommands;
  let summary: CaseSummary;
  let tables: string[];
  let before: Map<string, { rows: number; checksum: string | null }>;
  let after: Map<string, { rows: number; checksum: string | null }>;
  let orders: string[];
  let items: (string | null)[][];

  const sql = (text: string) => server.sql(text, 'mall');
  const photograph = async () => {
    const seen = new Map<string, { rows: number; checksum: string | null }>();
    for (const table of tables) {
      const [[rows]] = (await sql(`SELECT count(*) FROM \`${table}\``)) as [[string]];
      const [[, checksum]] = (await sql(`CHECKSUM TABLE \`${table}\` EXTENDED`)) as [[string, string | null]];
      seen.set(table, { rows: Number(rows), checksum });
    }
    return seen;
  };

  beforeAll(async () => {
    server = await startThrowawayMariadb(['--sql-mode=NO_ENGINE_SUBSTITUTION']);
    await server.createDatabase('mall');
    await sql(gunzipSync(readFileSync(DUMP)).toString('utf8'));
    await server.sql(`CREATE USER reader IDENTIFIED BY 'r'; GRANT SELECT, TRIGGER, SHOW VIEW ON mall.* TO reader;
      CREATE USER eraser IDENTIFIED BY 'e'; GRANT SELECT, DELETE, UPDATE, INSERT, CREATE, DROP, TRIGGER ON mall.* TO eraser;
      CREATE USER looker IDENTIFIED BY 'l'; GRANT SELECT ON mall.* TO looker`);
    tables = (await sql('SHOW FULL TABLES')).filter(([, type]) => type === 'BASE TABLE').map(([name]) => String(name));
    const columns = Map.groupBy(
      await sql("SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'mall'"),
      ([table]) => String(table),
    );
    before = await photograph();
    orders = (await sql('SELECT id FROM oms_order')).map(([id]) => String(id)).toSorted();
    items = await sql(`SELECT id, ${ITEM_KEEPS.join(', ')} FROM oms_order_item ORDER BY id`);
    const nobody = { role: 'none', links: [], clocks: {}, standing: [], rowRole: null };
    own = new CaseByCommands(folder, {
      secrets: { MALL_READ: 'reader:r', MALL_ERASE: 'eraser:e', MALL_VERIFY: 'looker:l' },
      source: [
        'mall',
        '--kind',
        'mysql',
        '--at',
        server.locator('mall'),
        '--read',
        'env:MALL_READ',
        '--erase',
        'env:MALL_ERASE',
        '--verify',
        'env:MALL_VERIFY',
      ],
      corrections: Object.fromEntries(
        tables.map((table) => {
          const recordClass = (CUSTOMERS as Readonly<Record<string, string>>)[table];
          if (recordClass === undefined) return [`mall/${table}`, nobody];
          const clocks = table === 'oms_order' ? { 'fiscal-year.ended': 'create_time' } : {};
          const fields = Object.fromEntries(
            columns.get(table)!.map(([, name]) => [name, { category: PERSONAL[table]?.[String(name)] ?? null }]),
          );
          const anonymiseTo = table === 'oms_order_item' ? ITEM_KEEPS : null;
          return [
            `mall/${table}`,
            { ...nobody, role: 'customer', recordClass, clocks, links: links[table] ?? toMember, anonymiseTo, fields },
          ];
        }),
      ),
    });
    await own.planned();
    await own.approved();
    summary = await own.finished();
    after = await photograph();
  }, 600_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the ledger balances for all 76 tables by the counts that the server itself gave', () => {
    expect(tables.length).toBe(76);
    expect(summary.ledger.map((l) => l.dataset)).toEqual(tables.map((table) => `mall/${table}`).toSorted());
    for (const l of summary.ledger) {
      expect(l.balanced, l.dataset).toBe(true);
      expect(l.sourceCount, l.dataset).toBe(before.get(l.dataset.slice(5))!.rows);
    }
  });

  test('plain SQL agrees: customers are gone, sales figures stay without their customer', async () => {
    const gone = Object.keys(CUSTOMERS).filter((table) => table !== 'oms_order_item');
    for (const table of gone) expect([table, after.get(table)!.rows]).toEqual([table, 0]);
    expect(await sql(`SELECT id, ${ITEM_KEEPS.join(', ')} FROM oms_order_item ORDER BY id`)).toEqual(items);
    expect(await sql('SELECT count(*) FROM oms_order_item WHERE order_id IS NOT NULL OR order_sn IS NOT NULL')).toEqual([['0']]);
    const lines = Object.fromEntries(summary.ledger.map((l) => [l.dataset, l]));
    expect(lines['mall/ums_member']).toMatchObject({ delete: before.get('ums_member')!.rows });
    expect(lines['mall/oms_order_item']).toMatchObject({ anonymise: items.length });
  });

  test('every order lies in the archive, with the rule and the day that keep it', async () => {
    expect(await archivedIds(folder, 'oms_order')).toEqual(orders);
    for (const plan of (await plannedReasons(folder)).filter((p) => p.dataset === 'mall/oms_order')) {
      expect(plan).toMatchObject({ disposition: 'archive', rules: expect.arrayContaining(['acct-t1']) });
      expect(plan.until).toMatch(/^20\d\d-12-31$/);
    }
  });

  test('whatever stays of a customers’ table has a rule or a reason, and nothing is undecided', async () => {
    const customers = new Set(Object.keys(CUSTOMERS).map((table) => `mall/${table}`));
    const plans = (await plannedReasons(folder)).filter((p) => customers.has(p.dataset));
    expect(plans.length).toBe([...customers].reduce((n, id) => n + before.get(id.slice(5))!.rows, 0));
    for (const plan of plans) {
      expect(plan.disposition, plan.dataset).not.toBe('gap');
      if (plan.disposition !== 'delete') expect(plan.rules.length > 0 || plan.reason !== '', plan.dataset).toBe(true);
    }
  });

  test('tables that nobody planned are unchanged, byte for byte by the server’s own checksum', () => {
    const untouched = tables.filter((table) => !(table in CUSTOMERS));
    expect(untouched.length).toBeGreaterThan(60);
    for (const table of untouched) expect([table, after.get(table)]).toEqual([table, before.get(table)]);
    expect([...after.keys()]).not.toContain('shanhou_canary');
  });

  test('the evidence is complete but for a timestamp from outside, and every gate is passed', () => {
    expect(summary.evidence).toMatchObject({ verdict: 'INCOMPLETE', missing: ['timestamp'] });
    expect(summary.gates.every((g) => g.at !== null)).toBe(true);
  });
});
