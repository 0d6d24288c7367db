// SPDX-License-Identifier: Apache-2.0
import { openReader } from '../find/connect/index.ts';
import { type Inventory, legalDate, normaliseIdentifier } from '../find/inventory/index.ts';
import { fingerprintRow, keyedHash } from '../kit/index.ts';
import { IDENTIFIER_CATEGORIES } from '../model/category.ts';
import type { DataMap } from '../model/data-map.ts';
import { RECORD_CLASSES, START_EVENTS } from '../model/law.ts';
import type { OpenItem } from '../model/open-item.ts';
import { DEFAULT_TIER_RULE, type TierRule } from '../model/subject.ts';
import { type CaseContext, today } from './context.ts';
import { JourneyError } from './error.ts';
import { readable } from './sources.ts';
import { quoted, texts } from './sql.ts';

const REPORT = 'tier-rule';

/** The rule of the case for core customers; the default, which `DEFAULT_TIER_RULE` writes down, while nobody has set one. */
export async function tierRule(
  ctx: CaseContext,
): Promise<{ readonly rule: TierRule; readonly isDefault: boolean; readonly since: string }> {
  const set = await ctx.store.report<{ rule: TierRule | null }>(REPORT);
  const rule = set?.rule ?? null;
  return { rule: rule ?? DEFAULT_TIER_RULE, isDefault: rule === null, since: await windowStart(ctx, rule ?? DEFAULT_TIER_RULE) };
}

/** Keeps a rule; null = the default again. Throws JourneyError `bad-tier-rule`, `unknown-column`. */
export async function keepTierRule(ctx: CaseContext, rule: TierRule | null): Promise<void> {
  const map = (await ctx.store.dataMap())?.map;
  if (rule !== null && map) check(rule, map);
  await ctx.store.saveReport(REPORT, { rule }, []);
}

/** The keyed hashes of a list of customers: numbers, phones, mail addresses, identity numbers. The list itself is not kept. */
export function listRule(ctx: CaseContext, entries: readonly string[]): TierRule {
  const key = ctx.keys.get('inventory');
  const hashes = entries.flatMap((entry) =>
    [...IDENTIFIER_CATEGORIES].flatMap((category) => {
      const normal = normaliseIdentifier(category, entry);
      return normal === null ? [] : [keyedHash(key, `${category}:${normal}`).slice(0, 32)];
    }),
  );
  return { by: 'list', entries: entries.length, hashes: [...new Set(hashes)] };
}

function check(rule: TierRule, map: DataMap): void {
  if (rule.by === 'count' && rule.classes.some((c) => !(RECORD_CLASSES as readonly string[]).includes(c)))
    throw new JourneyError('bad-tier-rule', rule.classes.join(','));
  if ((rule.by === 'count' || rule.by === 'amount') && !(rule.atLeast > 0)) throw new JourneyError('bad-tier-rule', String(rule.atLeast));
  if (rule.by !== 'amount' && rule.by !== 'column') return;
  const fields = map.datasets.find((d) => d.id === rule.dataset)?.fields ?? [];
  for (const column of [rule.column, ...(rule.by === 'amount' && rule.day !== null ? [rule.day] : [])])
    if (!fields.some((f) => f.name === column)) throw new JourneyError('unknown-column', `${rule.dataset}.${column}`);
}

