// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow, sha256 } from '../../../kit/index.ts';
import type { ChunkResult, PlannedRecord } from '../../../model/planned.ts';
import { ExecuteError } from '../error.ts';
import type { EraseJob } from '../ports.ts';
import { Tally } from '../rows/tally.ts';
import { archiveRefusal, editMembers, orRefused, readMember } from './archive.ts';
import { type Site, placeOf } from './place.ts';
import { dropPart, putInPlace, readBytes } from './put-in-place.ts';

/*
 * Documents and messages that are files of their own go whole: unlinked, or taken out of their archive, one file on disk after the other.
 * The intent names the records whose file is about to change, and grows file by file; after a crash the file says what happened:
 *   absent   → gone: by us if the intent names it (`deleted-inferred`), else by itself (`vanished`)
 *   equal    → it is done again
 *   changed  → it is left alone (`drifted`)
 */

interface Marks {
  /** Inventory indexes. */
  readonly intended: readonly number[];
}

/** Erases a chunk of whole files. Throws ExecuteError; then the intent names at most the records whose file may be gone. */
export async function takeFiles(site: Site, job: EraseJob): Promise<ChunkResult> {
  const tally = new Tally(job.records);
  const intended = new Set(job.intended?.fileAfter === undefined ? [] : (JSON.parse(job.intended.fileAfter) as Marks).intended);
  const files = new Map<string, { record: PlannedRecord; members: readonly string[] }[]>();
  for (const record of job.records) {
    const place = placeOf(site, record.key[0] ?? '');
    if (place === 'outside') tally.except(record, 'blocked', 'link-leaves-source');
    else if (place === null) tally.absent(record, intended.has(record.index));
    else if (record.disposition === 'anonymise') tally.except(record, 'blocked', 'document-cannot-be-anonymised');
    else files.set(place.file, [...(files.get(place.file) ?? []), { record, members: place.members }]);
  }
  let committed = false;
  for (const [file, held] of files) committed = (await takeFrom(job, file, held, intended, tally)) || committed;
  if (committed) job.committed();
  return tally.result();
}

/** Takes records out of one file on disk; true when it was replaced or unlinked. */
async function takeFrom(
  job: EraseJob,
  file: string,
  held: readonly { readonly record: PlannedRecord; readonly members: readonly string[] }[],
  intended: Set<number>,
  tally: Tally,
): Promise<boolean> {
  dropPart(file);
  const bytes = readBytes(file);
  const targets = held.filter(({ record, members }) => {
    const path = record.key[0] ?? '';
    const refused = orRefused(() => archiveRefusal(bytes, members, path));
    const content = refused === null ? orRefused(() => readMember(bytes, members, path)) : null;
    if (refused !== null) tally.except(record, 'blocked', refused);
    else if (typeof content === 'string') tally.except(record, 'blocked', content);
    else if (content === null) tally.absent(record, intended.has(record.index));
    else if (printOf(job, path, content) !== record.fingerprint) tally.except(record, 'drifted', 'content-changed');
    else return true;
    return false;
  });
  if (targets.length === 0) return false;
  const edits = targets.map(({ members }) => ({ members, apply: () => null }));
  const replacement = editMembers(bytes, edits, job.map.dataset);
  if (replacement && targets.some(({ members }) => readMember(replacement, members, job.map.dataset) !== null))
    throw new ExecuteError('file-unreadable', { dataset: job.map.id, state: 'replacement-differs' });
  await putInPlace(job, file, sha256(bytes), replacement, async () => {
    for (const { record } of targets) intended.add(record.index);
    const marks: Marks = { intended: [...intended].toSorted((a, b) => a - b) };
    await job.intend({ fileAfter: JSON.stringify(marks) });
  });
  return true;
}

/** A document's row as far as its fingerprint needs it: path and hash of the bytes. */
function printOf(job: EraseJob, path: string, content: Uint8Array): string {
  return fingerprintRow(
    job.inventoryKey,
    job.columns.map((name) => (name === 'content' ? `sha256:${sha256(content)}` : name === 'path' ? path : null)),
  );
}
