// SPDX-License-Identifier: Apache-2.0
import { type Period, isDay, periodEnd, readPeriod } from '../../kit/index.ts';
import { PlanError } from './error.ts';

export { isDay };

/** First and last day that a plan can name. Sentinels beyond (`infinity`, year 10000) are no dates. */
export const FIRST_DAY = '0001-01-01';
export const LAST_DAY = '9999-12-31';

/** What systems write where they have no date: the zero days of spreadsheets and of Unix, and the far ends of the calendar. */
export const ZERO_DAYS = { before: '1900-01-02', unix: '1970-01-01', last: '8999-12-31' } as const;

/** A day that can start a clock: one of the calendar that is no placeholder. */
export function isUsable(day: string | null | undefined): day is string {
  return !!day && isDay(day) && day >= ZERO_DAYS.before && day <= ZERO_DAYS.last && day !== ZERO_DAYS.unix;
}

/** An ISO 8601 duration of years, months or days. Throws PlanError not-a-period. */
export function parsePeriod(text: string): Period {
  const period = readPeriod(text);
  if (period === null) throw new PlanError('not-a-period', text);
  return period;
}

/** Longer periods first when sorted by this: days, a month taken as 31. */
export function nominalDays(text: string): number {
  const { count, unit } = parsePeriod(text);
  return unit === 'day' ? count : count * 31;
}

/** Last day of a period that starts on `start` (`periodEnd`). Throws PlanError not-a-period. */
export function lastDay(start: string | null | undefined, period: string): string | null {
  return periodEnd(start, parsePeriod(period));
}
