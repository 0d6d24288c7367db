// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addHold,
  addOfficer,
  approvalState,
  approve,
  caseSummary,
  changeFacts,
  delegate,
  execute,
  listHolds,
  makePlan,
  object,
  releaseHold,
  revoke,
  signExceptions,
} from '../../src/journey/index.ts';
import { type DirectCase, openDirectCase } from '../support/direct-case.ts';

/*
 * One small case from plan to execution over half a year: who signs, for whom, what is taken back, what voids, which holds keep whom. The
 * tests follow one another; the store is looked at by SQL.
 */
const SHOP = `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, registered_at TEXT);
INSERT INTO customers VALUES ${Array.from({ length: 6 }, (_, i) => `(${i + 1},'测试${'甲乙丙丁戊己'[i]}','1990000000${i + 1}','2020-01-0${i + 1}')`).join(',')};`;
const MAP = { 'shop/customers': { role: 'customer', recordClass: 'marketing', standing: [], clocks: {} } };
const LABELS = ['legal-1', 'legal-2', 'it-1', 'it-2', 'liquidation-1', 'deputy-1'] as const;
type Label = (typeof LABELS)[number];

let c: DirectCase;
beforeAll(async () => {
  c = await openDirectCase(SHOP, MAP);
  for (const label of LABELS) {
    const department = label === 'deputy-1' ? 'hr' : (label.split('-')[0] as 'legal' | 'it' | 'liquidation');
    await addOfficer(c.ctx, department, label, c.keysOf(label), label === 'it-1' ? 'sm2' : 'ed25519');
  }
  await makePlan(c.ctx, 'it-2');
}, 120_000);
afterAll(() => c.close());

const signs = (label: Label, behalf: Label | null = null) => approve(c.ctx, label, c.keysOf(label), behalf);
const everybody = async () => {
  for (const label of ['legal-1', 'it-1', 'liquidation-1'] as const) await signs(label);
};
const state = () => approvalState(c.ctx);
const toldAll = () => c.ctx.store.passGate('notified', {}, []);
const left = () => c.count('customers');

describe('signatures', () => {
  test('of whoever prepared the plan, of a department without a say, and without a delegation are refused', async () => {
    await expect(signs('it-2')).rejects.toMatchObject({ code: 'preparer' });
    await expect(signs('deputy-1')).rejects.toMatchObject({ code: 'not-entitled' });
    await expect(signs('deputy-1', 'legal-1')).rejects.toMatchObject({ code: 'no-delegation' });
    expect((await state()).quorum.map((q) => q.signed.length)).toEqual([0, 0, 0]);
  });

  test('survive months and a new process; a delegate signs until the last day; the gate opens with the last of the quorum', async () => {
    await delegate(c.ctx, 'legal-1', 'deputy-1', '2026-12-31', c.keysOf('legal-1'));
    expect(await signs('it-1')).toEqual({ approved: false, missing: ['legal', 'liquidation'] });
    c.on('2026-12-31');
    expect(await approve(await c.restart(), 'deputy-1', c.keysOf('deputy-1'), 'legal-1')).toEqual({
      approved: false,
      missing: ['liquidation'],
    });
    c.on('2027-03-01');
    expect(await signs('liquidation-1')).toEqual({ approved: true, missing: [] });
    const now = await state();
    expect(now.quorum.map((q) => q.signed.map((s) => [s.officer, s.onBehalfOf, s.profile]))).toEqual([
      [['deputy-1', 'legal-1', 'ed25519']],
      [['it-1', null, 'sm2']],
      [['liquidation-1', null, 'ed25519']],
    ]);
    expect(now.delegations).toEqual([{ from: 'legal-1', to: 'deputy-1', department: 'legal', until: '2026-12-31', state: 'over' }]);
    await expect(delegate(c.ctx, 'it-1', 'it-1', '2027-12-31', c.keysOf('it-1'))).rejects.toMatchObject({ code: 'delegation-invalid' });
  });

  test('taken back before execution shut the gate; signed again they open it', async () => {
    await toldAll();
    expect(await revoke(c.ctx, 'liquidation-1', c.keysOf('liquidation-1'))).toEqual({ approved: false, missing: ['liquidation'] });
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'not-approved' });
    await expect(revoke(c.ctx, 'liquidation-1', c.keysOf('liquidation-1'))).rejects.toMatchObject({ code: 'nothing-to-revoke' });
    c.on('2027-03-02');
    expect((await signs('liquidation-1')).approved).toBe(true);
    // Who delegated takes the delegation back, and with it what was signed under it.
    expect(await revoke(c.ctx, 'legal-1', c.keysOf('legal-1'))).toEqual({ approved: false, missing: ['legal'] });
    expect((await signs('legal-2')).approved).toBe(true);
    expect((await c.ctx.store.outbox()).filter((e) => e.kind === 'approval.revoked')).toHaveLength(2);
  });

  test('do not cover changed facts, rules or decisions, and it is said which', async () => {
    await toldAll();
    expect((await state()).uncovered).toEqual([]);
    const digest = (await c.ctx.store.plan())!.digest;
    await changeFacts(c.ctx, { quorum: { legal: 2 } });
    expect(await state()).toMatchObject({
      approved: false,
      plan: { digest, voidReason: 'facts-changed' },
      uncovered: [{ part: 'facts', what: ['quorum'] }, { part: 'inventory' }, { part: 'decisions' }],
    });
    await expect(signs('legal-1')).rejects.toMatchObject({ code: 'plan-void' });
    await makePlan(c.ctx, 'it-2');
    expect((await state()).refused.map((r) => r.code)).toContain('stale-digest');
    await everybody();
    expect((await state()).approved).toBe(false);
    expect((await signs('legal-2')).approved).toBe(true);
  });

  test('do not cover a plan whose decisions somebody changed in its file', async () => {
    await toldAll();
    const [segment] = await c.ctx.store.segments('plan');
    const path = join(c.ctx.folder, 'inventory', segment!.path);
    const before = readFileSync(path);
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    await duck.run(
      `CREATE TABLE p AS SELECT * REPLACE (CASE WHEN idx = 0 THEN 'anonymise' ELSE disposition END AS disposition) FROM read_parquet('${path}')`,
    );
    await duck.run(`COPY p TO '${path}' (FORMAT parquet)`);
    duck.closeSync();
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'not-covered', detail: 'decisions' });
    writeFileSync(path, before);
    expect(left()).toBe(6);
  });
});

