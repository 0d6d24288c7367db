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
}

/** The ends a plan can come to, numbered as they are first used: a row carries one small number until the last step names it. */
export class Outcomes {
  readonly #numbers = new Map<string, number>();
  readonly #list: Outcome[] = [];

  /** The number of an end, as SQL. */
  of(disposition: Disposition, reason: Reason, rules: readonly string[] = [], recordClass: RecordClass | null = null): string {
    const key = [disposition, reason, recordClass, ...rules].join(' ');
    const known = this.#numbers.get(key) ?? this.#list.push({ disposition, reason, rules, recordClass }) - 1;
    this.#numbers.set(key, known);
    return String(known);
  }

  /** A VALUES table o(v, disposition, reason, rules, class). */
  table(): string {
    const rows = this.#list.map(
      (o, v) =>
        `(${v}, ${literal(o.disposition)}, ${literal(o.reason)}, ${literal(o.rules.join(','))}, ${o.recordClass === null ? 'NULL' : literal(o.recordClass)})`,
    );
    return `(VALUES ${rows.join(', ')}) AS o(v, disposition, reason, rules, class)`;
  }
}
