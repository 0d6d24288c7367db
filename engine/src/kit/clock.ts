// SPDX-License-Identifier: Apache-2.0
/** The only source of time. Rooms that decide never see it: they get days as arguments. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that starts at `start` (ISO 8601) and runs on at the normal rate: time passes, and stays reproducible to the day. */
export function clockFrom(start: string): Clock {
  const offset = new Date(start).getTime() - Date.now();
  if (Number.isNaN(offset)) throw new RangeError(`not an instant: ${start}`);
  return { now: () => new Date(Date.now() + offset) };
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The legal day (Asia/Shanghai) of an instant, YYYY-MM-DD. */
export function legalDay(instant: Date): string {
  return DAY.format(instant);
}
