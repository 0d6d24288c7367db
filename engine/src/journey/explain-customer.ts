// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import { kindOf } from '../find/resolve/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { IdentityDecision, ReviewReason, Sign, SubjectKind, Sureness, Tier } from '../model/subject.ts';
import type { CaseContext } from './context.ts';
import { type Place, REFERENCE, categoryOf, inventoried, placeOf } from './customers.ts';
import { JourneyError } from './error.ts';
import { identityDecisions } from './identity-decisions.ts';
import { withInventory } from './open-inventory.ts';
import { findByKey } from './record-by-key.ts';

/** How firmly a join holds: a system's own key, an identifier of one person alone, one that may be shared, a person's word, or a document that names it. */
export type Strength = 'reference' | 'hard' | 'soft' | 'mention';

export interface Join {
  /** A field category, or `reference`. */
  readonly by: string;
  readonly strength: Strength;
  /** The beginning of the keyed hash; what `customers decide` takes. */
  readonly reference: string;
  readonly places: readonly Place[];
}

/** Why these records are one customer's. No value, no name: places, counts and keyed hashes. */
export interface ExplainedCustomer {
  readonly schema: 'shanhou.customer.v1';
  readonly subject: number;
  readonly kind: SubjectKind;
  readonly sure: Sureness;
  readonly age: 'under-14' | 'under-18' | 'adult' | null;
  readonly tier: Tier;
  readonly because: readonly { readonly sign: Sign; readonly places: readonly Place[] }[];
  readonly records: readonly { readonly dataset: string; readonly records: number; readonly example: number }[];
  readonly joins: readonly Join[];
  readonly notJoined: readonly (Join & { readonly reason: ReviewReason; readonly subjects: number })[];
  /** How many different values its records give of what one customer has one of. */
  readonly differs: readonly { readonly what: 'names' | 'numbers' | 'births' | 'phones' | 'emails'; readonly values: number }[];
  readonly decisions: readonly IdentityDecision[];
}

/**
 * `reference`: a subject's number, or a record as `dataset:key`. Throws JourneyError `unknown-subject`, `unknown-record`, `several-meant` where a document belongs to
 * several (the detail names their numbers), `not-inventoried`.
 */
export async function explainCustomer(ctx: CaseContext, reference: string): Promise<ExplainedCustomer> {
  const { map, masters } = await inventoried(ctx);
  return withInventory(ctx, async (inventory) => {
    const subject = await subjectMeant(ctx, inventory, reference);
    const { signs, values } = await signsOf(inventory, map, subject, masters);
    const found = await identifiersOf(inventory, map, subject);
    const told = kindOf(signs.map(({ sign, own }) => ({ sign, own })));
    let tier: Tier = 'general';
    let row = { kind: told.kind, sure: told.sure, age: told.age };
    const sql = 'SELECT kind, sure, age, tier FROM customers WHERE subject = $1';
    for await (const c of inventory.query<typeof row & { tier: Tier }>(sql, [subject])) ({ tier, ...row } = c);
    const decisions = await identityDecisions(ctx);
    return {
      schema: 'shanhou.customer.v1',
      subject,
      ...row,
      tier,
      because: told.because.map((sign) => ({ sign, places: signs.filter((s) => s.sign === sign).map((s) => s.place) })),
      records: await recordsOf(inventory, subject),
      joins: found.joins,
      notJoined: found.notJoined,
      differs: [...values, ...differing(found.all)].filter((d) => d.values > 1),
      decisions: decisions.filter((d) => d.about.length === 1 && found.all.some((j) => d.about[0].slice(1).startsWith(j.reference))),
    };
  });
}

async function subjectMeant(ctx: CaseContext, inventory: Inventory, reference: string): Promise<number> {
  const byNumber = /^\d+$/.test(reference);
  const sql = byNumber
    ? 'SELECT DISTINCT subject FROM subjects WHERE subject = $1'
    : 'SELECT DISTINCT subject FROM subjects WHERE idx = $1 AND subject IS NOT NULL ORDER BY subject';
  const found: number[] = [];
  for await (const row of inventory.query<{ subject: number }>(sql, [
    byNumber ? Number(reference) : await findByKey(ctx, inventory, reference),
  ]))
    found.push(row.subject);
  if (found.length > 1) throw new JourneyError('several-meant', found.join(' '));
  if (found[0] === undefined) throw new JourneyError('unknown-subject', reference);
  return found[0];
}

