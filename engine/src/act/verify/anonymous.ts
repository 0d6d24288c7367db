// SPDX-License-Identifier: Apache-2.0
import type { Cell, Row } from '../../model/cell.ts';
import type { DatasetMap } from '../../model/data-map.ts';

/** Places of the columns that must be empty once a row of the dataset is anonymised. */
export function droppedPlaces(map: DatasetMap, columns: readonly string[]): readonly number[] {
  const stays = new Set([...map.key, ...(map.anonymiseTo ?? [])]);
  return columns.flatMap((name, at) => (stays.has(name) ? [] : [at]));
}

/** A row that says nothing outside the columns that may stay. */
export function isAnonymous(row: Row, dropped: readonly number[]): boolean {
  return dropped.every((at) => saysNothing(row[at] ?? null));
}

/** Null, or a value that only fills a column that may not be null: empty, zero, false, 1 January, empty JSON, bytes or list, nil uuid. */
function saysNothing(cell: Cell): boolean {
  if (cell === null || cell.trim() === '') return true;
  return /^(?:0+(?:\.0+)?|f|false|\{\}|\[\]|\\x|\d{4,}-01-01(?:[ T]00:00:00.*)?|00:00:00|[0-]{36})$/.test(cell);
}
