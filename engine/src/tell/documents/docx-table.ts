// SPDX-License-Identifier: Apache-2.0
import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Column } from './block.ts';
import { wideness } from './words.ts';

/** Width of the text on the page, in twentieths of a point: A4 less two centimetres on each side. */
export const TEXT_WIDTH = 9638;
/** Half the width of a Chinese character in a table's type, and what a cell has beside its text. */
const HALF = 92;
const BESIDE = 240;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'BFBFBF' };
const MARGINS = { top: 50, bottom: 50, left: 80, right: 80 };

type Grid = Extract<Block, { kind: 'table' }>;

/** A table whose head comes again on every page and whose rows stay whole, unless one is so long that no page may hold it. */
export function gridTable(block: Grid): Table {
  const widths = columnWidths(block);
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map((column, i) => cell(column.title, { column, width: widths[i]!, bold: true, fill: 'EDEDED' })),
  });
  const rows = block.rows.map((row, y) => {
    const bold = block.total === true && y === block.rows.length - 1;
    return new TableRow({
      cantSplit: !row.some((text) => text.length > 600),
      ...(block.tall === true ? { height: { value: 560, rule: HeightRule.ATLEAST } } : {}),
      children: row.map((text, i) => cell(text, { column: block.columns[i]!, width: widths[i]!, bold })),
    });
  });
  return table(widths, [head, ...rows], LINE);
}

/** Label and value, without lines. */
export function factsTable(rows: readonly (readonly [string, string])[], lang: 'zh' | 'en'): Table {
  const widths = [lang === 'zh' ? 1500 : 2300, 0];
  widths[1] = TEXT_WIDTH - widths[0]!;
  return table(
    widths,
    rows.map(([label, value]) => new TableRow({ children: [plain(label, widths[0]!, '595959'), plain(value, widths[1]!)] })),
    NONE,
  );
}

/** Question and answer, with lines; an empty answer is a box to write in. */
export function blankCells(rows: readonly (readonly [string, string])[]): Table {
  const widths = [3700, TEXT_WIDTH - 3700];
  return table(
    widths,
    rows.map(
      ([label, value]) =>
        new TableRow({
          cantSplit: true,
          height: { value: 640, rule: HeightRule.ATLEAST },
          children: [plain(label, widths[0]!, '000000', 'F5F5F5'), plain(value, widths[1]!)],
        }),
    ),
    LINE,
  );
}

function table(widths: readonly number[], rows: readonly TableRow[], edge: typeof LINE | typeof NONE): Table {
  return new Table({
    rows,
    columnWidths: widths,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: MARGINS,
    borders: { top: edge, bottom: edge, left: edge, right: edge, insideHorizontal: edge, insideVertical: edge },
  });
}

function plain(text: string, width: number, color = '000000', fill?: string): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill } }),
    children: [new Paragraph({ spacing: { after: 0 }, children: [new TextRun({ text, color, size: 18 })] })],
  });
}

function cell(text: string, look: { column: Column; width: number; bold: boolean; fill?: string }): TableCell {
  const { align = 'left' } = look.column;
  return new TableCell({
    width: { size: look.width, type: WidthType.DXA },
    ...(look.fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill: look.fill } }),
    children: [
      new Paragraph({
        spacing: { after: 0, line: 250 },
        alignment: align === 'right' ? AlignmentType.RIGHT : align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
        children: [new TextRun({ text, bold: look.bold, size: 16 })],
      }),
    ],
  });
}

/** A column of width 0 is as wide as its longest text needs, up to a fifth of the page; the others share what is left. */
function columnWidths({ columns, rows }: Grid): number[] {
  const own = columns.map((c, i) =>
    c.width > 0 ? 0 : Math.min(TEXT_WIDTH / 5, BESIDE + HALF * Math.max(wideness(c.title), ...rows.map((r) => wideness(r[i]!)))),
  );
  const shares = columns.reduce((n, c) => n + c.width, 0);
  // Many columns of numbers must not push the names off the page.
  const most = shares > 0 ? TEXT_WIDTH * 0.75 : TEXT_WIDTH;
  const taken = own.reduce((a, b) => a + b, 0);
  const fit = taken > most || shares === 0 ? most / taken : 1;
  const left = TEXT_WIDTH - taken * fit;
  return columns.map((c, i) => Math.floor(c.width > 0 ? (left * c.width) / shares : own[i]! * fit));
}
