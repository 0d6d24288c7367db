// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';
import { type Book, unescaped, wordsOf } from './xlsx-book.ts';
import { type XmlElement, elements, plainText } from './xml-spans.ts';

export interface SheetCell {
  readonly text: Cell;
  /** Number of the shared text it shows. */
  readonly shared: number | null;
  /** Number of the shared formula it is part of, and whether others take it from here. */
  readonly formula: { readonly shared: string | null; readonly isMaster: boolean } | null;
  /** Place in the sheet's XML. */
  readonly start: number;
  readonly end: number;
  readonly tag: string;
  readonly name: string;
  readonly element: XmlElement;
}

export interface SheetRow {
  /** 1-based number of the row in the sheet. */
  readonly number: number;
  readonly isNumbered: boolean;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** By column from 0. */
  readonly cells: ReadonlyMap<number, SheetCell>;
}

/** 1-based rows, columns from 0, both ends included. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Rows of a sheet (ECMA-376 part 1, §18.3.1.73), in order, with or without text. */
export function* sheetRows(xml: string, book: Book): Generator<SheetRow> {
  let number = 0;
  for (const row of elements(xml, 'row')) {
    const written = Number(row.attributes.get('r') ?? Number.NaN);
    const isNumbered = Number.isSafeInteger(written) && written > 0;
    number = isNumbered ? written : number + 1;
    const cells = new Map<number, SheetCell>();
    let column = -1;
    for (const cell of elements(row.body, 'c')) {
      const place = cell.attributes.get('r');
      column = place === undefined ? column + 1 : (blockOf(place)?.left ?? column + 1);
      cells.set(column, readCell(cell, row.bodyStart, book));
    }
    yield { number, isNumbered, name: row.name, start: row.start, end: row.end, cells };
  }
}

export function saysSomething({ cells }: SheetRow): boolean {
  return [...cells.values()].some(({ text }) => text !== null && text !== '');
}

/** `A1` or `A1:C2`; null for what is neither. */
export function blockOf(reference: string): Block | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference);
  if (!found) return null;
  const [, left = '', top = '', right = left, bottom = top] = found;
  return { top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) };
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function readCell(element: XmlElement, offset: number, book: Book): SheetCell {
  const { attributes, body, tag, name } = element;
  const type = attributes.get('t') ?? 'n';
  const value = [...elements(body, 'v')][0];
  const formula = body.includes('f') ? [...elements(body, 'f')][0] : undefined;
  const isShared = formula?.attributes.get('t') === 'shared';
  return {
    text: type === 'inlineStr' ? unescaped(wordsOf(body)) : value ? textOf(type, plainText(value.body), attributes, book) : null,
    shared: type === 's' && value ? Number(plainText(value.body)) : null,
    formula: formula ? { shared: isShared ? (formula.attributes.get('si') ?? '') : null, isMaster: isShared && formula.body !== '' } : null,
    start: offset + element.start,
    end: offset + element.end,
    tag,
    name,
    element,
  };
}

/** Words as they are, numbers in shortest decimal, dates YYYY-MM-DD[ hh:mm:ss], true and false, formulas by their stored result. */
function textOf(type: string, raw: string, attributes: ReadonlyMap<string, string>, book: Book): Cell {
  switch (type) {
    case 's':
      return book.texts[Number(raw)] ?? null;
    case 'str':
      return unescaped(raw);
    case 'e':
      return raw;
    case 'b':
      return raw.trim() === '1' ? 'true' : 'false';
    case 'd':
      return dateText(Date.parse(raw.endsWith('Z') || !raw.includes('T') ? raw : `${raw}Z`));
    default:
      if (raw.trim() === '') return null;
      return book.dates.has(Number(attributes.get('s') ?? 0)) ? dateText(serial(Number(raw), book.date1904)) : String(Number(raw));
  }
}

/** Day 25569 is 1970-01-01 (24107 in workbooks that count from 1904). */
function serial(days: number, date1904: boolean): number {
  return Math.round((days - (date1904 ? 24_107 : 25_569)) * 86_400_000);
}

function dateText(milliseconds: number): string {
  const date = new Date(Math.round(milliseconds / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}
