// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import { fingerprintRow } from '../kit/index.ts';
import type { Row } from '../model/cell.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { SourceRow } from '../model/source.ts';

/** A record expected in a scan: its place in the inventory and how it is recognised. */
export interface Expected {
  readonly index: number;
  /** The key as JSON; for a dataset without key the fingerprint and occurrence. */
  readonly name: string;
}

const WINDOW = 10_000;

/**
 * Pairs the rows of a scan with the records of the inventory, both in the inventory's order, looking at most 10,000 records
 * ahead: memory is bounded. Rows that nobody expects have appeared since; records that no row matches are simply not yielded,
 * and whoever needs them treats them as not read — never as gone.
 */
export async function* matchRows(
  rows: AsyncIterable<readonly SourceRow[]>,
  expected: AsyncIterator<Expected>,
  nameOf: (row: SourceRow) => string,
): AsyncGenerator<{ index: number; row: Row }> {
  const ahead = new Map<string, number>();
  let more = true;
  const fill = async () => {
    while (more && ahead.size < WINDOW) {
      const next = await expected.next();
      if (next.done) more = false;
      else ahead.set(next.value.name, next.value.index);
    }
  };
  await fill();
  for await (const batch of rows) {
    for (const row of batch) {
      const name = nameOf(row);
      const index = ahead.get(name);
      if (index === undefined) continue;
      ahead.delete(name);
      yield { index, row: row.row };
    }
    // A window full of records that no row matched would stop the pairing: the oldest half is given up.
    if (ahead.size >= WINDOW) for (const name of [...ahead.keys()].slice(0, WINDOW / 2)) ahead.delete(name);
    await fill();
  }
}

/** How a scanned row is named: by its key, or where there is none by its content and how often that content has been seen. */
export function namer(map: DatasetMap, inventoryKey: Uint8Array): (row: SourceRow) => string {
  if (map.key.length > 0) return (row) => JSON.stringify(row.key);
  const seen = new Map<string, number>();
  return (row) => {
    const fp = fingerprintRow(inventoryKey, row.row);
    const n = seen.get(fp) ?? 0;
    seen.set(fp, n + 1);
    return `${fp}#${n}`;
  };
}

/** The records of a dataset in inventory order, named as `namer` names rows. */
export async function* expectedRecords(inventory: Inventory, map: DatasetMap, inventoryKey: Uint8Array): AsyncGenerator<Expected> {
  const sql = 'SELECT idx, key, occ, fp FROM records WHERE dataset = $1 ORDER BY idx';
  for await (const r of inventory.query<{ idx: number; key: string; occ: number; fp: string }>(sql, [map.id])) {
    yield { index: r.idx, name: map.key.length > 0 ? JSON.stringify(decodeKey(r.key, inventoryKey)) : `${r.fp}#${r.occ}` };
  }
}

/** Hands out the rows of a matched scan chunk by chunk; chunks are asked for in ascending order. */
export class RowFeed {
  #rows: AsyncIterator<{ index: number; row: Row }>;
  #early = new Map<number, Row>();
  #ended = false;

  constructor(rows: AsyncIterable<{ index: number; row: Row }>) {
    this.#rows = rows[Symbol.asyncIterator]();
  }

  /** Rows of the wanted records (index → fingerprint) up to index `last` whose content still equals the inventory's. */
  async take(wanted: ReadonlyMap<number, string>, last: number, fingerprint: (row: Row) => string): Promise<Map<number, Row>> {
    const found = new Map<number, Row>();
    const keep = (index: number, row: Row) => {
      if (wanted.get(index) === fingerprint(row)) found.set(index, row);
    };
    for (const [index, row] of this.#early) {
      if (index > last) continue;
      this.#early.delete(index);
      if (wanted.has(index)) keep(index, row);
    }
    while (!this.#ended && found.size < wanted.size) {
      const next = await this.#rows.next();
      if (next.done) this.#ended = true;
      else if (next.value.index > last) {
        this.#early.set(next.value.index, next.value.row);
        if (this.#early.size > 10_000) break;
      } else if (wanted.has(next.value.index)) keep(next.value.index, next.value.row);
    }
    return found;
  }
}
