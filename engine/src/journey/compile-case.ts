// SPDX-License-Identifier: Apache-2.0
import { standingHolds } from '../decide/approve/index.ts';
import { applicable } from '../decide/law/index.ts';
import { compilePlan } from '../decide/plan/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseFacts, HoldOrder } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Rule } from '../model/law.ts';
import { scopeSql } from './hold-scope.ts';
import { quoted } from './sql.ts';

/** The plan of a case as SQL over its inventory, with the case's holds spread over the records they cover (table `holds` of the in-memory database). */
export async function compileCase(inventory: Inventory, dataMap: DataMap, facts: CaseFacts, rules: readonly Rule[]): Promise<string> {
  const holds = standingHolds(facts.holds);
  if (holds.length > 0) await inventory.run(`CREATE OR REPLACE TABLE holds AS ${holds.map((h) => coveredSql(h)).join(' UNION ALL ')}`);
  return compilePlan({ facts, rules, applicable, dataMap, successor: facts.successor ?? null, holds: holds.length > 0 });
}

/** Holds that cover no record: a hold on nobody protects nothing, and somebody must say so. */
export async function idleHolds(inventory: Inventory, holds: readonly HoldOrder[]): Promise<readonly string[]> {
  const idle: string[] = [];
  for (const hold of holds) {
    for await (const { n } of inventory.query<{ n: number }>(`SELECT count(*) AS n FROM (${coveredSql(hold)})`))
      if (n === 0) idle.push(hold.matter);
  }
  return idle;
}

/** The holds on one record, as SQL; its parameter is the inventory number. */
export function holdsOnRecord(holds: readonly HoldOrder[]): string {
  return `SELECT kind, approved, CAST(until AS VARCHAR) AS until FROM (${holds.map((h) => coveredSql(h, '$1')).join(' UNION ALL ')})`;
}

/** Records that a hold covers; `only`: of these the one whose number this expression gives. */
function coveredSql(hold: HoldOrder, only: string | null = null): string {
  const until = hold.until === null ? 'CAST(NULL AS DATE)' : `CAST(${quoted(hold.until)} AS DATE)`;
  return `SELECT r.idx, ${quoted(hold.kind)} AS kind, ${hold.approvedBy !== null} AS approved, ${until} AS until FROM records r WHERE (${scopeSql(hold)})${only === null ? '' : ` AND r.idx = ${only}`}`;
}
