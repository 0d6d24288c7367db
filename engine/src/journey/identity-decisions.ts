// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import { keyedHash } from '../kit/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { IdentityDecision } from '../model/subject.ts';
import type { CaseContext } from './context.ts';

/** The report that keeps them. */
export const DECISIONS = 'identity-decisions';

/** What people decided about whose records are whose, in the order they decided it. */
export async function identityDecisions(ctx: CaseContext): Promise<readonly IdentityDecision[]> {
  return (await ctx.store.report<readonly IdentityDecision[]>(DECISIONS)) ?? [];
}

export type NamedRow = Record<string, unknown> & { idx: number; dataset: string; key: string; fp: string };

/** A record's name that a new inventory gives again: by its key, and by its content where it has none or only a row number. */
export function recordName(ctx: CaseContext, map: DataMap, row: NamedRow): string {
  const key = map.datasets.find((d) => d.id === row.dataset)?.key ?? [];
  const secret = ctx.keys.get('inventory');
  const named = key.length > 0 && key[0] !== '#' ? JSON.stringify(decodeKey(row.key, secret)) : row.fp;
  return keyedHash(secret, `record:${row.dataset}:${named}`).slice(0, 32);
}

/** Pairs of records that were decided about, by their present numbers. One whose row is gone says nothing any more. */
export async function decidedPairs(
  ctx: CaseContext,
  inventory: Inventory,
  map: DataMap,
): Promise<readonly { readonly pair: readonly [number, number]; readonly same: boolean }[]> {
  const decided = (await identityDecisions(ctx)).filter((d) => d.about.length === 2);
  const wanted = new Map(decided.flatMap((d) => d.about.map((name) => [name, -1])));
  for (const dataset of new Set(decided.flatMap((d) => d.datasets ?? [])))
    for await (const r of inventory.query<NamedRow>('SELECT idx, dataset, key, fp FROM records WHERE dataset = $1 ORDER BY idx', [
      dataset,
    ])) {
      const name = recordName(ctx, map, r);
      if (wanted.get(name) === -1) wanted.set(name, r.idx);
    }
  return decided.flatMap((d) => {
    const [a, b] = d.about.map((name) => wanted.get(name) ?? -1) as [number, number];
    return a < 0 || b < 0 ? [] : [{ pair: [a, b] as const, same: d.same }];
  });
}
