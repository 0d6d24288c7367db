// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { Reason } from '../../model/disposition.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import { APPRAISED, CITED, EXPIRED } from './cited.ts';
import type { Law } from './duties.ts';

/** The company itself ends: by liquidation, bankruptcy, deregistration, or into a successor. */
export function isDissolving(facts: CaseFacts): boolean {
  return facts.route !== 'contract-end-only' && facts.route !== 'suspension';
}

/** The company itself is ending and the day has come: it no longer provides any service (个人信息保护法 47 一款二项). */
export function ceasedByRoute(facts: CaseFacts): boolean {
  return isDissolving(facts) && facts.route !== 'successor' && facts.dissolution !== null && facts.dissolution <= facts.today;
}

/** Decides by itself, or was confirmed. */
export function isFirm(rule: Rule, facts: CaseFacts): boolean {
  return rule.decides === 'hard' || (facts.confirmed.includes(rule.id) && !facts.refused.includes(rule.id));
}

export interface Bar {
  readonly disposition: 'hold' | 'gap';
  readonly reason: Reason;
  readonly rule: string;
}

/**
 * A report that must be made before anything is disposed of on dissolution (网数条例 32, 关基条例 21). From 10 million persons (网数条例 28),
 * and for cars as 汽车数据规定 3 says, personal information counts as important data. null = nothing bars.
 */
export function reportBar(law: Law, recordClass: RecordClass): Bar | null {
  const { facts, rules, applicable } = law;
  if (!isDissolving(facts)) return null;
  const counted = { ...facts, notConditions: facts.notConditions.filter((c) => c !== 'important-data') };
  const ask = (asked: RecordClass) =>
    applicable(rules, { facts: asked === recordClass ? facts : counted, recordClass: asked, day: facts.today, minor: null });
  const own = ask(recordClass);
  const many = own.applies.some((r) => r.id === CITED.manyPersons);
  const cars = own.applies.find((r) => r.id === CITED.manyInCars);
  const asImportant = many || (cars !== undefined && isFirm(cars, facts)) ? ask('important-data') : { applies: [], unknownConditions: [] };
  const due = (rule: Rule) => rule.effect === 'report' && rule.decides !== 'info' && facts.reported?.includes(rule.id) !== true;
  const bars = [...own.applies, ...asImportant.applies].filter(due);
  const firm = bars.find((r) => isFirm(r, facts));
  if (firm) return { disposition: 'hold', reason: 'report-pending', rule: firm.id };
  const undecided = [...bars, ...(cars ? [cars] : [])].find((r) => !isFirm(r, facts) && !facts.refused.includes(r.id));
  if (undecided) return { disposition: 'gap', reason: 'rule-unconfirmed', rule: undecided.id };
  const hanging = own.unknownConditions
    .map((u) => u.rule)
    .find((r) => due(r) || (r.id === CITED.manyInCars && !facts.refused.includes(r.id)));
  return hanging ? { disposition: 'gap', reason: 'condition-unknown', rule: hanging.id } : null;
}

export interface Handover {
  /** The rule that orders it, or null. */
  readonly firm: Rule | null;
  /** In bankruptcy everything goes to the administrator, whatever periods say (企业破产法 13, 25). */
  readonly atOnce: boolean;
  /** A rule that would order it, once Legal confirms it. */
  readonly open: Rule | null;
}

/** Who must be given a record of the class when the company or the contract ends, by the law of the day of dissolution. */
export function handoverOf({ facts, rules, applicable }: Law, recordClass: RecordClass): Handover {
  const day = facts.dissolution ?? facts.today;
  const inForce = (r: Rule) => (r.inForceFrom === null || r.inForceFrom <= day) && (r.inForceTo === null || r.inForceTo >= day);
  const due = (r: Rule) =>
    r.effect === 'handover' &&
    r.decides !== 'info' &&
    (r.startEvent === 'contract.ended' ? r.inForceTo === null || r.inForceTo >= facts.today : isDissolving(facts) && inForce(r));
  const found = applicable(rules, { facts, recordClass, day: facts.today, minor: null, earlier: true })
    .applies.filter(due)
    .toSorted((a, b) => Number(isGeneral(a, recordClass)) - Number(isGeneral(b, recordClass)) || (a.id < b.id ? -1 : 1));
  const bankrupt = found.filter((r) => isFirm(r, facts) && r.conditions.includes('bankruptcy'));
  const administrator = bankrupt.find((r) => r.id === CITED.administrator) ?? bankrupt[0];
  if (administrator) return { firm: administrator, atOnce: true, open: null };
  return {
    firm: found.find((r) => isFirm(r, facts)) ?? null,
    atOnce: false,
    open: found.find((r) => !isFirm(r, facts) && !facts.refused.includes(r.id)) ?? null,
  };
}

/** Firm rules that order deletion on an event, the more special first; PIPL 47 itself and what needs appraisal are asked elsewhere. */
export function deletionsOf({ facts, rules, applicable }: Law, recordClass: RecordClass, minor: boolean | null): readonly Rule[] {
  const elsewhere: readonly string[] = [CITED.serviceCeased, CITED.purposeEnded, CITED.retentionExpired, CITED.processor];
  const rank = (r: Rule) => {
    if (r.id === CITED.unlawful) return 0;
    if (r.id === CITED.withdrawn) return 1;
    if (!isGeneral(r, recordClass)) return r.recordClasses.some((c) => c.startsWith('any-')) ? 3 : 2;
    return r.region ? 4 : 5;
  };
  const counted = { ...facts, conditions: [...facts.conditions, EXPIRED] };
  return applicable(rules, { facts: counted, recordClass, day: facts.today, minor })
    .applies.filter(
      (r) => r.effect === 'delete-on-event' && isFirm(r, facts) && !elsewhere.includes(r.id) && !r.conditions.includes(APPRAISED),
    )
    .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** A general rule speaks to every class; a special one names the class. */
export function isGeneral(rule: Rule, recordClass: RecordClass): boolean {
  return !rule.recordClasses.includes(recordClass);
}

/**
 * The rule that lets archives of the class be destroyed only after appraisal (档案法实施条例 24): `bar` while nobody says that they were
 * appraised, `allowed` once somebody did.
 */
export function appraisalOf({ facts, rules, applicable }: Law, recordClass: RecordClass): { bar: Rule | null; allowed: Rule | null } {
  const asked = { ...facts, notConditions: facts.notConditions.filter((c) => c !== APPRAISED) };
  const answer = applicable(rules, { facts: asked, recordClass, day: facts.today, minor: null });
  const rule = [...answer.applies, ...answer.unknownConditions.map((u) => u.rule)].find(
    (r) => r.conditions.includes(APPRAISED) && r.effect === 'delete-on-event' && isFirm(r, facts),
  );
  const done = facts.conditions.includes(APPRAISED);
  return { bar: done ? null : (rule ?? null), allowed: done ? (rule ?? null) : null };
}

/** What is still owed, and the provision that says so: prepaid money of consumers, vouchers of unsettled claims. */
export function owedRule({ facts, rules }: Pick<Law, 'facts' | 'rules'>, recordClass: RecordClass): readonly string[] {
  const prepaid = recordClass === 'prepaid-balance' || (facts.conditions.includes('prepaid') && facts.conditions.includes('consumer'));
  if (prepaid) return [CITED.prepaid];
  const known = rules.some((r) => r.id === CITED.unsettledVoucher);
  return recordClass === 'accounting-voucher' && known ? [CITED.unsettledVoucher] : [];
}
