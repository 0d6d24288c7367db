// SPDX-License-Identifier: Apache-2.0
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isXmlError } from '@cj-tech-master/excelts/xml';
import type { Row } from '../../model/cell.ts';
import type { DatasetShape, Hazard, Source, SourceRow } from '../../model/source.ts';
import { spreadPlaces } from './batches.ts';
import { columnNames, textColumns } from './columns.ts';
import { ConnectError } from './error.ts';
import { fileFailure, headOfFile } from './file.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';
import { readWorkbook, type Workbook } from './xlsx-book.ts';
import { type SheetRow, sheetRows } from './xlsx-sheet.ts';
import { unpack, type ZipPart, ZipProblem, zipParts } from './zip.ts';

const MAX_FILE_BYTES = 50 * 1024 * 1024;

interface OpenBook extends Workbook {
  readonly version: string;
  readonly file: Buffer;
  readonly surveys: Map<string, Survey>;
}

/** What one pass over a sheet finds. */
interface Survey {
  readonly columns: readonly string[];
  readonly hazards: readonly Hazard[];
  readonly rows: number;
}

/**
 * Opens an xlsx workbook for reading: each worksheet, hidden ones too, is a dataset named `file.xlsx#sheet`. The header is the first row with any text; the
 * n-th data row is the n-th row after it with any text, blank rows do not count.
 * Throws ConnectError: bad-locator, not-found, unreadable, encrypted, damaged, unsupported, limit.
 */
export async function openXlsx(source: Source): Promise<DatasetReader> {
  return new XlsxReader(source, await loadBook(source));
}

/** Number of sheets. Throws ConnectError as `openXlsx`. */
export async function inspectXlsx(source: Source): Promise<SourceInspection> {
  const { sheets } = await loadBook(source);
  return { source: source.name, kind: 'files', format: 'Office Open XML workbook', datasets: sheets.size, notes: [] };
}

class XlsxReader implements DatasetReader {
  readonly source: string;
  #source: Source;
  #book: OpenBook | null;

  constructor(source: Source, book: OpenBook) {
    this.source = source.name;
    this.#source = source;
    this.#book = book;
  }

