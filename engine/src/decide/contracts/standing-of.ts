// SPDX-License-Identifier: Apache-2.0
import { type Debt, END_CAUSES, type EndCause, type Finding, type Standing, type StandingFact } from '../../model/standing.ts';
import { applyFindings } from './apply-findings.ts';
import { debtsOf } from './debts-of.ts';
import type { StandingBasis, SubjectStanding } from './ports.ts';
import { type Says, endConflicts, systemsOf } from './systems-of.ts';

/**
 * Standing (合同状态) of one subject from everything that any system says of it and what people found out (`findings`, oldest first).
 * The first that answers decides:
 *   unsettled  something is owed either way, or a dispute is open: not ended (消费者权益保护法实施条例 22; 法释〔2025〕4号 7)
 *   conflict   systems contradict each other: cannot tell, both are named
 *   unknown    a system says something that cannot be read: cannot tell
 *   running    every system that speaks says active
 *   ended      every system that speaks says ended; since the latest of their days (民法典 557)
 *   none       no system speaks: ended by the end of the service when the cause of dissolution is past, else cannot tell
 * A system is one dataset and kind (contract or billing); a system with several contracts has ended when all of them have. An end that
 * lies after `today` is still to come: active. The order of facts is without effect. Money is CNY, as decimal text.
 */
export function standingOf(facts: readonly StandingFact[], basis: StandingBasis, findings: readonly Finding[] = []): SubjectStanding {
  const { dissolution, today } = basis;
  const heard = applyFindings(facts, findings);
  const systems = systemsOf(heard, today);
  const { debts, unclear, conflicts: debtConflicts } = debtsOf(heard, today);
  const money = debts.filter((d) => d.by === 'company' && d.kind !== 'points').flatMap((d) => d.amount ?? []);
  const conflicts = [...endConflicts(heard, today, money), ...debtConflicts];
  const says = (value: Says) => systems.some((s) => s.says === value);
  const result = (ended: boolean | null, cause: EndCause, endedOn: string | null = null): SubjectStanding => ({
    ended,
    cause,
    endedOn,
    owed: debts.map(debtCode),
    debts,
    conflicts,
  });

  if (debts.length > 0) return result(false, 'unsettled');
  if (conflicts.length > 0) return result(null, 'conflict');
  if (unclear || says('unknown')) return result(null, 'unknown');
  if (says('active')) return result(false, 'running');
  if (systems.length > 0) return { ...result(true, 'unknown'), ...latestEnd(heard) };
  const ceased = dissolution !== null && dissolution <= today;
  return result(ceased ? true : null, 'none', ceased ? dissolution : null);
}

/** `prepaid CNY 360.00`, `points 120.00`, `dispute`; with `by customer` where the kind alone does not say that the customer owes it. */
export function debtCode({ kind, by, amount }: Debt): string {
  const usual = kind === 'payment' ? 'customer' : 'company';
  return [kind, ...(amount === null ? [] : kind === 'points' ? [amount] : ['CNY', amount]), ...(by === usual ? [] : ['by', by])].join(' ');
}

/** The latest day of end and the cause given with it, or with the latest earlier end that gives one; who was taken over is not deleted, so that comes first. */
function latestEnd(facts: readonly StandingFact[]): Pick<Standing, 'cause' | 'endedOn'> {
  const ends = facts
    .filter((f) => (f.kind === 'contract' || f.kind === 'billing') && f.value === 'ended')
    .toSorted((a, b) => compare(b.endedOn ?? '', a.endedOn ?? '') || compare(a.dataset, b.dataset) || compare(a.cause, b.cause));
  const taken = ends.some((f) => f.cause === 'assumed-by-successor') ? ('assumed-by-successor' as const) : undefined;
  const cause = taken ?? ends.find((f) => (END_CAUSES as readonly string[]).includes(f.cause))?.cause ?? 'unknown';
  return { cause, endedOn: ends.find((f) => f.endedOn !== null)?.endedOn ?? null };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
