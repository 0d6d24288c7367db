// SPDX-License-Identifier: Apache-2.0
import { START_EVENTS, type StartEvent } from '../../model/law.ts';

export type SegmentType = 'BIGINT' | 'INTEGER' | 'VARCHAR' | 'BOOLEAN' | 'DATE' | 'VARCHAR[]' | 'INTEGER[]';
export interface SegmentColumn {
  readonly name: string;
  readonly type: SegmentType;
}
export type TableKind = 'records' | 'subjects' | 'reviews' | 'customers' | 'standing' | 'plan' | 'outcomes';
export const TABLE_KINDS: readonly TableKind[] = ['records', 'subjects', 'reviews', 'customers', 'standing', 'plan', 'outcomes'];

/** Column name of a clock: the event with `.` and `-` as `_`. */
export function eventColumn(event: StartEvent): string {
  return event.replace(/[.-]/g, '_');
}

const column = (name: string, type: SegmentType): SegmentColumn => ({ name, type });

/** The columns of every kind of Parquet segment, in order. Nothing here may hold personal data in clear. */
export const SEGMENT_COLUMNS: Readonly<Record<TableKind, readonly SegmentColumn[]>> = {
  records: [
    column('idx', 'BIGINT'),
    column('dataset', 'VARCHAR'),
    column('key', 'VARCHAR'),
    column('occ', 'INTEGER'),
    column('fp', 'VARCHAR'),
    column('salt', 'VARCHAR'),
    column('role', 'VARCHAR'),
    column('pi', 'BOOLEAN'),
    column('minor', 'BOOLEAN'),
    column('ids', 'VARCHAR[]'),
    // The column of each identifier, by its place in the data map; −1: the words of a document.
    column('places', 'INTEGER[]'),
    // What the fields say of whose it is, and what is wrong in them (row-signs.ts).
    column('says', 'VARCHAR[]'),
    column('facts', 'VARCHAR'),
    ...START_EVENTS.map((event) => column(eventColumn(event), 'DATE')),
  ],
  subjects: [column('idx', 'BIGINT'), column('subject', 'BIGINT')],
  // Identifiers that joined nobody, or not everybody, and why; `id` is null where a system's own key did the joining, and `idx` is then one of its records.
  reviews: [column('id', 'VARCHAR'), column('reason', 'VARCHAR'), column('touched', 'INTEGER'), column('idx', 'BIGINT')],
  customers: [
    column('subject', 'BIGINT'),
    column('kind', 'VARCHAR'),
    column('sure', 'VARCHAR'),
    column('age', 'VARCHAR'),
    column('tier', 'VARCHAR'),
  ],
  standing: [
    column('subject', 'BIGINT'),
    column('ended', 'BOOLEAN'),
    column('cause', 'VARCHAR'),
    column('ended_on', 'DATE'),
    column('owed', 'VARCHAR'),
    column('conflicts', 'VARCHAR'),
  ],
  plan: [
    column('idx', 'BIGINT'),
    column('dataset', 'VARCHAR'),
    column('disposition', 'VARCHAR'),
    column('until', 'DATE'),
    column('rules', 'VARCHAR'),
    column('reason', 'VARCHAR'),
    column('archive_class', 'VARCHAR'),
  ],
  outcomes: [
    column('idx', 'BIGINT'),
    column('disposition', 'VARCHAR'),
    column('outcome', 'VARCHAR'),
    column('until', 'DATE'),
    column('rules', 'VARCHAR'),
    column('reason', 'VARCHAR'),
  ],
};
