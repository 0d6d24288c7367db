// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow } from '../../../kit/index.ts';
import type { PlannedRecord } from '../../../model/planned.ts';
import type { EraseJob, IntentMarks } from '../ports.ts';
import { type Place, type TableStore, placeId } from './table-store.ts';
import type { Tally } from './tally.ts';

/** A record and where it is now. */
export interface Target {
  readonly record: PlannedRecord;
  readonly place: Place;
}

/**
 * Places of every content of a table without key, so that a chunk does not read the whole table. Entry: the first 48 bits of the
 * fingerprint → places; a clash does no harm, because content is compared again inside the transaction.
 */
export class ContentIndex {
  #places = new Map<number, Place[]>();

  static async of(table: TableStore, inventoryKey: Uint8Array): Promise<ContentIndex> {
    const index = new ContentIndex();
    for await (const batch of table.scan()) {
      for (const { place, row } of batch) {
        const slot = slotOf(fingerprintRow(inventoryKey, row));
        const there = index.#places.get(slot);
        if (there) there.push(place);
        else index.#places.set(slot, [place]);
      }
    }
    return index;
  }

  places(fingerprint: string): readonly Place[] {
    return this.#places.get(slotOf(fingerprint)) ?? [];
  }

  forget(fingerprint: string, place: Place): void {
    const id = placeId(place);
    const rest = this.places(fingerprint).filter((p) => placeId(p) !== id);
    this.#places.set(slotOf(fingerprint), rest);
  }
}

function slotOf(fingerprint: string): number {
  return Number.parseInt(fingerprint.slice(0, 12), 16);
}

/**
 * Finds the records of a table without key by their content, exactly as many as are planned, and the marks for the intent: how often
 * each content occurs now. After a crash the marks tell whether the commit happened: the count fell by the planned number, or not.
 */
export function locateByContent(
  job: EraseJob,
  index: ContentIndex,
  tally: Tally,
): { readonly targets: readonly Target[]; readonly marks: IntentMarks } {
  const groups = Map.groupBy(job.records, (record) => record.fingerprint);
  const contents = [...groups.keys()].toSorted();
  const before = parseCounts(job.intended, contents.length);
  const counts = contents.map((content) => index.places(content).length);
  const targets: Target[] = [];
  for (const [n, content] of contents.entries()) {
    const records = groups.get(content)!;
    const places = index.places(content);
    const was = before?.[n] ?? counts[n]!;
    const planned = Math.min(records.length, was);
    if (before && counts[n]! < was && counts[n]! > was - planned) {
      for (const record of records) tally.except(record, 'drifted', 'count-of-identical-rows-changed');
    } else if (before && counts[n]! < was) {
      for (const [k, record] of records.entries()) tally.absent(record, k < planned);
    } else {
      for (const [k, record] of records.entries()) {
        // The last first: where places are running numbers, what is left must count from the start.
        const place = places.at(-1 - k);
        if (place) targets.push({ record, place });
        else tally.absent(record, false);
      }
    }
  }
  return { targets, marks: { fileBefore: (before ?? counts).join(',') } };
}

function parseCounts(intended: IntentMarks | null, length: number): readonly number[] | null {
  const counts = intended?.fileBefore?.split(',').map(Number);
  return counts?.length === length && counts.every(Number.isInteger) ? counts : null;
}
