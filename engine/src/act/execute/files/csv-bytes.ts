// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import { ExecuteError } from '../error.ts';

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
export interface Dialect {
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
  /** Bytes of a code unit. */
  readonly unit: 1 | 2;
  /** Where the text begins: after the byte order mark. */
  readonly start: number;
  /** Code unit of the delimiter. */
  readonly delimiter: number;
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/**
 * Encoding by byte order mark, else UTF-8 where every byte fits, else GB18030 (which holds GBK and GB 2312); the delimiter is the one of
 * comma, semicolon, tab and bar that the header has most of. Throws ExecuteError `file-unreadable` for text with NUL bytes.
 */
export function dialectOf(bytes: Uint8Array, file: string): Dialect {
  const { encoding, start } = encodingOf(bytes);
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  if (unit === 1 && bytes.includes(0)) throw new ExecuteError('file-unreadable', { file, state: 'nul-byte' });
  const draft: Dialect = { encoding, unit, start, delimiter: 0x2c };
  const head = linesOf(bytes, { ...draft, delimiter: -1 }).next().value;
  const counts = new Map([0x2c, 0x3b, 0x09, 0x7c].map((code) => [code, 0]));
  let quoted = false;
  for (let at = start; head && at + unit <= head.end; at += unit) {
    const code = unitAt(bytes, at, draft);
    if (code === QUOTE) quoted = !quoted;
    else if (!quoted && counts.has(code)) counts.set(code, counts.get(code)! + 1);
  }
  const [delimiter] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return { ...draft, delimiter };
}

function encodingOf(bytes: Uint8Array): Pick<Dialect, 'encoding' | 'start'> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', start: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', start: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', start: 2 };
  return { encoding: isUtf8(bytes) ? 'utf-8' : 'gb18030', start: 0 };
}

/**
 * Lines of a CSV file (RFC 4180, CR LF, LF or CR) as places in its bytes; an empty line has no fields. No byte of a GB18030 or UTF-8
 * character looks like a quote, delimiter or line end, so bytes can be read without decoding.
 */
export function* linesOf(bytes: Uint8Array, dialect: Dialect): Generator<Line> {
  const { unit, delimiter } = dialect;
  for (let at = dialect.start; at + unit <= bytes.length;) {
    const start = at;
    const fields: Field[] = [];
    let fieldStart = at;
    let quoted = unitAt(bytes, at, dialect) === QUOTE;
    if (quoted) at += unit;
    for (; at + unit <= bytes.length; at += unit) {
      const code = unitAt(bytes, at, dialect);
      if (quoted) {
        if (code !== QUOTE) continue;
        if (at + 2 * unit <= bytes.length && unitAt(bytes, at + unit, dialect) === QUOTE) at += unit;
        else quoted = false;
      } else if (code === delimiter) {
        fields.push({ start: fieldStart, end: at });
        fieldStart = at + unit;
        quoted = at + 2 * unit <= bytes.length && unitAt(bytes, fieldStart, dialect) === QUOTE;
        if (quoted) at += unit;
      } else if (code === CR || code === LF) {
        break;
      }
    }
    fields.push({ start: fieldStart, end: at });
    const empty = fields.length === 1 && fieldStart === at;
    at += endLength(bytes, at, dialect);
    yield { start, end: at, fields: empty ? [] : fields };
  }
}

/** The text of a field without its quotes. */
export function textOf(bytes: Uint8Array, field: Field, dialect: Dialect, decoder: InstanceType<typeof TextDecoder>): string {
  const text = decoder.decode(bytes.subarray(field.start, field.end));
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
  const both =
    unitAt(bytes, at, dialect) === CR && at + 2 * dialect.unit <= bytes.length && unitAt(bytes, at + dialect.unit, dialect) === LF;
  return both ? 2 * dialect.unit : dialect.unit;
}

function unitAt(bytes: Uint8Array, at: number, dialect: Dialect): number {
  if (dialect.unit === 1) return bytes[at]!;
  return dialect.encoding === 'utf-16le' ? bytes[at]! | (bytes[at + 1]! << 8) : (bytes[at]! << 8) | bytes[at + 1]!;
}
