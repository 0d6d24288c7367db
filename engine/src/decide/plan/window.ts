// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { Rule, StartEvent } from '../../model/law.ts';
import { type Clock, type Dates, endOf, startOf } from './clock.ts';

/**
 * Which records a version of a rule speaks to, by the day they were made. `day`: the first of these events that is known.
 * since    after `last`, or on a day that is not known
 * until    on or before `last`
 * lapsed   until, and each of the periods of `ends` was over before the day `before`, on which the later version came into force
 * pending  until, and not lapsed
 * unlapsed every record that is not lapsed
 */
export type Window = ByDay | ByEnd;

interface ByDay {
  readonly kind: 'since' | 'until';
  readonly day: readonly StartEvent[];
  readonly last: string;
}

interface ByEnd {
  readonly kind: 'lapsed' | 'pending' | 'unlapsed';
  readonly day: readonly StartEvent[];
  readonly last: string;
  readonly ends: readonly Clock[];
  readonly before: string;
}

export function isByDay(window: Window): window is ByDay {
  return window.kind === 'since' || window.kind === 'until';
}

/**
 * Events that tell when a record was made. A clock that starts with the thing (a shelf life) or never does not; the record's own day does
 * (食品安全法: 记录引用旧版 by the day of the record).
 */
export function madeOn(rule: Rule): readonly StartEvent[] {
  const { startEvent } = rule;
  if (startEvent === null || startEvent === 'permanent') return ['record.created', 'transaction.completed'];
  return startEvent === 'product.shelf-life-ended' ? ['record.created', 'transaction.completed', startEvent] : [startEvent];
}

export function inWindow(window: Window | null, dates: Dates, facts: CaseFacts): boolean {
  if (window === null) return true;
  const day = window.day.map((event) => startOf(event, dates, facts)).find((d) => d !== null) ?? null;
  const until = day !== null && day <= window.last;
  if (isByDay(window)) return window.kind === 'until' ? until : !until;
  const over = (clock: Clock) => {
    const end = endOf(clock, dates, facts);
    return end !== null && end < window.before;
  };
  const lapsed = until && window.ends.every(over);
  if (window.kind === 'lapsed') return lapsed;
  return window.kind === 'pending' ? until && !lapsed : !lapsed;
}
