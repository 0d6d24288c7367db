// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';

export interface Question {
  readonly facts: Pick<CaseFacts, 'sectors' | 'conditions' | 'notConditions'>;
  readonly recordClass: RecordClass;
  /** The legal day on which the law is asked, YYYY-MM-DD. */
  readonly day: string;
  /** Whether the person is under 14 on that day; null = the record does not tell, so the case's own facts speak. */
  readonly minor?: boolean | null;
}

export interface Answer {
  /** Rules whose every condition is known to hold. */
  readonly applies: readonly Rule[];
  /** Rules that would apply if the named conditions held; nobody has said whether they do. */
  readonly unknownConditions: readonly { readonly rule: Rule; readonly conditions: readonly string[] }[];
}

/**
 * Which rules speak to a record: in force on the day, of the sector, of the record class (`any-pi` and `any-data` speak to every class),
 * and with conditions that hold. A condition `a|b` holds when either does. Order of `rules` is kept.
 */
export function applicable(rules: readonly Rule[], question: Question): Answer {
  const applies: Rule[] = [];
  const unknownConditions: { rule: Rule; conditions: string[] }[] = [];
  for (const rule of rules) {
    if (!speaksTo(rule, question)) continue;
    const known = rule.conditions.map((condition) => ({ condition, holds: holds(condition, question) }));
    if (known.some((k) => k.holds === false)) continue;
    const open = known.filter((k) => k.holds === null).map((k) => k.condition);
    if (open.length === 0) applies.push(rule);
    else unknownConditions.push({ rule, conditions: open });
  }
  return { applies, unknownConditions };
}

/** Every single condition that some rule of the pack asks for, sorted: what a case file should answer. */
export function conditionsOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap((rule) => rule.conditions.flatMap((c) => c.split('|'))))].toSorted();
}

function speaksTo(rule: Rule, { facts, recordClass, day }: Question): boolean {
  const inForce = (rule.inForceFrom === null || rule.inForceFrom <= day) && (rule.inForceTo === null || rule.inForceTo >= day);
  const sector = rule.sectors.includes('all') || rule.sectors.some((s) => facts.sectors.includes(s));
  const record = rule.recordClasses.some((c) => c === recordClass || c === 'any-pi' || c === 'any-data');
  return inForce && sector && record;
}

/** true, false, or null when nobody has said. */
function holds(condition: string, question: Question): boolean | null {
  const answers = condition.split('|').map((one) => single(one, question));
  if (answers.includes(true)) return true;
  return answers.every((a) => a === false) ? false : null;
}

function single(condition: string, { facts, minor }: Question): boolean | null {
  if (condition === 'under-14' && typeof minor === 'boolean') return minor;
  if (facts.conditions.includes(condition)) return true;
  return facts.notConditions.includes(condition) ? false : null;
}
