// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow, keyedHash, sha256 } from '../../../kit/index.ts';
import type { Row } from '../../../model/cell.ts';
import type { ChunkResult, PlannedRecord } from '../../../model/planned.ts';
import type { EraseJob } from '../ports.ts';
import { Tally } from '../rows/tally.ts';
import { archiveRefusal, editMembers, orRefused, readMember } from './archive.ts';
import { formatOf, tableOf } from './formats.ts';
import { type Site, placeOf } from './place.ts';
import { dropPart, putInPlace, readBytes } from './put-in-place.ts';
import type { Change, OpenTable } from './table-format.ts';

/*
 * Rows leave the one file that holds their table, in one replacement. The intent holds a keyed hash of the table's rows before and
 * after, so that after a crash the table says what happened, whatever became of other tables in the same file:
 *   as before  → it is done again
 *   as after   → it is done
 *   otherwise  → somebody changed it in between: what is nowhere in it is gone, what is still in it is left alone (`drifted`)
 * Row numbers hold only for the table as it was inventoried, so a row is taken only where number and content agree.
 */

/** Erases a chunk: all planned records of one table. Throws ExecuteError; then at most the intent is recorded. */
export async function takeRows(site: Site, job: EraseJob): Promise<ChunkResult> {
  const tally = new Tally(job.records);
  const { path, shape } = tableOf(job);
  const place = placeOf(site, path);
  if (place === 'outside') return all(job, tally, 'blocked', 'link-leaves-source');
  if (place === null) return all(job, tally, 'vanished', 'file-missing');
  dropPart(place.file);
  const bytes = readBytes(place.file);
  const name = job.map.dataset;
  const opened = orRefused(() => {
    const refused = archiveRefusal(bytes, place.members, name);
    const content = refused === null ? readMember(bytes, place.members, name) : null;
    return refused ?? (content && formatOf(content, path, shape)(content, shape));
  });
  if (opened === null) return all(job, tally, 'vanished', 'file-missing');
  if (typeof opened === 'string') return all(job, tally, 'blocked', opened);
  const table = opened;
  const state = stateOf(job, table.rows);
  const after = afterOf(job);
  if (after?.state === state) {
    for (const [record, outcome, detail] of after.exceptions) tally.except(record, outcome, detail);
    return tally.result();
  }
  const changedSince = job.intended !== null && job.intended.fileBefore !== state;
  const agreeing = choose(job, table.rows, changedSince, tally);
  const refused = table.refused ?? null;
  if (refused !== null) for (const record of agreeing) tally.except(record, 'blocked', refused);
  const targets = refused === null ? withoutObstacles(job, table, agreeing, tally) : [];
  if (targets.length === 0) return tally.result();

  const change = changeOf(job, targets);
  const rewritten = table.rewrite(change);
  const expected = expectedRows(table.rows, change);
  const again = orRefused(() => formatOf(rewritten, path, shape)(rewritten, shape).rows);
  // A file that reads otherwise once rows are out of it — bytes that were GB18030 beside them and are UTF-8 without — stays as it is.
  if (again === 'file-unreadable' || !sameRows(again, expected)) {
    for (const record of targets) tally.except(record, 'blocked', 'replacement-differs');
    return tally.result();
  }
  const replacement = editMembers(bytes, [{ members: place.members, apply: () => rewritten }], name);
  const { exceptions } = tally.result();
  const marks = { fileBefore: state, fileAfter: JSON.stringify({ state: stateOf(job, expected), exceptions }) };
  await putInPlace(job, place.file, sha256(bytes), replacement, () => job.intend(marks));
  job.committed();
  if (replacement && sha256(readBytes(place.file)) !== sha256(replacement))
    for (const record of targets) tally.except(record, 'refused', 'file-changed-after-replacement');
  return tally.result();
}

function all(job: EraseJob, tally: Tally, outcome: 'blocked' | 'vanished', detail: string): ChunkResult {
  for (const record of job.records) tally.except(record, outcome, detail);
  return tally.result();
}

/** A keyed hash that tells one state of a table from another. */
function stateOf(job: EraseJob, rows: readonly Row[]): string {
  // A cell that is emptied may read as null or as empty text, by format.
  return keyedHash(job.inventoryKey, rows.map(spell).join('\n'));
}

function spell(row: Row): string {
  return JSON.stringify(row.map((cell) => cell ?? ''));
}

function sameRows(rows: readonly Row[], expected: readonly Row[]): boolean {
  return rows.length === expected.length && rows.every((row, at) => spell(row) === spell(expected[at]!));
}

function choose(job: EraseJob, rows: readonly Row[], changedSince: boolean, tally: Tally): PlannedRecord[] {
  const prints = rows.map((row) => fingerprintRow(job.inventoryKey, row));
  const anywhere = new Set(prints);
  return job.records.filter((record) => {
    const place = Number(record.key[0]) - 1;
    if (changedSince && anywhere.has(record.fingerprint)) tally.except(record, 'drifted', 'file-changed-after-intent');
    else if (changedSince) tally.absent(record, true);
    else if (prints[place] === record.fingerprint) return true;
    else if (anywhere.has(record.fingerprint)) tally.except(record, 'drifted', 'row-moved');
    else if (place < rows.length) tally.except(record, 'drifted', 'content-changed');
    else tally.absent(record, false);
    return false;
  });
}

/** Leaves out records whose rows a format cannot take out; leaving one may stand in another's way, so it is asked until nothing changes. */
function withoutObstacles(job: EraseJob, table: OpenTable, agreeing: readonly PlannedRecord[], tally: Tally): readonly PlannedRecord[] {
  let targets = agreeing;
  for (;;) {
    const obstacles = targets.length > 0 ? table.obstacles?.(changeOf(job, targets)) : undefined;
    if (!obstacles || obstacles.size === 0) return targets;
    targets = targets.filter((record) => {
      const reason = obstacles.get(Number(record.key[0]));
      if (reason !== undefined) tally.except(record, 'blocked', reason);
      return reason === undefined;
    });
  }
}

function afterOf(job: EraseJob) {
  if (job.intended?.fileAfter === undefined) return null;
  const after = JSON.parse(job.intended.fileAfter) as { readonly state: string; readonly exceptions: ChunkResult['exceptions'] };
  const byIndex = new Map(job.records.map((record) => [record.index, record]));
  return {
    state: after.state,
    exceptions: after.exceptions.flatMap(({ index, outcome, detail }) => {
      const record = byIndex.get(index);
      return record ? [[record, outcome, detail] as const] : [];
    }),
  };
}

function changeOf(job: EraseJob, targets: readonly PlannedRecord[]): Change {
  const numbers = (blank: boolean) =>
    new Set(targets.filter((r) => (r.disposition === 'anonymise') === blank).map((record) => Number(record.key[0])));
  const kept = new Set(job.map.anonymiseTo ?? []);
  return { remove: numbers(false), blank: numbers(true), places: job.columns.flatMap((name, at) => (kept.has(name) ? [] : [at])) };
}

function expectedRows(rows: readonly Row[], change: Change): Row[] {
  const places = new Set(change.places);
  return rows.flatMap((row, at) => {
    if (change.remove.has(at + 1)) return [];
    return [change.blank.has(at + 1) ? row.map((cell, n) => (places.has(n) ? '' : cell)) : row];
  });
}
