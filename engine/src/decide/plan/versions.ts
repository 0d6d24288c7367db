// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import { type Clock, clockOf, laterOf } from './clock.ts';
import type { Duty, DutyKind, Law } from './duties.ts';
import { type Window, madeOn } from './window.ts';

interface Found {
  readonly rule: Rule;
  readonly applies: true | null;
}

/**
 * Duties of every version that may govern some record of a class. A record is judged by the version of the day it was made, except that
 *   carried over   the text says the new period governs what was not yet destroyed (`按新办法`): new, unless the old one was over
 *   unsettled      no text says which governs (`transitionSettled: false`): what was over by the old one stays over; the rest waits for
 *                  Legal, who confirms the old id or the new one
 *   referred       the text sends older records to another provision (`…前的记录见 pipl-56`)
 */
export function versionsOf({ facts, rules, applicable }: Law, recordClass: RecordClass, minor: boolean | null): Duty[] {
  const answer = applicable(rules, { facts, recordClass, day: facts.today, minor, earlier: true });
  const found: Found[] = [
    ...answer.applies.map((rule) => ({ rule, applies: true as const })),
    ...answer.unknownConditions.map(({ rule }) => ({ rule, applies: null })),
  ].filter(({ rule }) => kindOf(rule) !== null && rule.decides !== 'info');
  const current = found.filter(({ rule }) => rule.inForceTo === null || rule.inForceTo >= facts.today);
  const ids = new Set(current.map((f) => f.rule.id));
  const earlier = found.filter((f) => !current.includes(f)).map((f) => ({ ...f, next: latestVersion(f.rule, rules, facts.today) }));
  const made = (f: Found, more: Partial<Duty> = {}) => make(f, facts, recordClass, more);
  return [
    ...current.flatMap((now) => {
      const old = earlier.filter((o) => o.next === now.rule.id);
      return old.length === 0 ? alone(now, rules, facts, recordClass) : beside(now, old, facts, recordClass);
    }),
    ...earlier
      .filter((o) => !ids.has(o.next))
      .map((o) =>
        made(o, {
          window: { kind: 'until', day: madeOn(o.rule), last: o.rule.inForceTo! },
          ...(o.rule.transitionSettled === false ? open(o.rule, facts) : {}),
        }),
      ),
  ].filter((d) => d !== null);
}

/** A rule without an earlier version that speaks to the record. */
function alone(now: Found, rules: readonly Rule[], facts: CaseFacts, recordClass: RecordClass): (Duty | null)[] {
  const { rule } = now;
  const since = rule.inForceFrom;
  if (since === null || rule.transitionSettled === null || rule.transitionSettled === undefined) return [make(now, facts, recordClass)];
  const day = madeOn(rule);
  const last = dayBefore(since);
  const older = referred(rule, rules);
  if (rule.transitionSettled && older === null) return [make(now, facts, recordClass)];
  const before: Duty | null = older
    ? make({ ...now, rule: older }, facts, recordClass, {
        clock: { ...clockOf(older, recordClass)!, start: rule.startEvent! },
        window: { kind: 'until', day, last },
      })
    : make(now, facts, recordClass, { window: { kind: 'until', day, last }, ...open(rule, facts) });
  return [make(now, facts, recordClass, { window: { kind: 'since', day, last } }), before];
}

function beside(now: Found, old: readonly Found[], facts: CaseFacts, recordClass: RecordClass): (Duty | null)[] {
  const last = old.reduce((day, o) => (o.rule.inForceTo! > day ? o.rule.inForceTo! : day), '');
  const before = now.rule.inForceFrom ?? last;
  if (old.every((o) => o.rule.transitionZh?.includes('按新办法'))) {
    const ends = old.map((o) => clockOf(o.rule, recordClass)).filter((c) => c !== null);
    if (ends.length < old.length) return [make(now, facts, recordClass)];
    const rest = { day: madeOn(old[0]!.rule), last, ends, before };
    return [
      make(now, facts, recordClass, { window: { kind: 'unlapsed', ...rest } }),
      make(now, facts, recordClass, { kind: 'appraisal', clock: null, window: { kind: 'lapsed', ...rest } }),
    ];
  }
  return [
    make(now, facts, recordClass, { window: { kind: 'since', day: madeOn(old[0]!.rule), last } }),
    ...old.flatMap((o) => {
      const day = madeOn(o.rule);
      const until = { day, last: o.rule.inForceTo! };
      if (o.rule.transitionSettled !== false) return [make(o, facts, recordClass, { window: { kind: 'until', ...until } })];
      const clock = clockOf(o.rule, recordClass);
      const next = clockOf(now.rule, recordClass);
      if (clock === null || next === null)
        return [make(o, facts, recordClass, { window: { kind: 'until', ...until }, ...open(o.rule, facts) })];
      const window = { ...until, ends: [clock], before };
      return [
        make(o, facts, recordClass, { firm: true, window: { kind: 'lapsed', ...window } }),
        pending(o, now, { clock, next, window: { kind: 'pending', ...window } }, facts, recordClass),
      ];
    }),
  ];
}

