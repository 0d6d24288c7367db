// SPDX-License-Identifier: Apache-2.0
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import type { Row } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import type { FileFormat } from './file-format.ts';
import { cellText } from './xlsx-cell.ts';

/**
 * Xlsx: the workbook is loaded and written again without the rows; formulas, styles and other sheets stay as far as the library keeps
 * them. The text table is built anew, so that no removed text is left in it.
 */
export const xlsxFormat: FileFormat = {
  extension: 'xlsx',
  async open(bytes, dataset, columns) {
    const workbook = await load(bytes, dataset);
    const sheet = workbook.worksheets.find((candidate) => dataset.endsWith(`#${candidate.name}`));
    if (!sheet) throw new ExecuteError('dataset-differs', { dataset });
    const numbers = dataRows(sheet);
    const rows = numbers.map((number): Row => columns.map((_, at) => cellText(sheet.getRow(number).getCell(at + 1).value)));
    return {
      rows,
      async rewrite({ remove, blank, places }) {
        for (const number of blank) for (const at of places) sheet.getRow(numbers[number - 1]!).getCell(at + 1).value = null;
        closeUp(sheet, new Set([...remove].map((number) => numbers[number - 1]!)));
        return workbook.xlsx.writeBuffer();
      },
    };
  },
  async canary(marks) {
    const workbook = new Workbook();
    const sheet = workbook.addWorksheet('canary');
    sheet.addRow(['text', 'whole', 'json', 'digits']);
    for (const mark of marks)
      sheet.addRow([`canary ${mark} end`, mark, JSON.stringify({ canary: mark }), /^\d{1,15}$/.test(mark) ? Number(mark) : null]);
    return workbook.xlsx.writeBuffer();
  },
};

async function load(bytes: Uint8Array, dataset: string): Promise<Workbook> {
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(bytes);
    return workbook;
  } catch {
    throw new ExecuteError('file-unreadable', { dataset });
  }
}

/** Sheet rows with any value, after the first of them, which is the header. */
function dataRows(sheet: Worksheet): readonly number[] {
  const numbers: number[] = [];
  sheet.eachRow((row, number) => {
    let says = false;
    row.eachCell((cell) => (says ||= (cellText(cell.value) ?? '') !== ''));
    if (says) numbers.push(number);
  });
  return numbers.slice(1);
}

/**
 * Takes rows out by moving every later row up, cell by cell with value and style, and emptying what is left at the end: the library's own
 * spliceRows leaves rows behind when the last ones are among those to go.
 */
function closeUp(sheet: Worksheet, gone: ReadonlySet<number>): void {
  const last = sheet.rowCount;
  const width = sheet.columnCount;
  let to = 1;
  for (let from = 1; from <= last; from++) {
    if (gone.has(from)) continue;
    if (from !== to) copyRow(sheet, from, to, width);
    to += 1;
  }
  for (let number = to; number <= last; number++) for (let at = 1; at <= width; at++) sheet.getRow(number).getCell(at).value = null;
}

function copyRow(sheet: Worksheet, from: number, to: number, width: number): void {
  for (let at = 1; at <= width; at++) {
    const source = sheet.getRow(from).getCell(at);
    const target = sheet.getRow(to).getCell(at);
    target.value = source.value;
    target.style = source.style;
  }
}
