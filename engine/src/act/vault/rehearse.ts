// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { VaultError } from './error.ts';
import { holdsFile, keptFilePath, keptFiles } from './kept-file.ts';
import { type ChunkFile, chunksOfClass } from './layout.ts';
import { type ArchiveLine, readLines } from './lines.ts';

export interface ExpectedRecord {
  readonly index: number;
  readonly fingerprint: string;
  readonly archiveClass: string;
}

export interface RehearsalReport {
  /** True only when every chunk opened and every expected record, and no other, was found with its fingerprint. */
  readonly ok: boolean;
  readonly chunks: number;
  readonly records: number;
  readonly missing: readonly number[];
  readonly changed: readonly number[];
  readonly unexpected: readonly number[];
  /** Files that could not be opened with the class key. */
  readonly damaged: readonly string[];
}

/**
 * The restore rehearsal: opens every chunk and every kept document of every class from disk with the class key and compares indexes,
 * fingerprints and the documents' hashes with what the plan expects. `expected` comes in ascending order of index, so one chunk of each class is in memory.
 * `identities`: class → age identity; a class folder without identity counts as damaged. Throws VaultError `order`.
 */
export async function rehearse(args: {
  readonly folder: string;
  readonly identities: ReadonlyMap<string, string>;
  readonly expected: AsyncIterable<ExpectedRecord>;
}): Promise<RehearsalReport> {
  const found: Findings = { chunks: 0, records: 0, missing: [], changed: [], unexpected: [], damaged: [] };
  const cursors = new Map(classesIn(args.folder).map((name) => [name, new Cursor(args.folder, name, args.identities.get(name), found)]));
  let last = -1;
  for await (const record of args.expected) {
    if (record.index <= last) throw new VaultError('order', { index: record.index });
    last = record.index;
    const line = await cursors.get(record.archiveClass)?.take(record.index);
    if (!line) found.missing.push(record.index);
    else if (line.fp !== record.fingerprint) found.changed.push(record.index);
  }
  for (const cursor of cursors.values()) await cursor.finish();
  const ok = found.missing.length + found.changed.length + found.unexpected.length + found.damaged.length === 0;
  return { ok, ...found };
}

interface Findings {
  chunks: number;
  records: number;
  missing: number[];
  changed: number[];
  unexpected: number[];
  damaged: string[];
}

function classesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Walks the chunk files of one class in step with the expected records. */
class Cursor {
  readonly #files: ChunkFile[];
  readonly #identity: string | undefined;
  readonly #found: Findings;
  #open: { readonly last: number; readonly lines: Map<number, ArchiveLine> } | null = null;

  constructor(folder: string, archiveClass: string, identity: string | undefined, found: Findings) {
    this.#files = chunksOfClass(folder, archiveClass);
    this.#identity = identity;
    this.#found = found;
  }

  async take(index: number): Promise<ArchiveLine | undefined> {
    while (!this.#open || this.#open.last < index) {
      if (!(this.#files[0] && this.#files[0].first <= index)) return undefined;
      await this.#next();
    }
    const line = this.#open.lines.get(index);
    this.#open.lines.delete(index);
    return line;
  }

  async finish(): Promise<void> {
    while (this.#files.length > 0) await this.#next();
    this.#leave();
  }

  async #next(): Promise<void> {
    this.#leave();
    const file = this.#files.shift();
    if (!file) return;
    this.#found.chunks += 1;
    try {
      if (this.#identity === undefined) throw new VaultError('archive-damaged', { path: file.path });
      const lines = await readLines(file.path, this.#identity);
      this.#found.records += lines.size;
      await this.#compareFiles(file, lines, this.#identity);
      this.#open = { last: file.last, lines };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      this.#found.damaged.push(file.path);
      this.#open = { last: file.last, lines: new Map() };
    }
  }

  /** Kept documents are opened too; one that no line speaks of is too much. */
  async #compareFiles(file: ChunkFile, lines: ReadonlyMap<number, ArchiveLine>, identity: string): Promise<void> {
    const folder = dirname(file.path);
    for (const { i, f } of lines.values()) {
      const path = keptFilePath(folder, i);
      if (f !== undefined && !(await holdsFile(path, f, identity))) this.#found.damaged.push(path);
    }
    this.#found.unexpected.push(...keptFiles(folder, file.first, file.last).filter((index) => lines.get(index)?.f === undefined));
  }

  #leave(): void {
    if (this.#open) this.#found.unexpected.push(...this.#open.lines.keys());
    this.#open = null;
  }
}