/** First day that counts, YYYY-MM-DD; empty where the rule has no window. */
async function windowStart(ctx: CaseContext, rule: TierRule): Promise<string> {
  const months = rule.by === 'count' || rule.by === 'amount' ? rule.months : null;
  if (months === null) return '';
  const base = (await ctx.store.record()).facts.dissolution ?? today(ctx);
  const day = new Date(`${base.slice(0, 7)}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return `${day.toISOString().slice(0, 8)}${String(Math.min(Number(base.slice(8)), last)).padStart(2, '0')}`;
}

/** Fills the table `core` (subject) by the case's rule. A rule over a column reads its dataset again and knows each row by its fingerprint. */
export async function markCore(ctx: CaseContext, inventory: Inventory, map: DataMap): Promise<void> {
  const { rule, since } = await tierRule(ctx);
  if (rule.by === 'amount' || rule.by === 'column') await loadMeasured(ctx, inventory, map, rule);
  if (rule.by === 'list')
    await inventory.load(
      'listed',
      [{ name: 'h', type: 'VARCHAR' }],
      rule.hashes.map((h) => [h]),
    );
  await inventory.run(`CREATE OR REPLACE TABLE core AS ${coreSql(rule, since, map)}`);
}

function coreSql(rule: TierRule, since: string, map: DataMap): string {
  const of = 'FROM records r JOIN subjects s USING (idx)';
  const measured = `WITH m AS (SELECT DISTINCT fp, value, day FROM measured) SELECT s.subject AS subject FROM m JOIN records r ON r.fp = m.fp JOIN subjects s USING (idx)`;
  switch (rule.by) {
    case 'count': {
      const datasets = map.datasets.filter((d) => rule.classes.includes(d.recordClass)).map((d) => d.id);
      const days = START_EVENTS.filter((e) => e !== 'fiscal-year.ended').map((e) => `r.${e.replaceAll(/[.-]/g, '_')}`);
      return `SELECT s.subject AS subject ${of} WHERE s.subject IS NOT NULL AND list_contains(${texts(datasets)}, r.dataset)
        AND greatest(${days.join(', ')}) >= CAST(${quoted(since)} AS DATE) GROUP BY s.subject HAVING count(*) >= ${Math.trunc(rule.atLeast)}`;
    }
    case 'amount':
      return `${measured} WHERE s.subject IS NOT NULL AND r.dataset = ${quoted(rule.dataset)} ${since === '' ? '' : `AND m.day >= CAST(${quoted(since)} AS DATE)`}
        GROUP BY s.subject HAVING sum(TRY_CAST(m.value AS DECIMAL(18, 2))) >= ${Number(rule.atLeast)}`;
    case 'column':
      return `${measured} WHERE s.subject IS NOT NULL AND r.dataset = ${quoted(rule.dataset)} AND list_contains(${texts(rule.values)}, m.value) GROUP BY s.subject`;
    case 'list':
      return `SELECT DISTINCT s.subject AS subject FROM (SELECT idx, unnest(ids) AS id FROM records WHERE role = 'customer') r JOIN subjects s USING (idx)
        WHERE s.subject IS NOT NULL AND left(r.id, 1) IN ('h', 's') AND substr(r.id, 2) IN (SELECT h FROM listed)`;
  }
}

async function loadMeasured(
  ctx: CaseContext,
  inventory: Inventory,
  map: DataMap,
  rule: TierRule & { by: 'amount' | 'column' },
): Promise<void> {
  check(rule, map);
  const dataset = map.datasets.find((d) => d.id === rule.dataset)!;
  const source = (await ctx.store.sources()).find((s) => s.name === dataset.source)!;
  const at = (name: string) => dataset.fields.findIndex((f) => f.name === name);
  const [value, day] = [at(rule.column), rule.by === 'amount' && rule.day !== null ? at(rule.day) : -1];
  const key = ctx.keys.get('inventory');
  const columns = [
    { name: 'fp', type: 'VARCHAR' },
    { name: 'value', type: 'VARCHAR' },
    { name: 'day', type: 'DATE' },
  ] as const;
  const items: OpenItem[] = [];
  const done = await readable(source, items, async () => {
    const reader = await openReader(source, ctx.secret(source.credentials.read));
    const rows = async function* () {
      for await (const batch of reader.scan(dataset.dataset, 2_000))
        for (const { row, shown = row } of batch) {
          const text = shown[value]?.trim() ?? null;
          yield [fingerprintRow(key, row), rule.by === 'amount' ? amount(text) : text, day < 0 ? null : plainDay(shown[day] ?? null)];
        }
    };
    try {
      await inventory.load('measured', columns, rows());
      return true;
    } finally {
      await reader.close();
    }
  });
  if (done === null) await inventory.load('measured', columns, []);
  await ctx.store.replaceOpenItems('tiers', items);
}

/** Decimal text; null where the cell is no amount. */
function amount(text: string | null): string | null {
  const plain = (text ?? '').normalize('NFKC').replaceAll(/[,\s¥元]|CNY|RMB/gi, '');
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : null;
}

function plainDay(cell: string | null): string | null {
  const day = legalDate(cell);
  return day === 'impossible' ? null : day;
}
