// SPDX-License-Identifier: Apache-2.0
import { type Period, periodEnd } from '../../kit/index.ts';
import { HOLIDAYS, type HolidayNotice } from './holidays.ts';

/** Days off by year; `asked` collects the years that somebody asked about and no notice covers. */
export interface WorkCalendar {
  readonly notices: Readonly<Record<number, HolidayNotice>>;
  readonly asked: Set<number>;
}

export const workCalendar = (notices = HOLIDAYS): WorkCalendar => ({ notices, asked: new Set() });

/** Whether people work on a day (YYYY-MM-DD): as the year's notice says, else Monday to Friday. */
export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  const year = Number(day.slice(0, 4));
  const notice = calendar.notices[year];
  if (!notice) calendar.asked.add(year);
  const inYear = day.slice(5);
  if (notice?.worked.includes(inYear)) return true;
  if (notice?.off.some(([first, last]) => first <= inYear && inYear <= last)) return false;
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

export const daysAfter = (day: string, count: number): string => periodEnd(day, { count, unit: 'day' })!;

/** A last day that is a day off moves to the first working day after it (民法典 203). */
export function rollOn(day: string, calendar: WorkCalendar): string {
  let at = day;
  while (!isWorkingDay(at, calendar)) at = daysAfter(at, 1);
  return at;
}

/** The `count`-th working day after `start`, which is not counted. */
export function workingDaysAfter(start: string, count: number, calendar: WorkCalendar): string {
  let at = start;
  for (let left = count; left > 0;) {
    at = daysAfter(at, 1);
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}

/** A length as a rule states it. */
export type Length = (Period & { readonly working?: false }) | { readonly count: number; readonly unit: 'day'; readonly working: true };

/** Last day of a length after `start`: by counting alone, and moved past days off. */
export function endAfter(
  start: string,
  length: Length,
  calendar: WorkCalendar,
): { readonly counted: string; readonly rolled: string } | null {
  if (length.working) {
    const end = workingDaysAfter(start, length.count, calendar);
    return { counted: end, rolled: end };
  }
  const counted = periodEnd(start, length);
  return counted === null ? null : { counted, rolled: rollOn(counted, calendar) };
}
