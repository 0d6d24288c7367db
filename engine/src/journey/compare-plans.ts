// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Rule } from '../model/law.ts';
import { caseRules } from './case-rules.ts';
import { compileCase } from './compile-case.ts';
import { type CaseContext, folders, today } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';
import { quoted } from './sql.ts';

/** Records that move alike from one plan to another, with the inventory number of one of them. */
export interface Move {
  readonly dataset: string;
  readonly from: string;
  readonly fromUntil: string | null;
  readonly fromRules: string;
  readonly to: string;
  readonly toUntil: string | null;
  readonly toRules: string;
  readonly records: number;
  readonly example: number;
}

/** What may be other than it is: facts of the case, the rules, or roles and record classes of the data map. */
export interface Change {
  readonly facts?: Partial<CaseFacts>;
  readonly rules?: readonly Rule[];
  readonly map?: DataMap;
}

/** The records that would end otherwise if facts or rules were other; nothing is changed. Throws JourneyError `not-planned`. */
export async function whatIf(ctx: CaseContext, change: Change): Promise<readonly Move[]> {
  const stored = await ctx.store.dataMap();
  if (!stored || (await ctx.store.segments('plan')).length === 0) throw new JourneyError('not-planned');
  // As planned, so that only the change moves anything: not the days that have passed since.
  const planned = (await ctx.store.plan())?.body['parts'] as { facts: CaseFacts } | undefined;
  const facts = { ...(planned?.facts ?? { ...(await ctx.store.record()).facts, today: today(ctx) }), ...change.facts };
  const inventory = await openCaseInventory(ctx);
  try {
    return await moves(inventory, 'plan', await compileCase(inventory, change.map ?? stored.map, facts, change.rules ?? caseRules(ctx)));
  } finally {
    await inventory.close();
  }
}

/** What the present plan decides otherwise than the one before it. Throws JourneyError `not-planned` when there are not two. */
export async function diffPlans(ctx: CaseContext): Promise<readonly Move[]> {
  const before = previousPlan(ctx);
  if (!existsSync(before) || (await ctx.store.segments('plan')).length === 0) throw new JourneyError('not-planned');
  const inventory = await openCaseInventory(ctx);
  try {
    await inventory.run(`CREATE TABLE plan_before AS SELECT * FROM read_parquet(${quoted(before)})`);
    return await moves(inventory, 'plan_before', 'SELECT * FROM plan');
  } finally {
    await inventory.close();
  }
}

/** Where the decisions of the last plan but one are kept, for `plan diff`. */
export function previousPlan(ctx: CaseContext): string {
  return join(folders(ctx).inventory, 'plan-before.parquet');
}

async function moves(inventory: Inventory, before: string, after: string): Promise<readonly Move[]> {
  const out: Move[] = [];
  const sql = `SELECT b.dataset AS dataset, b.disposition AS "from", CAST(b.until AS VARCHAR) AS "fromUntil", coalesce(b.rules, '') AS "fromRules",
      a.disposition AS "to", CAST(a.until AS VARCHAR) AS "toUntil", coalesce(a.rules, '') AS "toRules", count(*) AS records, min(b.idx) AS example
    FROM ${before} b JOIN (${after}) a ON a.idx = b.idx
    WHERE (b.disposition, b.until, coalesce(b.rules, ''), b.reason) IS DISTINCT FROM (a.disposition, a.until, coalesce(a.rules, ''), a.reason)
    GROUP BY ALL ORDER BY records DESC, example`;
  for await (const row of inventory.query<Move>(sql)) out.push(row);
  return out;
}
