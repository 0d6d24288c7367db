// SPDX-License-Identifier: Apache-2.0
import type { Finding, StandingFact } from '../../model/standing.ts';

/** The name under which a finding speaks among the systems. */
export const BY_HAND = 'finding';

/**
 * Facts with what people found out put in their place: on the end of a contract the latest finding on it, or on all of the subject's,
 * speaks instead of the systems; debts that a finding shows as settled are gone. `findings`: oldest first.
 */
export function applyFindings(facts: readonly StandingFact[], findings: readonly Finding[]): readonly StandingFact[] {
  if (findings.length === 0) return facts;
  const said = facts.flatMap((fact): StandingFact[] => {
    const { kind } = fact;
    const own = findings.filter((f) => f.contract === null || f.contract === (fact.contract ?? null));
    if (kind !== 'contract' && kind !== 'billing') return own.some((f) => f.settled.includes(kind)) ? [] : [fact];
    const found = own.findLast((f) => f.ended !== null);
    return [found ? { ...fact, ...spoken(found), ...(fact.contract === undefined ? {} : { contract: fact.contract }) } : fact];
  });
  const silent = !facts.some((f) => f.kind === 'contract' || f.kind === 'billing');
  const found = findings.findLast((f) => f.contract === null && f.ended !== null);
  return silent && found ? [...said, { kind: 'contract', ...spoken(found) }] : said;
}

function spoken({ ended, cause, endedOn }: Finding): Omit<StandingFact, 'kind'> {
  return { dataset: BY_HAND, value: ended === true ? 'ended' : 'active', cause: ended === true ? cause : 'running', endedOn };
}
