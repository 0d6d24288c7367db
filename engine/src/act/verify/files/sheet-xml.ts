// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';

/** A row of an xlsx sheet as its XML states it: its number in the sheet, cells by column number from 0. */
export interface SheetRow {
  readonly number: number;
  readonly cells: ReadonlyMap<number, Cell>;
}

export interface Texts {
  /** Shared texts by number. */
  readonly shared: readonly string[];
  /** Style numbers that show a date. */
  readonly dates: ReadonlySet<number>;
  readonly date1904: boolean;
  /** Numbers of shared texts that some cell shows. */
  readonly used: Set<number>;
}

export interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Elements of one local name, prefix or not, not nested in themselves. Enough for SpreadsheetML, which machines write. */
export function* elements(xml: string, name: string): Generator<Element> {
  const open = new RegExp(`<(?:[A-Za-z0-9]+:)?${name}(?=[\\s/>])((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>`, 'g');
  const close = new RegExp(`</(?:[A-Za-z0-9]+:)?${name}\\s*>`, 'g');
  for (let match = open.exec(xml); match; match = open.exec(xml)) {
    let body = '';
    if (match[2] !== '/') {
      close.lastIndex = open.lastIndex;
      const end = close.exec(xml);
      body = xml.slice(open.lastIndex, end ? end.index : xml.length);
      open.lastIndex = end ? close.lastIndex : xml.length;
    }
    yield { attributes: attributesOf(match[1] ?? ''), body };
  }
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((m) => [m[1]!, decode(m[2] ?? m[3] ?? '')]));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decode(text: string): string {
  return text
    .replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (all, hex?: string, dec?: string, name?: string) => {
      if (hex !== undefined || dec !== undefined) return String.fromCodePoint(hex === undefined ? Number(dec) : Number.parseInt(hex, 16));
      return ENTITIES[name ?? ''] ?? all;
    })
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Words of a text item: `<t>` of plain and rich text, without phonetic guides. */
export function wordsOf(body: string): string {
  const spoken = body.replace(/<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g, '');
  return [...elements(spoken, 't')].map((t) => decode(t.body)).join('');
}

/** Rows that hold any cell element, in order. */
export function* rowsOf(xml: string, texts: Texts): Generator<SheetRow> {
  let number = 0;
  for (const row of elements(xml, 'row')) {
    number = Number(row.attributes.get('r') ?? number + 1);
    const cells = new Map<number, Cell>();
    let next = 0;
    for (const cell of elements(row.body, 'c')) {
      const place = cell.attributes.get('r');
      const column = place === undefined ? next : columnOf(place);
      next = column + 1;
      cells.set(column, textOf(cell, texts));
    }
    yield { number, cells };
  }
}

function columnOf(place: string): number {
  let column = 0;
  for (const c of place.toUpperCase()) {
    const code = c.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

function textOf(cell: Element, texts: Texts): Cell {
  const type = cell.attributes.get('t') ?? 'n';
  if (type === 'inlineStr') return wordsOf(cell.body);
  const value = [...elements(cell.body, 'v')][0];
  if (!value) return null;
  const raw = decode(value.body);
  switch (type) {
    case 's':
      texts.used.add(Number(raw));
      return texts.shared[Number(raw)] ?? null;
    case 'b':
      return raw === '1' ? 'true' : 'false';
    case 'str':
    case 'e':
      return raw;
    case 'd':
      return dayText(Date.parse(raw.endsWith('Z') || !raw.includes('T') ? raw : `${raw}Z`));
    default:
      if (raw === '') return null;
      return texts.dates.has(Number(cell.attributes.get('s') ?? 0)) ? dayText(serial(Number(raw), texts.date1904)) : String(Number(raw));
  }
}

/** Milliseconds since 1970 of a day number; the day that Excel invents (29 February 1900) shifts only days before 1 March 1900. */
function serial(days: number, date1904: boolean): number {
  return Math.round((days - (date1904 ? 24_107 : 25_569)) * 86_400_000);
}

function dayText(ms: number): string {
  if (!Number.isFinite(ms)) return '';
  const iso = new Date(Math.round(ms / 1000) * 1000).toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** Style numbers whose number format shows a date or time (ECMA-376 §18.8.30: built-in 14–22, 27–36, 45–47, 50–58, or letters y m d h s). */
export function dateStyles(xml: string): ReadonlySet<number> {
  const own = new Map(
    [...elements(xml, 'numFmt')].map((f) => [Number(f.attributes.get('numFmtId')), f.attributes.get('formatCode') ?? '']),
  );
  const isDate = (id: number) => {
    const code = own.get(id);
    if (code !== undefined) return /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''));
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  };
  const formats = [...elements([...elements(xml, 'cellXfs')][0]?.body ?? '', 'xf')];
  return new Set(formats.flatMap((xf, n) => (isDate(Number(xf.attributes.get('numFmtId') ?? 0)) ? [n] : [])));
}
