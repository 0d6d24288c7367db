// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';

const TIMESTAMP = 7;
const BIT = 16;
const FIRST_OF_STRINGS = 249;
const BINARY_CHARSET = 63;

/** A value as the inventory saw it: the server's text, TIMESTAMP with `+00`, BIT decimal, bytes `\x…`. */
export function cellOf(bytes: Buffer | null, field: { readonly columnType?: number; readonly characterSet?: number } | undefined): Cell {
  if (bytes === null) return null;
  const type = field?.columnType ?? 0;
  if (type === BIT) return bytes.length === 0 ? '0' : BigInt(`0x${bytes.toString('hex')}`).toString();
  if (type >= FIRST_OF_STRINGS && field?.characterSet === BINARY_CHARSET) return `\\x${bytes.toString('hex')}`;
  const text = bytes.toString('utf8');
  return type === TIMESTAMP && !text.startsWith('0000') ? `${text}+00` : text;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const MOMENT = /^[-\d:. ]+$/;

/**
 * A cell as SQL that the server compares with a column of this type without rounding: numbers bare (a quoted one may be compared as
 * a double), bytes and texts in hex, so that no setting for quotes and backslashes matters.
 */
export function literal(cell: Cell, type: string): string {
  if (cell === null) return 'NULL';
  if (/int|decimal|^bit|^year/.test(type) && NUMBER.test(cell)) return cell;
  if (/binary|blob/.test(type) && cell.startsWith('\\x')) return `x'${cell.slice(2)}'`;
  const moment = type.startsWith('timestamp') ? cell.replace(/\+00$/, '') : cell;
  if (/^(?:date|time)/.test(type) && MOMENT.test(moment)) return `'${moment}'`;
  return text(cell);
}

/** Any text as a literal. */
export function text(value: string): string {
  return `_utf8mb4 x'${Buffer.from(value, 'utf8').toString('hex')}'`;
}
