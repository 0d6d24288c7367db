// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { StartEvent } from '../../model/law.ts';
import { type Clock, isOfCase, lastStart } from './clock.ts';
import { ZERO_DAYS } from './period.ts';
import { and, dayLiteral, interval } from './sql.ts';
import { type Window, isByDay } from './window.ts';

interface Column {
  readonly name: string;
  readonly profiles: Set<number>;
  readonly when: string;
  readonly value: string;
}

/** Days computed once a row and shared by every rule that asks for them; each only for the rows of the profiles that need it. */
export class Columns {
  readonly #facts: CaseFacts;
  readonly #needed = new Map<string, Column>();

  constructor(facts: CaseFacts) {
    this.#facts = facts;
  }

  /** Column with the last day by a clock; NULL where the start is missing or a placeholder. */
  end(clock: Clock, profile: number): string {
    const { when, value } = this.#endSql(clock);
    return this.#column('u', when, value, profile);
  }

  /** Column with the first known day of some events. */
  day(events: readonly StartEvent[], profile: number): string {
    const days = events.map((e) => this.#startSql(e));
    if (days.length === 1) return this.#column('d', usable(days[0]!), days[0]!, profile);
    return this.#column('d', 'TRUE', `coalesce(${days.map((d) => `CASE WHEN ${usable(d)} THEN ${d} END`).join(', ')})`, profile);
  }

  /** Whether a row was made when the version spoke; never NULL. */
  within(window: Window | null, profile: number): string {
    if (window === null) return 'TRUE';
    const until = `coalesce(${this.day(window.day, profile)} <= ${dayLiteral(window.last)}, FALSE)`;
    if (isByDay(window)) return window.kind === 'until' ? until : `NOT ${until}`;
    const over = window.ends.map((clock) => this.#over(clock, window.before, profile));
    const lapsed = and(until, ...over);
    if (window.kind === 'lapsed') return lapsed;
    return window.kind === 'pending' ? and(until, `NOT (${lapsed})`) : `NOT (${lapsed})`;
  }

  /** `, expression AS name` for each, over the alias r of the records with their profile p. */
  sql(): string {
    return [...this.#needed.values()]
      .map(
        ({ name, profiles, when, value }) =>
          `,\n    CASE WHEN ${and(`r.p IN (${[...profiles].join(', ')})`, when)} THEN ${value} END AS ${name}`,
      )
      .join('');
  }

  /** A period was over before a day: said of its start, so that no end need be computed. */
  #over(clock: Clock, before: string, profile: number): string {
    if (clock.orLater !== null) return `coalesce(${this.end(clock, profile)} < ${dayLiteral(before)}, FALSE)`;
    const latest = lastStart(clock, before);
    return latest === null ? 'FALSE' : `coalesce(${this.day([clock.start], profile)} <= ${dayLiteral(latest)}, FALSE)`;
  }

  #column(letter: string, when: string, value: string, profile: number): string {
    const key = `${when} ${value}`;
    const known = this.#needed.get(key) ?? { name: `${letter}${this.#needed.size}`, profiles: new Set<number>(), when, value };
    known.profiles.add(profile);
    this.#needed.set(key, known);
    return known.name;
  }

  #startSql(event: StartEvent): string {
    const column = `r.${event.replaceAll(/[.-]/g, '_')}`;
    return isOfCase(event) && this.#facts.dissolution !== null ? `coalesce(${column}, ${dayLiteral(this.#facts.dissolution)})` : column;
  }

  #endSql(clock: Clock): { when: string; value: string } {
    const day = this.#startSql(clock.start);
    const from = clock.yearEnd ? `make_date(year(${day}), 12, 31)` : day;
    const end = `CAST(${from} + ${interval(clock.period)} AS DATE)`;
    if (clock.orLater === null) return { when: usable(day), value: end };
    const other = this.#endSql(clock.orLater);
    return { when: usable(day), value: `greatest(${end}, CASE WHEN ${other.when} THEN ${other.value} END)` };
  }
}

function usable(day: string): string {
  return `${day} BETWEEN ${dayLiteral(ZERO_DAYS.before)} AND ${dayLiteral(ZERO_DAYS.last)} AND ${day} <> ${dayLiteral(ZERO_DAYS.unix)}`;
}
