// SPDX-License-Identifier: Apache-2.0
import { type Inventory, masterDatasets } from '../find/inventory/index.ts';
import { type SaidSign, kindOf } from '../find/resolve/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Sign, SubjectKind, Sureness, Tier } from '../model/subject.ts';
import type { CaseContext } from './context.ts';
import { withInventory } from './open-inventory.ts';
import { texts } from './sql.ts';
import { markCore, tierRule } from './tiers.ts';

/** How many subjects are of one kind, one age, one tier. No personal data. */
export interface CustomerCount {
  readonly kind: SubjectKind;
  readonly sure: Sureness;
  readonly age: 'under-14' | 'under-18' | 'adult' | null;
  readonly tier: Tier;
  readonly subjects: number;
}
interface Described {
  readonly of: string;
  readonly counts: readonly CustomerCount[];
}

/** The counts of the last description; empty before an inventory. */
export async function customerCounts(ctx: CaseContext): Promise<readonly CustomerCount[]> {
  return (await ctx.store.report<Described>('customers'))?.counts ?? [];
}

/**
 * Kind and tier of every subject, as a segment beside the subjects. `resolved`: the digest of what the subjects were made from. Done again when they or the rule of the tiers
 * have changed; nothing that decides a record's end reads it.
 */
export async function describeCustomers(ctx: CaseContext, map: DataMap, resolved: string): Promise<void> {
  const of = sha256(canonicalJson({ resolved, rule: JSON.stringify((await tierRule(ctx)).rule) }));
  const known = await ctx.store.report<Described>('customers');
  const made = (await ctx.store.segments('customers')).length > 0;
  if (known?.of === of && (made || known.counts.length === 0)) return;
  await ctx.store.dropSegments(['customers']);
  const counts = new Map<string, CustomerCount>();
  await withInventory(ctx, async (inventory) => {
    await markCore(ctx, inventory, map);
    const segment = await inventory.writeRows('customers', ['subject', 'kind', 'sure', 'age', 'tier'], described(inventory, map, counts));
    await ctx.store.addSegments(segment ? [{ ...segment, dataset: null, firstIndex: null }] : [], null);
  });
  await ctx.store.saveReport('customers', { of, counts: [...counts.values()] } satisfies Described, []);
}

async function* described(inventory: Inventory, map: DataMap, counts: Map<string, CustomerCount>) {
  for await (const row of inventory.query<{ subject: number; signs: string | null; child: boolean; core: boolean }>(signsSql(map))) {
    const signs = readSigns(row.signs);
    // A document names no columns: that its number is a child's, the inventory says.
    const { kind, sure, age } = kindOf(signs.length === 0 && row.child ? [{ sign: 'under-14', own: true }] : signs);
    const tier: Tier = row.core ? 'core' : 'general';
    const key = [kind, sure, age, tier].join(' ');
    counts.set(key, { kind, sure, age, tier, subjects: (counts.get(key)?.subjects ?? 0) + 1 });
    yield [row.subject, kind, sure, age, tier] as const;
  }
}

/** `name-person+ birth`: a sign with + is a master's own. */
export function readSigns(text: string | null): SaidSign[] {
  return (text ?? '').split(' ').flatMap((word) => (word === '' ? [] : [{ sign: word.replace('+', '') as Sign, own: word.endsWith('+') }]));
}

/** One row a subject; reads the table `core` (subject). */
function signsSql(map: DataMap): string {
  const masters = texts([...masterDatasets(map.datasets)]);
  return `
    WITH said AS (
      SELECT DISTINCT s.subject, split_part(r.say, '|', 1) || CASE WHEN list_contains(${masters}, r.dataset) THEN '+' ELSE '' END AS sign
      FROM (SELECT idx, dataset, unnest(says) AS say FROM records WHERE role = 'customer') r JOIN subjects s USING (idx)
      WHERE s.subject IS NOT NULL AND NOT starts_with(r.say, '!')
    ),
    signs AS (SELECT subject, string_agg(sign, ' ' ORDER BY sign) AS signs FROM said GROUP BY subject),
    everybody AS (
      SELECT s.subject, bool_or(coalesce(r.minor, false)) AS child FROM subjects s JOIN records r USING (idx) WHERE s.subject IS NOT NULL GROUP BY s.subject
    )
    SELECT e.subject AS subject, g.signs AS signs, e.child AS child, e.subject IN (SELECT subject FROM core) AS core
    FROM everybody e LEFT JOIN signs g USING (subject) ORDER BY e.subject`;
}
