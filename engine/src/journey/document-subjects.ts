// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import { DOCUMENT_TYPES } from '../model/source.ts';
import { texts } from './sql.ts';

/** Ids of the datasets whose records are documents or messages. */
export function documentDatasets(map: DataMap): readonly string[] {
  return map.datasets.filter((d) => d.fields.some((f) => DOCUMENT_TYPES.has(f.type))).map((d) => d.id);
}

/**
 * Documents that name somebody whom a table knows. What else they name — a phone in a signature, an address in copy — may be anybody's: it is no contact of that
 * customer's and nothing that must be gone with the document. One number a document in memory.
 */
export async function documentsAboutOthers(inventory: Inventory, map: DataMap): Promise<ReadonlySet<number>> {
  const datasets = documentDatasets(map);
  const out = new Set<number>();
  if (datasets.length === 0) return out;
  const sql = `
    WITH paper AS (SELECT idx FROM records WHERE list_contains(${texts(datasets)}, dataset)),
    own AS (
      SELECT subject FROM subjects WHERE subject IS NOT NULL GROUP BY subject HAVING bool_and(idx IN (SELECT idx FROM paper))
    )
    SELECT idx FROM paper WHERE idx NOT IN (SELECT idx FROM subjects WHERE subject IN (SELECT subject FROM own))`;
  for await (const row of inventory.query<{ idx: number }>(sql)) out.add(row.idx);
  return out;
}

/**
 * Documents that concern several customers whose contracts stand differently: the plan keeps them, for the worst standing decides, and Legal must say what becomes
 * of them.
 */
export async function severalSubjects(inventory: Inventory, map: DataMap): Promise<OpenItem[]> {
  const datasets = documentDatasets(map);
  if (datasets.length === 0) return [];
  const items: OpenItem[] = [];
  const sql = `
    WITH ends AS (
      SELECT s.idx, count(DISTINCT s.subject) AS subjects,
             count(DISTINCT concat_ws('|', coalesce(CAST(t.ended AS VARCHAR), '?'), t.cause = 'conflict', t.cause = 'assumed-by-successor',
                                      coalesce(replace(t.owed, ' ', ''), '[]') NOT IN ('[]', ''), coalesce(replace(t.conflicts, ' ', ''), '[]') NOT IN ('[]', ''))) AS ends
      FROM subjects s JOIN records r USING (idx) LEFT JOIN standing t ON t.subject = s.subject
      WHERE s.subject IS NOT NULL AND list_contains(${texts(datasets)}, r.dataset) GROUP BY s.idx
    )
    SELECT r.dataset AS dataset, p.reason AS reason, count(*) AS n, list(e.idx ORDER BY e.idx)[1:10] AS examples
    FROM ends e JOIN records r USING (idx) JOIN plan p USING (idx) WHERE e.subjects > 1 AND e.ends > 1 GROUP BY ALL ORDER BY ALL`;
  for await (const row of inventory.query<{ dataset: string; reason: string; n: number; examples: number[] }>(sql))
    items.push({
      kind: 'several-subjects',
      owner: 'legal',
      source: row.dataset.slice(0, row.dataset.indexOf('/')),
      dataset: row.dataset.slice(row.dataset.indexOf('/') + 1),
      field: null,
      count: row.n,
      examples: row.examples,
      detail: row.reason,
    });
  return items;
}
