// SPDX-License-Identifier: Apache-2.0
import type { Disposition, Reason } from '../../model/disposition.ts';
import type { RecordClass } from '../../model/law.ts';
import { literal } from './sql.ts';

interface Outcome {
  readonly disposition: Disposition;
  readonly reason: Reason;
  readonly rules: readonly string[];
  /** Only for `archive`: the class that, with the last day, names the retention class. */
  readonly recordClass: RecordClass | null;
  /** Where the last day comes from: the longest duty (w), the first ceiling (c), the hold (h), or nowhere. */
  readonly until: 'w' | 'c' | 'h' | null;
}

/** The ends a plan can come to, numbered as they are first used: a row carries one small number until the last step names it. */
export class Outcomes {
  readonly #numbers = new Map<string, number>();
  readonly #list: Outcome[] = [];

  /** The number of an end, as SQL. */
  of(
    disposition: Disposition,
    reason: Reason,
    rules: readonly string[] = [],
    more: Partial<Pick<Outcome, 'recordClass' | 'until'>> = {},
  ): string {
    const outcome: Outcome = { disposition, reason, rules, recordClass: null, until: null, ...more };
    const key = JSON.stringify(outcome);
    const known = this.#numbers.get(key) ?? this.#list.push(outcome) - 1;
    this.#numbers.set(key, known);
    return String(known);
  }

  /** A VALUES table o(v, disposition, reason, rules, class, day). */
  table(): string {
    const text = (value: string | null) => (value === null ? 'NULL' : literal(value));
    const rows = this.#list.map(
      (o, v) =>
        `(${v}, ${literal(o.disposition)}, ${literal(o.reason)}, ${literal(o.rules.join(','))}, ${text(o.recordClass)}, ${text(o.until)})`,
    );
    return `(VALUES ${rows.join(', ')}) AS o(v, disposition, reason, rules, class, day)`;
  }
}
