// SPDX-License-Identifier: Apache-2.0
import { SaxParser } from '@cj-tech-master/excelts/xml';
import type { Cell } from '../../../model/cell.ts';
import { Unreadable } from './unreadable.ts';

/*
 * Sheets as SpreadsheetML states them (ECMA-376 part 1, §18.3). We read the XML ourselves, with the library's parser: its streaming
 * reader keeps only the last run of an inline rich text, reads a formula's true/false as a number, does not know the built-in Chinese
 * date formats, and puts waiting sheets — people's data in clear — into the system's temp folder; its other reader needs twenty times
 * the file's memory.
 */
export interface SheetCell {
  readonly text: Cell;
  readonly formula: boolean;
}

export interface SheetRow {
  /** 1-based number of the row in the sheet. */
  readonly number: number;
  /** By column from 0. */
  readonly cells: ReadonlyMap<number, SheetCell>;
}

/** What cells refer to. */
export interface Book {
  readonly texts: readonly string[];
  /** Style numbers that show a date. */
  readonly dates: ReadonlySet<number>;
  readonly date1904: boolean;
}

export interface XmlEvent {
  readonly kind: 'open' | 'close' | 'text';
  /** Local name, or the text. */
  readonly value: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** XML as events, piece by piece; names without prefix. Throws what the parser throws for damaged XML, and Unreadable. */
export async function* xmlEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly XmlEvent[]> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  const parser = new SaxParser({ position: false, invalidCharHandling: 'skip' });
  let events: XmlEvent[] = [];
  parser.on('opentag', (tag) => events.push({ kind: 'open', value: local(tag.name), attributes: tag.attributes }));
  parser.on('closetag', (tag) => events.push({ kind: 'close', value: local(tag.name), attributes: {} }));
  const text = (value: string) => events.push({ kind: 'text', value, attributes: {} });
  parser.on('text', text);
  parser.on('cdata', text);
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(xmlEncoding(chunk), { fatal: true });
    const text = decoder.decode(chunk, { stream: true });
    // ECMA-376 part 2 forbids document types; what they are good for is to make a small file large.
    if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new Unreadable('limit', 'xml: document type with entities');
    parser.write(text);
    yield events;
    events = [];
  }
  parser.write(decoder?.decode() ?? '').close();
  yield events;
}

/** XML 1.0, appendix F: by the mark, or by where the zero bytes of `<?` stand. */
function xmlEncoding(head: Uint8Array): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  return (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c) ? 'utf-16be' : 'utf-8';
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Rows of a sheet that have cells, in order; `onElement` hears of every other element, for hazards and merged cells. */
export async function* sheetRows(
  xml: AsyncIterable<Uint8Array>,
  book: Book,
  onElement?: (name: string, attributes: Readonly<Record<string, string>>) => void,
): AsyncGenerator<SheetRow> {
  let number = 0;
  let cells = new Map<number, SheetCell>();
  let column = -1;
  let cell: { type: string; style: number; value: string | null; inline: string; formula: boolean } | null = null;
  let into: 'value' | 'inline' | null = null;
  let phonetic = false;
  for await (const events of xmlEvents(xml)) {
    for (const { kind, value, attributes } of events) {
      if (kind === 'text') {
        if (cell === null || into === null) continue;
        if (into === 'value') cell.value = (cell.value ?? '') + value;
        else if (!phonetic) cell.inline += value;
      } else if (kind === 'open') {
        if (value === 'row') {
          number = rowNumber(attributes['r'], number + 1);
          cells = new Map();
          column = -1;
        } else if (value === 'c') {
          column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
          cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: null, inline: '', formula: false };
        } else if (value === 'f' && cell !== null) cell.formula = true;
        else if (value === 'v') into = 'value';
        else if (value === 't') into = 'inline';
        else if (value === 'rPh') phonetic = true;
        else onElement?.(value, attributes);
      } else if (value === 'v' || value === 't') into = null;
      else if (value === 'rPh') phonetic = false;
      else if (value === 'c' && cell !== null) {
        cells.set(column, { text: cellText(cell, book), formula: cell.formula });
        cell = null;
      } else if (value === 'row' && cells.size > 0) yield { number, cells };
    }
  }
}

/**
 * A cell's text: words as they are (rich text by its words), numbers in shortest decimal, dates YYYY-MM-DD or YYYY-MM-DD hh:mm:ss,
 * true and false, error names, a formula by its stored result; null for a cell without value.
 */
function cellText(cell: { type: string; style: number; value: string | null; inline: string }, book: Book): Cell {
  if (cell.type === 'inlineStr') return unescape(cell.inline);
  const raw = cell.value;
  if (raw === null) return null;
  switch (cell.type) {
    case 's':
      return book.texts[Number(raw)] ?? null;
    case 'str':
      return unescape(raw);
    case 'e':
      return raw;
    case 'b':
      return raw.trim() === '1' ? 'true' : 'false';
    case 'd':
      return dateText(Date.parse(raw.endsWith('Z') || !raw.includes('T') ? raw : `${raw}Z`));
    default:
      if (raw.trim() === '') return null;
      return book.dates.has(cell.style) ? dateText(serialToMilliseconds(Number(raw), book.date1904)) : String(Number(raw));
  }
}

/** Day 25569 is 1970-01-01 (24107 in workbooks that count from 1904). Excel's invented 1900-02-29 shifts only days before it: left as it is. */
function serialToMilliseconds(days: number, date1904: boolean): number {
  return Math.round((days - (date1904 ? 24_107 : 25_569)) * 86_400_000);
}

function dateText(milliseconds: number): string {
  const date = new Date(Math.round(milliseconds / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** `_x000D_` and its like (ST_Xstring, ECMA-376 §22.9.2.19). */
export function unescape(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Rows without a number, or with one that no sheet can have, follow the one before. */
function rowNumber(reference: string | undefined, next: number): number {
  const number = Number(reference ?? next);
  return Number.isSafeInteger(number) && number > 0 ? number : next;
}

export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Za-z]{1,3}/.exec(reference)?.[0].toUpperCase() ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
