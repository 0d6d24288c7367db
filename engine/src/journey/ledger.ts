// SPDX-License-Identifier: Apache-2.0
import { archivedFields } from '../decide/plan/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Rule } from '../model/law.ts';
import { DISPOSITIONS, type Disposition } from '../model/disposition.ts';
import type { CaseContext } from './context.ts';
import { bigints } from './sql.ts';

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
  const final = (await ctx.store.segments('outcomes')).length > 0;
  const excepted = (await ctx.store.exceptions()).map((e) => e.subject);
  const sql = final
    ? 'SELECT r.dataset AS dataset, o.disposition AS disposition, count(*) AS n FROM outcomes o JOIN records r USING (idx) GROUP BY ALL'
    : `SELECT p.dataset AS dataset, CASE WHEN p.disposition IN ('delete','anonymise','archive') AND list_contains(${bigints(excepted)}, s.subject) THEN 'hold' ELSE p.disposition END AS disposition, count(*) AS n
       FROM plan p LEFT JOIN subjects s USING (idx) GROUP BY ALL`;
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

/** Fields that go while their record stays: in the archive (dropped, or beyond the rule's minimum) or anonymised in place. */
export async function fieldLedger(inventory: Inventory, map: DataMap, pack: readonly Rule[]): Promise<FieldLine[]> {
  const rules = new Map(pack.map((r) => [r.id, r]));
  const lines = new Map<string, FieldLine>();
  const add = (dataset: string, field: string, kept: number, gone: number) => {
    const line = lines.get(`${dataset}\n${field}`) ?? { dataset, field, kept: 0, gone: 0 };
    lines.set(`${dataset}\n${field}`, { ...line, kept: line.kept + kept, gone: line.gone + gone });
  };
  const sql = `SELECT dataset, disposition, coalesce(rules, '') AS rules, count(*) AS n FROM plan WHERE disposition IN ('archive', 'anonymise') GROUP BY ALL ORDER BY ALL`;
  for await (const row of inventory.query<{ dataset: string; disposition: string; rules: string; n: number }>(sql)) {
    const dataset = map.datasets.find((d) => d.id === row.dataset)!;
    const won = row.rules.split(',').flatMap((id) => rules.get(id) ?? []);
    const kept =
      row.disposition === 'archive'
        ? new Set(archivedFields(dataset, won).kept)
        : new Set([...(dataset.anonymiseTo ?? []), ...dataset.key]);
    for (const f of dataset.fields) add(row.dataset, f.name, kept.has(f.name) ? row.n : 0, kept.has(f.name) ? 0 : row.n);
  }
  return [...lines.values()].filter((l) => l.gone > 0);
}
