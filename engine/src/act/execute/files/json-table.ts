// SPDX-License-Identifier: Apache-2.0
import type { Cell, Row } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import type { TableFormat } from './table-format.ts';
import { type TextForm, cutOut, decoderOf, encodeAscii, stepAt, textFormOf, unitAt } from './text-form.ts';

/*
 * JSON read by brackets and quotes alone, over the bytes of the file, without recursion: what stays keeps its bytes. An array loses an
 * element and the comma that goes with it; a file of one object a line loses the line.
 */

interface Span {
  readonly start: number;
  readonly end: number;
}

const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const [QUOTE, BACKSLASH, COMMA, COLON, LF, CR] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a, 0x0d];
const SPACE = new Set([0x20, 0x09, LF, CR]);

/** A JSON array of objects, or one object a line. */
export const jsonTable: TableFormat = (bytes, { dataset, columns }) => {
  const scan = new Scanner(bytes, textFormOf(bytes, dataset), dataset);
  const isArray = scan.unit(scan.skipSpace(scan.form.start)) === 0x5b;
  const objects = isArray ? scan.elements() : scan.lines();
  const members = objects.map((object) => scan.members(object));
  const cell = (value: Span | undefined): Cell => {
    if (!value) return null;
    const text = scan.text(value);
    return text.startsWith('"') ? (JSON.parse(text) as string) : text;
  };
  const named = (object: ReadonlyMap<string, Span>, name: string) =>
    object.get(name) ?? [...object].find(([key]) => key.trim() === name)?.[1];
  return {
    rows: members.map((object): Row => columns.map((name) => cell(named(object, name)))),
    rewrite({ remove, blank, places }) {
      const gone = objects.map((_, at) => remove.has(at + 1));
      const emptied = members.flatMap((object, at) =>
        blank.has(at + 1) && !gone[at]
          ? places
              .flatMap((place) => named(object, columns[place]!) ?? [])
              .map((value) => ({ ...value, instead: encodeAscii('""', scan.form) }))
          : [],
      );
      const cuts = isArray ? elementCuts(objects, gone) : scan.lineCuts(objects, gone);
      return cutOut(
        bytes,
        [...cuts, ...emptied].toSorted((a, b) => a.start - b.start),
      );
    },
  };
};

/** Up to the next element where one stays behind it, else from the end of the last one that stays. */
function elementCuts(elements: readonly Span[], gone: readonly boolean[]): Span[] {
  const lastKept = gone.lastIndexOf(false);
  const cuts = elements.flatMap((element, at) =>
    gone[at] && at < lastKept ? [{ start: element.start, end: elements[at + 1]!.start }] : [],
  );
  const last = elements.at(-1);
  if (!last || lastKept === elements.length - 1) return cuts;
  return [...cuts, { start: lastKept < 0 ? elements[0]!.start : elements[lastKept]!.end, end: last.end }];
}

class Scanner {
  readonly bytes: Uint8Array;
  readonly form: TextForm;
  readonly #dataset: string;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(bytes: Uint8Array, form: TextForm, dataset: string) {
    this.bytes = bytes;
    this.form = form;
    this.#dataset = dataset;
    this.#decode = decoderOf(form);
  }

  unit(at: number): number {
    return unitAt(this.bytes, at, this.form);
  }

  text({ start, end }: Span): string {
    return this.#decode(this.bytes.subarray(start, end));
  }

  skipSpace(from: number): number {
    let at = from;
    while (SPACE.has(this.unit(at))) at += this.form.unit;
    return at;
  }

  /** Objects of the array that the file is. */
  elements(): Span[] {
    const out: Span[] = [];
    let at = this.skipSpace(this.skipSpace(this.form.start) + this.form.unit);
    if (this.unit(at) === 0x5d) return out;
    for (;;) {
      const end = this.#objectEnd(at);
      out.push({ start: at, end });
      at = this.skipSpace(end);
      const next = this.unit(at);
      at = this.skipSpace(at + this.form.unit);
      if (next === COMMA) continue;
      if (next !== 0x5d || at < this.bytes.length) throw this.#broken();
      return out;
    }
  }

  /** Objects, one a line. */
  lines(): Span[] {
    const out: Span[] = [];
    for (let at = this.skipSpace(this.form.start); at < this.bytes.length;) {
      const end = this.#objectEnd(at);
      out.push({ start: at, end });
      at = this.skipSpace(end);
      if (at < this.bytes.length && !/[\r\n]/.test(this.text({ start: end, end: at }))) throw this.#broken();
    }
    return out;
  }

  /** Whole lines, with the blanks and the line end that belong to them. */
  lineCuts(objects: readonly Span[], gone: readonly boolean[]): Span[] {
    const { unit, start: begin } = this.form;
    return objects.flatMap((object, n) => {
      if (!gone[n]) return [];
      let { start, end } = object;
      while (start > begin && this.unit(start - unit) !== LF && this.unit(start - unit) !== CR) start -= unit;
      while (end < this.bytes.length && this.unit(end) !== LF && this.unit(end) !== CR) end += unit;
      if (this.unit(end) === CR) end += unit;
      if (this.unit(end) === LF) end += unit;
      return [{ start, end: Math.min(end, this.bytes.length) }];
    });
  }

  /** Values of an object by key; of a repeated key the last. */
  members(object: Span): ReadonlyMap<string, Span> {
    const out = new Map<string, Span>();
    let at = this.skipSpace(object.start + this.form.unit);
    while (this.unit(at) === QUOTE) {
      const keyEnd = this.#stringEnd(at);
      const key = this.#parsed({ start: at, end: keyEnd });
      const colon = this.skipSpace(keyEnd);
      if (this.unit(colon) !== COLON || typeof key !== 'string') throw this.#broken();
      const start = this.skipSpace(colon + this.form.unit);
      const end = this.#valueEnd(start);
      this.#parsed({ start, end });
      out.set(key, { start, end });
      at = this.skipSpace(end);
      if (this.unit(at) === COMMA) at = this.skipSpace(at + this.form.unit);
    }
    if (at + this.form.unit !== object.end) throw this.#broken();
    return out;
  }

  #parsed(span: Span): unknown {
    try {
      return JSON.parse(this.text(span));
    } catch {
      throw this.#broken();
    }
  }

  #objectEnd(at: number): number {
    if (this.unit(at) !== 0x7b) throw this.#broken();
    return this.#valueEnd(at);
  }

  #valueEnd(from: number): number {
    let depth = 0;
    for (let at = from; at < this.bytes.length;) {
      const sign = this.unit(at);
      if (sign === QUOTE) {
        at = this.#stringEnd(at);
        if (depth === 0) return at;
        continue;
      }
      if (OPEN.has(sign)) depth += 1;
      else if (CLOSE.has(sign)) {
        if (depth === 0) return at;
        if (--depth === 0) return at + this.form.unit;
      } else if (depth === 0 && (sign === COMMA || SPACE.has(sign))) return at;
      at += stepAt(this.bytes, at, this.form);
    }
    throw this.#broken();
  }

  #stringEnd(from: number): number {
    for (let at = from + this.form.unit; at < this.bytes.length; at += stepAt(this.bytes, at, this.form)) {
      const sign = this.unit(at);
      if (sign === BACKSLASH) at += this.form.unit;
      else if (sign === QUOTE) return at + this.form.unit;
    }
    throw this.#broken();
  }

  #broken(): ExecuteError {
    return new ExecuteError('file-unreadable', { dataset: this.#dataset, state: 'json' });
  }
}
