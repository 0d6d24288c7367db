// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule, StartEvent } from '../../model/law.ts';
import { LAST_DAY, ZERO_DAYS, isUsable, lastDay } from './period.ts';

export type Dates = Readonly<Partial<Record<StartEvent, string | null>>>;

/** How a rule's last day is counted for a record of one class. */
export interface Clock {
  readonly start: StartEvent;
  /** ISO 8601. */
  readonly period: string;
  /** Counted from the end of the year of the start (`take year end as start`). */
  readonly yearEnd: boolean;
  /** A second end: the later of the two counts. Left aside where its own start is not known. */
  readonly orLater: Clock | null;
}

/** Periods that `periodRule` states in words beyond what `period` and `startEvent` can say. */
const ALSO: Readonly<Record<string, { readonly start: StartEvent; readonly period: string }>> = {
  'cos-31b': { start: 'product.shelf-life-ended', period: 'P2Y' },
  'ods-x': { start: 'product.shelf-life-ended', period: 'P1Y' },
};
const BY_CLASS: Readonly<Record<string, Readonly<Partial<Record<RecordClass, string>>>>> = { 'edu-x': { 'livestream-video': 'P6M' } };

/** null for a rule that states no computable period. */
export function clockOf(rule: Rule, recordClass: RecordClass): Clock | null {
  if (rule.period === null || rule.startEvent === null || rule.startEvent === 'permanent') return null;
  const also = ALSO[rule.id];
  return {
    start: rule.startEvent,
    period: BY_CLASS[rule.id]?.[recordClass] ?? rule.period,
    yearEnd: rule.periodRule?.includes('take year end as start') === true,
    orLater: also ? { ...also, yearEnd: false, orLater: null } : null,
  };
}

/** The later of two clocks; the second may be unknown. */
export function laterOf(first: Clock, second: Clock): Clock {
  return { ...first, orLater: first.orLater ? laterOf(first.orLater, second) : second };
}

/** Last day that must be kept, inclusive; null when the start is missing or a placeholder. */
export function endOf(clock: Clock, dates: Dates, facts: CaseFacts): string | null {
  const start = startOf(clock.start, dates, facts);
  if (start === null) return null;
  const end = lastDay(clock.yearEnd ? `${start.slice(0, 4)}-12-31` : start, clock.period);
  const other = clock.orLater ? endOf(clock.orLater, dates, facts) : null;
  return end !== null && other !== null && other > end ? other : end;
}

/** The day of an event for one record; the case's own day where the event is the case's. null = not known, or a placeholder. */
export function startOf(event: StartEvent, dates: Dates, facts: CaseFacts): string | null {
  const day = dates[event] ?? (isOfCase(event) ? facts.dissolution : null);
  return isUsable(day) ? day : null;
}

/**
 * The latest start whose period is over before a day, or null when none is. Ends never come earlier for later starts, so "over before"
 * is the same as "started no later than this".
 */
export function lastStart({ period, yearEnd }: Clock, before: string): string | null {
  const end = (start: string) => lastDay(yearEnd ? `${start.slice(0, 4)}-12-31` : start, period);
  let [low, high] = [Date.parse(`${ZERO_DAYS.before}T00:00:00Z`) / DAY, Date.parse(`${before}T00:00:00Z`) / DAY];
  const day = (n: number) => new Date(n * DAY).toJSON().slice(0, 10);
  const over = (n: number) => (end(day(n)) ?? LAST_DAY) < before;
  if (!over(low)) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (over(middle)) low = middle;
    else high = middle;
  }
  return day(low);
}

const DAY = 86_400_000;

export function isOfCase(event: StartEvent): boolean {
  return event === 'service.ceased' || event === 'dissolution.cause';
}
