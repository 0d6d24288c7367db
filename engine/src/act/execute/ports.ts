// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../../model/crash-point.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import type { ChunkResult, PlannedRecord } from '../../model/planned.ts';

/** What a store needs to know again after a crash; opaque text without personal data, up to a few kB. */
export interface IntentMarks {
  /** Tables in files: a keyed hash of the table's rows before the replacement. Tables without key: how often each planned content occurs. */
  readonly fileBefore?: string | undefined;
  /** Tables in files: a keyed hash of the rows after it, and the records that it leaves alone. Whole files: the records whose file is about to go. */
  readonly fileAfter?: string | undefined;
}

export interface Intent extends IntentMarks {
  /** `DatasetMap.id` */
  readonly dataset: string;
  readonly first: number;
  readonly last: number;
  /** How many records are about to be erased. */
  readonly count: number;
}

/** Our side of the protocol, durable before it returns. The corridor keeps it in our own store. */
export interface ChunkLedger {
  read(
    dataset: string,
    first: number,
  ): Promise<({ readonly state: 'intended' } & IntentMarks) | { readonly state: 'done'; readonly result: ChunkResult } | null>;
  /** Records the intent; a second call for the same chunk replaces the first. */
  intend(intent: Intent): Promise<void>;
  finish(chunk: { readonly dataset: string; readonly first: number; readonly last: number }, result: ChunkResult): Promise<void>;
}

/** One chunk for one store. All records may go: the archive was checked before. */
export interface EraseJob {
  readonly map: DatasetMap;
  /** Every column of the dataset in the order of its shape: fingerprints are over these. */
  readonly columns: readonly string[];
  readonly records: readonly PlannedRecord[];
  readonly inventoryKey: Uint8Array;
  /** The marks of an earlier, unfinished run of this chunk; null on the first run. */
  readonly intended: IntentMarks | null;
  /** Must be awaited before anything changes in the source. */
  intend(marks: IntentMarks): Promise<void>;
  /** Called once the source has made the change permanent. */
  committed(): void;
  readonly crash: CrashPoint;
}

/** Write access to one source. Only execute is ever handed one. Every method may throw ExecuteError. */
export interface Eraser {
  readonly source: string;
  erase(job: EraseJob): Promise<ChunkResult>;
  /** Writes texts that a search must find, through the store's own code path. Planting twice leaves one set. */
  plant(marks: readonly string[]): Promise<void>;
  /** Takes them away; nothing happens when there are none. */
  unplant(): Promise<void>;
  close(): Promise<void>;
}
