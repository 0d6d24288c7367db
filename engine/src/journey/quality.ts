// SPDX-License-Identifier: Apache-2.0
import { type Inventory, masterDatasets } from '../find/inventory/index.ts';
import type { DataMap, DatasetMap } from '../model/data-map.ts';
import type { Department } from '../model/department.ts';
import type { RecordClass } from '../model/law.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { Contradiction, Flaw, QualityLine } from '../model/subject.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { withInventory } from './open-inventory.ts';
import { texts } from './sql.ts';

/** Whose task each finding is, and whether a person must settle it before anything is disposed of. */
const TASKS: Readonly<Record<Flaw | Contradiction, readonly [owner: Department, decide: boolean]>> = {
  'check-digit': ['support', false],
  form: ['support', false],
  masked: ['it', false],
  placeholder: ['support', false],
  'impossible-date': ['it', false],
  'placeholder-date': ['it', false],
  'future-birth': ['support', false],
  'old-birth': ['support', false],
  // Who is a child, and when a period began, decides what becomes of a record.
  'birth-against-number': ['support', true],
  'number-day': ['support', false],
  'end-before-start': ['sales', true],
  names: ['sales', false],
  numbers: ['sales', true],
  births: ['support', true],
  phones: ['support', false],
  emails: ['support', false],
  // The contract step makes its own item of each.
  ended: ['sales', false],
  'identical-rows': ['it', false],
  'same-person-twice': ['marketing', false],
};

/** What is wrong in the records of the case, by dataset and column, with up to ten records each; never a value. Throws JourneyError `not-inventoried`. */
export async function qualityReport(ctx: CaseContext): Promise<readonly QualityLine[]> {
  const stored = await ctx.store.dataMap();
  if (!stored || (await ctx.store.segments('subjects')).length === 0) throw new JourneyError('not-inventoried');
  return withInventory(ctx, (inventory) => qualityLines(inventory, stored.map));
}

/** Makes open items of those findings that must be settled before disposal. */
export async function checkQuality(ctx: CaseContext, inventory: Inventory, map: DataMap): Promise<void> {
  const items = (await qualityLines(inventory, map))
    .filter((line) => line.decide)
    .map((line): OpenItem => ({
      kind: 'data-quality',
      owner: line.owner,
      source: line.dataset.slice(0, line.dataset.indexOf('/')),
      dataset: line.dataset.slice(line.dataset.indexOf('/') + 1),
      field: line.field,
      count: line.count,
      examples: line.examples,
      detail: [line.code, ...(line.against === null ? [] : ['≠', line.against])].join(' '),
    }));
  await ctx.store.replaceOpenItems('quality', items);
}

/** All findings, by code, dataset and column. Every question is one aggregate over the segments, which may spill. */
export async function qualityLines(inventory: Inventory, map: DataMap): Promise<QualityLine[]> {
  const maps = new Map(map.datasets.map((d) => [d.id, d]));
  const own = masterDatasets(map.datasets);
  const masters = texts([...own]);
  const lists = texts(map.datasets.filter((d) => own.has(d.id) && LISTS.has(d.recordClass)).map((d) => d.id));
  const out: QualityLine[] = [];
  const put = (row: Found) => {
    const [owner, decide] = TASKS[row.code];
    out.push({
      code: row.code,
      dataset: row.dataset,
      field: fieldOf(maps.get(row.dataset), row.field),
      against: row.against === null ? null : placeName(maps.get(row.against), row.against_field),
      count: row.count,
      examples: row.examples,
      owner,
      decide,
    });
  };
  for (const sql of [FLAWS_SQL, IDENTICAL, twice(lists), differing(masters, map), ENDED])
    for await (const row of inventory.query<Found>(sql)) put(row);
  return out;
}

interface Found extends Record<string, unknown> {
  readonly code: Flaw | Contradiction;
  readonly dataset: string;
  readonly field: number | null;
  readonly against: string | null;
  readonly against_field: number | null;
  readonly count: number;
  readonly examples: readonly number[];
}

function fieldOf(map: DatasetMap | undefined, n: number | null): string | null {
  return n === null ? null : (map?.fields[n]?.name ?? null);
}

function placeName(map: DatasetMap | undefined, n: number | null): string {
  const field = fieldOf(map, n);
  return `${map?.id ?? ''}${field === null ? '' : `.${field}`}`;
}

const NO_OTHER = 'NULL::VARCHAR AS against, NULL::INTEGER AS against_field';

