// SPDX-License-Identifier: Apache-2.0
import { type Inventory, masterDatasets } from '../find/inventory/index.ts';
import { Resolver, type Resolution } from '../find/resolve/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { ReviewReason } from '../model/subject.ts';
import type { CaseContext } from './context.ts';
import { describeCustomers } from './describe-customers.ts';
import { documentDatasets } from './document-subjects.ts';
import { holdSubjects } from './hold-subjects.ts';
import { decidedPairs, identityDecisions } from './identity-decisions.ts';
import { withInventory } from './open-inventory.ts';
import { checkQuality } from './quality.ts';

/** What rests on whose the records are. */
const RESTING = ['contracts-verified', 'planned', 'approved', 'notified', 'archived'] as const;

/**
 * Whose each record is, what kind of subject that is, and what is wrong in the records: after every inventory, and again after a decision of a person. Finds out by itself
 * what is already done; once anything was executed, subjects stay as they are.
 */
export async function settleSubjects(ctx: CaseContext, { map, digest }: { map: DataMap; digest: string }): Promise<void> {
  if ((await ctx.store.chunks()).length > 0) return;
  const decided = (await identityDecisions(ctx)).map(({ about, same }) => ({ about: [...about], same }));
  const of = sha256(canonicalJson({ dataMap: digest, decided }));
  const before = await ctx.store.report<{ of: string }>('subjects');
  const made = (await ctx.store.segments('subjects')).length > 0 || (await ctx.store.segments('records')).length === 0;
  if (before?.of !== of || !made) {
    if ((await ctx.store.segments('subjects')).length > 0) {
      await ctx.store.clearGates(RESTING);
      await ctx.store.voidPlan('subjects-changed');
    }
    await ctx.store.dropSegments(['subjects', 'reviews', 'customers', 'standing', 'plan', 'outcomes']);
    await withInventory(ctx, (inventory) => resolveRecords(ctx, inventory, map));
    await holdSubjects(ctx, digest).restore();
    await withInventory(ctx, (inventory) => checkQuality(ctx, inventory, map));
    await ctx.store.saveReport('subjects', { of }, []);
  }
  await describeCustomers(ctx, map, of);
}

async function resolveRecords(ctx: CaseContext, inventory: Inventory, map: DataMap): Promise<void> {
  ctx.progress({ step: 'resolve', unit: '', done: 0, total: 1 });
  const decisions = (await identityDecisions(ctx)).filter((d) => d.about.length === 1);
  const pairs = await decidedPairs(ctx, inventory, map);
  const edges = await inventory.edges(
    masterDatasets(map.datasets),
    decisions.map((d) => d.about[0]),
  );
  const resolver = new Resolver({
    ...edges,
    decided: new Map(decisions.flatMap((d) => (edges.asked.has(d.about[0]) ? [[edges.asked.get(d.about[0])!, d.same]] : []))),
    same: pairs.filter((p) => p.same).map((p) => p.pair),
    apart: pairs.filter((p) => !p.same).map((p) => p.pair),
  });
  await inventory.eachClaim((record, kind, value) => resolver.claim(record, kind, value));
  const resolution = resolver.finish();
  const subjects = await inventory.writeSubjects(subjectRows(resolution.subjects), documentDatasets(map).length > 0);
  const reviews = await inventory.writeReviews(
    resolution.review.map((r) => [r.identifier, r.reason, r.touched, r.examples[0] ?? 0] as const),
  );
  const segments = [subjects, reviews].flatMap((s) => (s ? [{ ...s, dataset: null, firstIndex: 0 }] : []));
  await ctx.store.addSegments(segments, { step: 'resolve', items: reviewItems(resolution.review) });
  ctx.progress({ step: 'resolve', unit: '', done: 1, total: 1 });
}

function* subjectRows(subjects: Int32Array): Generator<readonly [number, number | null]> {
  for (let i = 0; i < subjects.length; i++) yield [i, subjects[i]! < 0 ? null : subjects[i]!];
}

/** Whose task it is: marketing knows which number is a switchboard's, sales who is who. */
export function ownerOfReview(reason: ReviewReason): 'marketing' | 'sales' {
  return reason === 'over-cap' || reason === 'oversized' ? 'marketing' : 'sales';
}

/** One item for each reason; the list itself is `customers review`. */
function reviewItems(review: Resolution['review']): OpenItem[] {
  return [...Map.groupBy(review, (r) => r.reason)].map(([reason, list]) => ({
    kind: reason === 'over-cap' ? 'shared-identifier' : reason === 'oversized' ? 'oversized-subject' : 'identity-conflict',
    owner: ownerOfReview(reason),
    source: null,
    dataset: null,
    field: null,
    count: list.reduce((n, r) => n + r.touched, 0),
    examples: [...new Set(list.flatMap((r) => r.examples))].slice(0, 10),
    detail: reason,
  }));
}
