// SPDX-License-Identifier: Apache-2.0
import { type CountedDataset, viewRisks } from '../govern/risks/index.ts';
import type { RiskView } from '../model/risk.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, today } from './context.ts';
import { openCaseInventory } from './inventory.ts';
import { offlineStores } from './offline.ts';
import type { DecisionCount } from './plan.ts';
import { windDownTimeline } from './timeline.ts';

/** The risks of a case as they can be counted now; steps of the timeline as they stand on `day`. */
export async function caseRisks(ctx: CaseContext, day = today(ctx)): Promise<RiskView> {
  const { store } = ctx;
  const { facts } = await store.record();
  const gates = await store.gates();
  const timeline = await windDownTimeline(ctx, day);
  const rules = caseRules(ctx);
  const stores = Object.values(await offlineStores(ctx));
  const { successor } = facts;
  return viewRisks({
    today: timeline.today,
    datasets: await countedDatasets(ctx),
    subjects: await subjects(ctx),
    offline: stores.map(({ form, state }) => ({ medium: form.medium, units: form.units, verified: state.verified?.count ?? 0 })),
    processors: new Set(facts.processors ?? []).size,
    openItems: await store.openItems(),
    reached: {
      planned: gates.has('planned'),
      notified: gates.has('notified'),
      executed: gates.has('executed'),
      verified: gates.has('verified'),
      evidenced: gates.has('evidenced'),
    },
    timeline,
    unapprovedHolds: (facts.holds ?? []).filter((h) => h.approvedBy === null).length,
    unverifiedRules: await unverifiedRules(ctx),
    treatedApart: new Set((await store.exceptions()).map((e) => e.subject)).size,
    recipientUntold: successor?.name !== undefined && !successor.noticeSentOn,
    rule: (id) => rules.find((r) => r.id === id) ?? null,
  });
}

async function countedDatasets(ctx: CaseContext): Promise<CountedDataset[] | null> {
  const map = (await ctx.store.dataMap())?.map;
  if (!map) return null;
  const kinds = new Map((await ctx.store.sources()).map((s) => [s.name, s.kind]));
  return map.datasets.map((d) => ({
    role: d.role,
    source: kinds.get(d.source) ?? 'files',
    records: d.rows,
    sensitive: d.fields.filter((f) => f.sensitivity === 'sensitive').length,
    categories: d.fields.flatMap((f) => f.category ?? []),
  }));
}

async function subjects(ctx: CaseContext): Promise<{ all: number; minors: number } | null> {
  if ((await ctx.store.segments('subjects')).length === 0) return null;
  const inventory = await openCaseInventory(ctx);
  try {
    for await (const row of inventory.query<{ everyone: number; minors: number }>(
      `SELECT count(DISTINCT s.subject) AS everyone, count(DISTINCT CASE WHEN r.minor THEN s.subject END) AS minors
       FROM subjects s JOIN records r USING (idx) WHERE s.subject IS NOT NULL`,
    ))
      return { all: row.everyone, minors: row.minors };
    return null;
  } finally {
    await inventory.close();
  }
}

/** Rules that decide records of the present plan and whose row nobody compared with a text. */
async function unverifiedRules(ctx: CaseContext): Promise<number | null> {
  const plan = await ctx.store.plan();
  if (!plan || plan.voidReason !== null) return null;
  const used = new Set((plan.body['counts'] as DecisionCount[]).flatMap((c) => c.rules.split(',')));
  return caseRules(ctx).filter((r) => used.has(r.id) && r.verified !== true).length;
}
