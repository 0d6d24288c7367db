// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseContext } from './context.ts';
import { settleOffline } from './offline.ts';
import { excepted, isHeld } from './excepted.ts';
import { bigints, texts } from './sql.ts';

const FAILED = `('drifted', 'vanished', 'blocked', 'refused', 'unverified')`;

/**
 * The final disposition of every record, exactly one each: the plan's, unless an exception held it after approval, or executing
 * it did not work — then it is a gap with the reason, and stays an open item. `deleted-inferred` counts as done.
 */
export async function writeOutcomes(ctx: CaseContext, inventory: Inventory): Promise<void> {
  await ctx.store.dropSegments(['outcomes']);
  const { subjects, holds } = await excepted(ctx);
  const approved = holds.filter((h) => h.approvedBy !== null);
  const asked = holds.filter((h) => h.approvedBy === null);
  const by = `CASE WHEN disposition NOT IN ('delete', 'anonymise', 'archive') THEN NULL
      WHEN ${isHeld({ subjects: [], holds: approved }, 'plan.idx')} THEN 'hold-approved'
      WHEN ${isHeld({ subjects, holds: [] }, 'plan.idx')} THEN 'objection'
      WHEN ${isHeld({ subjects: [], holds: asked }, 'plan.idx')} THEN 'hold-not-approved' END`;
  const indexes: number[] = [];
  const outcomes: string[] = [];
  for (const chunk of await ctx.store.chunks()) {
    for (const e of chunk.exceptions) {
      indexes.push(e.index);
      outcomes.push(e.outcome);
    }
  }
  for (const index of await settleOffline(ctx, inventory)) {
    indexes.push(index);
    outcomes.push('unverified');
  }
  const sql = `
    WITH odd AS (SELECT unnest(${bigints(indexes)}) AS idx, unnest(${texts(outcomes)}) AS outcome)
    SELECT p.idx,
      CASE WHEN o.outcome IN ${FAILED} THEN 'gap'
           WHEN held = 'hold-not-approved' THEN 'gap' WHEN held IS NOT NULL THEN 'hold' ELSE p.disposition END AS disposition,
      CASE WHEN o.outcome IS NOT NULL THEN o.outcome
           WHEN held IS NULL AND p.disposition IN ('delete', 'anonymise', 'archive') THEN 'done' ELSE 'kept' END AS outcome,
      CASE WHEN held IS NOT NULL OR o.outcome IN ${FAILED} THEN NULL ELSE p.until END AS until,
      CASE WHEN held IS NOT NULL THEN '' ELSE coalesce(p.rules, '') END AS rules,
      CASE WHEN o.outcome = 'drifted' THEN 'drifted' WHEN o.outcome IN ('vanished', 'unverified') THEN o.outcome
           WHEN o.outcome IN ('blocked', 'refused') THEN 'blocked' WHEN held IS NOT NULL THEN held ELSE p.reason END AS reason
    FROM (SELECT plan.*, ${by} AS held FROM plan) p
    LEFT JOIN odd o USING (idx) ORDER BY p.idx`;
  const segment = await inventory.copyToSegment('outcomes', sql);
  await ctx.store.addSegments([{ ...segment, dataset: null, firstIndex: 0 }], null);
}
