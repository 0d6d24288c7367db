// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import { nominalDays } from './period.ts';
import type { Applicable } from './ports.ts';

/**
 * What a rule asks about keeping.
 * period      keep until start + period
 * silent      keep, the period stands elsewhere (al-23, tax-24): says nothing once a rule with a period speaks
 * open-ended  keep, with no end that can be computed (until a matter is settled, for ever)
 * ceiling     must be gone after start + period
 */
export type DutyKind = 'period' | 'silent' | 'open-ended' | 'ceiling';

export interface Duty {
  readonly rule: Rule;
  readonly kind: DutyKind;
  /** A `hard` rule, or one that Legal confirmed. Otherwise it may stop a record, never decide it. */
  readonly firm: boolean;
  /** null = hangs on a condition nobody answered. */
  readonly applies: true | null;
}

/**
 * Duties that touch a record of one class, the nominally longest first (no computable end = longest), then by id. `info` rules and
 * rules that Legal refused are left out; a rule both confirmed and refused counts as undecided. A ceiling destroys, so only a firm one
 * with known conditions is a duty.
 */
export function dutiesOf(
  { facts, rules, applicable }: { facts: CaseFacts; rules: readonly Rule[]; applicable: Applicable },
  recordClass: RecordClass,
  minor: boolean | null,
): readonly Duty[] {
  const answer = applicable(rules, { facts, recordClass, day: facts.today, minor });
  return [...answer.applies.map((rule) => duty(rule, true, facts)), ...answer.unknownConditions.map(({ rule }) => duty(rule, null, facts))]
    .filter((d) => d !== null)
    .toSorted(longestFirst);
}

function duty(rule: Rule, applies: true | null, facts: CaseFacts): Duty | null {
  const kind = kindOf(rule);
  if (kind === null || rule.decides === 'info') return null;
  const [confirmed, refused] = [facts.confirmed.includes(rule.id), facts.refused.includes(rule.id)];
  const firm = rule.decides === 'hard' || (confirmed && !refused);
  if (!firm && refused && !confirmed) return null;
  if (kind === 'ceiling' && !(firm && applies)) return null;
  return { rule, kind, firm, applies };
}

function kindOf(rule: Rule): DutyKind | null {
  if (rule.effect === 'delete-by' || (rule.effect === 'retain' && rule.bound === 'ceiling')) return rule.period === null ? null : 'ceiling';
  if (rule.effect !== 'retain') return null;
  if (rule.period !== null) return 'period';
  return rule.storageBasis === 'direct-no-period' ? 'silent' : 'open-ended';
}

/** Nominally longest first, then by id. */
export function longestFirst(a: Pick<Duty, 'rule'>, b: Pick<Duty, 'rule'>): number {
  const length = (d: Pick<Duty, 'rule'>) => (d.rule.period === null ? Number.MAX_SAFE_INTEGER : nominalDays(d.rule.period));
  return length(b) - length(a) || (a.rule.id < b.rule.id ? -1 : 1);
}
