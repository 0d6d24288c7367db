// SPDX-License-Identifier: Apache-2.0
/**
 * Delimited text as rows of bytes (RFC 4180, and what people really save). Pure: bytes in, places out, in pieces of any size.
 *
 * A row ends at CR LF, LF or CR outside quotes. A line without any byte is not a row. A quote counts only at the start of a field;
 * text after a closing quote is kept as it stands. The n-th data row is the n-th row after the header.
 *
 * States, and the ways out of them, for each character:
 *   START  at the start of a field: quote → QUOTED, delimiter → START, line end → row, else → PLAIN
 *   PLAIN  inside bare text: delimiter → START, line end → row
 *   QUOTED inside quotes: quote → CLOSED
 *   CLOSED after a quote: quote → QUOTED (it was doubled), delimiter → START, line end → row, else → PLAIN
 */
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export interface Dialect {
  readonly encoding: TextEncoding;
  /** Bytes before the text: the byte order mark. */
  readonly start: number;
  /** `,` `;` tab or `|`. */
  readonly delimiter: string;
}

/** A row's place in the file, line end included. */
export interface RowSpan {
  readonly start: number;
  readonly end: number;
}

export interface RawRow extends RowSpan {
  /** 1-based physical line on which the row starts. */
  readonly line: number;
  /** The row without its line end, in the file's encoding. */
  readonly bytes: Uint8Array;
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const CLOSED = 3;

/** Splits a stream of bytes into rows. Give it every byte of the file, the byte order mark too, then call `end`. */
export class RowSplitter {
  /** Line on which a quote was opened that is still open; after `end`, a quote that never closes. */
  openQuote: number | null = null;
  readonly #dialect: Dialect;
  readonly #unit: 1 | 2;
  readonly #delimiter: number;
  #held: Uint8Array = new Uint8Array(0);
  /** Place in the file of the first held byte. */
  #base = 0;
  #at: number;
  #state: number = START;
  #line = 1;
  #rowLine = 1;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#unit = dialect.encoding.startsWith('utf-16') ? 2 : 1;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#at = dialect.start;
  }

  /** Bytes of the row that is not finished yet. */
  get pending(): number {
    return this.#held.length;
  }

  /** Rows that these bytes complete. */
  *push(chunk: Uint8Array): Generator<RawRow> {
    yield* this.#split(chunk, false);
  }

  /** The last row, where the file does not end with a line end. */
  *end(): Generator<RawRow> {
    yield* this.#split(new Uint8Array(0), true);
  }

  *#split(chunk: Uint8Array, last: boolean): Generator<RawRow> {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const unit = this.#unit;
    let rowStart = this.#base === 0 ? this.#dialect.start : 0;
    let at = this.#at;
    // A character that may need the next one to be understood (CR, a multi-byte lead) waits for it.
    const wait = last ? 0 : 4;
    for (; at + unit + wait <= bytes.length || (last && at < bytes.length);) {
      const code = this.#unitAt(bytes, at);
      if (this.#state === QUOTED) {
        if (code === QUOTE) this.#state = CLOSED;
        else if (code === LF || (code === CR && this.#unitAt(bytes, at + unit) !== LF)) this.#line += 1;
      } else if (code === this.#delimiter) {
        this.#state = START;
      } else if (code === CR || code === LF) {
        const end = at + (code === CR && this.#unitAt(bytes, at + unit) === LF ? 2 : 1) * unit;
        if (at > rowStart) yield this.#row(bytes, rowStart, at, end);
        this.#line += 1;
        this.#rowLine = this.#line;
        this.#state = START;
        at = end;
        rowStart = end;
        continue;
      } else if (code === QUOTE && this.#state !== PLAIN) {
        if (this.#state === START) this.openQuote = this.#line;
        this.#state = QUOTED;
      } else {
        this.#state = PLAIN;
      }
      at += this.#width(bytes, at, code);
    }
    if (last && bytes.length > rowStart) yield this.#row(bytes, rowStart, bytes.length, bytes.length);
    if (this.#state !== QUOTED) this.openQuote = null;
    const consumed = last ? bytes.length : this.#base === 0 && rowStart === this.#dialect.start ? 0 : rowStart;
    this.#held = bytes.slice(consumed);
    this.#base += consumed;
    this.#at = at - consumed;
  }

  #row(bytes: Uint8Array, start: number, contentEnd: number, end: number): RawRow {
    return { start: this.#base + start, end: this.#base + end, line: this.#rowLine, bytes: bytes.slice(start, contentEnd) };
  }

  #unitAt(bytes: Uint8Array, at: number): number {
    const first = bytes[at] ?? 0;
    if (this.#unit === 1) return first;
    const second = bytes[at + 1] ?? 0;
    return this.#dialect.encoding === 'utf-16le' ? first | (second << 8) : (first << 8) | second;
  }

  /** In GB18030 the second byte of a character may look like `|`, so characters are stepped over whole. */
  #width(bytes: Uint8Array, at: number, code: number): number {
    if (this.#dialect.encoding !== 'gb18030' || code <= 0x80) return this.#unit;
    const next = bytes[at + 1] ?? 0;
    return next >= 0x30 && next <= 0x39 ? 4 : 2;
  }
}

/** Fields of one row's text, unquoted. */
export function splitFields(text: string, delimiter: string): readonly string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let field = '';
  let state = START;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (state === QUOTED) {
      if (char !== '"') field += char;
      else state = CLOSED;
    } else if (char === delimiter) {
      fields.push(field);
      field = '';
      state = START;
    } else if (char === '"' && state !== PLAIN) {
      if (state === CLOSED) field += char;
      state = QUOTED;
    } else {
      field += char;
      state = PLAIN;
    }
  }
  return [...fields, field];
}

/** The delimiter that a header line has most of, outside quotes; comma when it has none. */
export function sniffDelimiter(headerLine: string): string {
  const bare = headerLine.replace(/"(?:[^"]|"")*"/g, '');
  return [',', ';', '\t', '|'].reduce((best, next) => (bare.split(next).length > bare.split(best).length ? next : best));
}

/** Places of all data rows (not the header) in a file held whole. */
export function rowSpans(bytes: Uint8Array, dialect: Dialect): readonly RowSpan[] {
  const splitter = new RowSplitter(dialect);
  return [...splitter.push(bytes), ...splitter.end()].slice(1).map(({ start, end }) => ({ start, end }));
}
