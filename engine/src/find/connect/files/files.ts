// SPDX-License-Identifier: Apache-2.0
import { lstatSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Row } from '../../../model/cell.ts';
import { type ColumnShape, type DatasetShape, PATH_TYPE, type Source, type SourceRow, UNREADABLE_DATASET } from '../../../model/source.ts';
import { spreadPlaces } from '../batches.ts';
import { ConnectError } from '../error.ts';
import { fileFailure } from '../file.ts';
import type { DatasetReader, SourceInspection } from '../ports.ts';
import { ExtractFailure, Overrun, extract } from './extract.ts';
import { type Survey, survey } from './survey.ts';
import { type FoundFile, filesOf, versionOf } from './walk.ts';

/**
 * Opens a file or folder for reading (docs/reference/files-as-datasets.md). Nothing is looked at before it is asked for, and one file at a time. Throws ConnectError:
 * bad-locator, not-found, unreadable.
 */
export async function openFiles(source: Source): Promise<DatasetReader> {
  filesOf(source.name, source.locator).next();
  return Promise.resolve(new FilesReader(source));
}

/** How many files there are and what their names end in. Throws ConnectError. */
export async function inspectFiles(source: Source): Promise<SourceInspection> {
  const endings = new Map<string, number>();
  let files = 0;
  for (const { path } of filesOf(source.name, source.locator)) {
    files += 1;
    const ending = /\.([A-Za-z0-9]{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? '–';
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  const notes = [...endings].toSorted((a, b) => b[1] - a[1]).map(([ending, count]) => `${count} ${ending}`);
  return Promise.resolve({ source: source.name, kind: 'files', format: `${files} file(s)`, datasets: files, notes: notes.slice(0, 20) });
}

class FilesReader implements DatasetReader {
  readonly source: string;
  #source: Source;
  #closed = false;

  constructor(source: Source) {
    this.source = source.name;
    this.#source = source;
  }

  async datasets(): Promise<readonly string[]> {
    const tables: string[] = [];
    const gathered = new Set<string>();
    for await (const { made } of this.#surveys()) {
      tables.push(...made.tables.map((t) => t.dataset));
      for (const name of made.gathered.keys()) gathered.add(name);
    }
    return [...tables, ...[...gathered].toSorted()];
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    const shapes: DatasetShape[] = [];
    for (const dataset of await this.datasets()) shapes.push(await this.shape(dataset));
    return shapes;
  }

  async shape(dataset: string): Promise<DatasetShape> {
    if (!isGathered(dataset)) return (await this.#table(dataset)).shape;
    const rows = await this.count(dataset);
    if (rows === 0) throw this.#unknown(dataset);
    return { dataset, comment: null, columns: gatheredColumns(dataset), key: ['path'], foreignKeys: [], hazards: [], rows };
  }

  async count(dataset: string): Promise<number> {
    if (!isGathered(dataset)) return (await this.#table(dataset)).shape.rows;
    let rows = 0;
    for await (const { made } of this.#surveys()) rows += made.gathered.get(dataset) ?? 0;
    return rows;
  }

  async sample(dataset: string, size: number): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const { row, shown } of this.#spread(dataset, size)) rows.push(shown ?? row);
    return rows;
  }

  async *sampleTexts(dataset: string, size: number): AsyncIterable<string> {
    for await (const { text } of this.#spread(dataset, size)) if (text !== undefined) yield text;
  }

  /** Up to `size` rows at the same places each time; files without one of them are not read again. */
  async *#spread(dataset: string, size: number): AsyncGenerator<SourceRow> {
    const places = new Set(spreadPlaces(await this.count(dataset), size));
    let number = 0;
    for await (const { found, made, rows } of this.#holders(dataset)) {
      const last = number + rows;
      if (!Array.from({ length: rows }, (_, i) => number + i).some((place) => places.has(place))) number = last;
      else for await (const batch of this.#rows(found, made, dataset, 1_000)) for (const row of batch) if (places.has(number++)) yield row;
    }
  }

  async *scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]> {
    const limit = Math.max(1, Math.floor(batch));
    for await (const { found, made } of this.#holders(dataset)) yield* this.#rows(found, made, dataset, limit);
  }

  async file(dataset: string, key: Row): Promise<Uint8Array> {
    const record = key[0] ?? '';
    const found = this.#fileOf(isGathered(dataset) ? record : dataset);
    const { skip } = await survey(found);
    const order = { task: 'bytes', file: found.file, path: found.path, skip, dataset, batch: 0, record } as const;
    try {
      for await (const bytes of extract<Uint8Array>(order)) return bytes;
    } catch (error) {
      throw this.#failure(error, dataset);
    }
    throw new ConnectError('not-found', { source: this.source, dataset, remedy: 'try-again', reason: 'record is gone' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.resolve();
  }

  /** The files that hold rows of a dataset, and how many. */
  async *#holders(dataset: string): AsyncGenerator<{ found: FoundFile; made: Survey; rows: number }> {
    if (!isGathered(dataset)) {
      const { found, made, shape } = await this.#table(dataset);
      return yield { found, made, rows: shape.rows };
    }
    for await (const { found, made } of this.#surveys()) {
      const rows = made.gathered.get(dataset) ?? 0;
      if (rows > 0) yield { found, made, rows };
    }
  }

  async *#rows(found: FoundFile, made: Survey, dataset: string, batch: number): AsyncGenerator<readonly SourceRow[]> {
    if (made.broken !== null) {
      const { path, reason, detail } = made.broken;
      return yield [{ key: [path], row: [path, reason, detail] }];
    }
    try {
      yield* extract<readonly SourceRow[]>({
        task: 'rows',
        file: found.file,
        path: found.path,
        skip: made.skip,
        dataset,
        batch,
        record: '',
      });
    } catch (error) {
      throw this.#failure(error, dataset);
    }
  }

  async *#surveys(): AsyncGenerator<{ found: FoundFile; made: Survey }> {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    for (const found of filesOf(this.source, this.#source.locator)) yield { found, made: await survey(found) };
  }

  async #table(dataset: string): Promise<{ found: FoundFile; made: Survey; shape: DatasetShape }> {
    const found = this.#fileOf(dataset);
    const made = await survey(found);
    const shape = made.tables.find((t) => t.dataset === dataset);
    if (shape === undefined) throw this.#unknown(dataset);
    return { found, made, shape };
  }

  /** The file on disk that a path or a table's name begins with: the longest such name that is a file of this source. */
  #fileOf(name: string): FoundFile {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    const { locator } = this.#source;
    try {
      const alone = versionOf(locator);
      if (alone !== null) return { file: locator, path: basename(locator), version: alone };
      const ends = [name.length, ...[...name.matchAll(/!\/|#/g)].map((m) => m.index).toReversed()];
      for (const end of ends) {
        const path = name.slice(0, end);
        if (path === '' || path.split('/').some((part) => part === '' || part === '..' || part === '.')) continue;
        const file = join(locator, path);
        if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
        // A folder on the way may be a link that leads out.
        if (realpathSync(file) !== join(realpathSync(locator), path)) continue;
        return { file, path, version: versionOf(file) ?? '' };
      }
    } catch (error) {
      throw fileFailure(error, this.source);
    }
    throw this.#unknown(isGathered(name) ? name : '');
  }

  #unknown(dataset: string): ConnectError {
    return new ConnectError('unknown-dataset', { source: this.source, ...(dataset === '' ? {} : { dataset }), remedy: 'fix-name' });
  }

  #failure(error: unknown, dataset: string): unknown {
    const place = { source: this.source, dataset };
    if (error instanceof Overrun || (error instanceof ExtractFailure && error.code === 'limit'))
      return new ConnectError('limit', { ...place, remedy: 'split-file', reason: '5 s of CPU or 512 MB' });
    return error instanceof ExtractFailure
      ? new ConnectError('damaged', { ...place, remedy: 'repair-or-restore', reason: error.code })
      : error;
  }
}

/** Datasets that gather files from everywhere in the source. A file may not be named so: `*` and `!` do not begin a table's name here. */
function isGathered(dataset: string): boolean {
  return dataset === UNREADABLE_DATASET || /^\*\.(?:eml|docx|pdf|html|txt|json)$/.test(dataset);
}

function gatheredColumns(dataset: string): readonly ColumnShape[] {
  const column = (name: string, type: string): ColumnShape => ({ name, type, comment: null, nullable: name !== 'path' });
  const path = column('path', PATH_TYPE);
  if (dataset === UNREADABLE_DATASET) return [path, column('reason', 'text'), column('detail', 'text')];
  if (dataset !== '*.eml') return [path, column('content', 'document')];
  return [path, ...['date', 'from', 'to', 'subject'].map((name) => column(name, 'text')), column('content', 'message')];
}
