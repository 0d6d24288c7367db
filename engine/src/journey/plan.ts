// SPDX-License-Identifier: Apache-2.0
import { copyFileSync, existsSync } from 'node:fs';
import { standingHolds } from '../decide/approve/index.ts';
import { packDigest } from '../decide/law/index.ts';
import { planDigest } from '../decide/plan/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { OpenItem } from '../model/open-item.ts';
import { decisionsRoot, planBasis } from './authority.ts';
import { severalSubjects } from './document-subjects.ts';
import { ownerOfGap } from './owners.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { verifyContracts } from './contracts.ts';
import { caseRules } from './case-rules.ts';
import { previousPlan } from './compare-plans.ts';
import { compileCase, idleHolds } from './compile-case.ts';
import { resolveHolds } from './holds.ts';
import { openCaseInventory, takeInventory } from './inventory.ts';
import { writeDurable } from '../kit/index.ts';
import { join } from 'node:path';

/** Compiles the plan over the whole inventory and fixes its digest. A new plan voids the signatures of the old one. */
export async function makePlan(ctx: CaseContext, preparedBy: string): Promise<void> {
  await takeInventory(ctx);
  await verifyContracts(ctx);
  const gates = await ctx.store.gates();
  if (gates.has('planned')) return;
  const { map, digest: dataMapDigest } = (await ctx.store.dataMap())!;
  const stored = (await ctx.store.record()).facts;
  const rules = caseRules(ctx);
  await keepPreviousPlan(ctx);
  await ctx.store.dropSegments(['plan', 'outcomes']);
  let idle: readonly string[] = [];
  let facts: CaseFacts = { ...stored, today: today(ctx) };
  let lost: readonly OpenItem[] = [];
  const inventory = await openCaseInventory(ctx);
  try {
    const found = await resolveHolds(ctx, inventory, stored.holds ?? []);
    lost = found.lost;
    if (stored.holds !== undefined) facts = { ...facts, holds: found.holds };
    ctx.progress({ step: 'plan', unit: '', done: 0, total: 1 });
    idle = await idleHolds(inventory, standingHolds(facts.holds));
    const segment = await inventory.copyToSegment('plan', await compileCase(inventory, map, facts, rules));
    await ctx.store.addSegments([{ ...segment, dataset: null, firstIndex: 0 }], null);
  } finally {
    await inventory.close();
  }
  const planned = await openCaseInventory(ctx);
  try {
    const decisions = await decisionsRoot(planned);
    const inventoryBody = gates.get('inventoried')!.body;
    const parts = {
      dataMap: dataMapDigest,
      rules: packDigest(rules),
      facts,
      standing: String(gates.get('contracts-verified')!.body['basis']),
      inventoryRoot: String(inventoryBody['root']),
      decisionsRoot: decisions,
      holds: facts.holds ?? [],
    };
    const digest = planDigest(parts);
    const counts = await countDecisions(planned);
    const used = [...new Set(counts.flatMap((c) => c.rules.split(',')).filter(Boolean))];
    const body = { digest, preparedBy, parts, counts };
    await ctx.store.replaceOpenItems('plan', [
      ...openItems(counts),
      ...idle.map(idleHold),
      ...lost,
      ...(await severalSubjects(planned, map)),
    ]);
    writeDurable(join(folders(ctx).inventory, 'data-map.yaml'), JSON.stringify(map, null, 1) + '\n');
    writeDurable(join(folders(ctx).inventory, 'plan.json'), JSON.stringify({ ...body, rulesUsed: used }, null, 1));
    await ctx.store.saveReport('plan-basis', await planBasis(ctx, digest, map, rules), []);
    ctx.crash('plan.written');
    await ctx.store.savePlan({ digest, body, preparedBy }, [entry(ctx, 'plan.compiled', body)]);
    await ctx.store.passGate('planned', { digest }, []);
    ctx.progress({ step: 'plan', unit: '', done: 1, total: 1 });
  } finally {
    await planned.close();
  }
}

export interface DecisionCount {
  readonly dataset: string;
  readonly disposition: string;
  readonly reason: string;
  readonly rules: string;
  readonly until: string | null;
  readonly records: number;
  readonly example: number;
}

/** Decisions grouped for people: how many records of a dataset end how, why, by which rule, until when at the latest. */
export async function countDecisions(inventory: Inventory): Promise<DecisionCount[]> {
  const out: DecisionCount[] = [];
  const sql = `SELECT dataset, disposition, reason, coalesce(rules, '') AS rules, CAST(max(until) AS VARCHAR) AS until, count(*) AS records, min(idx) AS example
               FROM plan GROUP BY ALL ORDER BY dataset, disposition, reason, rules`;
  for await (const row of inventory.query<DecisionCount>(sql)) out.push(row);
  return out;
}

function openItems(counts: readonly DecisionCount[]): OpenItem[] {
  return counts
    .filter((c) => c.disposition === 'gap')
    .map((c) => ({
      kind: 'gap',
      owner: ownerOfGap(c.reason),
      source: c.dataset.split('/')[0]!,
      dataset: c.dataset.slice(c.dataset.indexOf('/') + 1),
      field: null,
      count: c.records,
      examples: [c.example],
      detail: [c.reason, c.rules].filter(Boolean).join(' '),
    }));
}

function idleHold(matter: string): OpenItem {
  return { kind: 'hold-on-nobody', owner: 'legal', source: null, dataset: null, field: null, count: 0, examples: [], detail: matter };
}

/** The decisions that a new plan replaces stay readable for `plan diff`; only the last ones. */
async function keepPreviousPlan(ctx: CaseContext): Promise<void> {
  const [old] = await ctx.store.segments('plan');
  const file = old && join(folders(ctx).inventory, old.path);
  if (file && existsSync(file)) copyFileSync(file, previousPlan(ctx));
}
