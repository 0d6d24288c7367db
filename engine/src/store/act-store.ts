// SPDX-License-Identifier: Apache-2.0
import type { ArchiveChunkRow, CaseStore, ChunkRow } from '../journey/ports.ts';
import { type Bound, insert } from './bound.ts';

type ActStore = Pick<CaseStore, 'archiveChunks' | 'saveArchiveChunk' | 'chunk' | 'chunks' | 'intendChunk' | 'finishChunk'>;

interface DbChunk {
  dataset: string;
  first_index: string;
  last_index: string;
  records: number;
  state: ChunkRow['state'];
  file_before: string | null;
  file_after: string | null;
  deleted: number | null;
  anonymised: number | null;
  exceptions: ChunkRow['exceptions'] | null;
}
const COLUMNS = 'dataset, first_index, last_index, records, state, file_before, file_after, deleted, anonymised, exceptions';

/** The ledger of the deletion protocol: which chunk is archived, intended, done. */
export function actStore(db: Bound): ActStore {
  return {
    async archiveChunks() {
      const rows = await db.all<{
        archive_class: string;
        dataset: string;
        first_index: string;
        last_index: string;
        path: string;
        sha256: string;
        records: number;
        exceptions: ArchiveChunkRow['exceptions'];
      }>(
        'SELECT archive_class, dataset, first_index, last_index, path, sha256, records, exceptions FROM archive_chunk ORDER BY archive_class, dataset, first_index',
      );
      return rows.map((r) => ({
        archiveClass: r.archive_class,
        dataset: r.dataset,
        first: Number(r.first_index),
        last: Number(r.last_index),
        path: r.path,
        sha256: r.sha256,
        records: r.records,
        exceptions: r.exceptions,
      }));
    },
    saveArchiveChunk: (row) =>
      db.write([
        insert(
          'archive_chunk',
          {
            archive_class: row.archiveClass,
            dataset: row.dataset,
            first_index: row.first,
            last_index: row.last,
            path: row.path,
            sha256: row.sha256,
            records: row.records,
            exceptions: row.exceptions,
            at: new Date().toISOString(),
          },
          'ON CONFLICT (case_id, dataset, first_index, archive_class) DO UPDATE SET sha256 = excluded.sha256, records = excluded.records, path = excluded.path, exceptions = excluded.exceptions',
        ),
      ]),
    async chunk(dataset, first) {
      const rows = await db.all<DbChunk>(`SELECT ${COLUMNS} FROM chunk WHERE dataset = $1 AND first_index = $2`, [dataset, first]);
      return rows[0] ? fromDb(rows[0]) : null;
    },
    async chunks() {
      return (await db.all<DbChunk>(`SELECT ${COLUMNS} FROM chunk ORDER BY dataset, first_index`)).map(fromDb);
    },
    intendChunk: (c) =>
      db.write([
        insert(
          'chunk',
          {
            dataset: c.dataset,
            first_index: c.first,
            last_index: c.last,
            records: c.count,
            state: 'intended',
            file_before: c.fileBefore ?? null,
            file_after: c.fileAfter ?? null,
            at: new Date().toISOString(),
          },
          `ON CONFLICT (case_id, dataset, first_index) DO UPDATE SET file_before = excluded.file_before, file_after = excluded.file_after WHERE chunk.state = 'intended'`,
        ),
      ]),
    finishChunk: (c, result) =>
      db.write([
        insert(
          'chunk',
          {
            dataset: c.dataset,
            first_index: c.first,
            last_index: c.last,
            records: result.deleted + result.anonymised + result.exceptions.length,
            state: 'done',
            deleted: result.deleted,
            anonymised: result.anonymised,
            exceptions: result.exceptions,
            at: new Date().toISOString(),
          },
          `ON CONFLICT (case_id, dataset, first_index) DO UPDATE SET state = 'done', deleted = excluded.deleted, anonymised = excluded.anonymised, exceptions = excluded.exceptions, at = excluded.at`,
        ),
      ]),
  };
}

function fromDb(r: DbChunk): ChunkRow {
  return {
    dataset: r.dataset,
    first: Number(r.first_index),
    last: Number(r.last_index),
    records: r.records,
    state: r.state,
    fileBefore: r.file_before,
    fileAfter: r.file_after,
    deleted: r.deleted ?? 0,
    anonymised: r.anonymised ?? 0,
    exceptions: r.exceptions ?? [],
  };
}
