// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { Chunk, PlannedRecord } from '../model/planned.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { SourceKind } from '../model/source.ts';
import { type Excepted, isHeld } from './excepted.ts';

const CHUNK = 1_000;
/** Files that go whole: the intent names each of a chunk's records by its index, and it is written once a file. */
const FILES = 200;

/** A chunk with the records of it that an exception took out of destruction after approval. */
export interface PlannedChunk extends Chunk {
  readonly held: ReadonlySet<number>;
}

/**
 * The planned records of one dataset as chunks. Chunks depend on the plan alone, so that a resumed run cuts them at the same
 * places; records of subjects with an exception are left out of `records` and named in `held`. A table in a file is one chunk, because
 * its row numbers hold only until the file is replaced.
 */
export async function* plannedChunks(
  inventory: Inventory,
  map: Pick<DatasetMap, 'id' | 'key'>,
  kind: SourceKind,
  excepted: Excepted,
  inventoryKey: Uint8Array,
): AsyncGenerator<PlannedChunk> {
  const dataset = map.id;
  const whole = kind === 'files' || kind === 'offline';
  const size = !whole ? CHUNK : kind === 'files' && map.key[0] === 'path' ? FILES : Number.MAX_SAFE_INTEGER;
  const sql = `SELECT p.idx AS idx, r.key AS key, r.occ AS occ, r.fp AS fp, p.disposition AS disposition, p.archive_class AS archive_class,
                      ${isHeld(excepted, 'p.idx')} AS held
               FROM plan p JOIN records r USING (idx)
               WHERE p.dataset = $1 AND p.disposition IN ('delete', 'anonymise', 'archive') ORDER BY p.idx`;
  let records: PlannedRecord[] = [];
  let held = new Set<number>();
  let first = -1;
  let last = -1;
  const flush = (): PlannedChunk => ({ dataset, first, last, records, held });
  for await (const r of inventory.query<Row>(sql, [dataset])) {
    if (records.length + held.size >= size) {
      yield flush();
      records = [];
      held = new Set();
      first = -1;
    }
    if (first < 0) first = r.idx;
    last = r.idx;
    if (r.held) held.add(r.idx);
    else
      records.push({
        index: r.idx,
        key: decodeKey(r.key, inventoryKey),
        occurrence: r.occ,
        fingerprint: r.fp,
        disposition: r.disposition,
        archiveClass: r.archive_class,
      });
  }
  if (first >= 0) yield flush();
}

interface Row {
  idx: number;
  key: string;
  occ: number;
  fp: string;
  disposition: PlannedRecord['disposition'];
  archive_class: string | null;
  held: boolean;
}
