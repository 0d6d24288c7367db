// SPDX-License-Identifier: Apache-2.0
import { type TextForm, stepAt, unitAt } from './text-form.ts';

export interface TextLine {
  readonly start: number;
  /** Before the line end. */
  readonly contentEnd: number;
  /** After the line end. */
  readonly end: number;
}

/** Lines of a text as places in its bytes; a line ends at CR LF, LF or CR. */
export function* textLines(bytes: Uint8Array, form: TextForm): Generator<TextLine> {
  for (let start = form.start; start < bytes.length;) {
    let at = start;
    let sign = unitAt(bytes, at, form);
    while (at < bytes.length && sign !== 0x0a && sign !== 0x0d) {
      at += stepAt(bytes, at, form);
      sign = unitAt(bytes, at, form);
    }
    const contentEnd = Math.min(at, bytes.length);
    const pair = sign === 0x0d && unitAt(bytes, at + form.unit, form) === 0x0a;
    const end = Math.min(contentEnd + (pair ? 2 : 1) * form.unit, bytes.length);
    yield { start, contentEnd, end };
    start = end;
  }
}