/** Old and new differ, and the old period was still running when the new law came: Legal says which. */
function pending(
  old: Found,
  now: Found,
  { clock, next, window }: { clock: Clock; next: Clock; window: Window },
  facts: CaseFacts,
  recordClass: RecordClass,
): Duty | null {
  const [byOld, byNew] = [isConfirmed(old.rule, facts), isConfirmed(now.rule, facts)];
  const [noOld, noNew] = [isRefused(old.rule, facts), isRefused(now.rule, facts)];
  if (noOld && noNew) return null;
  const cited = (byNew && !noNew) || noOld ? { ...now, applies: old.applies } : old;
  const firm = byOld || byNew;
  const counted = byOld === byNew ? laterOf(clock, next) : byOld ? clock : next;
  return make(cited, facts, recordClass, { firm, unsettled: !firm, clock: counted, window });
}

function make(found: Found, facts: CaseFacts, recordClass: RecordClass, more: Partial<Duty> = {}): Duty | null {
  const { rule, applies } = found;
  const kind = more.kind ?? kindOf(rule)!;
  const firm = more.firm ?? (rule.decides === 'hard' || isConfirmed(rule, facts));
  if (!firm && isRefused(rule, facts)) return null;
  if (kind === 'ceiling' && !(firm && applies)) return null;
  return { rule, kind, applies, clock: clockOf(rule, recordClass), window: null, unsettled: false, ...more, firm };
}

/** A rule whose reach back is not settled decides only once Legal confirmed it by its id. */
function open(rule: Rule, facts: CaseFacts): Pick<Duty, 'firm' | 'unsettled'> {
  const firm = isConfirmed(rule, facts);
  return { firm, unsettled: !firm };
}

function isConfirmed(rule: Rule, facts: CaseFacts): boolean {
  return facts.confirmed.includes(rule.id) && !facts.refused.includes(rule.id);
}

function isRefused(rule: Rule, facts: CaseFacts): boolean {
  return facts.refused.includes(rule.id) && !facts.confirmed.includes(rule.id);
}

function kindOf(rule: Rule): DutyKind | null {
  if (rule.effect === 'delete-by' || (rule.effect === 'retain' && rule.bound === 'ceiling')) return rule.period === null ? null : 'ceiling';
  if (rule.effect !== 'retain') return null;
  if (rule.startEvent === 'permanent') return 'permanent';
  if (rule.period !== null) return 'period';
  if (rule.storageBasis === 'direct-no-period') return /^period\b/.test(rule.periodRule ?? '') ? 'silent' : 'open-ended';
  return rule.startEvent === 'other' ? 'matter' : 'open-ended';
}

/** Follows supersededBy to the version in force on the day. */
function latestVersion(rule: Rule, rules: readonly Rule[], day: string): string {
  let id = rule.supersededBy ?? '';
  for (let steps = 0; steps < rules.length; steps++) {
    const next = rules.find((r) => r.id === id);
    if (!next || next.inForceTo === null || next.inForceTo >= day || !next.supersededBy) break;
    id = next.supersededBy;
  }
  return id;
}

/** The provision to which the transition text sends older records. */
function referred(rule: Rule, rules: readonly Rule[]): Rule | null {
  const id = /前的记录见 ([a-z0-9.-]+)/.exec(rule.transitionZh ?? '')?.[1];
  const other = rules.find((r) => r.id === id && r.id !== rule.id);
  return other && other.period !== null && other.startEvent !== null ? other : null;
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toJSON().slice(0, 10);
}
