// SPDX-License-Identifier: Apache-2.0
import { ownerOf, standingOf, sumOf } from '../decide/contracts/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { Department } from '../model/department.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { DebtKind, DebtSide, EndCause } from '../model/standing.ts';
import { type CaseContext, today } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';
import { evidenceHash, findingsBySubject, subjectFacts } from './subject-facts.ts';

/** What the standings of a case come to. Money is CNY as decimal text, points are a number. */
export interface ContractReport {
  readonly schema: 'shanhou.contracts.v1';
  readonly today: string;
  readonly subjects: number;
  readonly standings: readonly { readonly ended: boolean | null; readonly cause: EndCause; readonly subjects: number }[];
  readonly owed: readonly {
    readonly kind: DebtKind;
    readonly by: DebtSide;
    readonly owner: Department;
    readonly subjects: number;
    /** null = no amount is known of any. */
    readonly amount: string | null;
    /** Of how many subjects an amount is not known. */
    readonly unknown: number;
  }[];
  readonly conflicts: number;
  readonly findings: { readonly counted: number; readonly outdated: number };
}

/**
 * Contract standing of every subject from all systems that speak of it and from what people found out; contradictions become open items,
 * never a guess. Taken again when the day, the day of dissolution or a finding is another; not under a plan that rests on it.
 * Throws JourneyError `not-inventoried`.
 */
export async function verifyContracts(ctx: CaseContext): Promise<void> {
  const gates = await ctx.store.gates();
  if (!gates.has('inventoried')) throw new JourneyError('not-inventoried');
  if (gates.has('planned')) return;
  const { facts } = await ctx.store.record();
  const on = { dissolution: facts.dissolution, today: today(ctx) };
  const basis = sha256(canonicalJson({ ...on, findings: (await ctx.store.findings()).map((f) => ({ ...f })) }));
  if (gates.get('contracts-verified')?.body['basis'] === basis) return;
  // Whoever dies in between must not find the gate open and no standing behind it.
  await ctx.store.clearGates(['contracts-verified']);
  await ctx.store.dropSegments(['standing']);
  const inventory = await openCaseInventory(ctx);
  const tally = new Tally();
  try {
    const { bySubject, lost } = await findingsBySubject(ctx, inventory);
    for (const finding of lost) tally.outdated(finding.dataset, 'record', null);
    const rows = async function* () {
      for await (const { subject, first, facts: said } of subjectFacts(inventory)) {
        const own = bySubject.get(subject) ?? [];
        const seen = own.length === 0 ? '' : evidenceHash(said);
        const findings = own.filter((f) => f.seen === seen);
        for (const f of own) if (f.seen !== seen) tally.outdated(f.dataset, 'evidence', first);
        const standing = standingOf(said, on, findings);
        tally.add(standing, said, first, findings.length);
        const { ended, cause, endedOn, owed, conflicts } = standing;
        yield [subject, ended, cause, endedOn, JSON.stringify(owed), JSON.stringify(conflicts)] as const;
      }
    };
    const segment = await inventory.writeRows('standing', ['subject', 'ended', 'cause', 'ended_on', 'owed', 'conflicts'], rows());
    await ctx.store.addSegments(segment ? [{ ...segment, dataset: null, firstIndex: null }] : [], {
      step: 'contracts',
      items: tally.items(),
    });
    await ctx.store.saveReport('contracts', tally.report(on.today), []);
    await ctx.store.passGate('contracts-verified', { subjects: segment?.rows ?? 0, basis }, []);
  } finally {
    await inventory.close();
  }
}

type Item = Pick<OpenItem, 'kind' | 'owner' | 'source' | 'dataset'> & { what: string };
interface Counted {
  readonly item: Item;
  subjects: number;
  readonly examples: number[];
  readonly amounts: string[];
}
const HELD = 256;

