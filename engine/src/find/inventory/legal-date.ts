// SPDX-License-Identifier: Apache-2.0
const DATE = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(.*)$/s;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const SHANGHAI = 8 * 60;

/**
 * The legal day of a cell, YYYY-MM-DD; null when the cell holds no date; `impossible` when it looks like one and is none
 * (30 February, month 13, 0000-00-00). A time with an offset is moved to Asia/Shanghai; a time without one is local already.
 * Ten and thirteen digits are seconds and milliseconds since 1970.
 */
export function legalDate(cell: string | null): string | null | 'impossible' {
  const text = cell?.trim() ?? '';
  if (text === '') return null;
  if (/^\d{10}$/.test(text)) return fromEpoch(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return fromEpoch(Number(text));
  const compact = COMPACT.exec(text);
  if (compact) return day(compact[1]!, compact[2]!, compact[3]!) ?? 'impossible';
  const match = DATE.exec(text);
  if (!match) return null;
  const plain = day(match[1]!, (match[2] ?? match[4] ?? match[6] ?? match[8])!, (match[3] ?? match[5] ?? match[7] ?? match[9])!);
  if (!plain) return 'impossible';
  const time = TIME.exec(match[10] ?? '');
  if (!time?.[4]) return plain;
  const minutes = Number(time[1]) * 60 + Number(time[2]) - offset(time[4]) + SHANGHAI;
  return fromDays(daysOf(plain) + Math.floor(minutes / 1440));
}

/** Days that programs write where there is no day: the zero of spreadsheets, servers and clocks, and their "never". */
const STAND_INS: ReadonlySet<string> = new Set([
  '0001-01-01',
  '1753-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2099-12-31',
  '9999-01-01',
  '9999-12-30',
  '9999-12-31',
]);

/** True for a day that stands for "no day" (1899-12-30, 9999-12-31): a period that began there would be a guess. */
export function standsForNone(day: string): boolean {
  return STAND_INS.has(day) || day < '1850' || day > '2200';
}

/** Days since 1970-01-01 of a YYYY-MM-DD day. */
function daysOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the Gregorian calendar has this day, counted back before its beginning; year 0 is none. */
export function isDay(year: number, month: number, date: number): boolean {
  if (!(year >= 1) || !(month >= 1 && month <= 12) || !(date >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return date <= MONTHS[month - 1]! + (leap ? 1 : 0);
}

/** `length` digits of a text as a number; NaN where one is none. */
export function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Full years from `birth` to `today`, both YYYY-MM-DD; someone born on 29 February ages on 1 March. */
export function ageOn(birth: string, today: string): number {
  return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0);
}

function day(year: string, month: string, date: string): string | null {
  if (!isDay(Number(year), Number(month), Number(date))) return null;
  return `${year}-${month.length === 1 ? `0${month}` : month}-${date.length === 1 ? `0${date}` : date}`;
}

function offset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || '0');
  return zone.startsWith('-') ? -minutes : minutes;
}

function fromEpoch(milliseconds: number): string {
  return new Date(milliseconds + SHANGHAI * 60_000).toISOString().slice(0, 10);
}

function fromDays(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
