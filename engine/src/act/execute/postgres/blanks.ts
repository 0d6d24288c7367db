// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../../model/data-map.ts';
import type { Blank } from '../rows/table-store.ts';
import type { Column, Table } from './catalog.ts';
import { quote } from './connect.ts';

/**
 * How a row becomes anonymous: every column that is neither key nor kept is set to NULL. Where the column may not be NULL: text → '',
 * number → 0, date or time → 1 January of its year, boolean → false, JSON → {}, bytes and arrays → empty, uuid → nil.
 * A column that may not be NULL and is part of a reference or a unique index cannot be emptied; the reason is returned instead.
 */
export function blanksOf(
  table: Table,
  map: DatasetMap,
  columns: readonly string[],
): { readonly blanks: readonly Blank[]; readonly cannot: string | null } {
  const kept = new Set([...(map.anonymiseTo ?? []), ...map.key]);
  const blanks: Blank[] = [];
  for (const [at, name] of columns.entries()) {
    const column = table.columns.get(name);
    if (kept.has(name) || !column || column.generated) continue;
    const blank = blankOf(column);
    if (!blank) return { blanks: [], cannot: reason(column) };
    blanks.push({ column: name, at, ...blank });
  }
  return { blanks, cannot: null };
}

function reason(column: Column): string {
  const why = column.reference ? 'reference' : column.unique ? 'unique' : `type ${column.base}`;
  return `column ${column.name} is NOT NULL (${why}): allow NULL, keep the column, or delete the row`;
}

function blankOf(column: Column): Pick<Blank, 'sql' | 'isBlank'> | null {
  if (!column.notNull) return { sql: 'NULL', isBlank: (cell) => cell === null };
  if (column.reference || column.unique) return null;
  const name = quote(column.name);
  if (column.family === 'D' && column.base !== 'time' && column.base !== 'timetz') {
    return {
      sql: `date_trunc('year', ${name})`,
      isBlank: (cell) => cell !== null && /-01-01(?: 00:00:00(?:[+-]\d\d)?)?(?: BC)?$/.test(cell),
    };
  }
  const neutral = NEUTRAL[column.base] ?? (column.family === 'S' ? '' : column.family === 'A' ? '{}' : null);
  if (neutral === null) return null;
  return { sql: `'${neutral}'`, isBlank: (cell) => cell !== null && (cell.trim() === neutral || /^0(?:\.0+)?$/.test(cell)) };
}

/** By base type: the literal, which is also what the server prints (but for scaled numbers). */
const NEUTRAL: Readonly<Record<string, string>> = {
  int2: '0',
  int4: '0',
  int8: '0',
  float4: '0',
  float8: '0',
  numeric: '0',
  bool: 'f',
  json: '{}',
  jsonb: '{}',
  bytea: '\\x',
  uuid: '00000000-0000-0000-0000-000000000000',
  time: '00:00:00',
};
