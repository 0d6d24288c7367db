// SPDX-License-Identifier: Apache-2.0
import Table from 'cli-table3';
import { printable } from '../text/fill.ts';

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A plain table; numbers to the right. `color` draws the head dim; widths count Chinese characters as two. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[], color: boolean): string {
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((r) => typeof r[i] === 'number'));
  const drawn = new Table({
    head: [...head],
    chars: BARE,
    colAligns: numeric.map((n) => (n ? 'right' : 'left')),
    style: { head: color ? ['gray'] : [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  for (const row of rows) drawn.push(row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : printable(cell))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** Display width of a text: East Asian wide characters count two. */
export function width(text: string): number {
  let n = 0;
  for (const c of text)
    n += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(c)
      ? 2
      : 1;
  return n;
}

/** Cuts a text to a display width, with an ellipsis. */
export function cut(text: string, limit: number): string {
  if (width(text) <= limit) return text;
  let out = '';
  for (const c of text) {
    if (width(out + c) > limit - 1) break;
    out += c;
  }
  return `${out}…`;
}
