// SPDX-License-Identifier: Apache-2.0
import { type Inventory, masterDatasets } from '../find/inventory/index.ts';
import type { DataMap, DatasetRole } from '../model/data-map.ts';
import type { Department } from '../model/department.ts';
import type { IdentityDecision, ReviewReason, TierRule } from '../model/subject.ts';
import type { CaseContext } from './context.ts';
import { type CustomerCount, customerCounts, describeCustomers } from './describe-customers.ts';
import { JourneyError } from './error.ts';
import { identityDecisions } from './identity-decisions.ts';
import { withInventory } from './open-inventory.ts';
import { ownerOfReview } from './subjects.ts';
import { keepTierRule, tierRule } from './tiers.ts';

export interface CustomerOverview {
  readonly schema: 'shanhou.customers.v1';
  readonly subjects: number;
  readonly counts: readonly CustomerCount[];
  /** Records of others in the same stores: staff, suppliers, merchants; nobody's are left out. */
  readonly others: readonly { readonly role: DatasetRole; readonly records: number }[];
  readonly tier: { readonly rule: TierRule; readonly isDefault: boolean; readonly since: string };
  /** Identifiers that wait for a person, by reason. */
  readonly reviews: readonly {
    readonly reason: ReviewReason;
    readonly owner: Department;
    readonly identifiers: number;
    readonly subjects: number;
  }[];
  readonly decisions: readonly IdentityDecision[];
}

/** How many customers of which kind and tier, who else is in the stores, and what waits for a person. Throws JourneyError `not-inventoried`. */
export async function customerOverview(ctx: CaseContext): Promise<CustomerOverview> {
  const counts = await customerCounts(ctx);
  await inventoried(ctx);
  return withInventory(ctx, async (inventory) => {
    const others: { role: DatasetRole; records: number }[] = [];
    for await (const row of inventory.query<{ role: DatasetRole; records: number }>(
      "SELECT role, count(*) AS records FROM records WHERE role IN ('staff', 'supplier', 'merchant', 'unknown') GROUP BY role ORDER BY role",
    ))
      others.push(row);
    return {
      schema: 'shanhou.customers.v1',
      subjects: counts.reduce((n, c) => n + c.subjects, 0),
      counts,
      others,
      tier: await tierRule(ctx),
      reviews: await reviewTotals(inventory),
      decisions: await identityDecisions(ctx),
    };
  });
}

async function reviewTotals(inventory: Inventory): Promise<CustomerOverview['reviews']> {
  const out: CustomerOverview['reviews'][number][] = [];
  const sql =
    'SELECT reason, count(*) AS identifiers, CAST(sum(touched) AS BIGINT) AS subjects FROM reviews GROUP BY reason ORDER BY reason';
  for await (const row of inventory.query<{ reason: ReviewReason; identifiers: number; subjects: number }>(sql))
    out.push({ ...row, owner: ownerOfReview(row.reason) });
  return out;
}

/** A place where an identifier stands. `field` is null in the words of a document. */
export interface Place {
  readonly dataset: string;
  readonly field: string | null;
  readonly records: number;
}

/** An identifier that did not join all that have it. `reference`: the beginning of its keyed hash; `by`: what kind of identifier. */
export interface ReviewEntry {
  readonly reference: string | null;
  readonly by: string;
  readonly reason: ReviewReason;
  readonly subjects: number;
  readonly places: readonly Place[];
  readonly examples: readonly number[];
  readonly owner: Department;
}

/** Enough of a hash to name an identifier among millions. */
export const REFERENCE = 12;

/** What waits for a person, the widest first; `limit` entries at most. Throws JourneyError `not-inventoried`. */
export async function reviewList(
  ctx: CaseContext,
  limit: number,
): Promise<{ readonly total: number; readonly entries: readonly ReviewEntry[] }> {
  const { map } = await inventoried(ctx);
  return withInventory(ctx, async (inventory) => {
    let total = 0;
    for await (const { n } of inventory.query<{ n: number }>('SELECT count(*) AS n FROM reviews')) total = n;
    const entries = new Map<number, ReviewEntry>();
    const sql = `
      WITH first AS (SELECT *, row_number() OVER (ORDER BY touched DESC, reason, id, idx) AS rank FROM reviews QUALIFY rank <= $1),
      spread AS (SELECT idx, dataset, unnest(ids) AS id, unnest(places) AS place FROM records WHERE role = 'customer')
      SELECT f.rank AS rank, f.id AS id, f.reason AS reason, f.touched AS touched, f.idx AS idx, p.dataset AS dataset, p.place AS place,
             count(p.idx) AS records, min(p.idx, 10) AS examples
      FROM first f LEFT JOIN spread p ON p.id = f.id GROUP BY ALL ORDER BY rank, dataset, place`;
    for await (const row of inventory.query<ReviewRow>(sql, [limit])) {
      const known = entries.get(row.rank) ?? entryOf(row);
      const place = row.dataset === null ? null : placeOf(map, row.dataset, row.place, row.records);
      entries.set(row.rank, {
        ...known,
        by: known.by !== '' || row.dataset === null ? known.by : categoryOf(map, row.dataset, row.place),
        places: place === null ? known.places : [...known.places, place],
        examples: [...known.examples, ...(row.examples ?? [])].toSorted((a, b) => a - b).slice(0, 10),
      });
    }
    return { total, entries: [...entries.values()] };
  });
}

interface ReviewRow extends Record<string, unknown> {
  rank: number;
  id: string | null;
  reason: ReviewReason;
  touched: number;
  idx: number;
  dataset: string | null;
  place: number;
  records: number;
  examples: readonly number[] | null;
}

function entryOf(row: ReviewRow): ReviewEntry {
  const reference = row.id === null ? null : row.id.slice(1, 1 + REFERENCE);
  const by = row.id === null ? 'reference' : '';
  return {
    reference,
    by,
    reason: row.reason,
    subjects: row.touched,
    places: [],
    examples: row.id === null ? [row.idx] : [],
    owner: ownerOfReview(row.reason),
  };
}

export function placeOf(map: DataMap, dataset: string, at: number, records: number): Place {
  return { dataset, field: map.datasets.find((d) => d.id === dataset)?.fields[at]?.name ?? null, records };
}

/** What kind of identifier stands in a column. */
export function categoryOf(map: DataMap, dataset: string, at: number): string {
  return map.datasets.find((d) => d.id === dataset)?.fields[at]?.category ?? '';
}

/** Sets how core customers are told, and tells them anew. Throws JourneyError `already-told`, `already-executed`, `bad-tier-rule`, `unknown-column`. */
export async function setTierRule(ctx: CaseContext, rule: TierRule | null): Promise<void> {
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  // The order of the letters follows the tiers: it may not change while they are being written.
  if ((await ctx.store.notices()).length > 0) throw new JourneyError('already-told');
  await keepTierRule(ctx, rule);
  const stored = await ctx.store.dataMap();
  const made = await ctx.store.report<{ of: string }>('subjects');
  if (stored && made && (await ctx.store.segments('subjects')).length > 0) await describeCustomers(ctx, stored.map, made.of);
}

/** The data map of a case that has an inventory. Throws JourneyError `not-inventoried`. */
export async function inventoried(ctx: CaseContext): Promise<{ map: DataMap; masters: ReadonlySet<string> }> {
  const stored = await ctx.store.dataMap();
  if (!stored || (await ctx.store.segments('subjects')).length === 0) throw new JourneyError('not-inventoried');
  return { map: stored.map, masters: masterDatasets(stored.map.datasets) };
}
