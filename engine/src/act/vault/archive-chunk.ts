// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256, writeDurable, writeDurably } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import type { Chunk, PlannedRecord } from '../../model/planned.ts';
import { seal } from './age.ts';
import { VaultError } from './error.ts';
import { dropFiles, holdsFile, keepFile, keptFilePath, keptFiles } from './kept-file.ts';
import { chunkPath, datasetFolder } from './layout.ts';
import { type ArchiveLine, openLines, readLines, renderLines } from './lines.ts';

export interface ArchiveChunkArgs {
  /** The archive folder of the case. */
  readonly folder: string;
  readonly archiveClass: string;
  readonly chunk: Chunk;
  /** Rows by inventory index, as read now, in the order of `columns`; a record that is missing here is not archived. */
  readonly rows: ReadonlyMap<number, Row>;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Names of the columns that may be kept; the others do not enter the archive. */
  readonly kept: readonly string[];
  /** Documents and messages: the bytes of a record, which are what is kept. Absent for tables. */
  readonly file?: (record: PlannedRecord) => Promise<Uint8Array>;
  readonly recipient: string;
  readonly identity: string;
  readonly crash: CrashPoint;
}

export interface ArchivedChunk {
  readonly path: string;
  /** SHA-256 of the ciphertext on disk, hex. */
  readonly sha256: string;
  readonly records: number;
  /** Inventory indexes that were read back and found equal; only these may be deleted. */
  readonly verified: ReadonlySet<number>;
}

/**
 * Writes the archive records of one class of a chunk and proves them by reading them back.
 * Idempotent: a file that already holds the same set is verified and used. A record that an earlier run archived and that is
 * not given again (it may be deleted already) stays in the file; only `withdraw` takes records out.
 * Throws VaultError `archive-damaged`, `archive-differs`, `schema-differs`, and what the file system throws (ENOSPC…).
 */
export async function archiveChunk(args: ArchiveChunkArgs): Promise<ArchivedChunk> {
  const { first, last, dataset } = args.chunk;
  const path = chunkPath(args.folder, args.archiveClass, dataset, first, last);
  const dataFolder = datasetFolder(args.folder, args.archiveClass, dataset);
  const given = await withFiles(args, dataFolder, linesOf(args));
  const there = await linesThere(path, args, given);
  const all = new Map([...there, ...given]);
  if (args.file)
    dropFiles(
      dataFolder,
      keptFiles(dataFolder, first, last).filter((index) => !all.has(index)),
    );
  if (all.size === 0) return { path, sha256: sha256(''), records: 0, verified: new Set() };
  const text = renderLines(all.values());
  if (there.size === 0 || renderLines(there.values()) !== text) {
    writeSchema(args);
    await writeDurably(path, await seal(text, args.recipient));
    args.crash('vault.chunk-written');
  }
  const bytes = readFileSync(path);
  const back = await openLines(path, bytes, args.identity);
  // Equal text is equal lines; what differs is parsed only to say where.
  if (back.text !== text) compareLines(path, all, back.lines());
  for (const { i, f } of all.values())
    if (f !== undefined && !(await holdsFile(keptFilePath(dataFolder, i), f, args.identity)))
      throw new VaultError('archive-damaged', { path: keptFilePath(dataFolder, i) });
  args.crash('vault.chunk-verified');
  return { path, sha256: sha256(bytes), records: all.size, verified: new Set(all.keys()) };
}

function linesOf(args: ArchiveChunkArgs): Map<number, ArchiveLine> {
  const places = args.columns.flatMap((column, at) => (args.kept.includes(column.name) ? [{ name: column.name, at }] : []));
  const lines = new Map<number, ArchiveLine>();
  for (const record of recordsOf(args)) {
    const row = args.rows.get(record.index);
    if (!row) continue;
    const v = Object.fromEntries(places.map(({ name, at }) => [name, row[at] ?? null]));
    lines.set(record.index, { i: record.index, fp: record.fingerprint, v });
  }
  return lines;
}

/** The lines of documents whose bytes are kept now; a document that is not what it was is not archived. Tables: all lines. */
async function withFiles(args: ArchiveChunkArgs, dataFolder: string, lines: Map<number, ArchiveLine>): Promise<Map<number, ArchiveLine>> {
  const { file, recipient, identity } = args;
  if (!file) return lines;
  const contentAt = args.columns.findIndex((column) => column.type === 'document' || column.type === 'message');
  const out = new Map<number, ArchiveLine>();
  for (const record of recordsOf(args)) {
    const line = lines.get(record.index);
    const hash = /^sha256:([0-9a-f]{64})$/.exec(args.rows.get(record.index)?.[contentAt] ?? '')?.[1];
    if (!line || hash === undefined) continue;
    const kept = await keepFile({ dataFolder, index: record.index, hash, read: () => file(record), recipient, identity });
    if (kept) out.set(record.index, { ...line, f: hash });
  }
  return out;
}

function recordsOf(args: ArchiveChunkArgs): readonly PlannedRecord[] {
  return args.chunk.records.filter((r) => r.disposition === 'archive' && r.archiveClass === args.archiveClass);
}

/** A damaged file may be written again only when every record it could hold is at hand. */
async function linesThere(
  path: string,
  args: ArchiveChunkArgs,
  given: ReadonlyMap<number, ArchiveLine>,
): Promise<Map<number, ArchiveLine>> {
  if (!existsSync(path)) return new Map();
  try {
    return await readLines(path, args.identity);
  } catch (error) {
    if (recordsOf(args).every((r) => given.has(r.index))) return new Map();
    throw error;
  }
}

function compareLines(path: string, wanted: ReadonlyMap<number, ArchiveLine>, found: ReadonlyMap<number, ArchiveLine>): void {
  if (wanted.size !== found.size) throw new VaultError('archive-differs', { path, wanted: wanted.size, found: found.size });
  for (const [index, line] of wanted) {
    const other = found.get(index);
    if (!other || renderLines([other]) !== renderLines([line])) throw new VaultError('archive-differs', { path, index });
  }
}

const FORMAT =
  'one JSON object a line, encrypted with age (age-encryption.org/v1); i = inventory index, fp = row fingerprint, v = kept cells as text or null';

/** Column names and types lie beside the data in clear, so that a custodian can read the files without us. */
function writeSchema(args: ArchiveChunkArgs): void {
  const path = join(datasetFolder(args.folder, args.archiveClass, args.chunk.dataset), 'schema.json');
  const schema = canonicalJson({
    format: args.file ? `${FORMAT}; f = SHA-256 of the document or message, whose bytes are in <i>.age` : FORMAT,
    dataset: args.chunk.dataset,
    class: args.archiveClass,
    columns: args.columns.filter((c) => args.kept.includes(c.name)).map((c) => ({ name: c.name, type: c.type })),
    dropped: args.columns.filter((c) => !args.kept.includes(c.name)).map((c) => c.name),
  });
  if (existsSync(path)) {
    if (readFileSync(path, 'utf8') !== schema + '\n') throw new VaultError('schema-differs', { path });
    return;
  }
  writeDurable(path, schema + '\n');
}
