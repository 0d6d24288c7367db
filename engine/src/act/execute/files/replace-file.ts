// SPDX-License-Identifier: Apache-2.0
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fingerprintRow, sha256, syncDirectory } from '../../../kit/index.ts';
import type { Row } from '../../../model/cell.ts';
import type { ChunkResult, PlannedRecord } from '../../../model/planned.ts';
import { ExecuteError, stateOf } from '../error.ts';
import type { EraseJob } from '../ports.ts';
import { Tally } from '../rows/tally.ts';
import type { FileFormat } from './file-format.ts';

/*
 * A file is replaced, never edited: replacement written beside it and synced → intent with both hashes (ours) → rename (theirs).
 * After a crash the hash of the file says what happened: the hash before → do it again; the hash after → it is done;
 * another one → somebody changed it in between: what is nowhere in it is gone, what is still in it is left alone (`drifted`).
 * Row numbers hold only for the file as it was inventoried, so a row is taken only where number and content agree.
 */

/** Erases a chunk — all planned records of one sheet or file — by replacing the file. Throws ExecuteError. */
export async function replaceFile(path: string, format: FileFormat, job: EraseJob): Promise<ChunkResult> {
  const tally = new Tally(job.records);
  const bytes = readBytes(path);
  const before = sha256(bytes);
  const after = afterOf(job);
  if (after && before === after.sha256) {
    rmSync(partOf(path), { force: true });
    for (const [record, outcome, detail] of after.exceptions(job.records)) tally.except(record, outcome, detail);
    return tally.result();
  }
  const file = await format.open(bytes, job.map.dataset, job.columns);
  const changedSince = job.intended !== null && job.intended.fileBefore !== before;
  const targets = choose(job, file.rows, changedSince, tally);
  if (targets.length === 0) return tally.result();

  const anonymise = targets.filter((record) => record.disposition === 'anonymise');
  const change = {
    remove: numbers(targets.filter((r) => r.disposition !== 'anonymise')),
    blank: numbers(anonymise),
    places: droppedPlaces(job),
  };
  const replacement = await file.rewrite(change);
  await compareRows(format, job, replacement, expectedRows(file.rows, change));
  writePart(path, replacement);
  job.crash('file.replacement-written');
  const { exceptions } = tally.result();
  await job.intend({ fileBefore: before, fileAfter: JSON.stringify({ sha256: sha256(replacement), exceptions }) });
  if (sha256(readBytes(path)) !== before) {
    rmSync(partOf(path), { force: true });
    throw new ExecuteError('file-changed', { dataset: job.map.id });
  }
  renameSync(partOf(path), path);
  syncDirectory(dirname(path));
  job.crash('file.replaced');
  job.committed();
  if (sha256(readBytes(path)) !== sha256(replacement))
    for (const record of targets) tally.except(record, 'refused', 'file-changed-after-replacement');
  return tally.result();
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

function afterOf(job: EraseJob) {
  if (job.intended?.fileAfter === undefined) return null;
  const after = JSON.parse(job.intended.fileAfter) as { readonly sha256: string; readonly exceptions: ChunkResult['exceptions'] };
  return {
    sha256: after.sha256,
    exceptions(records: readonly PlannedRecord[]) {
      const byIndex = new Map(records.map((record) => [record.index, record]));
      return after.exceptions.flatMap(({ index, outcome, detail }) => {
        const record = byIndex.get(index);
        return record ? [[record, outcome, detail] as const] : [];
      });
    },
  };
}

interface Change {
  readonly remove: ReadonlySet<number>;
  readonly blank: ReadonlySet<number>;
  readonly places: readonly number[];
}

function numbers(records: readonly PlannedRecord[]): ReadonlySet<number> {
  return new Set(records.map((record) => Number(record.key[0])));
}

function droppedPlaces(job: EraseJob): readonly number[] {
  const kept = new Set(job.map.anonymiseTo ?? []);
  return job.columns.flatMap((name, at) => (kept.has(name) ? [] : [at]));
}

function expectedRows(rows: readonly Row[], change: Change): Row[] {
  const places = new Set(change.places);
  return rows.flatMap((row, at) => {
    if (change.remove.has(at + 1)) return [];
    return [change.blank.has(at + 1) ? row.map((cell, n) => (places.has(n) ? '' : cell)) : row];
  });
}

/** The replacement is read again before it may take the file's place: every row that stays is in it, in order, and nothing else. */
async function compareRows(format: FileFormat, job: EraseJob, replacement: Uint8Array, expected: readonly Row[]): Promise<void> {
  const { rows } = await format.open(replacement, job.map.dataset, job.columns);
  const spell = (row: Row) => JSON.stringify(row.map((cell) => cell ?? ''));
  const same = rows.length === expected.length && rows.every((row, at) => spell(row) === spell(expected[at]!));
  if (!same) throw new ExecuteError('file-unreadable', { dataset: job.map.id, state: 'replacement-differs' });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const state = stateOf(error);
    throw new ExecuteError(
      state === 'EACCES' || state === 'EPERM' ? 'permission-denied' : state === 'ENOENT' ? 'source-unreachable' : 'file-unreadable',
      { state },
    );
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

/** The replacement beside the file, with its mode and, where we may, its owner. It holds only what stays. */
function writePart(path: string, bytes: Uint8Array): void {
  const { mode, uid, gid } = statSync(path);
  let fd: number | null = null;
  try {
    fd = openSync(partOf(path), 'w', 0o600);
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    try {
      fchownSync(fd, uid, gid);
    } catch {
      // Not ours to give: the file then belongs to the account that erases.
    }
    fchmodSync(fd, mode & 0o7777);
    fsyncSync(fd);
  } catch (error) {
    rmSync(partOf(path), { force: true });
    const state = stateOf(error);
    throw new ExecuteError(state === 'EACCES' || state === 'EPERM' || state === 'EROFS' ? 'permission-denied' : 'source-error', { state });
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
