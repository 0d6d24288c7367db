// SPDX-License-Identifier: Apache-2.0
import { type TextForm, stepAt, textFormOf, unitAt } from './text-form.ts';

/** A field in the bytes of the file, quotes included. */
export interface Field {
  readonly start: number;
  readonly end: number;
}

export interface Line {
  readonly start: number;
  /** After the line end. */
  readonly end: number;
  readonly fields: readonly Field[];
}

/** How a CSV file is written; found from its bytes. */
export interface Dialect extends TextForm {
  /** Code unit of the delimiter. */
  readonly delimiter: number;
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const DELIMITERS = [0x2c, 0x3b, 0x09, 0x7c];

/**
 * Encoding as for every text file; the delimiter is the one of comma, semicolon, tab and bar that the header has most of.
 * Throws ExecuteError `file-unreadable` for bytes of no known encoding.
 */
export function dialectOf(bytes: Uint8Array, file: string): Dialect {
  const draft: Dialect = { ...textFormOf(bytes, file), delimiter: -1 };
  let head = linesOf(bytes, draft).next().value;
  for (const line of linesOf(bytes, draft)) {
    head = line;
    if (line.fields.length > 0) break;
  }
  const counts = new Map(DELIMITERS.map((code) => [code, 0]));
  let quoted = false;
  for (let at = head?.start ?? 0; head && at < head.end; at += stepAt(bytes, at, draft)) {
    const code = unitAt(bytes, at, draft);
    if (code === QUOTE) quoted = !quoted;
    else if (!quoted && counts.has(code)) counts.set(code, counts.get(code)! + 1);
  }
  const [delimiter] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return { ...draft, delimiter };
}

/** Lines of a CSV file (RFC 4180, CR LF, LF or CR) as places in its bytes; an empty line has no fields. Nothing is decoded. */
export function* linesOf(bytes: Uint8Array, dialect: Dialect): Generator<Line> {
  const { unit, delimiter } = dialect;
  for (let at = dialect.start; at + unit <= bytes.length;) {
    const start = at;
    const fields: Field[] = [];
    let fieldStart = at;
    let quoted = unitAt(bytes, at, dialect) === QUOTE;
    if (quoted) at += unit;
    for (; at + unit <= bytes.length; at += stepAt(bytes, at, dialect)) {
      const code = unitAt(bytes, at, dialect);
      if (quoted) {
        if (code !== QUOTE) continue;
        if (unitAt(bytes, at + unit, dialect) === QUOTE) at += unit;
        else quoted = false;
      } else if (code === delimiter) {
        fields.push({ start: fieldStart, end: at });
        fieldStart = at + unit;
        quoted = unitAt(bytes, fieldStart, dialect) === QUOTE;
        if (quoted) at += unit;
      } else if (code === CR || code === LF) {
        break;
      }
    }
    at = Math.min(at, bytes.length);
    fields.push({ start: fieldStart, end: at });
    const empty = fields.length === 1 && fieldStart === at;
    at += endLength(bytes, at, dialect);
    yield { start, end: at, fields: empty ? [] : fields };
  }
}

/** The text of a field without its quotes. */
export function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const close = lastQuote(text);
  return text.slice(1, close).replaceAll('""', '"') + text.slice(close + 1);
}

/** The quote that closes the field: the first one that is not doubled. */
function lastQuote(text: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  return text.length;
}

function endLength(bytes: Uint8Array, at: number, dialect: Dialect): number {
  if (at + dialect.unit > bytes.length) return bytes.length - at;
  const both = unitAt(bytes, at, dialect) === CR && unitAt(bytes, at + dialect.unit, dialect) === LF;
  return both ? 2 * dialect.unit : dialect.unit;
}
