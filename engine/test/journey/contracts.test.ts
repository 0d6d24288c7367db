// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ListedConflict,
  type NewFinding,
  addFinding,
  addOfficer,
  contractConflicts,
  contractReport,
  explainContracts,
  makePlan,
  takeInventory,
  verifyContracts,
} from '../../src/journey/index.ts';
import { type DirectCase, openDirectCase } from '../support/direct-case.ts';
import { SHOP, SHOP_MAP } from '../support/small-shop.ts';

/* Contracts of eight customers: what each system says, what is concluded, what an officer finds out, and how long that counts. */
let c: DirectCase;
let document: string;
beforeAll(async () => {
  c = await openDirectCase(SHOP, SHOP_MAP);
  document = join(c.folder, 'agreement.txt');
  writeFileSync(document, '2026年3月1日，双方协商解除。');
  for (const department of ['sales', 'finance'] as const)
    await addOfficer(c.ctx, department, `${department}-1`, c.keysOf(`${department}-1`));
  await takeInventory(c.ctx);
  await verifyContracts(c.ctx);
}, 120_000);
afterAll(() => c.close());

const found = (record: string, more: Partial<NewFinding> = {}): NewFinding => ({
  record,
  ended: true,
  endedOn: '2026-03-01',
  cause: 'rescinded.agreed',
  settled: [],
  onlyThis: false,
  reason: '解除协议原件',
  document,
  by: 'sales-1',
  ...more,
});
const standing = async (record: string) => (await explainContracts(c.ctx, record)).subjects[0]!.standing;
const conflicts = async () => {
  const all: ListedConflict[] = [];
  for await (const x of contractConflicts(c.ctx)) all.push(x);
  return all;
};
const items = async (kind: string) =>
  (await c.ctx.store.openItems()).filter((i) => i.kind === kind).map((i) => [i.owner, i.count, i.detail]);

test('every standing and every debt is counted, with totals', async () => {
  const report = await contractReport(c.ctx);
  expect(report.subjects).toBe(8);
  expect(Object.fromEntries(report.standings.map((s) => [`${s.ended} ${s.cause}`, s.subjects]))).toEqual({
    'true performed': 1,
    'true expired': 1,
    'false unsettled': 2,
    'false running': 1,
    'null conflict': 1,
    'null unknown': 2,
  });
  expect(report.owed).toEqual([{ kind: 'prepaid', by: 'company', owner: 'finance', subjects: 2, amount: '400.10', unknown: 0 }]);
  expect(await items('obligation-owed')).toEqual([['finance', 2, 'prepaid CNY 400.10']]);
});

test('conflicts name both systems, what is at stake and the department', async () => {
  expect((await conflicts()).map(({ left, right, says, atStake, owner }) => [left, right, says, atStake, owner])).toEqual([
    ['shop/contracts', 'shop/customers', 'ended/active', '2000.00', 'sales'],
    ['shop/contracts', 'shop/customers', 'ended/active', '7040.50', 'sales'],
  ]);
  expect(await items('standing-conflict')).toEqual([['sales', 2, 'shop/contracts ≠ shop/customers CNY 9040.50']]);
});

test('the explanation shows every system’s word', async () => {
  const { subjects } = await explainContracts(c.ctx, 'shop/customers:2');
  expect(subjects[0]!.facts.map((f) => [f.dataset, f.kind, f.value, f.endedOn, f.cause, f.amount])).toEqual([
    ['shop/contracts', 'contract', 'ended', '2025-02-28', 'expired', '2000.00'],
    ['shop/customers', 'billing', 'active', null, 'running', undefined],
  ]);
});

test.each([
  ['by nobody we know', 'shop/customers:2', { by: 'ghost' }, 'unknown-officer'],
  ['on a record that is not there', 'shop/customers:99', {}, 'unknown-record'],
  ['without a cause', 'shop/customers:2', { cause: null }, 'finding-incomplete'],
  ['on a day to come', 'shop/customers:2', { endedOn: '2026-11-24' }, 'finding-incomplete'],
  ['without a reason', 'shop/customers:2', { reason: ' ' }, 'finding-incomplete'],
  ['that says nothing', 'shop/customers:2', { ended: null, endedOn: null, cause: null }, 'finding-incomplete'],
  ['on one contract by a record that numbers none', 'shop/customers:2', { onlyThis: true }, 'finding-on-nobody'],
])('a finding %s is refused', async (_, record, more, code) => {
  await expect(addFinding(c.ctx, found(record, more))).rejects.toMatchObject({ code });
  expect(await c.ctx.store.findings()).toEqual([]);
});

test('a finding settles a conflict, voids the plan, survives a new plan and a new process, and is in the evidence', async () => {
  await makePlan(c.ctx, 'case-lead');
  const before = (await c.ctx.store.plan())!;
  await addFinding(c.ctx, found('shop/customers:2'));
  expect((await c.ctx.store.plan())!.voidReason).toBe('findings-changed');
  const again = await c.restart();
  await makePlan(again, 'case-lead');
  const after = (await again.store.plan())!;
  expect(after.digest).not.toBe(before.digest);
  expect(await standing('shop/contracts:2')).toMatchObject({
    ended: true,
    cause: 'rescinded.agreed',
    endedOn: '2026-03-01',
    conflicts: [],
  });
  expect(await conflicts()).toHaveLength(1);
  expect((await contractReport(again)).findings).toEqual({ counted: 1, outdated: 0 });
  const entry = (await again.store.outbox()).find((e) => e.kind === 'standing.found')!;
  expect(entry.body['documentSha256']).toBe(createHash('sha256').update(readFileSync(document)).digest('hex'));
  expect(JSON.stringify(entry.body)).not.toMatch(/199000|测试乙|HT-2/);
});

test('money that an officer shows as paid back is no longer owed; what nobody could read is settled the same way', async () => {
  await addFinding(
    c.ctx,
    found('shop/prepaid_cards:1', { ended: null, endedOn: null, cause: null, settled: ['prepaid'], by: 'finance-1' }),
  );
  await addFinding(c.ctx, found('shop/customers:8', { ended: null, endedOn: null, cause: null, settled: ['prepaid'], by: 'finance-1' }));
  await makePlan(c.ctx, 'case-lead');
  expect(await standing('shop/contracts:3')).toMatchObject({ ended: true, cause: 'rescinded.agreed', owed: [] });
  expect(await standing('shop/contracts:8')).toMatchObject({ ended: true, cause: 'expired', endedOn: '2025-08-31' });
  expect(await items('obligation-owed')).toEqual([['finance', 1, 'prepaid CNY 40.00']]);
});

test('a finding no longer counts once a system says something else than it did then', async () => {
  c.sql("UPDATE contracts SET status = 'active', ended_on = NULL WHERE id = 2");
  // The next inventory, as after a new data map.
  await c.ctx.store.clearGates(['inventoried']);
  await c.ctx.store.saveReport('inventory', { dataMap: '' }, []);
  await makePlan(c.ctx, 'case-lead');
  expect(await standing('shop/customers:2')).toMatchObject({ ended: false, cause: 'running' });
  expect(await items('finding-outdated')).toEqual([['sales', 1, 'finding-evidence']]);
  const { findings } = (await explainContracts(c.ctx, 'shop/customers:2')).subjects[0]!;
  expect(findings.map((f) => [f.by, f.counts])).toEqual([['sales-1', false]]);
});
