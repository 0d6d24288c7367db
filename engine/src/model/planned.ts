// SPDX-License-Identifier: Apache-2.0
import type { Row } from './cell.ts';
import type { OutcomeState } from './disposition.ts';

/** A record on its way to being deleted, anonymised or archived; what execute, vault and verify are told about it. */
export interface PlannedRecord {
  readonly index: number;
  /** Key cells in clear (decrypted just before use), empty for a dataset without key. */
  readonly key: Row;
  /** Which of several identical rows, 0 first; only where there is no key. */
  readonly occurrence: number;
  readonly fingerprint: string;
  readonly disposition: 'delete' | 'anonymise' | 'archive';
  /** Retention class, only for `archive`. */
  readonly archiveClass: string | null;
}

/** Up to 1,000 planned records of one dataset, in inventory order; a file's records are one chunk. */
export interface Chunk {
  readonly dataset: string;
  readonly first: number;
  readonly last: number;
  readonly records: readonly PlannedRecord[];
}

/** What happened to a chunk. Records not named in `exceptions` are `done`. */
export interface ChunkResult {
  readonly deleted: number;
  readonly anonymised: number;
  readonly exceptions: readonly { readonly index: number; readonly outcome: OutcomeState; readonly detail: string }[];
}
