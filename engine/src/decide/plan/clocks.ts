// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { Rule } from '../../model/law.ts';
import { FIRST_DAY, LAST_DAY } from './period.ts';
import type { Profile } from './profiles.ts';
import { dayLiteral, interval } from './sql.ts';

/** One computed end day, shared by every rule with the same start and period. */
export interface Clock {
  readonly column: string;
  readonly sql: string;
}

/**
 * A column for each start event and period that some profile needs, computed only for the rows of those profiles. NULL where the start
 * is missing or no usable day, or the end lies beyond the year 9999. Returns the columns and the name of a rule's column.
 */
export function clocksOf(profiles: readonly Profile[], facts: CaseFacts): { columns: readonly Clock[]; of: (rule: Rule) => string } {
  const needed = new Map<string, { rule: Rule; profiles: number[] }>();
  for (const profile of profiles) {
    for (const { rule } of profile.duties) {
      if (rule.period === null) continue;
      const clock = needed.get(keyOf(rule)) ?? { rule, profiles: [] };
      if (!clock.profiles.includes(profile.number)) clock.profiles.push(profile.number);
      needed.set(keyOf(rule), clock);
    }
  }
  const names = new Map([...needed.keys()].map((key, i) => [key, `u${i}`]));
  const columns = [...needed].map(([key, clock]) => ({ column: names.get(key)!, sql: clockSql(clock.rule, clock.profiles, facts) }));
  return { columns, of: (rule) => names.get(keyOf(rule))! };
}

function keyOf(rule: Rule): string {
  return `${rule.startEvent} ${rule.period}`;
}

function clockSql({ startEvent, period }: Rule, profiles: readonly number[], facts: CaseFacts): string {
  const column = `r.${startEvent!.replaceAll(/[.-]/g, '_')}`;
  const ofCase = (startEvent === 'service.ceased' || startEvent === 'dissolution.cause') && facts.dissolution !== null;
  const start = ofCase ? `coalesce(${column}, ${dayLiteral(facts.dissolution!)})` : column;
  const latest = `CAST(${dayLiteral(LAST_DAY)} - ${interval(period!)} AS DATE)`;
  const usable = `${start} BETWEEN ${dayLiteral(FIRST_DAY)} AND ${latest}`;
  return `CASE WHEN r.p IN (${profiles.join(', ')}) AND ${usable} THEN CAST(${start} + ${interval(period!)} AS DATE) END`;
}
