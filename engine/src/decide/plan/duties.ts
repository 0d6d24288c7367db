// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import type { Clock } from './clock.ts';
import { nominalDays } from './period.ts';
import type { Applicable } from './ports.ts';
import { versionsOf } from './versions.ts';
import type { Window } from './window.ts';

/**
 * What a rule asks about keeping.
 * period      keep until start + period
 * permanent   keep for ever
 * silent      keep, the period stands in the rules its text names (al-23, tax-24): says nothing once a firm rule with a period speaks
 * matter      keep until a matter is settled (acct-19)
 * open-ended  keep, and nobody can tell how long
 * ceiling     must be gone after start + period
 * appraisal   the old period was over before the new one came: destroyed only after appraisal (财会〔2016〕3号)
 */
export type DutyKind = 'period' | 'permanent' | 'silent' | 'matter' | 'open-ended' | 'ceiling' | 'appraisal';

export interface Duty {
  readonly rule: Rule;
  readonly kind: DutyKind;
  /** A `hard` rule, or one that Legal confirmed. Otherwise it may stop a record, never decide it. */
  readonly firm: boolean;
  /** null = hangs on a condition nobody answered. */
  readonly applies: true | null;
  /** Only for `period` and `ceiling`. */
  readonly clock: Clock | null;
  /** Records it speaks to; null = all. */
  readonly window: Window | null;
  /** Not firm because old and new law differ and no text says which governs. */
  readonly unsettled: boolean;
}

export interface Law {
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  readonly applicable: Applicable;
}

/**
 * Duties that touch a record of one class, the nominally longest first (permanent = longest, no computable end = last), then firm before
 * open, read before confirmed, a stated start before an assumed one, higher law before lower, the earlier in force, then by id. `info` rules and rules that Legal refused are left out; a rule both confirmed and refused counts as
 * undecided. A ceiling destroys, so only a firm one with known conditions is a duty.
 */
export function dutiesOf(law: Law, recordClass: RecordClass, minor: boolean | null): readonly Duty[] {
  const known = answers.get(law.facts);
  const mine = known?.rules === law.rules && known.applicable === law.applicable ? known.duties : new Map<string, readonly Duty[]>();
  if (mine !== known?.duties) answers.set(law.facts, { rules: law.rules, applicable: law.applicable, duties: mine });
  const key = `${recordClass} ${minor}`;
  const duties = mine.get(key) ?? versionsOf(law, recordClass, minor).toSorted(longestFirst);
  mine.set(key, duties);
  return duties;
}

/** The records of one case ask the same again and again; the answer depends on nothing else. */
const answers = new WeakMap<CaseFacts, Pick<Law, 'rules' | 'applicable'> & { readonly duties: Map<string, readonly Duty[]> }>();

const LEVELS = ['law', 'administrative-regulation', 'judicial-interpretation', 'departmental-rule', 'local-regulation', 'notice'];

const length = (clock: Clock | null): number => (clock === null ? 0 : nominalDays(clock.period));

/**
 * Can a duty whose start is not known be left aside beside a firm one? Only when that one is nominally as long, and still runs or is of the
 * same schedule (same parent): the card of a fixed asset (5 years from scrapping) beside a ledger (30 years).
 */
export function coveredBy(open: Pick<Duty, 'clock' | 'rule'>, firm: Pick<Duty, 'clock' | 'rule'>): 'always' | 'while-running' | 'never' {
  if (open.clock === null || (firm.clock !== null && length(firm.clock) < length(open.clock))) return 'never';
  return firm.rule.parent?.some((p) => open.rule.parent?.includes(p)) ? 'always' : 'while-running';
}

export function longestFirst(a: Duty, b: Duty): number {
  const [x, y] = [ranks(a), ranks(b)];
  const differ = x.findIndex((rank, i) => rank !== y[i]);
  return differ === -1 || x[differ]! < y[differ]! ? -1 : 1;
}

/** The smaller comes first. */
function ranks(d: Duty): readonly (number | string)[] {
  const { rule } = d;
  return [
    d.kind === 'permanent' ? -Number.MAX_SAFE_INTEGER : -length(d.clock),
    d.firm ? 0 : 1,
    rule.decides === 'hard' ? 0 : 1,
    rule.startStated === false ? 1 : 0,
    LEVELS.indexOf(rule.level),
    rule.inForceFrom ?? '',
    keyOf(d),
  ];
}

/** Tells two duties of one record apart. */
export function keyOf(duty: Duty): string {
  return JSON.stringify([duty.rule.id, duty.kind, duty.window?.kind ?? '', duty.clock, duty.firm]);
}
