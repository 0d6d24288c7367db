// SPDX-License-Identifier: Apache-2.0
import { findPersonal } from '../find/classify/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import { sha256 } from '../kit/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { IdentityDecision } from '../model/subject.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';
import { holdSubjects } from './hold-subjects.ts';
import { DECISIONS, type NamedRow, identityDecisions, recordName } from './identity-decisions.ts';
import { withInventory } from './open-inventory.ts';
import { findByKey } from './record-by-key.ts';
import { settleSubjects } from './subjects.ts';

/** One identifier by the beginning of its reference, or two records as `dataset:key`. */
export type Meant = readonly [reference: string] | readonly [left: string, right: string];

export interface IdentityOrder {
  /** All of them are decided alike, in one step. */
  readonly about: readonly Meant[];
  readonly same: boolean;
  readonly why: string;
  /** Label of an officer. */
  readonly by: string;
}

/**
 * A person decides whether identifiers mean one subject each, or whether two records do; subjects are then made anew and a plan made before is void. The decision stands by
 * keyed hashes and therefore also after a new discovery. A later one about the same replaces it. Throws JourneyError `already-told` once customers were told or taken out
 * under their present numbers, `already-executed`, `unknown-officer`, `unknown-review`, `several-meant`, `unknown-record`, `reason-names-somebody`.
 */
export async function decideIdentity(ctx: CaseContext, order: IdentityOrder): Promise<readonly IdentityDecision[]> {
  const officer = (await ctx.store.officers()).find((o) => o.label === order.by);
  if (!officer) throw new JourneyError('unknown-officer', order.by);
  const stored = await ctx.store.dataMap();
  if (!stored || (await ctx.store.segments('subjects')).length === 0) throw new JourneyError('not-inventoried');
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  if ((await ctx.store.notices()).length > 0 || (await ctx.store.exceptions()).length > 0) throw new JourneyError('already-told');
  // The reason is kept and printed; whom it is about must be told by the reference alone.
  if (findPersonal(order.why).identifiers.length > 0) throw new JourneyError('reason-names-somebody');
  const { same, why, by } = order;
  const at = ctx.clock.now().toISOString();
  const decided = await withInventory(ctx, async (inventory) => {
    const out: IdentityDecision[] = [];
    for (const about of order.about) out.push({ ...(await whatIsMeant(ctx, inventory, stored.map, about)), same, why, by, at });
    return out;
  });
  const anew = new Set(decided.map((d) => String(d.about)));
  const others = (await identityDecisions(ctx)).filter((d) => !anew.has(String(d.about)));
  const told = decided.map(({ about }) =>
    entry(ctx, 'subjects.decided', { about: [...about], same, officer: officer.id, why: sha256(why) }),
  );
  await holdSubjects(ctx, stored.digest).remember();
  await ctx.store.saveReport(DECISIONS, [...others, ...decided], told);
  await settleSubjects(ctx, stored);
  return decided;
}

async function whatIsMeant(
  ctx: CaseContext,
  inventory: Inventory,
  map: DataMap,
  about: Meant,
): Promise<Pick<IdentityDecision, 'about' | 'datasets'>> {
  if (about.length === 1) return { about: [await identifierOf(inventory, about[0])] };
  const found: { name: string; dataset: string }[] = [];
  for (const reference of about) {
    const index = await findByKey(ctx, inventory, reference);
    for await (const r of inventory.query<NamedRow>('SELECT idx, dataset, key, fp FROM records WHERE idx = $1', [index]))
      found.push({ name: recordName(ctx, map, r), dataset: r.dataset });
  }
  const [left, right] = found.toSorted((a, b) => (a.name < b.name ? -1 : 1)) as [(typeof found)[0], (typeof found)[0]];
  if (left.name === right.name) throw new JourneyError('several-meant', about.join(' '));
  return { about: [left.name, right.name], datasets: [left.dataset, right.dataset] };
}

/** The mark and hash of a shared identifier, by the beginning of its hash. */
async function identifierOf(inventory: Inventory, reference: string): Promise<string> {
  if (!/^[0-9a-f]{6,32}$/.test(reference)) throw new JourneyError('unknown-review', reference);
  const found: string[] = [];
  const sql = `SELECT DISTINCT id FROM (SELECT unnest(ids) AS id FROM records WHERE role = 'customer')
               WHERE left(id, 1) IN ('h', 's') AND starts_with(substr(id, 2), $1) LIMIT 2`;
  for await (const { id } of inventory.query<{ id: string }>(sql, [reference])) found.push(id);
  if (found.length > 1) throw new JourneyError('several-meant', reference);
  if (found[0] === undefined) throw new JourneyError('unknown-review', reference);
  return found[0];
}
