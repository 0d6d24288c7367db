// SPDX-License-Identifier: Apache-2.0
import type { CellValue } from '@cj-tech-master/excelts';
import type { Cell } from '../../../model/cell.ts';

/**
 * The text of an xlsx cell as the inventory states it: text as it is, numbers in shortest decimal, dates YYYY-MM-DD or with hh:mm:ss when
 * there is a time, formulas by their stored result, rich text and links by their words; null for an empty cell.
 */
export function cellText(value: CellValue): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return dateText(value);
  if ('error' in value) return value.error;
  if ('richText' in value && Array.isArray(value.richText)) return value.richText.map((piece) => piece.text).join('');
  if ('text' in value && 'hyperlink' in value) return typeof value.text === 'string' ? value.text : cellText(value.text as CellValue);
  if ('checkbox' in value) return String(value.checkbox);
  return 'result' in value ? cellText(value.result as CellValue) : null;
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const seconds = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  const time = seconds.slice(11, 19);
  return time === '00:00:00' ? seconds.slice(0, 10) : `${seconds.slice(0, 10)} ${time}`;
}