  async datasets(): Promise<readonly string[]> {
    return [...(await this.#open()).sheets.keys()].map((sheet) => `${basename(this.#source.locator)}#${sheet}`);
  }

  async shapes(): Promise<readonly DatasetShape[]> {
    const shapes: DatasetShape[] = [];
    for (const dataset of await this.datasets()) shapes.push(await this.shape(dataset));
    return shapes;
  }

  async shape(dataset: string): Promise<DatasetShape> {
    const { columns, hazards, rows } = await this.#surveyed(dataset);
    return { dataset, comment: null, columns: textColumns(columns), key: ['#'], foreignKeys: [], hazards, rows };
  }

  async count(dataset: string): Promise<number> {
    return (await this.#surveyed(dataset)).rows;
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
    const { columns } = await this.#surveyed(dataset);
    const limit = Math.max(1, Math.floor(batch));
    let number = -1;
    let rows: SourceRow[] = [];
    for await (const { cells } of this.#rows(await this.#open(), dataset)) {
      number += 1;
      if (number === 0) continue;
      rows.push({ key: [String(number)], row: columns.map((_, place) => cells.get(place)?.text ?? null) });
      if (rows.length < limit) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }

  async close(): Promise<void> {
    this.#book = null;
    await Promise.resolve();
  }

  /** The workbook in memory, read again where the file changed. */
  async #open(): Promise<OpenBook> {
    if (this.#book === null) throw new ConnectError('unreachable', { source: this.source, remedy: 'open-again', reason: 'closed' });
    if (this.#book.version !== versionOf(this.#source)) this.#book = await loadBook(this.#source);
    return this.#book;
  }

  async #surveyed(dataset: string): Promise<Survey> {
    const book = await this.#open();
    const known = book.surveys.get(dataset);
    if (known !== undefined) return known;
    let header: readonly (string | null)[] | null = null;
    let width = 0;
    let rows = -1;
    const formulas = new Set<number>();
    const elements = new Set<string>();
    for await (const { cells } of this.#rows(book, dataset, (name) => elements.add(name))) {
      const last = Math.max(...cells.keys());
      header ??= Array.from({ length: last + 1 }, (_, place) => cells.get(place)?.text ?? null);
      width = Math.max(width, last + 1);
      rows += 1;
      for (const [place, cell] of cells) if (cell.formula) formulas.add(place);
    }
    const columns = columnNames(header ?? [], width);
    const hazards: Hazard[] = columns.filter((_, place) => formulas.has(place)).map((detail) => ({ kind: 'formula', detail }));
    if (elements.has('sheetProtection')) hazards.push({ kind: 'protected', detail: 'sheet protection' });
    const survey = { columns, hazards, rows: Math.max(0, rows) };
    book.surveys.set(dataset, survey);
    return survey;
  }

  /** Rows with any text, the header first. */
  async *#rows(book: OpenBook, dataset: string, onElement?: (name: string) => void): AsyncGenerator<SheetRow> {
    const own = `${basename(this.#source.locator)}#`;
    const part = dataset.startsWith(own) ? book.sheets.get(dataset.slice(own.length)) : undefined;
    if (part === undefined) throw new ConnectError('unknown-dataset', { source: this.source, dataset, remedy: 'fix-name' });
    try {
      for await (const row of sheetRows(unpack(book.file, part), book, onElement)) {
        if ([...row.cells.values()].some(({ text }) => text !== null && text !== '')) yield row;
      }
    } catch (error) {
      throw bookFailure(error, this.source, dataset);
    }
  }
}

async function loadBook(source: Source): Promise<OpenBook> {
  const { head, size } = headOfFile(source.name, source.locator, 8);
  if (size > MAX_FILE_BYTES) throw new ConnectError('limit', { source: source.name, remedy: 'split-file', reason: 'file over 50 MiB' });
  const version = versionOf(source);
  const file = read(source);
  if (head.toString('hex').startsWith('d0cf11e0a1b11ae1')) throw compoundFile(source, file);
  try {
    const parts: ReadonlyMap<string, ZipPart> = zipParts(file);
    if (parts.has('xl/workbook.bin'))
      throw new ConnectError('unsupported', { source: source.name, remedy: 'save-as-xlsx', reason: 'xlsb' });
    return { ...(await readWorkbook(file, parts)), version, file, surveys: new Map() };
  } catch (error) {
    throw bookFailure(error, source.name);
  }
}

/** An OLE compound file: a workbook behind a password (MS-OFFCRYPTO §2.3.4 keeps it in a stream of this name), or the old .xls. */
function compoundFile(source: Source, file: Buffer): ConnectError {
  const encrypted = file.includes(Buffer.from('EncryptedPackage', 'utf16le')) || !file.includes(Buffer.from('Workbook', 'utf16le'));
  return encrypted
    ? new ConnectError('encrypted', { source: source.name, remedy: 'remove-password' })
    : new ConnectError('unsupported', { source: source.name, remedy: 'save-as-xlsx', reason: 'xls' });
}

function bookFailure(error: unknown, source: string, dataset?: string): unknown {
  const place = { source, ...(dataset === undefined ? {} : { dataset }) };
  if (error instanceof ZipProblem) {
    const remedy = { damaged: 'repair-or-restore', limit: 'split-file', encrypted: 'remove-password' } as const;
    return new ConnectError(error.kind, { ...place, remedy: remedy[error.kind], reason: error.message });
  }
  const garbled = isXmlError(error) || error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  return garbled ? new ConnectError('damaged', { ...place, remedy: 'repair-or-restore', reason: 'XML' }) : error;
}

function read(source: Source): Buffer {
  try {
    return readFileSync(source.locator);
  } catch (error) {
    throw fileFailure(error, source.name);
  }
}

function versionOf(source: Source): string {
  try {
    const { size, mtimeNs, ino } = statSync(source.locator, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    throw fileFailure(error, source.name);
  }
}