async function recordsOf(inventory: Inventory, subject: number): Promise<ExplainedCustomer['records']> {
  const out: ExplainedCustomer['records'][number][] = [];
  const sql =
    'SELECT r.dataset AS dataset, count(*) AS records, min(idx) AS example FROM records r JOIN subjects s USING (idx) WHERE s.subject = $1 GROUP BY r.dataset ORDER BY r.dataset';
  for await (const row of inventory.query<ExplainedCustomer['records'][number]>(sql, [subject])) out.push(row);
  return out;
}

async function signsOf(inventory: Inventory, map: DataMap, subject: number, masters: ReadonlySet<string>) {
  const signs: { sign: Sign; own: boolean; place: Place }[] = [];
  const values = new Map<'names' | 'numbers' | 'births', Set<string>>();
  const sql = `SELECT r.dataset AS dataset, r.say AS say, count(*) AS n FROM (SELECT idx, dataset, unnest(says) AS say FROM records) r JOIN subjects s USING (idx)
    WHERE s.subject = $1 AND NOT starts_with(r.say, '!') GROUP BY ALL ORDER BY ALL`;
  for await (const row of inventory.query<{ dataset: string; say: string; n: number }>(sql, [subject])) {
    const [sign, field, hash = ''] = row.say.split('|') as [Sign, string, string?];
    const own = masters.has(row.dataset);
    signs.push({ sign, own, place: placeOf(map, row.dataset, Number(field), row.n) });
    const what = sign.startsWith('name') ? 'names' : sign === 'birth' ? 'births' : sign === 'person-number' ? 'numbers' : null;
    if (own && what !== null && hash !== '') values.set(what, (values.get(what) ?? new Set()).add(hash));
  }
  return { signs, values: [...values].map(([what, all]) => ({ what, values: all.size })) };
}

function differing(all: readonly Join[]): ExplainedCustomer['differs'] {
  const of = (what: 'phones' | 'emails', category: string) => ({ what, values: all.filter((j) => j.by === category).length });
  return [of('phones', 'phone'), of('emails', 'email')];
}

interface Sighting extends Record<string, unknown> {
  id: string;
  dataset: string;
  place: number;
  records: number;
  reason: ReviewReason | null;
  touched: number | null;
}

/** The identifiers of a subject: those that more than one record has joined it, unless they wait for review. A document's mention counts under the identifier it repeats. */
async function identifiersOf(inventory: Inventory, map: DataMap, subject: number) {
  const sql = `
    WITH own AS (SELECT r.idx, r.dataset, unnest(r.ids) AS id, unnest(r.places) AS place FROM records r JOIN subjects s USING (idx) WHERE s.subject = $1 AND r.role = 'customer')
    SELECT o.id AS id, o.dataset AS dataset, o.place AS place, count(DISTINCT o.idx) AS records, v.reason AS reason, v.touched AS touched
    FROM own o LEFT JOIN reviews v ON v.id = o.id GROUP BY ALL ORDER BY ALL`;
  const byHash = new Map<string, Sighting[]>();
  for await (const row of inventory.query<Sighting>(sql, [subject])) {
    const hash = row.id.slice(row.id[0] === 'm' || row.id[0] === 'c' ? 2 : 1);
    byHash.set(hash, [...(byHash.get(hash) ?? []), row]);
  }
  const all: Join[] = [];
  const joins: Join[] = [];
  const notJoined: ExplainedCustomer['notJoined'][number][] = [];
  for (const [hash, sightings] of byHash) {
    const firm = sightings.find((s) => s.id[0] === 'h' || s.id[0] === 's' || s.id[0] === 'r');
    // A word of a document that no row of this subject has says nothing of it.
    if (!firm && sightings.every((s) => s.id[0] === 'c')) continue;
    const join: Join = {
      by: firm?.id[0] === 'r' ? 'reference' : firm ? categoryOf(map, firm.dataset, firm.place) : 'mention',
      strength: strengthOf(firm?.id[0]),
      reference: hash.slice(0, REFERENCE),
      places: sightings.map((s) => placeOf(map, s.dataset, s.place, s.records)),
    };
    all.push(join);
    const reviewed = sightings.find((s) => s.reason !== null);
    if (reviewed) notJoined.push({ ...join, reason: reviewed.reason!, subjects: reviewed.touched ?? 0 });
    else if (sightings.reduce((n, s) => n + s.records, 0) > 1) joins.push(join);
  }
  return { all, joins: joins.toSorted((a, b) => RANK.indexOf(a.strength) - RANK.indexOf(b.strength)), notJoined };
}

const RANK: readonly Strength[] = ['reference', 'hard', 'soft', 'mention'];

function strengthOf(mark: string | undefined): Strength {
  return mark === 'r' ? 'reference' : mark === 'h' ? 'hard' : mark === 's' ? 'soft' : 'mention';
}
