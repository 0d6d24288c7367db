// SPDX-License-Identifier: Apache-2.0
import type { HoldOrder } from '../model/case.ts';
import { START_EVENTS } from '../model/law.ts';
import { quoted } from './sql.ts';

/** Whether a hold covers a record, as a condition over the alias `r` of the records. What is left out does not narrow it; a hold without any scope covers nothing. */
export function scopeSql(hold: HoldOrder): string {
  const dates = START_EVENTS.map((e) => `r.${e.replaceAll(/[.-]/g, '_')}`);
  const within = [
    ...(hold.from === undefined ? [] : [(d: string) => `${d} >= CAST(${quoted(hold.from!)} AS DATE)`]),
    ...(hold.to === undefined ? [] : [(d: string) => `${d} <= CAST(${quoted(hold.to!)} AS DATE)`]),
  ];
  const scope = [
    ...(hold.dataset === undefined ? [] : [`r.dataset = ${quoted(hold.dataset)}`]),
    ...(hold.subject === undefined ? [] : [`r.idx IN (SELECT idx FROM subjects WHERE subject = ${Math.trunc(hold.subject)})`]),
    ...(within.length === 0 ? [] : [`(${dates.map((d) => `(${within.map((w) => w(d)).join(' AND ')})`).join(' OR ')})`]),
  ];
  return scope.join(' AND ') || 'FALSE';
}