describe('holds', () => {
  test('entered after the signatures take their records out at once, and the signatures stay good', async () => {
    await addHold(c.ctx, {
      matter: '案-1',
      kind: 'litigation',
      approvedBy: 'legal-1',
      until: null,
      record: 'shop/customers:2',
      custodian: 'legal',
      reviewOn: '2027-04-01',
    });
    await object(c.ctx, 3, 'objection');
    expect(await state()).toMatchObject({ approved: true, exceptions: { now: 2, signed: 0, lost: 0 }, uncovered: [] });
    const summary = await caseSummary(c.ctx);
    expect(summary.ledger[0]).toMatchObject({ delete: 4, hold: 2, balanced: true });
  });

  test('are signed by Legal only, and then none may go missing', async () => {
    await expect(signExceptions(c.ctx, 'it-1', c.keysOf('it-1'))).rejects.toMatchObject({ code: 'unknown-officer' });
    expect(await signExceptions(c.ctx, 'legal-1', c.keysOf('legal-1'))).toEqual({ count: 2 });
    expect((await state()).exceptions).toEqual({ now: 2, signed: 2, lost: 0 });
    // Somebody with the database takes a hold away.
    const { facts } = await c.ctx.store.record();
    await c.ctx.store.saveFacts({ ...facts, holds: [] }, []);
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'exception-lost' });
    expect(left()).toBe(6);
    await c.ctx.store.saveFacts(facts, []);
  });

  test('are an open item once their review is due, and are released by Legal only, with a reason', async () => {
    expect((await listHolds(c.ctx)).due).toEqual([]);
    c.on('2027-04-02');
    expect((await caseSummary(c.ctx)).openItems).toContainEqual(
      expect.objectContaining({ kind: 'hold-review', owner: 'legal', detail: 'review-passed 案-1' }),
    );
    await expect(releaseHold(c.ctx, '案-1', { by: 'it-1', reason: '结案' })).rejects.toMatchObject({ code: 'unknown-officer' });
    await expect(releaseHold(c.ctx, '案-1', { by: 'legal-1', reason: ' ' })).rejects.toMatchObject({ code: 'hold-without-reason' });
    await expect(releaseHold(c.ctx, '案-9', { by: 'legal-1', reason: '结案' })).rejects.toMatchObject({ code: 'hold-on-nobody' });
  });

  test('released free nothing before a new plan is made and signed', async () => {
    await releaseHold(c.ctx, '案-1', { by: 'legal-1', reason: '调解书已履行' });
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'plan-void' });
    await makePlan(c.ctx, 'it-2');
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'not-approved' });
    await everybody();
    await expect(execute(c.ctx, c.ctx.code)).rejects.toMatchObject({ code: 'not-approved' });
    await signs('legal-2');
    expect(left()).toBe(6);
    const holds = (await c.ctx.store.record()).facts.holds!;
    expect(holds.map((h) => [h.matter, h.released?.by, h.released?.reason])).toEqual([['案-1', 'legal-1', '调解书已履行']]);
  });

  test('follow their customer into a new inventory, and keep the approval shut when the customer cannot be found', async () => {
    await addHold(c.ctx, { matter: '案-2', kind: 'litigation', approvedBy: 'legal-1', until: null, record: 'shop/customers:5' });
    const again = async () => {
      await c.ctx.store.clearGates(['inventoried', 'planned']);
      await c.ctx.store.saveReport('inventory', { dataMap: '' }, []);
      await makePlan(c.ctx, 'it-2');
    };
    c.sql('DELETE FROM customers WHERE id = 1');
    await again();
    const held = async () => (await caseSummary(c.ctx)).ledger[0]!.hold;
    // Numbers of subjects are others now; the hold and the objection are still on customers 5 and 4.
    expect(await held()).toBe(2);
    expect((await listHolds(c.ctx)).due.map((i) => i.detail)).toEqual(['review-unset 案-2', 'custodian-unset 案-2']);
    c.sql('DELETE FROM customers WHERE id = 5');
    await again();
    expect((await c.ctx.store.openItems()).filter((i) => i.kind === 'hold-lost').map((i) => i.detail)).toEqual(['案-2']);
    await expect(signs('legal-1')).rejects.toMatchObject({ code: 'hold-lost' });
    await releaseHold(c.ctx, '案-2', { by: 'legal-1', reason: '客户已不在' });
    await makePlan(c.ctx, 'it-2');
    await everybody();
    await signs('legal-2');
    await toldAll();
    c.on('2027-06-01');
    await execute(c.ctx, c.ctx.code);
    expect(c.ids('customers')).toEqual([4]);
    await expect(revoke(c.ctx, 'legal-1', c.keysOf('legal-1'))).rejects.toMatchObject({ code: 'already-executed' });
  });
});
