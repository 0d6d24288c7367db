// SPDX-License-Identifier: Apache-2.0
import { archivedFields } from '../decide/plan/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Rule } from '../model/law.ts';
import { DISPOSITIONS, type Disposition } from '../model/disposition.ts';
import type { CaseContext } from './context.ts';
import type { DecisionCount } from './plan.ts';
import { excepted, isHeld } from './excepted.ts';

export type LedgerLine = { dataset: string; sourceCount: number; balanced: boolean } & Record<Disposition, number>;
export interface FieldLine {
  dataset: string;
  field: string;
  kept: number;
  gone: number;
}

/**
 * The population ledger: for each dataset the source's own count and the sum of dispositions — final ones where the case was
 * verified, planned ones (with exceptions applied) before. A dataset that could not be read has a count and no dispositions.
 */
export async function ledger(ctx: CaseContext, inventory: Inventory, map: DataMap): Promise<LedgerLine[]> {
  const sql = (await finished(ctx))
    ? 'SELECT r.dataset AS dataset, o.disposition AS disposition, count(*) AS n FROM outcomes o JOIN records r USING (idx) GROUP BY ALL'
    : `SELECT p.dataset AS dataset, CASE WHEN p.disposition IN ('delete','anonymise','archive') AND ${isHeld(await excepted(ctx), 'p.idx')} THEN 'hold' ELSE p.disposition END AS disposition, count(*) AS n
       FROM plan p GROUP BY ALL`;
  const counts = new Map<string, Record<string, number>>();
  for await (const row of inventory.query<{ dataset: string; disposition: string; n: number }>(sql)) {
    counts.set(row.dataset, { ...counts.get(row.dataset), [row.disposition]: row.n });
  }
  const own = await ctx.store.report<{ counts: Record<string, number> }>('source-counts');
  return map.datasets.map((d) => {
    const found = counts.get(d.id) ?? {};
    const by = Object.fromEntries(DISPOSITIONS.map((x) => [x, found[x] ?? 0])) as Record<Disposition, number>;
    const sourceCount = own?.counts[d.id] ?? d.rows;
    return { dataset: d.id, sourceCount, ...by, balanced: DISPOSITIONS.reduce((n, x) => n + by[x], 0) === sourceCount };
  });
}

const finished = async (ctx: CaseContext) => (await ctx.store.segments('outcomes')).length > 0;

/** Fields that go while their record stays: in the archive (dropped, or beyond the rule's minimum) or anonymised in place. */
export function fieldLedger(
  counts: readonly Pick<DecisionCount, 'dataset' | 'disposition' | 'rules' | 'records'>[],
  map: DataMap,
  pack: readonly Rule[],
): FieldLine[] {
  const rules = new Map(pack.map((r) => [r.id, r]));
  const lines = new Map<string, FieldLine>();
  for (const c of counts) {
    const dataset = map.datasets.find((d) => d.id === c.dataset);
    // A void plan may speak of a dataset that the data map has lost since.
    if (!dataset || (c.disposition !== 'archive' && c.disposition !== 'anonymise')) continue;
    const won = c.rules.split(',').flatMap((id) => rules.get(id) ?? []);
    const kept =
      c.disposition === 'archive' ? new Set(archivedFields(dataset, won).kept) : new Set([...(dataset.anonymiseTo ?? []), ...dataset.key]);
    for (const { name } of dataset.fields) {
      const line = lines.get(`${dataset.id}\n${name}`) ?? { dataset: dataset.id, field: name, kept: 0, gone: 0 };
      line[kept.has(name) ? 'kept' : 'gone'] += c.records;
      lines.set(`${dataset.id}\n${name}`, line);
    }
  }
  return [...lines.values()].filter((l) => l.gone > 0);
}

/** How many records of a dataset end how, as they really did; before that, as planned and less what was taken out after approval. */
export async function decidedCounts(ctx: CaseContext, inventory: Inventory): Promise<Parameters<typeof fieldLedger>[0]> {
  const sql = (await finished(ctx))
    ? `SELECT r.dataset AS dataset, o.disposition AS disposition, coalesce(o.rules, '') AS rules, count(*) AS records FROM outcomes o JOIN records r USING (idx) GROUP BY ALL ORDER BY ALL`
    : `SELECT p.dataset AS dataset, p.disposition AS disposition, coalesce(p.rules, '') AS rules, count(*) AS records FROM plan p
       WHERE NOT ${isHeld(await excepted(ctx), 'p.idx')} GROUP BY ALL ORDER BY ALL`;
  const counts = [];
  for await (const row of inventory.query<{ dataset: string; disposition: string; rules: string; records: number }>(sql)) counts.push(row);
  return counts;
}
