// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';
import { columnOf, type SheetRow } from './xlsx-sheet.ts';

/** Merged cells: 1-based rows, columns from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** `A1:C2` as a merge; null for what is none. */
export function mergeOf(reference: string): Merge | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference);
  if (found === null) return null;
  const [, left = '', top = '', right = left, bottom = top] = found;
  return { top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) };
}

export const filled = (text: Cell | undefined): boolean => text !== null && text !== undefined && text.trim() !== '';

/**
 * The sheet row that names the columns, among the first rows with text. Above it people write titles and instructions (one wide cell) and, in a header of
 * several storeys, names of groups of columns; the last storey is the one that names each column. Pure.
 */
export function headerRowOf(rows: readonly SheetRow[], merges: readonly Merge[]): number {
  const texts = rows.map((row) => [...row.cells].filter(([, cell]) => filled(cell.text)).map(([column]) => column));
  const usual = median(texts.slice(1).map((columns) => columns.length));
  let at = texts.findIndex((columns) => columns.length >= Math.max(Math.min(2, usual), Math.ceil(usual / 2)));
  if (at < 0) at = 0;
  // A group's name spans columns that the row below names one by one; a column without a group spans both storeys.
  for (let next = rows[at + 1]; next !== undefined && isGroupStorey(rows[at]!, next, merges); next = rows[at + 1]) at += 1;
  return rows[at]?.number ?? 1;
}

function isGroupStorey(row: SheetRow, below: SheetRow, merges: readonly Merge[]): boolean {
  const groups = merges.filter(
    (m) => m.top === row.number && m.bottom === row.number && m.right > m.left && filled(row.cells.get(m.left)?.text),
  );
  if (groups.length === 0) return false;
  return [...below.cells].every(([column, cell]) => {
    if (!filled(cell.text)) return true;
    const named = filled(row.cells.get(column)?.text);
    return groups.some((m) => m.left <= column && column <= m.right) || !named;
  });
}

/** Header cells; one that a merge from above covers has the words of the merge. */
export function headerCells(header: SheetRow | undefined, above: readonly SheetRow[], merges: readonly Merge[]): (string | null)[] {
  if (header === undefined) return [];
  const width = Math.max(-1, ...header.cells.keys(), ...merges.filter((m) => covers(m, header.number)).map((m) => m.left)) + 1;
  return Array.from({ length: width }, (_, column) => {
    const own = header.cells.get(column)?.text ?? null;
    if (filled(own)) return own;
    const merge = merges.find((m) => covers(m, header.number) && m.left === column);
    return above.find((row) => row.number === merge?.top)?.cells.get(column)?.text ?? own;
  });
}

function covers(merge: Merge, row: number): boolean {
  return merge.top < row && row <= merge.bottom;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 1;
}
