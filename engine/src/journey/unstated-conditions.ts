// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../model/case.ts';
import type { RecordClass, Rule } from '../model/law.ts';

/** Conditions of which one always holds: where none is stated, nobody knows which. */
const EITHER_OR: readonly (readonly string[])[] = [
  ['has-shelf-life', 'no-shelf-life'],
  ['shelf-life-1y-or-more', 'shelf-life-under-1y'],
  ['policy-term-1y-or-less', 'policy-term-over-1y'],
  ['outpatient', 'inpatient'],
  ['device-with-expiry', 'device-without-expiry'],
];

type Holds = (condition: string, asked: { facts: CaseFacts; recordClass: RecordClass; minor: boolean | null }) => boolean | null;

/**
 * A worked case lists the conditions that hold and stays silent on the rest. Which silent ones are denied, and which are simply not known?
 * Not known, and so a gap where it matters:
 *   - both of an either-or, when neither is stated (food whose shelf life nobody gives has no known period, not none);
 *   - the special positions that alone could keep the record (network operator, public-venue camera), when the case says nothing about
 *     any of them and no other rule keeps it.
 * Denied: what the case could have said beside what it did say (a seller that states its goods' shelf life and not that it is their
 * registrant), and an unsettled claim, of which the standing speaks.
 */
export function conditionsNotStated(
  facts: CaseFacts,
  rules: readonly Rule[],
  { recordClass, minor }: { recordClass: RecordClass; minor: boolean | null },
  holds: Holds,
): readonly string[] {
  const asked = (condition: string) => holds(condition, { facts, recordClass, minor });
  const all = [...new Set(rules.flatMap((r) => r.conditions.flatMap((c) => c.split('|'))))];
  const keepers = rules.filter(
    (r) =>
      r.effect === 'retain' &&
      r.decides !== 'info' &&
      (!r.region || facts.region !== null) &&
      r.recordClasses.includes(recordClass) &&
      (r.sectors.includes('all') || r.sectors.some((s) => facts.sectors.includes(s))),
  );
  const relevant = new Set(keepers.flatMap((r) => r.conditions.flatMap((c) => c.split('|'))).filter((c) => c !== 'unsettled-claim'));
  const unknown = new Set(EITHER_OR.filter((pair) => pair.some((c) => relevant.has(c)) && pair.every((c) => asked(c) === null)).flat());
  const spoken = [...relevant].some((c) => asked(c) !== null);
  const kept = keepers.some((r) => r.conditions.length === 0 && (r.decides === 'hard' || facts.confirmed.includes(r.id)));
  if (!spoken && !kept) for (const c of relevant) unknown.add(c);
  return all.filter((c) => asked(c) === null && !unknown.has(c));
}
