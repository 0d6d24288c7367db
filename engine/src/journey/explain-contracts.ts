// SPDX-License-Identifier: Apache-2.0
import { type OwnedConflict, type SubjectStanding, standingOf } from '../decide/contracts/index.ts';
import type { StandingFact } from '../model/standing.ts';
import type { ContractReport } from './contracts.ts';
import { type CaseContext, today } from './context.ts';
import { JourneyError } from './error.ts';
import { recordNumber } from './find-record.ts';
import { openCaseInventory } from './inventory.ts';
import type { StoredFinding } from './ports.ts';
import { evidenceHash, findingsBySubject, subjectFacts } from './subject-facts.ts';

/** What the standings of the case came to when they were last verified. Throws JourneyError `not-inventoried`. */
export async function contractReport(ctx: CaseContext): Promise<ContractReport> {
  const report = await ctx.store.report<ContractReport>('contracts');
  if (report === null || !(await ctx.store.gates()).has('contracts-verified')) throw new JourneyError('not-inventoried');
  return report;
}

export interface ListedConflict extends OwnedConflict {
  readonly subject: number;
  /** Inventory number of a record of the customer, to ask more about. */
  readonly example: number;
}

/** Every conflict between systems, by subject; a stream, for there may be as many as customers. Throws JourneyError `not-inventoried`. */
export async function* contractConflicts(ctx: CaseContext): AsyncGenerator<ListedConflict> {
  await contractReport(ctx);
  const inventory = await openCaseInventory(ctx);
  try {
    const sql = `SELECT t.subject AS subject, t.conflicts AS conflicts, (SELECT min(idx) FROM subjects s WHERE s.subject = t.subject) AS example
                 FROM standing t WHERE t.conflicts <> '[]' ORDER BY t.subject`;
    for await (const row of inventory.query<{ subject: number; conflicts: string; example: number }>(sql))
      for (const conflict of JSON.parse(row.conflicts) as OwnedConflict[])
        yield { subject: row.subject, example: row.example, ...conflict };
  } finally {
    await inventory.close();
  }
}

export interface ExplainedContracts {
  readonly schema: 'shanhou.contract.v1';
  readonly record: number;
  /** Of a document, everybody it names. */
  readonly subjects: readonly {
    readonly subject: number;
    readonly standing: SubjectStanding;
    /** Each contract that some system numbers; `contract` is a mark, not the number. */
    readonly contracts: readonly { readonly contract: string; readonly standing: SubjectStanding }[];
    readonly facts: readonly (StandingFact & { readonly record: number })[];
    readonly findings: readonly (Omit<StoredFinding, 'recordKey' | 'seen' | 'officerId'> & {
      readonly by: string;
      readonly counts: boolean;
    })[];
  }[];
}

/** Why the contracts of the customer behind a record stand as they do: every system's word, every finding. Throws JourneyError `unknown-record`. */
export async function explainContracts(ctx: CaseContext, record: string): Promise<ExplainedContracts> {
  const { facts: about } = await ctx.store.record();
  const on = { dissolution: about.dissolution, today: today(ctx) };
  const officers = await ctx.store.officers();
  const inventory = await openCaseInventory(ctx);
  try {
    const index = await recordNumber(ctx, inventory, record);
    const { bySubject } = await findingsBySubject(ctx, inventory);
    const behind: number[] = [];
    for await (const r of inventory.query<{ subject: number }>(
      'SELECT subject FROM subjects WHERE idx = $1 AND subject IS NOT NULL ORDER BY subject',
      [index],
    ))
      behind.push(r.subject);
    const subjects: ExplainedContracts['subjects'][number][] = [];
    for (const subject of behind) {
      for await (const { facts } of subjectFacts(inventory, subject)) {
        const own = bySubject.get(subject) ?? [];
        const seen = evidenceHash(facts);
        const counted = own.filter((f) => f.seen === seen);
        const numbers = [...new Set(facts.flatMap((f) => f.contract ?? []))].toSorted();
        subjects.push({
          subject,
          standing: standingOf(facts, on, counted),
          contracts: numbers.map((contract) => ({
            contract,
            standing: standingOf(
              facts.filter((f) => f.contract === contract),
              on,
              counted,
            ),
          })),
          facts: await recordFacts(inventory, subject),
          findings: own.map(
            ({ dataset, contract, ended, cause, endedOn, settled, reason, documentSha256, officerId, at, seen: against }) => ({
              dataset,
              contract,
              ended,
              cause,
              endedOn,
              settled,
              reason,
              documentSha256,
              at,
              by: officers.find((o) => o.id === officerId)?.label ?? officerId,
              counts: against === seen,
            }),
          ),
        });
      }
    }
    return { schema: 'shanhou.contract.v1', record: index, subjects };
  } finally {
    await inventory.close();
  }
}

async function recordFacts(
  inventory: Awaited<ReturnType<typeof openCaseInventory>>,
  subject: number,
): Promise<(StandingFact & { record: number })[]> {
  const out: (StandingFact & { record: number })[] = [];
  const sql = `SELECT r.idx AS idx, r.dataset AS dataset, r.facts AS facts FROM records r JOIN subjects s USING (idx)
               WHERE s.subject = $1 AND r.facts IS NOT NULL ORDER BY r.idx`;
  for await (const r of inventory.query<{ idx: number; dataset: string; facts: string }>(sql, [subject]))
    for (const f of JSON.parse(r.facts) as Omit<StandingFact, 'dataset'>[]) out.push({ record: r.idx, dataset: r.dataset, ...f });
  return out;
}
