// SPDX-License-Identifier: Apache-2.0
import { DEBT_KINDS, type Debt, type DebtKind, type DebtSide, type StandingFact } from '../../model/standing.ts';
import { larger, sameAmount, sumOf } from './amount.ts';
import { ownerOf } from './owner-of.ts';
import type { OwnedConflict } from './ports.ts';

type DebtFact = StandingFact & { readonly kind: DebtKind };

export interface Debts {
  readonly debts: readonly Debt[];
  /** Something was said about a debt that nobody can read. */
  readonly unclear: boolean;
  readonly conflicts: readonly OwnedConflict[];
}

/**
 * What is owed on `today`. Datasets that give the same contract number for the same kind speak of one debt: where they differ it is a conflict,
 * and the more is owed. Pieces without a number are debts of their own. A warranty is open up to and including its last day.
 */
export function debtsOf(facts: readonly StandingFact[], today: string): Debts {
  const said = facts.filter(isDebt).map((f) => (isOver(f, today) ? { ...f, value: 'closed' as const } : f));
  const pieces: { kind: DebtKind; by: DebtSide; amount: string | null }[] = said
    .filter((f) => f.contract === undefined && f.value === 'open')
    .map(piece);
  const conflicts: OwnedConflict[] = [];
  const numbered = Map.groupBy(
    said.filter((f) => f.contract !== undefined),
    (f) => `${f.kind} ${sideOf(f)} ${f.contract}`,
  );
  for (const [, same] of [...numbered].toSorted(([a], [b]) => compare(a, b))) {
    const systems = [...Map.groupBy(same, (f) => f.dataset)]
      .toSorted(([a], [b]) => compare(a, b))
      .map(([dataset, own]) => spoken(dataset, own));
    const open = systems.filter((s) => s.open);
    for (const [i, left] of systems.entries())
      for (const right of systems.slice(i + 1)) if (differ(left, right)) conflicts.push(conflictOf(left, right, same[0]!.kind, same));
    const amounts = open.flatMap((s) => s.amount ?? []);
    if (open.length > 0) pieces.push({ ...piece(same[0]!), amount: amounts.length === 0 ? null : amounts.reduce(larger) });
  }
  return { debts: added(pieces), unclear: said.some((f) => f.value !== 'open' && f.value !== 'closed'), conflicts };
}

function isDebt(fact: StandingFact): fact is DebtFact {
  return fact.kind !== 'contract' && fact.kind !== 'billing';
}

const isOver = (f: DebtFact, today: string) => f.kind === 'warranty' && f.value === 'open' && f.endedOn !== null && f.endedOn < today;

const sideOf = (f: DebtFact): DebtSide => f.by ?? (f.kind === 'payment' ? 'customer' : 'company');

const piece = (f: DebtFact) => ({ kind: f.kind, by: sideOf(f), amount: f.amount ?? null });

interface System {
  readonly dataset: string;
  readonly open: boolean;
  readonly unclear: boolean;
  readonly amount: string | null;
}

function spoken(dataset: string, facts: readonly DebtFact[]): System {
  const open = facts.filter((f) => f.value === 'open');
  const amounts = open.flatMap((f) => f.amount ?? []);
  return {
    dataset,
    open: open.length > 0,
    unclear: facts.some((f) => f.value === 'unknown'),
    amount: amounts.length === 0 ? null : sumOf(amounts),
  };
}

function differ(a: System, b: System): boolean {
  if (a.unclear || b.unclear) return false;
  return a.open !== b.open || (a.amount !== null && b.amount !== null && !sameAmount(a.amount, b.amount));
}

function conflictOf(left: System, right: System, kind: DebtKind, facts: readonly DebtFact[]): OwnedConflict {
  const word = (s: System) => (s.open ? (left.open && right.open ? s.amount! : 'open') : 'closed');
  const amounts = [left, right].flatMap((s) => s.amount ?? []);
  return {
    left: left.dataset,
    right: right.dataset,
    says: `${kind} ${word(left)}/${word(right)}`,
    atStake: amounts.length === 0 || kind === 'points' ? null : amounts.reduce(larger),
    owner: ownerOf(facts, kind),
  };
}

function added(pieces: readonly { kind: DebtKind; by: DebtSide; amount: string | null }[]): Debt[] {
  return DEBT_KINDS.flatMap((kind) =>
    (['company', 'customer'] as const).flatMap((by): Debt[] => {
      const own = pieces.filter((p) => p.kind === kind && p.by === by);
      const amounts = own.flatMap((p) => p.amount ?? []);
      return own.length === 0 ? [] : [{ kind, by, amount: amounts.length === 0 ? null : sumOf(amounts) }];
    }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
