// SPDX-License-Identifier: Apache-2.0
import type { EndCause, Standing, StandingFact } from '../../model/standing.ts';
import { positive, sumOf } from './amount.ts';

/**
 * Standing (合同状态) of one subject from everything that any system says of it, on the legal day `today` (YYYY-MM-DD).
 * The first that answers decides:
 *   unsettled  a positive balance or an open dispute: owed, not ended (消费者权益保护法实施条例 22)
 *   conflict   one system says ended and another says active: cannot tell, both are named
 *   unknown    a system says something that cannot be read: cannot tell
 *   running    every system that speaks says active
 *   ended      every system that speaks says ended; since the latest of their days (民法典 557)
 *   none       no system speaks: ended by the end of the service when the cause of dissolution is past, else cannot tell
 * A system is one dataset and kind (contract or billing); a system with several contracts has ended when all of them have. An end that
 * lies after `today` is still to come: active. The order of facts is without effect. Balances are in CNY, as decimal text.
 */
export function standingOf(facts: readonly StandingFact[], dissolution: string | null, today: string): Standing {
  const systems = systemsOf(facts, today);
  const conflicts = conflictsOf(systems);
  const says = (value: Says) => systems.filter((s) => s.says === value);
  const ended = latestEnd(facts);
  const balances = facts.filter((f) => f.kind === 'balance').map((f) => f.value);
  const disputes = facts.filter((f) => f.kind === 'dispute').map((f) => f.value);

  const owed = [
    ...(balances.some((b) => positive(b) === true) ? [`balance CNY ${sumOf(balances.filter((b) => positive(b) === true))}`] : []),
    ...(disputes.includes('open') ? ['dispute'] : []),
  ];
  if (owed.length > 0) return { ended: false, cause: 'unsettled', endedOn: null, owed, conflicts };
  if (conflicts.length > 0) return { ended: null, cause: 'conflict', endedOn: null, owed, conflicts };
  const unreadable = balances.some((b) => positive(b) === null) || disputes.some((d) => d !== 'closed');
  if (unreadable || says('unknown').length > 0) return { ended: null, cause: 'unknown', endedOn: null, owed, conflicts };
  if (says('active').length > 0) return { ended: false, cause: 'running', endedOn: null, owed, conflicts };
  if (systems.length > 0) return { ended: true, ...ended, owed, conflicts };
  const ceased = dissolution !== null && dissolution <= today;
  return { ended: ceased ? true : null, cause: 'none', endedOn: ceased ? dissolution : null, owed, conflicts };
}

type Says = 'ended' | 'active' | 'unknown';
interface System {
  readonly dataset: string;
  readonly says: Says;
}

/** What each system says: active if any of its contracts is, unknown if any cannot be read, else ended. */
function systemsOf(facts: readonly StandingFact[], today: string): readonly System[] {
  const heard = new Map<string, { dataset: string; values: Set<Says> }>();
  for (const fact of facts) {
    if (fact.kind !== 'contract' && fact.kind !== 'billing') continue;
    const key = `${fact.dataset} ${fact.kind}`;
    const system = heard.get(key) ?? { dataset: fact.dataset, values: new Set<Says>() };
    system.values.add(saidBy(fact, today));
    heard.set(key, system);
  }
  return [...heard]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { dataset, values }]) => ({ dataset, says: values.has('active') ? 'active' : values.has('unknown') ? 'unknown' : 'ended' }));
}

function saidBy({ value, endedOn }: StandingFact, today: string): Says {
  if (value === 'active') return 'active';
  if (value !== 'ended') return 'unknown';
  // A placeholder such as 9999-12-31 beside "ended" is no day to come but a sign that nobody knows.
  if (endedOn !== null && endedOn >= '9000') return 'unknown';
  return endedOn !== null && endedOn > today ? 'active' : 'ended';
}

function conflictsOf(systems: readonly System[]): Standing['conflicts'] {
  const active = systems.filter((s) => s.says === 'active');
  return systems
    .filter((s) => s.says === 'ended')
    .flatMap((left) => active.map((right) => ({ left: left.dataset, right: right.dataset, says: 'ended/active' })));
}

/** Causes that say why a contract ended; the others only say that something stands in the way. */
const REAL_CAUSES: ReadonlySet<EndCause> = new Set<EndCause>([
  'performed',
  'set-off',
  'deposited',
  'released',
  'merged',
  'rescinded',
  'expired',
  'service.ceased',
]);

/** The latest day of end and the cause given with it, or with the latest earlier end that gives one. */
function latestEnd(facts: readonly StandingFact[]): Pick<Standing, 'cause' | 'endedOn'> {
  const ends = facts
    .filter((f) => (f.kind === 'contract' || f.kind === 'billing') && f.value === 'ended')
    .toSorted((a, b) => compare(b.endedOn ?? '', a.endedOn ?? '') || compare(a.dataset, b.dataset) || compare(a.cause, b.cause));
  const cause = ends.find((f) => REAL_CAUSES.has(f.cause))?.cause ?? 'unknown';
  return { cause, endedOn: ends.find((f) => f.endedOn !== null)?.endedOn ?? null };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
