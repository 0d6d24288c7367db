// SPDX-License-Identifier: Apache-2.0
import type { StandingFact } from '../../model/standing.ts';
import { larger, sumOf } from './amount.ts';
import { BY_HAND } from './apply-findings.ts';
import { ownerOf } from './owner-of.ts';
import type { OwnedConflict } from './ports.ts';

export type Says = 'ended' | 'active' | 'unknown';

/** One dataset and kind that speaks about contracts: of one numbered contract, or of all it knows of the subject. */
export interface System {
  readonly dataset: string;
  readonly says: Says;
  /** Numbers of the contracts it speaks of; empty = it gives none. */
  readonly contracts: ReadonlySet<string>;
  readonly facts: readonly StandingFact[];
}

/** What each system says on `today`: active if any of its contracts is, unknown if any cannot be read, else ended. */
export function systemsOf(facts: readonly StandingFact[], today: string): readonly System[] {
  const spoken = facts.filter((f) => f.kind === 'contract' || f.kind === 'billing');
  return [...Map.groupBy(spoken, (f) => `${f.dataset} ${f.kind}`)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const values = new Set(own.map((f) => saidBy(f, today)));
      return {
        dataset: own[0]!.dataset,
        says: values.has('active') ? 'active' : values.has('unknown') ? 'unknown' : 'ended',
        contracts: new Set(own.flatMap((f) => f.contract ?? [])),
        facts: own,
      };
    });
}

function saidBy({ value, endedOn }: StandingFact, today: string): Says {
  if (value === 'active') return 'active';
  if (value !== 'ended') return 'unknown';
  // A placeholder such as 9999-12-31 beside "ended" is no day to come but a sign that nobody knows.
  if (endedOn !== null && endedOn >= '9000') return 'unknown';
  return endedOn !== null && endedOn > today ? 'active' : 'ended';
}

/**
 * Systems of which one says ended and the other active. Two that give a number in common are compared contract by contract; any other two
 * as wholes, for nobody knows which of the contracts each means. `owedMoney`: CNY owed to the subject, which hangs on every conflict.
 */
export function endConflicts(facts: readonly StandingFact[], today: string, owedMoney: readonly string[]): OwnedConflict[] {
  const whole = systemsOf(facts, today);
  const numbers = [...new Set(facts.flatMap((f) => f.contract ?? []))].toSorted();
  const byNumber = numbers.flatMap((number) =>
    opposed(
      systemsOf(
        facts.filter((f) => f.contract === number),
        today,
      ),
    ),
  );
  const compared = (l: System, r: System) => [...l.contracts].some((number) => r.contracts.has(number));
  // What somebody found out about one contract says nothing of another one.
  const apart = (l: System, r: System) => [l, r].some((s) => s.dataset === BY_HAND) && l.contracts.size > 0 && r.contracts.size > 0;
  const asWholes = opposed(whole).filter(([l, r]) => !compared(l, r) && !apart(l, r));
  return [...byNumber, ...asWholes].map(([left, right]) => ({
    left: left.dataset,
    right: right.dataset,
    says: 'ended/active',
    atStake: atStake(left, right, owedMoney),
    owner: ownerOf([...left.facts, ...right.facts], left.facts[0]!.kind),
  }));
}

function opposed(systems: readonly System[]): readonly (readonly [System, System])[] {
  const active = systems.filter((s) => s.says === 'active');
  return systems.filter((s) => s.says === 'ended').flatMap((left) => active.map((right) => [left, right] as const));
}

function atStake(left: System, right: System, owedMoney: readonly string[]): string | null {
  const worth = [left, right].flatMap((s) => {
    const amounts = s.facts.flatMap((f) => f.amount ?? []);
    return amounts.length === 0 ? [] : [sumOf(amounts)];
  });
  const parts = [...(worth.length === 0 ? [] : [worth.reduce(larger)]), ...owedMoney];
  return parts.length === 0 ? null : sumOf(parts);
}
