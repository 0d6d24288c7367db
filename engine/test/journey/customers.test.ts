// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, assemble } from '../../src/assemble.ts';
import { applyDataMapFile } from '../../src/config/index.ts';
import {
  type CaseContext,
  type CustomerOverview,
  addHold,
  addOfficer,
  addSource,
  changeFacts,
  customerOverview,
  decideIdentity,
  discoverSources,
  explainCustomer,
  listRule,
  makePlan,
  openCase,
  qualityReport,
  reviewList,
  setTierRule,
  takeInventory,
} from '../../src/journey/index.ts';
import { makeEstate, generateSample, sampleCorrections } from '../../src/sample/index.ts';
import { type Cluster, openCluster } from '../../src/store/index.ts';
import type { CaseFacts } from '../../src/model/case.ts';

/*
 * The sample company's customers, by the journey itself: what is found is what the generator planted. Life's troubles: a switchboard, two people of one household
 * with one phone, one person under two spellings and phones, children, firms, wrong check digits, days that are none.
 */
const TODAY = '2026-10-20';
const [CUSTOMERS, SEED] = [200, 3];
const { planted } = makeEstate(CUSTOMERS, SEED, TODAY);
const folder = mkdtempSync(join(tmpdir(), 'shc-'));
const FACTS: CaseFacts = {
  sectors: ['retail-b2c'],
  route: 'liquidation',
  today: TODAY,
  dissolution: '2026-08-31',
  role: 'controller',
  conditions: ['purpose-ended'],
  notConditions: [],
  confirmed: [],
  refused: [],
};

let cluster: Cluster;
let assembly: Assembly;
let ctx: CaseContext;

beforeAll(async () => {
  const estate = join(folder, 'estate');
  mkdirSync(estate, { recursive: true });
  cluster = await openCluster(join(estate, 'pg'));
  await cluster.ensureDatabase('orders', 'sample_owner');
  const ordersDatabase = { host: cluster.host, user: cluster.superuser, database: 'orders' };
  await generateSample({ folder: estate, customers: CUSTOMERS, seed: SEED, ordersDatabase, members: null, today: TODAY });
  const settings = {
    dataFolder: join(folder, 'data'),
    keysFolder: join(folder, 'keys'),
    databaseUrl: null,
    lang: 'zh',
    passphrase: null,
    officerPassphrase: null,
  } as const;
  assembly = await assemble({ settings, env: { READ: 'sample_read:sample' }, crash: () => undefined, progress: () => undefined });
  const clock = `${TODAY}T09:00:00+08:00`;
  await openCase(
    assembly.directory,
    { now: () => new Date(clock) },
    { code: 'CUST-2026', company: '示例零售有限公司（虚构）', facts: FACTS, demo: true, clockStart: clock },
  );
  ctx = await assembly.context('CUST-2026', 'test only');
  await addOfficer(ctx, 'sales', 'sales-1', assembly.officerKeys('CUST-2026', 'test only too'));
  const credentials = { read: 'env:READ', verify: 'env:READ' };
  await addSource(ctx, {
    name: 'orders',
    kind: 'postgres',
    locator: `postgres:///orders?host=${encodeURIComponent(cluster.host)}`,
    credentials,
  });
  await addSource(ctx, { name: 'crm', kind: 'sqlite', locator: join(estate, 'crm.db'), credentials: {} });
  await addSource(ctx, { name: 'marketing', kind: 'files', locator: join(estate, 'marketing.csv'), credentials: {} });
  await addSource(ctx, { name: 'sales', kind: 'files', locator: join(estate, 'sales-leads.xlsx'), credentials: {} });
  await discoverSources(ctx, (draft) => applyDataMapFile(draft, JSON.stringify(sampleCorrections(false)), 'test'));
  await takeInventory(ctx);
}, 120_000);

