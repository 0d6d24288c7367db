// SPDX-License-Identifier: Apache-2.0
import { Workbook } from '@cj-tech-master/excelts';
import { printable, wideness } from './words.ts';

/** One sheet: a line about the whole, a header, rows. Columns are title and width in characters. */
export interface ListSheet {
  readonly name: string;
  readonly intro: string;
  readonly columns: readonly (readonly [title: string, width: number])[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** How many of the last columns are for people to fill in; they are shaded. */
  readonly toFill?: number;
  /** For the 1-based numbers of columns: the range whose words may be chosen there. */
  readonly choices?: Readonly<Record<number, string>>;
}

/** On most machines that will open it; elsewhere another takes its place. */
const FONT = { name: 'Microsoft YaHei', size: 10, family: 2 };

// One object for all cells of a kind: the library compares styles by identity first, which halves the time of a long list.
const TEXT = { font: FONT, numFmt: '@', alignment: { wrapText: true, vertical: 'top' } } as const;
const NUMBER = { font: FONT, numFmt: '#,##0', alignment: { vertical: 'top', horizontal: 'right', indent: 1 } } as const;

const TO_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF8E1' } } as const;
const FILL = { ...TEXT, fill: TO_FILL } as const;

/** An xlsx with frozen headers and filters. All its dates are `day` (YYYY-MM-DD), so the same sheets give the same bytes. */
export async function workbook(
  about: { readonly title: string; readonly author: string; readonly day: string },
  sheets: readonly ListSheet[],
): Promise<Uint8Array> {
  const book = new Workbook();
  const at = new Date(`${about.day}T00:00:00Z`);
  Object.assign(book, { title: printable(about.title), creator: printable(about.author), lastModifiedBy: '', created: at, modified: at });
  for (const sheet of sheets) addSheet(book, sheet);
  // A zip keeps wall-clock time: noon of that day on the machine's own clock reads the same in every time zone.
  const noon = new Date(`${about.day}T12:00:00`);
  return book.xlsx.writeBuffer({ zip: { modTime: noon, timestamps: 'dos' }, validate: false });
}

function addSheet(book: Workbook, { name, intro, columns, rows, toFill = 0, choices = {} }: ListSheet): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:2' },
    headerFooter: { oddFooter: '&P / &N' },
  });
  columns.forEach(([, width], i) => (sheet.getColumn(i + 1).width = width));
  sheet.addRow([inert(intro)]);
  sheet.mergeCells(1, 1, 1, columns.length);
  const first = sheet.getRow(1);
  first.getCell(1).font = FONT;
  first.getCell(1).alignment = { wrapText: true, vertical: 'middle' };
  first.height =
    16 *
    Math.max(
      2,
      linesOf(
        intro,
        columns.reduce((n, [, width]) => n + width, 0),
      ),
    );
  const head = sheet.addRow(columns.map(([title]) => inert(title)));
  head.height = 20;
  head.eachCell((cell, at) => {
    cell.font = { ...FONT, bold: true };
    cell.alignment = { vertical: 'middle', ...(typeof rows[0]?.[at - 1] === 'number' ? { horizontal: 'right', indent: 1 } : {}) };
    cell.fill = at > columns.length - toFill ? TO_FILL : { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7E6E6' } };
    cell.border = { bottom: { style: 'thin' } };
  });
  for (const values of rows) {
    const row = sheet.addRow(values.map((v) => (typeof v === 'string' ? inert(v) : v)));
    // Readers do not grow rows by themselves: without a height a wrapped text is cut off.
    row.height = 15 * Math.max(1, ...values.map((v, i) => (typeof v === 'string' ? linesOf(v, columns[i]![1]) : 1)));
    row.eachCell((cell, at) => (cell.style = typeof cell.value === 'number' ? NUMBER : at > columns.length - toFill ? FILL : TEXT));
  }
  for (const [column, range] of Object.entries(choices)) {
    const at = sheet.getColumn(Number(column)).letter;
    if (rows.length > 0) sheet.dataValidations.add(`${at}3:${at}${rows.length + 2}`, { type: 'list', allowBlank: true, formulae: [range] });
  }
  sheet.autoFilter = { from: { row: 2, col: 1 }, to: { row: Math.max(2, rows.length + 2), col: columns.length } };
}

/** How many lines a text takes in a column of so many characters. */
const linesOf = (text: string, width: number): number => Math.ceil(wideness(text) / width);

/**
 * A text that stays text wherever the sheet is saved to: a spreadsheet takes what begins with `= + - @` for a formula once it comes back
 * from CSV, so an apostrophe goes before it.
 */
export function inert(text: string): string {
  const shown = printable(text);
  return /^[=+\-@＝＋－＠]/.test(shown) ? `'${shown}` : shown;
}
