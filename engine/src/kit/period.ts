// SPDX-License-Identifier: Apache-2.0
/** A length of time as statutes count it: whole months or whole days. */
export interface Period {
  readonly count: number;
  readonly unit: 'month' | 'day';
}

/** True for a day of the calendar, YYYY-MM-DD, year 1 to 9999. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** An ISO 8601 duration of years, months or days (`P30D`, `P2M`, `P3Y`); null for anything else. */
export function readPeriod(text: string): Period | null {
  const parts = /^P(\d{1,3})([YMD])$/.exec(text);
  if (!parts) return null;
  const n = Number(parts[1]);
  return parts[2] === 'D' ? { count: n, unit: 'day' } : { count: parts[2] === 'Y' ? n * 12 : n, unit: 'month' };
}

/**
 * Last day of a period that starts on `start`, that day not counted: the same day of the month later, or that month's last day where
 * there is none (民法典 201-203; 2024-02-29 + P1Y = 2025-02-28). null when the start is missing or no day, or the end is beyond year 9999.
 */
export function periodEnd(start: string | null | undefined, { count, unit }: Period): string | null {
  if (!start || !isDay(start)) return null;
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
