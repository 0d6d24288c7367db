// SPDX-License-Identifier: Apache-2.0
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Row } from '../../model/cell.ts';
import type { DatasetShape, Source, SourceRow } from '../../model/source.ts';
import { spreadPlaces } from './batches.ts';
import { columnNames, textColumns } from './columns.ts';
import { type Dialect, type RawRow, RowSplitter, sniffDelimiter, splitFields } from './csv-parser.ts';
import { detectEncoding } from './encoding.ts';
import { ConnectError } from './error.ts';
import { fileFailure, headOfFile } from './file.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';

const CHUNK_BYTES = 256 * 1024;
const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** What one pass over the whole file finds; kept while the file's size and time stay the same. */
interface Survey {
  readonly version: string;
  readonly dialect: Dialect;
  readonly columns: readonly string[];
  readonly rows: number;
}

/**
 * Opens a delimited text file for reading: one dataset, named as the file. The file is read as a stream; a cell that a short row
 * does not have is null, any other is text. Throws ConnectError: bad-locator, not-found, unreadable.
 */
export function openCsv(source: Source): DatasetReader {
  headOfFile(source.name, source.locator, 1);
  return new CsvReader(source);
}

/** Encoding and delimiter. Throws ConnectError. */
export async function inspectCsv(source: Source): Promise<SourceInspection> {
  headOfFile(source.name, source.locator, 1);
  const { encoding, delimiter } = await dialectOf(source);
  return { source: source.name, kind: 'files', format: `CSV ${encoding} ${JSON.stringify(delimiter)}`, datasets: 1, notes: [] };
}

class CsvReader implements DatasetReader {
  readonly source: string;
  #source: Source;
  #dataset: string;
  #survey: Survey | null = null;
  #closed = false;

  constructor(source: Source) {
    this.source = source.name;
    this.#source = source;
    this.#dataset = basename(source.locator);
  }

  async datasets(): Promise<readonly string[]> {
    this.#check(this.#dataset);
    return [this.#dataset];
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    return [await this.shape(this.#dataset)];
  }

  async shape(dataset: string): Promise<DatasetShape> {
    this.#check(dataset);
    const { columns, rows } = await this.#surveyed();
    return { dataset, comment: null, columns: textColumns(columns), key: ['#'], foreignKeys: [], hazards: [], rows };
  }

  async count(dataset: string): Promise<number> {
    this.#check(dataset);
    return (await this.#surveyed()).rows;
  }

  async sample(dataset: string, size: number): Promise<readonly Row[]> {
    const places = new Set(spreadPlaces(await this.count(dataset), size));
    const rows: Row[] = [];
    if (places.size === 0) return rows;
    for await (const batch of this.scan(dataset, 1000)) {
      rows.push(...batch.filter(({ key }) => places.has(Number(key[0]) - 1)).map(({ row }) => row));
      if (rows.length === places.size) break;
    }
    return rows;
  }

  async *scan(dataset: string, batch: number): AsyncIterable<readonly SourceRow[]> {
    this.#check(dataset);
    const { dialect, columns } = await this.#surveyed();
    const limit = Math.max(1, Math.floor(batch));
    const decode = decoderOf(dialect);
    let number = 0;
    let rows: SourceRow[] = [];
    for await (const raw of rawRows(this.#source, dialect)) {
      number += 1;
      if (number === 1) continue;
      const fields = splitFields(decode(raw.bytes), dialect.delimiter);
      rows.push({ key: [String(number - 1)], row: columns.map((_, place) => fields[place] ?? null) });
      if (rows.length < limit) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.resolve();
  }

  #check(dataset: string): void {
    if (this.#closed) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    if (dataset !== this.#dataset) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
  }

  async #surveyed(): Promise<Survey> {
    const version = versionOf(this.#source);
    if (this.#survey?.version !== version) this.#survey = await survey(this.#source, version);
    return this.#survey;
  }
}

/** One pass: the header, how many rows follow and how wide the widest is. */
async function survey(source: Source, version: string): Promise<Survey> {
  const dialect = await dialectOf(source);
  const decode = decoderOf(dialect);
  let header: readonly string[] | null = null;
  let width = 0;
  let rows = -1;
  for await (const raw of rawRows(source, dialect)) {
    const fields = splitFields(decode(raw.bytes), dialect.delimiter);
    header ??= fields;
    width = Math.max(width, fields.length);
    rows += 1;
  }
  return { version, dialect, columns: columnNames(header ?? [], width), rows: Math.max(0, rows) };
}

async function dialectOf(source: Source): Promise<Dialect> {
  const found = await detectEncoding(() => bytesOf(source));
  if (!('encoding' in found)) {
    const { line, reason } = found;
    throw new ConnectError('unreadable', { source: source.name, dataset: basename(source.locator), line, remedy: 'save-as-utf-8', reason });
  }
  const { head } = headOfFile(source.name, source.locator, CHUNK_BYTES);
  const text = new TextDecoder(found.encoding).decode(head.subarray(found.start)).trimStart();
  return { ...found, delimiter: sniffDelimiter(/^[^\r\n]*/.exec(text)?.[0] ?? '') };
}

async function* rawRows(source: Source, dialect: Dialect): AsyncGenerator<RawRow> {
  const place = { source: source.name, dataset: basename(source.locator) };
  const splitter = new RowSplitter(dialect);
  for await (const chunk of bytesOf(source)) {
    yield* splitter.push(chunk);
    if (splitter.pending <= MAX_ROW_BYTES) continue;
    const line = splitter.openQuote;
    // A quote that never closes swallows everything after it: say where it was opened.
    if (line !== null) throw new ConnectError('damaged', { ...place, line, remedy: 'repair-or-restore', reason: 'quote never closed' });
    throw new ConnectError('limit', { ...place, remedy: 'split-file', reason: 'row longer than 16 MiB' });
  }
  const rest = [...splitter.end()];
  if (splitter.openQuote !== null) {
    throw new ConnectError('damaged', { ...place, line: splitter.openQuote, remedy: 'repair-or-restore', reason: 'quote never closed' });
  }
  yield* rest;
}

async function* bytesOf(source: Source): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(source.locator, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer;
  } catch (error) {
    throw fileFailure(error, source.name);
  }
}

function decoderOf({ encoding }: Dialect): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

function versionOf(source: Source): string {
  try {
    const { size, mtimeNs, ino } = statSync(source.locator, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    throw fileFailure(error, source.name);
  }
}
