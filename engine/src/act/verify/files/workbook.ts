// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';
import { VerifyError } from '../error.ts';
import { type SheetRow, type Texts, dateStyles, decode, elements, rowsOf, wordsOf } from './sheet-xml.ts';
import { unzip } from './unzip.ts';

/** Names of what is searched besides the sheets; a sheet's name cannot hold a colon. */
const LEFT_TEXTS = ':texts no cell shows';
const OTHER_PARTS = ':other parts of the file';

export interface Sheet {
  readonly header: readonly string[];
  /** Rows with any text, the header too. */
  readonly rows: readonly SheetRow[];
}

/**
 * An xlsx file by its zip parts and XML, without a spreadsheet library; hidden sheets, texts that no cell shows any more, comments
 * and document properties are among the sheets. Throws VerifyError.
 */
export function sheetsOf(bytes: Buffer, path: string): ReadonlyMap<string, Sheet> {
  const parts = unzip(bytes, path);
  const xml = (name: string) => xmlText(parts.get(name)?.() ?? Buffer.alloc(0));
  const book = xml('xl/workbook.xml');
  if (book === '') throw new VerifyError('file-unreadable', { path, state: 'no-workbook' });
  const rels = [...elements(xml('xl/_rels/workbook.xml.rels'), 'Relationship')].map(({ attributes }) => ({
    id: attributes.get('Id'),
    part: partName(attributes.get('Target') ?? ''),
    type: attributes.get('Type') ?? '',
  }));
  const shared = rels.find((rel) => rel.type.endsWith('/sharedStrings'))?.part ?? 'xl/sharedStrings.xml';
  const texts: Texts = {
    shared: [...elements(xml(shared), 'si')].map((si) => wordsOf(si.body)),
    dates: dateStyles(xml(rels.find((rel) => rel.type.endsWith('/styles'))?.part ?? 'xl/styles.xml')),
    date1904: ['1', 'true'].includes([...elements(book, 'workbookPr')][0]?.attributes.get('date1904') ?? ''),
    used: new Set(),
  };
  const out = new Map<string, Sheet>();
  const read = new Set([shared]);
  for (const element of elements(book, 'sheet')) {
    const id = [...element.attributes].find(([name]) => /(?:^|:)id$/.test(name))?.[1];
    const part = rels.find((rel) => rel.id === id)?.part ?? '';
    read.add(part);
    out.set(element.attributes.get('name') ?? '', sheetOf([...rowsOf(xml(part), texts)]));
    // Links and rules of a sheet stand outside its cells.
    out.set(
      `${element.attributes.get('name') ?? ''}:links`,
      words([attributeTexts(xml(part).replace(/<(?:\w+:)?sheetData[\s\S]*<\/(?:\w+:)?sheetData>/, ''))]),
    );
  }
  out.set(LEFT_TEXTS, words(texts.shared.filter((text, n) => !texts.used.has(n) && text !== '')));
  const others = [...parts.keys()].filter((name) => /\.(?:xml|vml|rels)$/.test(name) && !read.has(name));
  out.set(OTHER_PARTS, words(others.map((name) => decode(xml(name).replace(/<[^>]*>/g, ' ')) + attributeTexts(xml(name)))));
  return out;
}

/** Data rows of a sheet: those with any text after the header row, or after the first row with text. */
export function dataRows(sheet: Sheet, headerRow: number | undefined, width: number): Row[] {
  const rows = headerRow === undefined ? sheet.rows.slice(1) : sheet.rows.filter(({ number }) => number > headerRow);
  return rows.map(({ cells }) => Array.from({ length: width }, (_, at) => cells.get(at) ?? null));
}

function partName(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Parts are UTF-8, seldom UTF-16 (XML 1.0, appendix F). */
export function xmlText(bytes: Buffer): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Links and properties stand in attributes. */
export function attributeTexts(xml: string): string {
  return [...xml.matchAll(/(?:Target|val|value|name|ref|location|display|tooltip|title|descr)="([^"]*)"/gi)]
    .map((match) => ` ${decode(match[1]!)}`)
    .join('');
}

function words(texts: readonly string[]): Sheet {
  const rows = ['text', ...texts].map((text, n): SheetRow => ({ number: n + 1, cells: new Map([[0, text]]) }));
  return { header: ['text'], rows };
}

function sheetOf(rows: readonly SheetRow[]): Sheet {
  const speaking = rows.filter(({ cells }) => [...cells.values()].some((cell) => cell !== null && cell !== ''));
  const width = speaking.reduce((most, { cells }) => Math.max(most, ...[...cells.keys()].map((at) => at + 1)), 0);
  return { header: Array.from({ length: width }, (_, at) => speaking[0]?.cells.get(at) ?? ''), rows: speaking };
}