afterAll(async () => {
  await assembly.close();
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

const account = (no: number) => `orders/public.accounts:${no}`;
const sum = (o: CustomerOverview, is: (c: CustomerOverview['counts'][number]) => boolean) =>
  o.counts.filter(is).reduce((n, c) => n + c.subjects, 0);

describe('customers', () => {
  test('are as many as were made, and of the kinds they were made', async () => {
    const o = await customerOverview(ctx);
    expect([o.subjects, sum(o, (c) => c.kind === 'minor'), sum(o, (c) => c.kind === 'organisation')]).toEqual([
      CUSTOMERS + planted.firms,
      planted.children,
      planted.firms,
    ]);
    expect(sum(o, (c) => c.kind === 'minor' && c.age === 'under-14' && c.sure === 'stated')).toBe(planted.children);
    expect(sum(o, (c) => c.kind === 'person')).toBe(CUSTOMERS - planted.children);
    expect(o.others).toEqual([
      { role: 'staff', records: 3 },
      { role: 'supplier', records: 4 },
    ]);
  });

  test('one person under two names and two phones is one, and says by which identifiers', async () => {
    const person = await explainCustomer(ctx, account(19));
    expect(person.differs).toEqual(
      expect.arrayContaining([
        { what: 'names', values: 2 },
        { what: 'phones', values: 2 },
      ]),
    );
    const number = person.joins.find((j) => j.by === 'customer_no');
    expect(number).toMatchObject({ strength: 'hard' });
    expect(number!.places.map((p) => `${p.dataset}.${p.field}`)).toEqual([
      'crm/customers.customer_no',
      'orders/public.accounts.customer_no',
    ]);
    expect(person.records.map((r) => r.dataset)).toContain('crm/contracts');
  });

  test('two people of one household stay two, though they share a phone', async () => {
    const [one, other] = [await explainCustomer(ctx, account(29)), await explainCustomer(ctx, account(30))];
    expect(one.subject).not.toBe(other.subject);
    expect(one.notJoined).toEqual([expect.objectContaining({ by: 'phone', reason: 'numbers-differ' })]);
    expect(other.notJoined[0]!.reference).toBe(one.notJoined[0]!.reference);
  });

  test('what waits for a person is the switchboard and the households, with places and owners', async () => {
    const { total, entries } = await reviewList(ctx, 50);
    expect(total).toBe(1 + planted.family);
    const [board, ...families] = entries;
    expect(board).toMatchObject({ by: 'phone', reason: 'over-cap', subjects: planted.switchboard, owner: 'marketing' });
    expect(board!.places).toEqual([{ dataset: 'crm/customers', field: 'phone', records: planted.switchboard }]);
    expect(new Set(families.map((f) => `${f.by} ${f.reason} ${f.owner}`))).toEqual(new Set(['phone numbers-differ sales']));
    const items = await ctx.store.openItems();
    expect(items.filter((i) => i.kind === 'shared-identifier').map((i) => i.count)).toEqual([planted.switchboard]);
    expect(items.some((i) => i.kind === 'identity-conflict' && i.owner === 'sales')).toBe(true);
  });

  test('nothing about them stands in clear in the case folder', async () => {
    const { accounts } = makeEstate(CUSTOMERS, SEED, TODAY).orders;
    const files = readdirSync(join(folder, 'data', 'CUST-2026'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
    const all = files.map((e) => readFileSync(join(e.parentPath, e.name)).toString('latin1')).join('\n');
    const said = JSON.stringify([await explainCustomer(ctx, account(19)), await reviewList(ctx, 50), await qualityReport(ctx)]);
    for (const a of accounts)
      for (const value of [a['phone'], a['id_card'], a['email'], a['real_name']])
        if (value !== null)
          expect(all.includes(Buffer.from(String(value)).toString('latin1')) || said.includes(String(value)), String(a['id'])).toBe(false);
  });
});

describe('data quality', () => {
  const found = async (code: string, dataset: string) =>
    (await qualityReport(ctx)).filter((l) => l.code === code && l.dataset === dataset).reduce((n, l) => n + l.count, 0);

  test('finds what was planted, each in its column', async () => {
    expect(await found('check-digit', 'orders/public.accounts')).toBe(planted.wrongCheckDigit);
    expect(await found('birth-against-number', 'orders/public.accounts')).toBe(planted.birthAgainstNumber);
    expect(await found('end-before-start', 'crm/contracts')).toBe(planted.endBeforeStart);
    expect(await found('placeholder-date', 'crm/customers')).toBe(planted.zeroDate);
    expect(await found('identical-rows', 'orders/public.login_log')).toBe(2);
    expect(await found('same-person-twice', 'orders/public.accounts')).toBe(0);
    const names = (await qualityReport(ctx)).find(
      (l) => l.code === 'names' && l.against === 'orders/public.accounts.real_name' && l.dataset === 'crm/customers',
    );
    expect(names).toMatchObject({ field: 'name', count: planted.threeSpellings, owner: 'sales', decide: false });
  });

  test('makes open items only of what must be settled first', async () => {
    const items = (await ctx.store.openItems()).filter((i) => i.kind === 'data-quality');
    expect(new Set(items.map((i) => i.detail.split(' ')[0]))).toEqual(new Set(['birth-against-number', 'end-before-start']));
    expect(items.every((i) => i.examples.length > 0 && i.field !== null)).toBe(true);
  });

  test('a day that stands for none starts no clock', async () => {
    const gap = (await ctx.store.openItems()).find((i) => i.kind === 'gap' && i.detail === 'placeholder-date');
    expect(gap).toMatchObject({ dataset: 'customers', field: 'created_on', count: planted.zeroDate });
  });
});

describe('core customers', () => {
  test('are told by the rule of the case, and the plan is the same for any rule', async () => {
    await makePlan(ctx, 'case-lead');
    const { digest } = (await ctx.store.plan())!;
    const core = async () => sum(await customerOverview(ctx), (c) => c.tier === 'core');
    const { orders, crm } = makeEstate(CUSTOMERS, SEED, TODAY);
    const usual = await core();
    expect(usual).toBeGreaterThan(0);

    await setTierRule(ctx, { by: 'column', dataset: 'crm/customers', column: 'level', values: ['A'] });
    expect(await core()).toBe(crm.customers.filter((c) => c['level'] === 'A' && c['kind'] === 'customer').length);

    const spent = new Map<number, number>();
    for (const o of orders.orders) spent.set(Number(o['account_id']), (spent.get(Number(o['account_id'])) ?? 0) + Number(o['amount']));
    await setTierRule(ctx, { by: 'amount', dataset: 'orders/public.orders', column: 'amount', day: null, months: null, atLeast: 300 });
    expect(await core()).toBe([...spent.values()].filter((n) => n >= 300).length);

    const recent = new Set(orders.orders.filter((o) => String(o['ordered_at']).slice(0, 10) >= '2025-02-28').map((o) => o['account_id']));
    await setTierRule(ctx, {
      by: 'amount',
      dataset: 'orders/public.orders',
      column: 'amount',
      day: 'ordered_at',
      months: 18,
      atLeast: 0.01,
    });
    expect(await core()).toBe(recent.size);

    await setTierRule(ctx, listRule(ctx, ['C100001', 'customer2@example.com', 'nobody']));
    expect(await core()).toBe(2);
    expect(JSON.stringify(await customerOverview(ctx))).not.toContain('C100001');

    await setTierRule(ctx, null);
    expect(await core()).toBe(usual);
    expect((await ctx.store.plan())!.voidReason).toBeNull();
    await ctx.store.clearGates(['planned']);
    await makePlan(ctx, 'case-lead');
    expect((await ctx.store.plan())!.digest).toBe(digest);
  });

  test('a rule about a column that is not there is refused', async () => {
    const rule = { by: 'column', dataset: 'crm/customers', column: 'vip', values: ['1'] } as const;
    await expect(setTierRule(ctx, rule)).rejects.toMatchObject({ code: 'unknown-column' });
  });
});

test('subjects that a run lost on its way are made again, the same', async () => {
  const before = await customerOverview(ctx);
  await ctx.store.dropSegments(['subjects', 'customers']);
  await expect(customerOverview(ctx)).rejects.toMatchObject({ code: 'not-inventoried' });
  await takeInventory(ctx);
  expect(await customerOverview(ctx)).toEqual(before);
  await makePlan(ctx, 'case-lead');
});

describe('a person decides', () => {
  const by = 'sales-1';

  test('needs an officer, a reference that is one, and a reason that names nobody', async () => {
    const reference = (await reviewList(ctx, 1)).entries[0]!.reference!;
    const order = { about: [[reference]] as const, same: false, why: '总机', by };
    await expect(decideIdentity(ctx, { ...order, by: 'stranger' })).rejects.toMatchObject({ code: 'unknown-officer' });
    await expect(decideIdentity(ctx, { ...order, about: [['ffffffffffff']] })).rejects.toMatchObject({ code: 'unknown-review' });
    await expect(decideIdentity(ctx, { ...order, about: [['x']] })).rejects.toMatchObject({ code: 'unknown-review' });
    await expect(decideIdentity(ctx, { ...order, why: '机主电话 13900000000' })).rejects.toMatchObject({ code: 'reason-names-somebody' });
    await expect(decideIdentity(ctx, { ...order, about: [[account(1), account(1)]] })).rejects.toMatchObject({ code: 'several-meant' });
  });

  test('not the same: nothing waits any more; the same: one customer, and the plan before is void', async () => {
    const board = (await reviewList(ctx, 1)).entries[0]!.reference!;
    await decideIdentity(ctx, { about: [[board]], same: false, why: '公司总机', by });
    expect((await reviewList(ctx, 50)).entries.map((e) => e.reason)).not.toContain('over-cap');
    expect((await ctx.store.plan())!.voidReason).toBe('subjects-changed');
    expect((await ctx.store.gates()).has('planned')).toBe(false);

    const household = (await explainCustomer(ctx, account(30))).notJoined[0]!.reference;
    await addHold(ctx, {
      matter: 'H-1',
      kind: 'litigation',
      approvedBy: null,
      until: null,
      subject: (await explainCustomer(ctx, account(40))).subject,
    });
    await decideIdentity(ctx, { about: [[household]], same: true, why: '同一人，先后两个证件号', by });
    const joined = await explainCustomer(ctx, account(30));
    expect((await explainCustomer(ctx, account(29))).subject).toBe(joined.subject);
    expect(joined.decisions.map((d) => [d.same, d.by])).toEqual([[true, by]]);
    // The customers after them have other numbers now; the hold still means the one it meant.
    const { facts } = await ctx.store.record();
    expect(facts.holds!.map((h) => h.subject)).toEqual([(await explainCustomer(ctx, account(40))).subject]);
    expect((await ctx.store.outbox()).filter((e) => e.kind === 'subjects.decided')).toHaveLength(2);
  });

  test('two records are one, though nothing links them', async () => {
    await decideIdentity(ctx, { about: [[account(51), account(52)]], same: true, why: '客户来函说明', by });
    expect((await explainCustomer(ctx, account(51))).subject).toBe((await explainCustomer(ctx, account(52))).subject);
  });

  test('and all of it survives a new discovery and inventory', async () => {
    const before = await customerOverview(ctx);
    await discoverSources(ctx, (draft) => ({
      ...draft,
      datasets: draft.datasets.map((d) => (d.id === 'sales/sales-leads.xlsx#客户跟进' ? { ...d, clocks: {} } : d)),
    }));
    await takeInventory(ctx);
    const after = await customerOverview(ctx);
    expect([after.subjects, after.reviews, after.decisions.length]).toEqual([before.subjects, before.reviews, 3]);
    expect((await explainCustomer(ctx, account(29))).subject).toBe((await explainCustomer(ctx, account(30))).subject);
    expect((await explainCustomer(ctx, account(51))).subject).toBe((await explainCustomer(ctx, account(52))).subject);
    await decideIdentity(ctx, { about: [[account(51), account(52)]], same: false, why: '误认', by });
    expect((await explainCustomer(ctx, account(51))).subject).not.toBe((await explainCustomer(ctx, account(52))).subject);
  });

  test('is too late once somebody was taken out of destruction under the present numbers', async () => {
    await changeFacts(ctx, { holds: [] });
    await ctx.store.addException(1, 'objection', []);
    await expect(decideIdentity(ctx, { about: [[account(1), account(2)]], same: true, why: '误认', by })).rejects.toMatchObject({
      code: 'already-told',
    });
  });
});
