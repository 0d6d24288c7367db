// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import type { DayName, StepId } from '../../model/timeline.ts';
import type { Duty } from './duties.ts';
import { lengthOf } from './length.ts';
import type { TimelineQuestion } from './ports.ts';
import { type Length, type WorkCalendar, daysAfter, endAfter } from './working-days.ts';

/** First and last day of a step, as far as they can be told. */
export interface Dates {
  readonly earliest: string | null;
  readonly latest: string | null;
  /** The last day before it moved past days off. What follows is counted from here, so that no later step gets days it may not have. */
  readonly counted: string | null;
  readonly unit: 'calendar' | 'working';
  readonly waitsFor: readonly string[];
  readonly rules: readonly Rule[];
  /** A last day that an authority set, outside the lengths of the row. */
  readonly outside: 'early' | 'late' | null;
}

type Find = (id: StepId) => Dates | null;

/** Dates by step, each worked out once; null = the route has no such step, or no provision speaks. */
export function datesOf(duties: readonly Duty[], question: TimelineQuestion, calendar: WorkCalendar): Find {
  const known = new Map<StepId, Dates | null>();
  const find: Find = (id) => {
    if (known.has(id)) return known.get(id)!;
    const duty = duties.find((d) => d.id === id);
    known.set(id, null);
    const dates = duty ? work(duty, question, calendar, find) : null;
    known.set(id, dates);
    return dates;
  };
  return find;
}

function work(duty: Duty, question: TimelineQuestion, calendar: WorkCalendar, find: Find): Dates | null {
  const { days, today, law } = question;
  if (duty.onlyWhen && days[duty.onlyWhen] === undefined) return null;
  const waits = new Set<string>();
  const started = startOf(duty, question, calendar, waits, find);
  const lawDay = duty.lawOfToday ? today : (started?.counted ?? today);
  const speaking = duty.rules.map((id) => law(id, lawDay)).filter((found) => found !== null);
  const main = speaking.find((found) => found.asks.length === 0) ?? speaking[0];
  if (duty.rules.length > 0 && !main) return null;
  const lengths = main && (duty.within || duty.ahead || duty.read) ? lengthOf(main.rule, duty.read) : 'none';
  // An earlier version without a length is a law that did not have the duty yet.
  if (duty.within && lengths === 'none' && main?.rule.id.includes('@')) return null;
  if (main && (lengths === 'unread' || (duty.within && lengths === 'none'))) waits.add(`rule:${main.rule.id}`);
  const length = Array.isArray(lengths) ? (lengths as readonly Length[])[0] : undefined;

  const end = ends(duty, started, length, lengths, question, calendar, waits);
  const limit = limitOf(duty, length, days, waits, find);
  const first = maxDay(started?.earliest ?? null, ...(duty.notBefore ?? []).map((id) => afterWindow(id, waits, find)));
  const latest = minDay(end?.rolled ?? null, limit);
  return {
    earliest: first,
    latest,
    counted: latest !== null && latest === end?.rolled ? end.counted : latest,
    unit: length?.working ? 'working' : 'calendar',
    // Whether the duty binds at all comes first; its days are asked for when that is known.
    waitsFor: main && main.asks.length > 0 ? main.asks.map((condition) => `condition:${condition}`) : [...waits],
    rules: [main, ...(duty.also ?? []).map((id) => law(id, today)).filter((found) => found?.asks.length === 0)].flatMap(
      (f) => f?.rule ?? [],
    ),
    outside: end?.outside ?? null,
  };
}

/** Where the clock starts: the day itself, and the first day on which the step may be done. */
function startOf(
  duty: Duty,
  { days, law }: TimelineQuestion,
  calendar: WorkCalendar,
  waits: Set<string>,
  find: Find,
): { counted: string; earliest: string } | null {
  if (duty.afterEndOf) {
    const window = find(duty.afterEndOf);
    window?.waitsFor.forEach((w) => waits.add(w));
    if (!window?.counted || !window.latest) return null;
    return { counted: window.counted, earliest: daysAfter(window.latest, 1) };
  }
  if (!duty.after) return null;
  const day = days[duty.after];
  if (day === undefined) {
    waits.add(duty.after);
    return null;
  }
  return { counted: startsAnew(duty, day, law, calendar) ? duty.startsAnew! : day, earliest: day };
}

/** Whether a new law's length begins on the day it came, because the old one was not over (法释〔2024〕7号 6, as the row's transition says). */
function startsAnew({ startsAnew: anew, rules }: Duty, day: string, law: TimelineQuestion['law'], calendar: WorkCalendar): boolean {
  if (!anew || day >= anew) return false;
  const length = rules.map((id) => law(id, anew)).find((found) => found !== null);
  const read = length ? lengthOf(length.rule, undefined) : 'none';
  return Array.isArray(read) && endAfter(day, (read as readonly Length[])[0]!, calendar)!.counted >= anew;
}

function ends(
  duty: Duty,
  started: { counted: string } | null,
  length: Length | undefined,
  lengths: ReturnType<typeof lengthOf>,
  { days }: TimelineQuestion,
  calendar: WorkCalendar,
  waits: Set<string>,
): { counted: string; rolled: string; outside?: 'early' | 'late' | null } | null {
  if (duty.until) {
    const set = days[duty.until];
    if (set === undefined) {
      waits.add(duty.until);
      return null;
    }
    const [least, most] = (Array.isArray(lengths) ? lengths : []).map((l: Length) =>
      started ? endAfter(started.counted, l, calendar) : null,
    );
    return { counted: set, rolled: set, outside: least && set < least.counted ? 'early' : most && set > most.rolled ? 'late' : null };
  }
  if (!duty.within || !started || !length) return null;
  return endAfter(started.counted, length, calendar);
}

/** The last day of what must come before another day: that many whole days lie between the two, neither counted. */
function limitOf(duty: Duty, length: Length | undefined, days: TimelineQuestion['days'], waits: Set<string>, find: Find): string | null {
  const target = duty.ahead ?? duty.before;
  // Without any wording only the order is told.
  if (!target || duty.noWording) return null;
  const day = days[target] ?? (isStep(target, find) ? find(target as StepId)!.latest : undefined) ?? null;
  if (day === null) {
    if (duty.ahead) waits.add(target);
    return null;
  }
  if (duty.ahead && length?.unit === 'month') waits.add(`rule:${duty.rules[0]}`);
  return daysAfter(day, -1 - (duty.ahead && length ? length.count : 0));
}

function isStep(name: DayName, find: Find): boolean {
  return find(name as StepId) !== null;
}

function afterWindow(id: StepId, waits: Set<string>, find: Find): string | null {
  const window = find(id);
  if (window === null) return null;
  window.waitsFor.forEach((w) => waits.add(w));
  return window.latest === null ? null : daysAfter(window.latest, 1);
}

const maxDay = (...all: readonly (string | null)[]): string | null =>
  all
    .filter((d) => d !== null)
    .toSorted()
    .at(-1) ?? null;
const minDay = (...all: readonly (string | null)[]): string | null => all.filter((d) => d !== null).toSorted()[0] ?? null;
