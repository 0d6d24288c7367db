// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { StartEvent } from '../../model/law.ts';
import { type Clock, isOfCase } from './clock.ts';
import { ZERO_DAYS } from './period.ts';
import { and, dayLiteral, interval } from './sql.ts';
import { type Window, isByDay } from './window.ts';

/** Days computed once a row and shared by every rule that asks for them; each only for the rows of the profiles that need it. */
export class Columns {
  readonly #facts: CaseFacts;
  readonly #needed = new Map<string, { readonly name: string; readonly profiles: Set<number> }>();

  constructor(facts: CaseFacts) {
    this.#facts = facts;
  }

  /** Column with the last day by a clock; NULL where the start is missing or a placeholder. */
  end(clock: Clock, profile: number): string {
    return this.#column(this.#endSql(clock), 'u', profile);
  }

  /** Column with the first known day of some events. */
  day(events: readonly StartEvent[], profile: number): string {
    return this.#column(`coalesce(${events.map((e) => this.#startSql(e)).join(', ')}, NULL)`, 'd', profile);
  }

  /** Whether a row was made when the version spoke; never NULL. */
  within(window: Window | null, profile: number): string {
    if (window === null) return 'TRUE';
    const until = `coalesce(${this.day(window.day, profile)} <= ${dayLiteral(window.last)}, FALSE)`;
    if (isByDay(window)) return window.kind === 'until' ? until : `NOT ${until}`;
    const over = window.ends.map((clock) => `coalesce(${this.end(clock, profile)} < ${dayLiteral(window.before)}, FALSE)`);
    const lapsed = and(until, ...over);
    if (window.kind === 'lapsed') return lapsed;
    return window.kind === 'pending' ? and(until, `NOT (${lapsed})`) : `NOT (${lapsed})`;
  }

  /** `, expression AS name` for each, over the alias r of the records with their profile p. */
  sql(): string {
    return [...this.#needed]
      .map(([sql, { name, profiles }]) => `,\n    CASE WHEN r.p IN (${[...profiles].join(', ')}) THEN ${sql} END AS ${name}`)
      .join('');
  }

  #column(sql: string, letter: string, profile: number): string {
    const known = this.#needed.get(sql) ?? { name: `${letter}${this.#needed.size}`, profiles: new Set<number>() };
    known.profiles.add(profile);
    this.#needed.set(sql, known);
    return known.name;
  }

  #startSql(event: StartEvent): string {
    const column = `r.${event.replaceAll(/[.-]/g, '_')}`;
    const day =
      isOfCase(event) && this.#facts.dissolution !== null ? `coalesce(${column}, ${dayLiteral(this.#facts.dissolution)})` : column;
    const usable = `${day} >= ${dayLiteral(ZERO_DAYS.before)} AND ${day} < ${dayLiteral(ZERO_DAYS.from)} AND ${day} <> ${dayLiteral(ZERO_DAYS.unix)}`;
    return `CASE WHEN ${usable} THEN ${day} END`;
  }

  #endSql({ start, period, yearEnd, orLater }: Clock): string {
    const day = this.#startSql(start);
    const from = yearEnd ? `make_date(year(${day}), 12, 31)` : `(${day})`;
    const end = `CAST(${from} + ${interval(period)} AS DATE)`;
    return orLater === null ? end : `CASE WHEN ${end} IS NOT NULL THEN greatest(${end}, ${this.#endSql(orLater)}) END`;
  }
}
