// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import type { DecisionGroup, PlanDocument } from '../tell/documents/index.ts';
import type { Disposition, Reason } from '../model/disposition.ts';
import type { CaseContext } from './context.ts';
import { inOrder, planStands } from './document-facts.ts';
import { openCaseInventory } from './inventory.ts';

/** A sheet that people can still open; beyond it the days of one year are one line. */
const MOST_LINES = 20_000;

/**
 * The plan's records by dataset, disposition, rules, reason and last day kept. `byYear`: there were too many days, so each line stands for
 * a year and shows its latest. A plan whose decisions are no longer there (void, superseded) keeps the groups it was signed with.
 */
export async function disposalGroups(
  ctx: CaseContext,
  doc: PlanDocument,
  most = MOST_LINES,
): Promise<{ readonly groups: readonly DecisionGroup[]; readonly byYear: boolean }> {
  if (!(await planStands(ctx, doc.plan.digest))) return { groups: doc.groups, byYear: false };
  const inventory = await openCaseInventory(ctx);
  try {
    const daily = await grouped(inventory, 'until', most + 1);
    const byYear = daily.length > most;
    const groups = byYear ? await grouped(inventory, 'year(until)', Number.MAX_SAFE_INTEGER) : daily;
    return { groups: inOrder(groups, doc.datasets), byYear };
  } finally {
    await inventory.close();
  }
}

async function grouped(inventory: Inventory, by: 'until' | 'year(until)', limit: number): Promise<DecisionGroup[]> {
  const groups: DecisionGroup[] = [];
  const sql = `SELECT dataset, disposition, reason, coalesce(rules, '') AS rules, CAST(max(until) AS VARCHAR) AS until, count(*) AS records
    FROM plan GROUP BY dataset, disposition, reason, coalesce(rules, ''), ${by} ORDER BY dataset, disposition, reason, rules, until LIMIT ${limit}`;
  for await (const row of inventory.query<{
    dataset: string;
    disposition: Disposition;
    reason: Reason;
    rules: string;
    until: string | null;
    records: number;
  }>(sql))
    groups.push({ ...row, rules: row.rules.split(',').filter(Boolean) });
  return groups;
}
