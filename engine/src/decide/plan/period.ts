// SPDX-License-Identifier: Apache-2.0
import { PlanError } from './error.ts';

/** First and last day that a plan can name. Sentinels beyond (`infinity`, year 10000) are no dates. */
export const FIRST_DAY = '0001-01-01';
export const LAST_DAY = '9999-12-31';

/** What systems write where they have no date: the zero days of spreadsheets and of Unix, and the far ends of the calendar. */
export const ZERO_DAYS = { before: '1900-01-02', unix: '1970-01-01', last: '8999-12-31' } as const;

/** A day that can start a clock: one of the calendar that is no placeholder. */
export function isUsable(day: string | null | undefined): day is string {
  return !!day && isDay(day) && day >= ZERO_DAYS.before && day <= ZERO_DAYS.last && day !== ZERO_DAYS.unix;
}

export interface Period {
  readonly count: number;
  readonly unit: 'month' | 'day';
}

/** An ISO 8601 duration of years, months or days. Throws PlanError not-a-period. */
export function parsePeriod(text: string): Period {
  const parts = /^P(\d{1,3})([YMD])$/.exec(text);
  if (!parts) throw new PlanError('not-a-period', text);
  const n = Number(parts[1]);
  return parts[2] === 'D' ? { count: n, unit: 'day' } : { count: parts[2] === 'Y' ? n * 12 : n, unit: 'month' };
}

/** Longer periods first when sorted by this: days, a month taken as 31. */
export function nominalDays(text: string): number {
  const { count, unit } = parsePeriod(text);
  return unit === 'day' ? count : count * 31;
}

/** True for a day of the calendar, YYYY-MM-DD, year 1 to 9999. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/**
 * Last day of a period that starts on `start`: the same day of the month `period` later, or that month's last day where there is none
 * (民法典 201-203; 2024-02-29 + P1Y = 2025-02-28). null when the start is missing or no day, or the end lies beyond the year 9999.
 */
export function lastDay(start: string | null | undefined, period: string): string | null {
  if (!start || !isDay(start)) return null;
  const { count, unit } = parsePeriod(period);
  const [year, month, day] = start.split('-').map(Number) as [number, number, number];
  if (unit === 'day') {
    const moved = new Date(`${start}T00:00:00Z`);
    moved.setUTCDate(day + count);
    const end = moved.toJSON().slice(0, 10);
    return isDay(end) ? end : null;
  }
  const months = year * 12 + (month - 1) + count;
  const [y, m] = [Math.floor(months / 12), (months % 12) + 1];
  if (y > 9999) return null;
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(Math.min(day, daysIn(y, m))).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