const FLAWS_SQL = `
  SELECT substr(split_part(say, '|', 1), 2) AS code, dataset, CAST(split_part(say, '|', 2) AS INTEGER) AS field, ${NO_OTHER},
         count(*) AS count, min(idx, 10) AS examples
  FROM (SELECT idx, dataset, unnest(says) AS say FROM records) WHERE starts_with(say, '!') GROUP BY ALL ORDER BY ALL`;

/** Rows that nothing tells apart: all but the first of each. */
const IDENTICAL = `
  SELECT 'identical-rows' AS code, dataset, NULL::INTEGER AS field, ${NO_OTHER}, count(*) AS count, min(idx, 10) AS examples
  FROM records WHERE occ > 0 GROUP BY dataset ORDER BY dataset`;

/** Where one row should be one person; of tickets and log lines somebody may have many. */
const LISTS: ReadonlySet<RecordClass> = new Set<RecordClass>([
  'account',
  'any-data',
  'any-pi',
  'buyer-identity',
  'elder-file',
  'kyc',
  'marketing',
  'merchant-identity',
]);

/** Subjects with more than one row in such a list. */
const twice = (lists: string) => `
  SELECT 'same-person-twice' AS code, dataset, NULL::INTEGER AS field, ${NO_OTHER}, count(*) AS count, min(first, 10) AS examples FROM (
    SELECT r.dataset, s.subject, min(r.idx) AS first FROM records r JOIN subjects s USING (idx)
    WHERE s.subject IS NOT NULL AND r.role = 'customer' AND list_contains(${lists}, r.dataset) GROUP BY ALL HAVING count(*) > 1
  ) GROUP BY dataset ORDER BY dataset`;

/** Two datasets of subjects that say different things of one of them, and nothing the same. */
function differing(masters: string, map: DataMap): string {
  const columns = (category: string) =>
    map.datasets.flatMap((d) => d.fields.flatMap((f, n) => (f.category === category ? [`${d.id}|${n}`] : [])));
  const contact = (code: string, category: string) => `
    SELECT DISTINCT s.subject, '${code}' AS code, r.dataset, r.place AS field, r.id AS value, r.idx
    FROM (SELECT idx, dataset, unnest(ids) AS id, unnest(places) AS place FROM records WHERE role = 'customer' AND list_contains(${masters}, dataset)) r
    JOIN subjects s USING (idx) WHERE s.subject IS NOT NULL AND list_contains(${texts(columns(category))}, r.dataset || '|' || r.place)`;
  return `
  WITH said AS (
    SELECT DISTINCT s.subject, CASE left(r.say, 1) WHEN 'n' THEN 'names' WHEN 'b' THEN 'births' ELSE 'numbers' END AS code, r.dataset,
           CAST(split_part(r.say, '|', 2) AS INTEGER) AS field, split_part(r.say, '|', 3) AS value, r.idx
    FROM (SELECT idx, dataset, unnest(says) AS say FROM records WHERE role = 'customer' AND list_contains(${masters}, dataset)) r JOIN subjects s USING (idx)
    WHERE s.subject IS NOT NULL AND split_part(r.say, '|', 3) <> ''
      AND (starts_with(r.say, 'name') OR starts_with(r.say, 'birth|') OR starts_with(r.say, 'person-number|'))
    UNION ALL ${contact('phones', 'phone')} UNION ALL ${contact('emails', 'email')}
  ),
  told AS (SELECT subject, code, dataset, min(field) AS field, list(DISTINCT value) AS said, min(idx) AS idx FROM said GROUP BY subject, code, dataset)
  SELECT a.code AS code, a.dataset AS dataset, a.field AS field, b.dataset AS against, b.field AS against_field, count(*) AS count, min(a.idx, 10) AS examples
  FROM told a JOIN told b ON a.subject = b.subject AND a.code = b.code AND a.dataset < b.dataset AND NOT list_has_any(a.said, b.said)
  GROUP BY ALL ORDER BY ALL`;
}

/** One system says ended, another still active, of one subject. */
const ENDED = `
  WITH told AS (
    SELECT s.subject, r.dataset, bool_or(r.facts LIKE '%"value":"ended"%') AS ended, bool_or(r.facts LIKE '%"value":"active"%') AS active, min(r.idx) AS idx
    FROM records r JOIN subjects s USING (idx) WHERE s.subject IS NOT NULL AND r.facts IS NOT NULL GROUP BY ALL
  )
  SELECT 'ended' AS code, a.dataset AS dataset, NULL::INTEGER AS field, b.dataset AS against, NULL::INTEGER AS against_field, count(*) AS count, min(a.idx, 10) AS examples
  FROM told a JOIN told b ON a.subject = b.subject AND a.dataset <> b.dataset AND a.ended AND NOT a.active AND b.active GROUP BY ALL ORDER BY ALL`;
