// SPDX-License-Identifier: Apache-2.0
import { posix } from 'node:path';
import { Unreadable } from './unreadable.ts';
import { unpack, type ZipPart } from './zip.ts';
import { type Book, unescape, type XmlEvent, xmlEvents } from './xlsx-sheet.ts';

export interface Workbook extends Book {
  /** Worksheets in the workbook's order, hidden ones too: name and part. */
  readonly sheets: ReadonlyMap<string, ZipPart>;
}

/** What all sheets of a workbook share (ECMA-376 part 1, §18.2, §18.4, §18.8). Throws Unreadable, or the parser's error. */
export async function readWorkbook(file: Buffer, parts: ReadonlyMap<string, ZipPart>): Promise<Workbook> {
  const book = parts.get('xl/workbook.xml');
  if (book === undefined) throw new Unreadable('damaged', 'xlsx: no workbook');
  const targets = new Map<string, string>();
  const shared = { texts: '', styles: '' };
  await eachElement(file, parts.get('xl/_rels/workbook.xml.rels'), (name, { Id = '', Target = '', Type = '' }) => {
    if (name !== 'Relationship') return;
    const part = Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target);
    if (Type.endsWith('/worksheet')) targets.set(Id, part);
    if (Type.endsWith('/sharedStrings')) shared.texts = part;
    if (Type.endsWith('/styles')) shared.styles = part;
  });
  const sheets = new Map<string, ZipPart>();
  let date1904 = false;
  await eachElement(file, book, (name, attributes) => {
    if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    if (name !== 'sheet') return;
    const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
    const target = targets.get(id);
    if (target === undefined) return; // A chart or dialog sheet: it has no cells.
    const part = parts.get(target);
    if (part === undefined) throw new Unreadable('damaged', 'xlsx: sheet part missing');
    sheets.set(attributes['name'] ?? '', part);
  });
  return {
    sheets,
    date1904,
    texts: await readTexts(file, parts.get(shared.texts)),
    dates: await readDateStyles(file, parts.get(shared.styles)),
  };
}

async function readTexts(file: Buffer, part: ZipPart | undefined): Promise<readonly string[]> {
  const texts: string[] = [];
  let words: string | null = null;
  let inText = false;
  let phonetic = false;
  await eachEvent(file, part, ({ kind, value }) => {
    if (kind === 'text') {
      if (inText && !phonetic) words = (words ?? '') + value;
      return;
    }
    const open = kind === 'open';
    if (value === 't') inText = open;
    else if (value === 'rPh') phonetic = open;
    else if (value === 'si') {
      if (!open) texts.push(unescape(words ?? ''));
      words = null;
    }
  });
  return texts;
}

/** Numbers of the cell styles whose number format shows a date or time. */
async function readDateStyles(file: Buffer, part: ZipPart | undefined): Promise<ReadonlySet<number>> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellStyles = false;
  await eachEvent(file, part, ({ kind, value, attributes }) => {
    if (kind === 'text') return;
    if (value === 'cellXfs') inCellStyles = kind === 'open';
    else if (kind === 'open' && value === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    else if (kind === 'open' && value === 'xf' && inCellStyles) formats.push(Number(attributes['numFmtId'] ?? 0));
  });
  return new Set(formats.flatMap((format, style) => (showsDate(format, codes.get(format)) ? [style] : [])));
}

/** ECMA-376 §18.8.30: built-in 14–22, 27–36, 45–47, 50–58; own formats by the letters y m d h s outside quotes and brackets. */
function showsDate(format: number, code: string | undefined): boolean {
  if (code !== undefined) return /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''));
  return (
    (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58)
  );
}

async function eachElement(
  file: Buffer,
  part: ZipPart | undefined,
  see: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  await eachEvent(file, part, ({ kind, value, attributes }) => {
    if (kind === 'open') see(value, attributes);
  });
}

async function eachEvent(file: Buffer, part: ZipPart | undefined, see: (event: XmlEvent) => void): Promise<void> {
  if (part === undefined) return;
  for await (const events of xmlEvents(unpack(file, part))) events.forEach(see);
}
