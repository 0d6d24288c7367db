// SPDX-License-Identifier: Apache-2.0
import type { ChunkResult } from '../../../model/planned.ts';
import { ExecuteError } from '../error.ts';
import type { EraseJob, IntentMarks } from '../ports.ts';
import { type Erased, attempt, lookAgain } from './attempt.ts';
import { eraseEach } from './erase-each.ts';
import { explain } from './explain.ts';
import { ContentIndex, type Target, locateByContent } from './locate.ts';
import { StoreError, type TableStore } from './table-store.ts';
import { Tally } from './tally.ts';

/** A table, and for one without key where its contents lie; kept from chunk to chunk. */
export interface OpenTable {
  readonly store: TableStore;
  contents: ContentIndex | null;
}

const TRIES = 3;

/**
 * Erases a chunk in one source transaction: rows that are not exactly as planned, that others point to, or that the store will not
 * give up are taken out, and the transaction starts again with the rest, until everything in it agrees. Then it is read again on
 * another connection. A commit whose answer was lost is settled by reading, as after a crash. Throws ExecuteError.
 */
export async function eraseRows(table: OpenTable, job: EraseJob, tries = 0): Promise<ChunkResult> {
  const { store } = table;
  const tally = new Tally(job.records);
  const { targets, marks } = await locate(table, job, tally);
  const open = () => targets.filter((target) => !tally.told(target.record));
  if (open().length > 0 && !job.intended) await job.intend(marks);
  const startAgain = (intended: IntentMarks | null) => {
    if (tries + 1 >= TRIES) throw new ExecuteError('source-locked', { dataset: job.map.id });
    table.contents = null;
    return eraseRows(table, { ...job, intended }, tries + 1);
  };
  while (open().length > 0) {
    try {
      await store.begin();
      const work = { store, job, tally, resumed: job.intended !== null };
      const erased = await (store.transactional ? attempt(work, open()) : eraseEach(work, open()));
      if (erased === 'taken-out') {
        await store.rollback();
        if (!store.keyed && tries + 1 < TRIES) return await startAgain(job.intended);
        continue;
      }
      await store.commit();
      job.committed();
      await finish(table, erased, tally, job);
      return tally.result();
    } catch (error) {
      await store.rollback();
      if (error instanceof ExecuteError && error.code === 'source-unreachable') await store.reconnect();
      if (!(error instanceof StoreError)) throw error;
      if (error.kind === 'lost') await store.reconnect();
      if (error.kind === 'lost') return await startAgain(job.intended ?? marks);
      if (error.kind === 'again') return await startAgain(job.intended);
      await explain({ store, job, tally, resumed: job.intended !== null }, open(), error);
    }
  }
  return tally.result();
}

async function locate(
  table: OpenTable,
  job: EraseJob,
  tally: Tally,
): Promise<{ readonly targets: readonly Target[]; readonly marks: IntentMarks }> {
  const { store } = table;
  if (store.cannotErase !== null) for (const record of job.records) tally.except(record, 'blocked', store.cannotErase);
  const why = store.cannotBlank;
  if (why !== null) for (const record of job.records) if (record.disposition === 'anonymise') tally.except(record, 'blocked', why);
  if (store.keyed) return { targets: job.records.map((record) => ({ record, place: record.key })), marks: {} };
  // Without transactions nobody keeps the table still between two chunks.
  if (!store.transactional) table.contents = null;
  table.contents ??= await ContentIndex.of(store, job.inventoryKey);
  return locateByContent(job, table.contents, tally);
}

async function finish(table: OpenTable, erased: Erased, tally: Tally, job: EraseJob): Promise<void> {
  await lookAgain({ store: table.store, job, tally, resumed: false }, erased);
  for (const { record, place } of [...erased.deleted, ...erased.blanked]) table.contents?.forget(record.fingerprint, place);
}
