// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import { type Asked, conditionHolds } from './known-facts.ts';

export interface Question extends Asked {
  /** The legal day on which the law is asked, YYYY-MM-DD. */
  readonly day: string;
  /** Also versions that are no longer in force on the day: a record made under one may still be judged by it. */
  readonly earlier?: boolean;
}

export interface Answer {
  /** Rules whose every condition is known to hold. */
  readonly applies: readonly Rule[];
  /** Rules that would apply if the named conditions held; nobody has said whether they do. */
  readonly unknownConditions: readonly { readonly rule: Rule; readonly conditions: readonly string[] }[];
}

/**
 * Which rules speak to a record: in force on the day, of the sector and region, of the record class (`any-pi` and `any-data` speak to
 * every class), and with conditions that hold. A condition `a|b` holds when either does. A local rule of a case whose region is not known
 * hangs on the condition `region`. Order of `rules` is kept.
 */
export function applicable(rules: readonly Rule[], question: Question): Answer {
  const applies: Rule[] = [];
  const unknownConditions: { rule: Rule; conditions: string[] }[] = [];
  for (const rule of rules) {
    if (!speaksTo(rule, question)) continue;
    const known = rule.conditions.map((condition) => ({ condition, holds: holds(condition, question) }));
    if (known.some((k) => k.holds === false)) continue;
    const open = known.filter((k) => k.holds === null).map((k) => k.condition);
    if (rule.region && question.facts.region === undefined) open.push('region');
    if (open.length === 0) applies.push(rule);
    else unknownConditions.push({ rule, conditions: open });
  }
  return { applies, unknownConditions };
}

/** Every single condition that some rule of the pack asks for, sorted: what a case file should answer. */
export function conditionsOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap((rule) => rule.conditions.flatMap((c) => c.split('|'))))].toSorted();
}

/** Does a place lie in a region? Both as ISO 3166-2 with a GB/T 2260 code, whose trailing zeros stand for "all of it" (CN-440305 lies in CN-440300). */
export function liesIn(place: string, region: string): boolean {
  const bare = (code: string) => code.replace(/^[A-Z]{2}-/, '');
  return bare(place).startsWith(bare(region).replace(/(00)+$/, ''));
}

function speaksTo(rule: Rule, { facts, recordClass, day, earlier }: Question): boolean {
  const inForce = (rule.inForceFrom === null || rule.inForceFrom <= day) && (earlier || rule.inForceTo === null || rule.inForceTo >= day);
  const sector = rule.sectors.includes('all') || rule.sectors.some((s) => facts.sectors.includes(s));
  const record = rule.recordClasses.some((c) => c === recordClass || c === 'any-pi' || c === 'any-data');
  const { region } = facts;
  const here = !rule.region || region === undefined || (region !== null && liesIn(region, rule.region));
  return inForce && sector && record && here;
}

/** true, false, or null when nobody has said. */
function holds(condition: string, question: Question): boolean | null {
  const answers = condition.split('|').map((one) => conditionHolds(one, question));
  if (answers.includes(true)) return true;
  return answers.every((a) => a === false) ? false : null;
}
