// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import { canonicalJson, keyedHash, sha256 } from '../kit/index.ts';
import type { StandingFact } from '../model/standing.ts';
import type { CaseContext } from './context.ts';
import type { StoredFinding } from './ports.ts';
import { texts } from './sql.ts';

/** What all records of one subject say of its contracts. */
export interface SubjectFacts {
  readonly subject: number;
  /** Inventory number of its first record. */
  readonly first: number;
  readonly facts: readonly StandingFact[];
}

/** Every subject with its facts, in the order of their numbers; or only one. */
export async function* subjectFacts(inventory: Inventory, only: number | null = null): AsyncGenerator<SubjectFacts> {
  const sql = `SELECT s.subject AS subject, min(r.idx) AS first, to_json(list({d: r.dataset, f: r.facts}) FILTER (r.facts IS NOT NULL)) AS facts
               FROM records r JOIN subjects s USING (idx) WHERE s.subject IS NOT NULL ${only === null ? '' : `AND s.subject = ${Math.trunc(only)}`}
               GROUP BY s.subject ORDER BY s.subject`;
  for await (const row of inventory.query<{ subject: number; first: number; facts: string | null }>(sql))
    yield { subject: row.subject, first: row.first, facts: readFacts(row.facts) };
}

function readFacts(json: string | null): StandingFact[] {
  if (json === null) return [];
  const groups = JSON.parse(json) as { d: string; f: string }[];
  return groups.flatMap((g) => (JSON.parse(g.f) as Omit<StandingFact, 'dataset'>[]).map((f) => ({ ...f, dataset: g.d })));
}

/** The evidence that a finding spoke against, whatever the order of its pieces. */
export function evidenceHash(facts: readonly StandingFact[]): string {
  return sha256(canonicalJson(facts.map((f) => canonicalJson({ ...f })).toSorted()));
}

/**
 * A record's own hash, the same in every inventory of the case: by its key, or by its content where it has no key or only its place in a
 * file, which another row may have taken by the next inventory.
 */
export function recordKey(
  inventoryKey: Uint8Array,
  dataset: string,
  key: readonly (string | null)[],
  placed: boolean,
  fingerprint: string,
): string {
  return keyedHash(inventoryKey, `finding:${dataset}:${placed || key.length === 0 ? fingerprint : JSON.stringify(key)}`);
}

/** Findings by the subject of the record each was made on. `lost`: those whose record is no longer there, or no longer of one subject. */
export async function findingsBySubject(
  ctx: CaseContext,
  inventory: Inventory,
): Promise<{ readonly bySubject: ReadonlyMap<number, readonly StoredFinding[]>; readonly lost: readonly StoredFinding[] }> {
  const findings = await ctx.store.findings();
  if (findings.length === 0) return { bySubject: new Map(), lost: [] };
  const { map } = (await ctx.store.dataMap())!;
  const placed = new Set(map.datasets.filter((d) => d.key[0] === '#').map((d) => d.id));
  const wanted = new Map(findings.map((f) => [f.recordKey, new Set<number>()]));
  const sql = `SELECT r.dataset AS dataset, r.key AS key, r.fp AS fp, s.subject AS subject FROM records r JOIN subjects s USING (idx)
               WHERE s.subject IS NOT NULL AND list_contains(${texts([...new Set(findings.map((f) => f.dataset))])}, r.dataset)`;
  const secret = ctx.keys.get('inventory');
  for await (const r of inventory.query<{ dataset: string; key: string; fp: string; subject: number }>(sql))
    wanted.get(recordKey(secret, r.dataset, decodeKey(r.key, secret), placed.has(r.dataset), r.fp))?.add(r.subject);
  const bySubject = new Map<number, StoredFinding[]>();
  const lost: StoredFinding[] = [];
  for (const finding of findings) {
    const [subject, ...others] = wanted.get(finding.recordKey)!;
    if (subject === undefined || others.length > 0) lost.push(finding);
    else bySubject.set(subject, [...(bySubject.get(subject) ?? []), finding]);
  }
  return { bySubject, lost };
}
