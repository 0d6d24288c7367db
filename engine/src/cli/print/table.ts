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

type Cells = readonly (string | number)[];

/** A plain table no wider than the view: the widest text columns are cut, or broken into lines with `wraps`. Numbers to the right; `color` draws the head dim. */
export function table(
  head: readonly string[],
  wide: readonly Cells[],
  view: { readonly color: boolean; readonly columns: number },
  wraps = false,
): string {
  const rows = fitted(head, wide, view.columns - 3, wraps);
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((r) => typeof r[i] === 'number'));
  const drawn = new Table({
    head: [...head],
    chars: BARE,
    colAligns: numeric.map((n) => (n ? 'right' : 'left')),
    style: { head: view.color ? ['gray'] : [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  for (const row of rows) drawn.push(row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)));
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

function fitted(head: readonly string[], rows: readonly Cells[], room: number, wraps: boolean): readonly Cells[] {
  const shown = (cell: string | number | undefined) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : printable(cell ?? ''));
  const widths = head.map((name, i) => Math.max(width(name), ...rows.map((r) => width(shown(r[i])))));
  const least = head.map((name, i) => (rows.every((r) => typeof r[i] === 'number') ? widths[i]! : Math.max(8, width(name))));
  const total = () => widths.reduce((a, b) => a + b, 0) + 2 * (widths.length - 1);
  while (total() > room) {
    const slack = widths.map((w, i) => w - least[i]!);
    const most = slack.indexOf(Math.max(...slack));
    if (slack[most]! <= 0) break;
    widths[most]! -= 1;
  }
  return rows.map((r) =>
    r.map((cell, i) =>
      typeof cell === 'number' ? cell : wraps ? wrap(printable(cell), widths[i]! + 1) : cut(printable(cell), widths[i]!),
    ),
  );
}

/** What stays on one line: a run of Latin, or a character with the marks that may not end (before it) or begin (after it) a line. */
const PIECE = /[（《“‘「『]*(?:[\u0021-\u007e…✓·]+|.)[，。、；：！？）》”’」』]*/gsu;

/** Breaks a text into lines of at most `columns`, at spaces where there are any, else between characters, no mark at the start; `indent` goes before each. */
export function wrap(text: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (width(indent + line + piece) > columns - 1 && line !== '') {
      lines.push(line);
      line = '';
    }
    if (!(line === '' && piece === ' ')) line += piece;
    while (width(indent + line) > columns - 1 && width(piece) > columns - 1 - width(indent)) {
      const part = cut(line, columns - width(indent)).slice(0, -1);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return [...lines, line].map((l) => `${indent}${l.trimEnd()}`).join('\n');
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
