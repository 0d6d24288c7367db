// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../../model/crash-point.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import type { Chunk, ChunkResult, PlannedRecord } from '../../model/planned.ts';
import type { ChunkLedger, Eraser, IntentMarks } from './ports.ts';

/*
 * A chunk's life. States in our ledger: (none) → intended → done. There is no transaction across our store and theirs.
 *   none       nothing was touched: a record that is absent now has vanished by itself (open item).
 *   intended   their commit may or may not have happened, so the source decides: absent (and archived, where it must be) is
 *              `deleted-inferred`, present and equal is done again, present and changed is `drifted`.
 *   done       the result stands; the chunk is not looked at again.
 */

export interface ExecuteChunkArgs {
  readonly chunk: Chunk;
  readonly map: DatasetMap;
  /** Every column of the dataset in the order of its shape. */
  readonly columns: readonly string[];
  readonly eraser: Eraser;
  readonly ledger: ChunkLedger;
  /** 32 bytes, keyring purpose `inventory`. */
  readonly inventoryKey: Uint8Array;
  /** True only when the vault read this record back from disk and found it equal. */
  readonly archived: (index: number) => boolean;
  /** True when the vault found that this record is no longer what was planned. */
  readonly drifted?: (index: number) => boolean;
  readonly crash: CrashPoint;
}

/**
 * Erases one chunk by the protocol intent → their commit → read again → outcome. Safe to call again after any interruption.
 * A record planned for the archive that the vault has not verified is never erased (`blocked`, archive-not-verified; `drifted` where it changed).
 * Throws ExecuteError; then the ledger holds at most the intent and the chunk is to be run again.
 */
export async function executeChunk(args: ExecuteChunkArgs): Promise<ChunkResult> {
  const { chunk, ledger } = args;
  const known = await ledger.read(chunk.dataset, chunk.first);
  if (known?.state === 'done') return known.result;
  const safe = (record: PlannedRecord) => record.disposition !== 'archive' || args.archived(record.index);
  const records = chunk.records.filter(safe);
  const unsafe = chunk.records.filter((record) => !safe(record));
  const erased = records.length === 0 ? NOTHING : await eraseRecords(args, records, known);
  const result: ChunkResult = {
    ...erased,
    exceptions: [
      ...erased.exceptions,
      ...unsafe.map(({ index }) =>
        args.drifted?.(index) === true
          ? { index, outcome: 'drifted' as const, detail: 'not-read-as-planned' }
          : { index, outcome: 'blocked' as const, detail: 'archive-not-verified' },
      ),
    ],
  };
  await ledger.finish({ dataset: chunk.dataset, first: chunk.first, last: chunk.last }, result);
  args.crash('execute.outcome-recorded');
  return result;
}

const NOTHING: ChunkResult = { deleted: 0, anonymised: 0, exceptions: [] };

function eraseRecords(args: ExecuteChunkArgs, records: readonly PlannedRecord[], intended: IntentMarks | null): Promise<ChunkResult> {
  const { chunk, ledger, crash } = args;
  return args.eraser.erase({
    map: args.map,
    columns: args.columns,
    records,
    inventoryKey: args.inventoryKey,
    intended,
    crash,
    async intend(marks) {
      await ledger.intend({ dataset: chunk.dataset, first: chunk.first, last: chunk.last, count: records.length, ...marks });
      crash('execute.intent-recorded');
    },
    committed: () => crash('execute.source-committed'),
  });
}
