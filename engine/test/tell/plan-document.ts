// SPDX-License-Identifier: Apache-2.0
import { loadPack } from '../../src/decide/law/index.ts';
import { compileTimeline } from '../../src/decide/timeline/index.ts';
import { viewRisks } from '../../src/govern/risks/index.ts';
import { lawOf } from '../../src/journey/timeline.ts';
import type { PlanDocument } from '../../src/tell/documents/index.ts';

/** An invented plan with something in every section; `more` replaces parts of it. */
export function planDocument(more: Partial<PlanDocument> = {}): PlanDocument {
  const rule = (id: string) => loadPack().find((r) => r.id === id)!;
  return {
    company: '䶮𠅤客户服务有限公司（虚构）',
    caseCode: 'FIXTURE-2026',
    demo: false,
    injectedClock: false,
    plan: {
      version: 2,
      digest: '0123456789abcdef'.repeat(4),
      preparedBy: 'case-lead',
      preparedAt: '2026-10-20T01:00:00.000Z',
      state: 'approved',
      voidReason: null,
    },
    facts: {
      sectors: ['retail-b2c'],
      route: 'liquidation',
      today: '2026-10-20',
      dissolution: '2026-08-31',
      role: 'controller',
      conditions: ['consumer'],
      notConditions: [],
      confirmed: ['acct-t1'],
      refused: ['child-20'],
    },
    sources: [{ name: 'shop', kind: 'postgres', datasets: 2, records: 1_300 }],
    datasets: [
      { dataset: 'shop/public.customers', role: 'customer', recordClass: 'account', records: 1_000, personal: 4, sensitive: 1 },
      { dataset: 'shop/public.invoices', role: 'customer', recordClass: 'invoice', records: 300, personal: 2, sensitive: 0 },
    ],
    subjects: { all: 987, minors: 6, core: 41 },
    groups: [
      { dataset: 'shop/public.customers', disposition: 'delete', until: null, rules: ['pipl-47'], reason: 'service-ceased', records: 990 },
      { dataset: 'shop/public.customers', disposition: 'hold', until: null, rules: ['cplr-22'], reason: 'obligation-owed', records: 7 },
      { dataset: 'shop/public.customers', disposition: 'gap', until: null, rules: [], reason: 'standing-conflict', records: 3 },
      {
        dataset: 'shop/public.invoices',
        disposition: 'archive',
        until: '2056-12-31',
        rules: ['acct-t1'],
        reason: 'retention-running',
        records: 300,
      },
    ],
    rules: [
      { rule: rule('pipl-47'), records: 990, until: null, verdict: null },
      {
        rule: rule('acct-t1'),
        records: 300,
        until: '2056-12-31',
        verdict: { said: 'confirmed', by: 'legal-1', at: '2026-10-19T18:00:00.000Z' },
      },
      { rule: rule('child-20'), records: 0, until: null, verdict: { said: 'refused', by: 'legal-1', at: '2026-10-19T18:00:00.000Z' } },
    ],
    samePack: true,
    fields: [{ dataset: 'shop/public.invoices', field: 'buyer_birth_date', kept: 0, gone: 300 }],
    openItems: [
      { kind: 'gap', owner: 'sales', source: 'shop', dataset: 'public.customers', field: null, count: 3, detail: 'standing-conflict' },
      { kind: 'hazard', owner: 'it', source: 'shop', dataset: 'public.customers', field: null, count: 1, detail: 'trigger soft_delete' },
    ],
    exceptions: [{ reason: 'objection 2026-10-21', subjects: 2, records: 11 }],
    approvals: [
      { department: 'legal', label: 'legal-1', at: '2026-10-20T02:00:00.000Z', key: 'ab'.repeat(32) },
      { department: 'it', label: 'it-1', at: '2026-10-20T02:01:00.000Z', key: 'cd'.repeat(32) },
      { department: 'liquidation', label: 'liquidation-1', at: '2026-10-20T02:02:00.000Z', key: 'ef'.repeat(32) },
    ],
    ...more,
  };
}

/** The annexes of an invented case: its timeline, one due year, one risk. */
export function annexes(): Pick<PlanDocument, 'timeline' | 'risks'> {
  const { facts } = planDocument();
  const timeline = compileTimeline({
    route: 'liquidation',
    today: facts.today,
    days: { dissolution: '2026-08-31', 'group-formed': '2026-09-10' },
    done: new Set(),
    law: lawOf(loadPack(), facts),
  });
  const due = [{ year: 2057, rules: 'acct-t1', records: 300, first: '2057-01-01', last: '2057-01-01' }];
  const risks = viewRisks({
    today: facts.today,
    datasets: [{ role: 'customer', source: 'postgres', records: 1_000, sensitive: 1, categories: ['phone', 'id_card'] }],
    subjects: { all: 987, minors: 6 },
    offline: [],
    processors: 0,
    openItems: [],
    reached: { planned: true, notified: false, executed: false, verified: false, evidenced: false },
    timeline,
    unapprovedHolds: 0,
    unverifiedRules: 0,
    treatedApart: 0,
    recipientUntold: false,
    rule: (id) => loadPack().find((r) => r.id === id) ?? null,
  });
  return { timeline: { timeline, due }, risks };
}

/** The same plan before anybody signed. */
export function draftDocument(more: Partial<PlanDocument> = {}): PlanDocument {
  const doc = planDocument(more);
  return {
    ...doc,
    plan: { ...doc.plan, state: 'draft' },
    approvals: doc.approvals.map((a) => ({ ...a, label: null, at: null, key: null })),
  };
}

/** A plan of so many datasets, each with all its records deleted. */
export function longDocument(datasets: number): PlanDocument {
  const lines = Array.from({ length: datasets }, (_, i) => ({
    dataset: `warehouse/archive_schema.customer_relationship_history_partition_${String(i).padStart(4, '0')}`,
    role: 'customer' as const,
    recordClass: 'order' as const,
    records: 1_000_000 + i,
    personal: 3,
    sensitive: 0,
  }));
  return planDocument({
    sources: [{ name: 'warehouse', kind: 'postgres', datasets, records: lines.reduce((n, l) => n + l.records, 0) }],
    datasets: lines,
    groups: lines.map(({ dataset, records }) => ({
      dataset,
      disposition: 'delete',
      until: null,
      rules: ['pipl-47'],
      reason: 'service-ceased',
      records,
    })),
    openItems: lines.map((l) => ({
      kind: 'hazard',
      owner: 'it',
      source: 'warehouse',
      dataset: l.dataset.slice('warehouse/'.length),
      field: null,
      count: 1,
      detail: 'no-key x',
    })),
  });
}
