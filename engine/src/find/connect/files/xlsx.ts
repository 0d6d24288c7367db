// SPDX-License-Identifier: Apache-2.0
import { isXmlError } from '@cj-tech-master/excelts/xml';
import type { Cell } from '../../../model/cell.ts';
import type { Hazard, SourceRow } from '../../../model/source.ts';
import { columnNames, looksLikeData } from './columns.ts';
import type { Table } from './table.ts';
import { Unreadable } from './unreadable.ts';
import { readWorkbook, type Workbook } from './xlsx-book.ts';
import { filled, headerCells, headerRowOf, type Merge, mergeOf } from './xlsx-header.ts';
import { type SheetRow, sheetRows } from './xlsx-sheet.ts';
import { unpack, type ZipPart } from './zip.ts';

/** Where a header can be looked for. */
const HEAD_ROWS = 30;
const MAX_MERGES = 100_000;

/**
 * Worksheets of an Office Open XML workbook, hidden ones too, as tables named `path#sheet`. The n-th data row is the n-th row after the header with any text.
 * Throws Unreadable.
 */
export async function xlsxTables(path: string, file: Buffer, parts: ReadonlyMap<string, ZipPart>): Promise<Table[]> {
  if (parts.has('xl/workbook.bin')) throw new Unreadable('unsupported', 'xlsb');
  return xmlGuarded(async () => {
    const book = await readWorkbook(file, parts);
    const tables: Table[] = [];
    for (const [sheet, part] of book.sheets) tables.push(await sheetTable(`${path}#${sheet}`, file, part, book));
    return tables;
  });
}

/** Runs work on XML; what its parser throws becomes `damaged`. */
export async function xmlGuarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const garbled = isXmlError(error) || error instanceof RangeError || (error instanceof TypeError && 'code' in error);
    throw garbled ? new Unreadable('damaged', 'xml') : error;
  }
}

async function sheetTable(dataset: string, file: Buffer, part: ZipPart, book: Workbook): Promise<Table> {
  const head: SheetRow[] = [];
  const merges: Merge[] = [];
  const formulas = new Set<number>();
  const numbers: number[] = [];
  let guarded = false;
  let width = 0;
  const onElement = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name === 'sheetProtection') guarded = true;
    const merge = name === 'mergeCell' ? mergeOf(attributes['ref'] ?? '') : null;
    if (merge !== null && merges.length < MAX_MERGES) merges.push(merge);
  };
  for await (const row of textRows(file, part, book, onElement)) {
    if (head.length < HEAD_ROWS) head.push(row);
    numbers.push(row.number);
    width = Math.max(width, ...[...row.cells].filter(([, cell]) => cell.text !== null).map(([column]) => column + 1));
    for (const [column, cell] of row.cells) if (cell.formula) formulas.add(column);
  }
  const first = headerRowOf(head, merges);
  const header = head.find((row) => row.number === first);
  const names = headerCells(header, head, merges);
  const headerRow = looksLikeData(names) ? first - 1 : first;
  const columns = columnNames(headerRow < first ? [] : names, width);
  const hazards: Hazard[] = columns.filter((_, place) => formulas.has(place)).map((detail) => ({ kind: 'formula', detail }));
  if (guarded) hazards.push({ kind: 'protected', detail: 'sheet protection' });
  const vertical = merges.filter((m) => m.bottom > m.top && m.top > headerRow);
  return {
    dataset,
    columns,
    rows: numbers.filter((number) => number > headerRow).length,
    hazards,
    ...(headerRow === (head[0]?.number ?? 1) ? {} : { headerRow }),
    scan: () => dataRows(textRows(file, part, book), headerRow, columns.length, vertical),
  };
}

async function* dataRows(
  rows: AsyncIterable<SheetRow>,
  headerRow: number,
  width: number,
  merges: readonly Merge[],
): AsyncGenerator<SourceRow> {
  const starting = Map.groupBy(merges, (m) => m.top);
  let open: { readonly merge: Merge; readonly text: Cell }[] = [];
  let number = 0;
  for await (const { number: at, cells } of rows) {
    if (at <= headerRow) continue;
    number += 1;
    const row = Array.from({ length: width }, (_, place): Cell => cells.get(place)?.text ?? null);
    open = open.filter(({ merge }) => at <= merge.bottom);
    const shown = [...row];
    for (const { merge, text } of open) if (merge.left < width && !filled(shown[merge.left])) shown[merge.left] = text;
    for (const merge of starting.get(at) ?? []) open.push({ merge, text: row[merge.left] ?? null });
    yield { key: [String(number)], row, ...(shown.some((text, place) => text !== row[place]) ? { shown } : {}) };
  }
}

/** Rows with any text. */
async function* textRows(
  file: Buffer,
  part: ZipPart,
  book: Workbook,
  onElement?: (name: string, attributes: Readonly<Record<string, string>>) => void,
): AsyncGenerator<SheetRow> {
  for await (const row of sheetRows(unpack(file, part), book, onElement))
    if ([...row.cells.values()].some(({ text }) => text !== null && text !== '')) yield row;
}
