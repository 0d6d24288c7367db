// SPDX-License-Identifier: Apache-2.0
import type { OutcomeState } from '../../../model/disposition.ts';
import type { ChunkResult, PlannedRecord } from '../../../model/planned.ts';

/** Collects what happened to the records of a chunk; each record is told once, and what is not told is done. */
export class Tally {
  readonly #records: readonly PlannedRecord[];
  readonly #exceptions = new Map<number, { readonly index: number; readonly outcome: OutcomeState; readonly detail: string }>();
  /** Absent records that were anonymised by an earlier run. */
  readonly #again = new Set<number>();

  constructor(records: readonly PlannedRecord[]) {
    this.#records = records;
  }

  except(record: PlannedRecord, outcome: OutcomeState, detail: string): void {
    if (!this.told(record)) this.#exceptions.set(record.index, { index: record.index, outcome, detail });
  }

  /** A record that is not there: `ours` when an intent explains it. */
  absent(record: PlannedRecord, ours: boolean): void {
    if (!ours) this.except(record, 'vanished', 'absent-without-intent');
    else if (record.disposition === 'anonymise') this.#again.add(record.index);
    else this.except(record, 'deleted-inferred', 'absent-after-intent');
  }

  /** Done by an earlier run: nothing is left to do, and it is `done`. */
  settled(record: PlannedRecord): void {
    this.#again.add(record.index);
  }

  told(record: PlannedRecord): boolean {
    return this.#exceptions.has(record.index) || this.#again.has(record.index);
  }

  result(): ChunkResult {
    const done = this.#records.filter((record) => !this.#exceptions.has(record.index));
    const anonymised = done.filter((record) => record.disposition === 'anonymise').length;
    return {
      deleted: done.length - anonymised,
      anonymised,
      exceptions: [...this.#exceptions.values()].toSorted((a, b) => a.index - b.index),
    };
  }
}
