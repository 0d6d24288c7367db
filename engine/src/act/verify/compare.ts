// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import { droppedPlaces, isAnonymous } from './anonymous.ts';
import type { Probe } from './ports.ts';

/** A record that must still be in the source: as it was, or anonymised. */
export interface ExpectedRecord {
  readonly index: number;
  readonly key: Row;
  readonly occurrence: number;
  readonly fingerprint: string;
  readonly anonymised?: boolean;
}

export interface Comparison {
  /** Rows now, by the source's own count. */
  readonly count: number;
  /** Records that must be there. */
  readonly expected: number;
  /** Inventory indexes that must be there and are not. */
  readonly missing: readonly number[];
  /** Inventory indexes that are there with other content, or that should be anonymous and are not. */
  readonly changed: readonly number[];
  /** Rows that are there and should not be: never gone, come back, or new. */
  readonly unexpected: number;
}

/**
 * Compares a dataset, row by row, with what must be left of it. Rows with a key and documents are matched by key; rows of tables in
 * files and of tables without key by content, as often as they must occur. Memory: the expected records of one dataset. Throws VerifyError.
 */
export async function compareDataset(args: {
  readonly probe: Probe;
  readonly map: DatasetMap;
  readonly expectedKept: AsyncIterable<ExpectedRecord>;
  /** 32 bytes, keyring purpose `inventory`. */
  readonly inventoryKey: Uint8Array;
  /** Files: columns of the inventory; without them, those that the source has now. */
  readonly columns?: readonly string[];
  /** Files that go whole: paths that are no records of this dataset, whatever they look like: tables, and what could not be read. */
  readonly apart?: ReadonlySet<string>;
}): Promise<Comparison> {
  const { probe, map, apart } = args;
  const columns = args.columns ?? (await probe.columns(map.dataset));
  const shape = args.columns ? { columns, layout: map.layout } : undefined;
  const dropped = droppedPlaces(map, columns);
  const keyed = map.key.length > 0 && !(probe.numbered && map.key[0] === '#');
  const expected = keyed
    ? new ByKey(
        args.inventoryKey,
        map.key.map((name) => columns.indexOf(name)),
        dropped,
      )
    : new ByContent(args.inventoryKey, dropped);
  let total = 0;
  for await (const record of args.expectedKept) {
    expected.expect(record);
    total += 1;
  }
  let count = await probe.countRows(map.dataset, shape);
  let read = 0;
  const pathAt = map.key[0] === 'path' ? columns.indexOf('path') : -1;
  for await (const row of probe.rows(map.dataset, shape)) {
    if (pathAt >= 0 && apart?.has(row[pathAt] ?? '')) count -= 1;
    else {
      expected.see(row);
      read += 1;
    }
  }
  const { missing, changed, unexpected } = expected.end();
  return { count, expected: total, missing, changed, unexpected: unexpected + Math.max(0, count - read) };
}

interface Ending {
  readonly missing: number[];
  readonly changed: number[];
  readonly unexpected: number;
}

class ByKey {
  readonly #inventoryKey: Uint8Array;
  readonly #keyAt: readonly number[];
  readonly #dropped: readonly number[];
  readonly #open = new Map<string, ExpectedRecord>();
  readonly #changed: number[] = [];
  #unexpected = 0;

  constructor(inventoryKey: Uint8Array, keyAt: readonly number[], dropped: readonly number[]) {
    this.#inventoryKey = inventoryKey;
    this.#keyAt = keyAt;
    this.#dropped = dropped;
  }

  expect(record: ExpectedRecord): void {
    this.#open.set(JSON.stringify(record.key), record);
  }

  see(row: Row): void {
    const id = JSON.stringify(this.#keyAt.map((at) => row[at] ?? null));
    const record = this.#open.get(id);
    this.#open.delete(id);
    if (!record) this.#unexpected += 1;
    else if (
      record.anonymised === true ? !isAnonymous(row, this.#dropped) : fingerprintRow(this.#inventoryKey, row) !== record.fingerprint
    ) {
      this.#changed.push(record.index);
    }
  }

  end(): Ending {
    return { missing: [...this.#open.values()].map(({ index }) => index), changed: this.#changed, unexpected: this.#unexpected };
  }
}

class ByContent {
  readonly #inventoryKey: Uint8Array;
  readonly #dropped: readonly number[];
  readonly #open = new Map<string, number[]>();
  readonly #anonymised: number[] = [];
  #unexpected = 0;

  constructor(inventoryKey: Uint8Array, dropped: readonly number[]) {
    this.#inventoryKey = inventoryKey;
    this.#dropped = dropped;
  }

  expect(record: ExpectedRecord): void {
    if (record.anonymised === true) {
      this.#anonymised.push(record.index);
      return;
    }
    const same = this.#open.get(record.fingerprint);
    if (same) same.push(record.index);
    else this.#open.set(record.fingerprint, [record.index]);
  }

  see(row: Row): void {
    const same = this.#open.get(fingerprintRow(this.#inventoryKey, row));
    if (same?.pop() !== undefined) return;
    if (isAnonymous(row, this.#dropped) && this.#anonymised.pop() !== undefined) return;
    this.#unexpected += 1;
  }

  end(): Ending {
    return {
      missing: [...[...this.#open.values()].flat(), ...this.#anonymised].toSorted((a, b) => a - b),
      changed: [],
      unexpected: this.#unexpected,
    };
  }
}
