// SPDX-License-Identifier: Apache-2.0
import type { ScoreShape } from '../../../src/find/classify/index.ts';
import type { Labels } from './labels.ts';

export interface Score {
  readonly columnRecall: number;
  readonly columnPrecision: number;
  readonly sensitiveRecall: number;
  readonly sensitivePrecision: number;
  readonly negativeHits: readonly string[];
  readonly vague: readonly string[];
  readonly tableF1: number;
  readonly falseTables: readonly string[];
  readonly missedTables: readonly string[];
  readonly links: number;
  readonly wrongLinks: readonly string[];
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly sensitiveMissed: readonly string[];
}

/** Compares a data map with labels, by the same measures as the labels' own script. */
export function scoreMap(map: ScoreShape, labels: Labels): Score {
  const many = [...labels.columns, ...labels.tables].some((l) => l.key.includes('/'));
  const tableKey = (t: { database: string; table: string }) => `${many ? `${t.database}/` : ''}${t.table.split('.').at(-1)!}`.toLowerCase();
  const found = new Map(map.columns.map((c) => [`${tableKey(c)}.${c.column.toLowerCase()}`, c]));
  const labelled = new Map(labels.columns.map((l) => [l.key, l]));
  const right = (key: string) => {
    const category = found.get(key)?.category;
    return category != null && labelled.get(key)!.categories.includes(category);
  };
  const must = labels.columns.filter((l) => l.must);
  const sensitive = must.filter((l) => l.sensitive);
  const concrete = [...found].filter(([key, f]) => labelled.has(key) || !f.category!.endsWith('_may_contain'));
  const said = [...found].filter(([, f]) => f.sensitive);
  const wrong = concrete.filter(([key]) => !labelled.has(key) || !right(key));
  const tables = new Map(map.tables.map((t) => [tableKey(t), t]));
  const customers = labels.tables.filter((t) => t.customer);
  const isCustomers = new Set(customers.map((t) => t.key));
  const missedTables = customers.filter((t) => !tables.get(t.key)?.isCustomerTable).map((t) => t.key);
  const falseTables = [...tables].filter(([key, t]) => t.isCustomerTable && !isCustomers.has(key)).map(([key]) => key);
  const hit = customers.length - missedTables.length;
  const keyed = customers.filter((t) => t.subjectKey !== null);
  const wrongLinks = keyed.filter((t) => {
    const is = tables.get(t.key);
    const to = is?.linksTo?.to.split('.').slice(-2).join('.').toLowerCase();
    return is?.subjectKey?.toLowerCase() !== t.subjectKey!.toLowerCase() || (t.to !== null && to !== t.to.toLowerCase());
  });
  const ratio = (a: number, b: number) => (b === 0 ? 1 : Math.round((a / b) * 1000) / 1000);
  return {
    columnRecall: ratio(must.filter((l) => right(l.key)).length, must.length),
    columnPrecision: ratio(concrete.length - wrong.length, concrete.length),
    sensitiveRecall: ratio(sensitive.filter((l) => found.get(l.key)?.sensitive).length, sensitive.length),
    sensitivePrecision: ratio(said.filter(([key]) => labelled.get(key)?.sensitive).length, said.length),
    negativeHits: [...found.keys()].filter((key) => labels.negatives.has(key)),
    vague: [...found].filter(([key, f]) => f.category!.endsWith('_may_contain') && !labelled.has(key)).map(([key]) => key),
    tableF1: ratio(2 * hit, 2 * hit + falseTables.length + missedTables.length),
    falseTables,
    missedTables,
    links: keyed.length,
    wrongLinks: wrongLinks.map((t) => `${t.key}: ${tables.get(t.key)?.subjectKey} → ${tables.get(t.key)?.linksTo?.to}`),
    missed: must.filter((l) => !right(l.key)).map((l) => `${l.key} ${l.categories[0]} (said ${found.get(l.key)?.category})`),
    wrong: wrong.map(([key, f]) => `${key} ${f.category}`),
    sensitiveMissed: sensitive.filter((l) => !found.get(l.key)?.sensitive).map((l) => l.key),
  };
}
