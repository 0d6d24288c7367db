// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { StandingFact } from '../model/standing.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { type NamedRow, recordName } from './identity-decisions.ts';
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

/** A record as findings and holds remember it, from one inventory to the next. */
export interface RecordRef {
  readonly dataset: string;
  readonly recordKey: string;
}

/** The reference of the record with an inventory number, and the subjects behind it. Throws JourneyError `unknown-record`. */
export async function recordRef(
  ctx: CaseContext,
  inventory: Inventory,
  index: number,
): Promise<RecordRef & { readonly subjects: readonly number[] }> {
  const sql = `SELECT r.idx AS idx, r.dataset AS dataset, r.key AS key, r.fp AS fp, s.subject AS subject FROM records r LEFT JOIN subjects s USING (idx)
               WHERE r.idx = $1 ORDER BY s.subject`;
  const rows: (NamedRow & { subject: number | null })[] = [];
  for await (const row of inventory.query<(typeof rows)[number]>(sql, [index])) rows.push(row);
  const [row] = rows;
  if (row === undefined) throw new JourneyError('unknown-record', String(index));
  return {
    dataset: row.dataset,
    recordKey: recordName(ctx, (await ctx.store.dataMap())!.map, row),
    subjects: rows.flatMap((r) => r.subject ?? []),
  };
}

/** The subjects behind remembered records, in the present inventory; none where the record is gone. */
export async function subjectsOf(
  ctx: CaseContext,
  inventory: Inventory,
  refs: readonly RecordRef[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const wanted = new Map(refs.map((f) => [f.recordKey, new Set<number>()]));
  if (refs.length === 0) return wanted;
  const { map } = (await ctx.store.dataMap())!;
  const sql = `SELECT r.idx AS idx, r.dataset AS dataset, r.key AS key, r.fp AS fp, s.subject AS subject FROM records r JOIN subjects s USING (idx)
               WHERE s.subject IS NOT NULL AND list_contains(${texts([...new Set(refs.map((f) => f.dataset))])}, r.dataset)`;
  for await (const r of inventory.query<NamedRow & { subject: number }>(sql)) wanted.get(recordName(ctx, map, r))?.add(r.subject);
  return wanted;
}

/** Findings by the subject of the record each was made on. `lost`: those whose record is no longer there, or no longer of one subject. */
export async function findingsBySubject(
  ctx: CaseContext,
  inventory: Inventory,
): Promise<{ readonly bySubject: ReadonlyMap<number, readonly StoredFinding[]>; readonly lost: readonly StoredFinding[] }> {
  const findings = await ctx.store.findings();
  const behind = await subjectsOf(ctx, inventory, findings);
  const bySubject = new Map<number, StoredFinding[]>();
  const lost: StoredFinding[] = [];
  for (const finding of findings) {
    const [subject, ...others] = behind.get(finding.recordKey)!;
    if (subject === undefined || others.length > 0) lost.push(finding);
    else bySubject.set(subject, [...(bySubject.get(subject) ?? []), finding]);
  }
  return { bySubject, lost };
}
