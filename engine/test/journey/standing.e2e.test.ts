// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { type TestCase, openTestCase } from '../support/case.ts';
import { SHOP, SHOP_MAP } from '../support/small-shop.ts';

/* Contracts, holds and approval as people type them; what they decide is tested in contracts.test.ts and approval.e2e.test.ts. */
let c: TestCase;
beforeAll(async () => {
  c = await openTestCase('STANDING-2026');
  const store = new DatabaseSync(join(c.folder, 'shop.db'));
  store.exec(SHOP);
  store.close();
  await c.ok('source', 'add', 'shop', '--kind', 'sqlite', '--at', join(c.folder, 'shop.db'));
  await c.ok('discover');
  await c.ok('classify', '--map', c.file('map.yaml', JSON.stringify({ version: 1, datasets: SHOP_MAP })));
  await c.ok('officer', 'add', 'legal-1', '--department', 'legal', '--profile', 'sm2');
  await c.ok('officer', 'add', 'it-1', '--department', 'it');
  await c.ok('inventory');
}, 120_000);
afterAll(() => c.remove());

/** A command without `--json`, as a person reads it. */
async function read(...args: string[]): Promise<string> {
  const env = {
    SHANHOU_DATA: join(c.folder, 'data'),
    SHANHOU_KEYS: join(c.folder, 'keys'),
    SHANHOU_PASSPHRASE: 'test only',
    COLUMNS: '140',
  };
  const { status, stdout, stderr } = await cli(args, { env });
  expect(status, stderr).toBe(0);
  return stdout;
}

test('contracts: counts, totals and conflicts in Chinese, English and JSON', async () => {
  const report = JSON.parse((await c.ok('contracts')).stdout) as { schema: string; owed: unknown[]; conflicts: number };
  expect(report).toMatchObject({
    schema: 'shanhou.contracts.v1',
    conflicts: 2,
    owed: [{ kind: 'prepaid', amount: '400.10', owner: 'finance' }],
  });
  const zh = await read('contracts');
  for (const word of ['8 名客户', '记载矛盾', '预付款', 'CNY 400.10', '财务', '消费者权益保护法实施条例22条', '矛盾 2 处'])
    expect(zh).toContain(word);
  const en = await read('contracts', '--lang', 'en');
  for (const word of ['8 customers', 'prepaid money', 'Finance', '2 conflicts']) expect(en).toContain(word);
  const conflicts = await read('contracts', 'conflicts');
  for (const word of ['shop/contracts', 'shop/customers', '已终止 / 履行中', '7040.50', '销售']) expect(conflicts).toContain(word);
});

test('contracts find: refused without a document, entered with one, explained with who, why and on what', async () => {
  const asked = [
    'contracts',
    'find',
    'shop/customers:2',
    '--ended',
    '2026-01-15',
    '--cause',
    'rescinded.agreed',
    '--reason',
    '解除协议原件',
    '--by',
    'legal-1',
  ];
  expect((await c.run(...asked)).status).toBe(2);
  expect((await c.run(...asked, '--document', join(c.folder, 'nothing'))).status).toBe(3);
  const found = await c.ok(...asked, '--document', c.file('agreement.txt', '协商解除'));
  expect(found.stdout).toMatch(/"counts":true/);
  const text = await read('contracts', 'explain', 'shop/contracts:2');
  for (const word of ['已终止 (协议解除) 2026-01-15', '✓ 认定', 'legal-1', '解除协议原件', 'SHA-256']) expect(text).toContain(word);
  expect(text).not.toMatch(/1990000|测试乙|HT-2/);
});

test('hold: entered with custodian and review date, listed, released by Legal with a reason', async () => {
  await c.ok(
    'hold',
    'add',
    '案-1',
    '--record',
    'shop/customers:1',
    '--approved-by',
    'legal-1',
    '--custodian',
    'legal',
    '--review',
    '2026-01-31',
  );
  const listed = await read('hold', 'list');
  for (const word of ['案-1', 'shop/customers', 'legal', '2026-01-31', '已批准 legal-1', '复核日已过']) expect(listed).toContain(word);
  expect((await c.run('hold', 'release', '案-1', '--reason', '结案')).status).toBe(2);
  expect((await c.run('hold', 'release', '案-1', '--by', 'it-1', '--reason', '结案')).status).toBe(4);
  await c.ok('hold', 'release', '案-1', '--by', 'legal-1', '--reason', '结案');
  expect(await read('hold', 'list', '--lang', 'en')).toMatch(/released \d{4}-\d\d-\d\d legal-1: 结案/);
});

test('approval: who signed and how, who is missing, what a change no longer leaves covered', async () => {
  await c.ok('plan', '--by', 'case-lead');
  expect((await c.ok('approve', '--as', 'legal-1')).stdout).toContain('"missing":["it","liquidation"]');
  expect((await c.run('approve', '--as', 'it-1', '--for', 'legal-1')).status).toBe(4);
  await c.ok('approval', 'delegate', '--as', 'it-1', '--to', 'legal-1', '--until', '2099-12-31');
  const text = await read('approval');
  for (const word of ['尚未批准', 'legal-1', 'sm2', '0/1', '委托：it-1 → legal-1，至 2099-12-31 有效', '签字涵盖'])
    expect(text).toContain(word);
  expect((await c.ok('approval', 'revoke', '--as', 'legal-1')).stdout).toContain('"missing":["legal","it","liquidation"]');
  await c.ok('case', 'facts', '--quorum', 'finance:1');
  const changed = await read('approval', '--lang', 'en');
  for (const word of ['the plan is void (facts-changed)', 'no longer cover', 'facts of the case', 'quorum'])
    expect(changed).toContain(word);
});