/** Counts over all subjects; memory is one entry for each pair of systems, kind of debt and cause. */
class Tally {
  readonly #open = new Map<string, Counted>();
  readonly #standings = new Map<string, ContractReport['standings'][number]>();
  readonly #owed = new Map<
    string,
    { kind: DebtKind; by: DebtSide; owner: Department; subjects: number; amounts: string[]; unknown: number }
  >();
  #subjects = 0;
  #conflicts = 0;
  #counted = 0;
  #outdated = 0;

  add(standing: ReturnType<typeof standingOf>, facts: Parameters<typeof standingOf>[0], first: number, findings: number): void {
    const { ended, cause, debts, conflicts } = standing;
    this.#subjects += 1;
    this.#counted += findings;
    this.#conflicts += conflicts.length;
    const key = `${ended} ${cause}`;
    this.#standings.set(key, { ended, cause, subjects: (this.#standings.get(key)?.subjects ?? 0) + 1 });
    for (const c of conflicts)
      this.#note(
        { kind: 'standing-conflict', owner: c.owner, source: null, dataset: null, what: `${c.left} ≠ ${c.right}` },
        first,
        c.atStake,
      );
    if (cause === 'running')
      this.#note({ kind: 'contract-running', owner: 'sales', source: null, dataset: null, what: 'contract' }, first, null);
    for (const d of debts) {
      const owner = ownerOf(
        facts.filter((f) => f.kind === d.kind),
        d.kind,
      );
      this.#note(
        {
          kind: 'obligation-owed',
          owner,
          source: null,
          dataset: null,
          what: d.by === 'customer' && d.kind !== 'payment' ? `${d.kind} by customer` : d.kind,
        },
        first,
        d.kind === 'points' ? null : d.amount,
      );
      const owedKey = `${d.kind} ${d.by} ${owner}`;
      const seen = this.#owed.get(owedKey) ?? { kind: d.kind, by: d.by, owner, subjects: 0, amounts: [], unknown: 0 };
      seen.subjects += 1;
      if (d.amount === null) seen.unknown += 1;
      else keep(seen.amounts, d.amount);
      this.#owed.set(owedKey, seen);
    }
  }

  outdated(dataset: string, why: 'record' | 'evidence', first: number | null): void {
    this.#outdated += 1;
    const cut = dataset.indexOf('/');
    this.#note(
      { kind: 'finding-outdated', owner: 'sales', source: dataset.slice(0, cut), dataset: dataset.slice(cut + 1), what: `finding-${why}` },
      first,
      null,
    );
  }

  items(): OpenItem[] {
    return [...this.#open.values()].map(({ item: { what, ...item }, subjects, examples, amounts }) => ({
      ...item,
      field: null,
      count: subjects,
      examples,
      detail: amounts.length === 0 ? what : `${what} CNY ${sumOf(amounts)}`,
    }));
  }

  report(day: string): ContractReport {
    return {
      schema: 'shanhou.contracts.v1',
      today: day,
      subjects: this.#subjects,
      standings: [...this.#standings.values()].toSorted((a, b) => b.subjects - a.subjects || (a.cause < b.cause ? -1 : 1)),
      owed: [...this.#owed.values()].map(({ amounts, ...o }) => ({ ...o, amount: amounts.length === 0 ? null : sumOf(amounts) })),
      conflicts: this.#conflicts,
      findings: { counted: this.#counted, outdated: this.#outdated },
    };
  }

  #note(item: Item, index: number | null, amount: string | null): void {
    const key = JSON.stringify(item);
    const seen = this.#open.get(key) ?? { item, subjects: 0, examples: [], amounts: [] };
    seen.subjects += 1;
    if (index !== null && seen.examples.length < 10) seen.examples.push(index);
    if (amount !== null) keep(seen.amounts, amount);
    this.#open.set(key, seen);
  }
}

/** Adds up as it goes, so that a million amounts are never held. */
function keep(amounts: string[], amount: string): void {
  amounts.push(amount);
  if (amounts.length >= HELD) amounts.splice(0, amounts.length, sumOf(amounts));
}
