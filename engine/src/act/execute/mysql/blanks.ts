// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../../model/data-map.ts';
import type { Blank } from '../rows/table-store.ts';
import type { Column, Table } from './catalog.ts';
import { quote } from './connect.ts';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * How a row becomes anonymous: every column that is neither key nor kept is set to NULL. Where the column may not be NULL: text → '',
 * number → 0, date → 1 January of its year (a zero date stays), time → 00:00:00, JSON → {}, bytes → empty, uuid → nil. A column that may
 * not be NULL and is part of a reference or a unique index, and enum, cannot be emptied; the reason is returned instead.
 */
export function blanksOf(
  table: Table,
  map: DatasetMap,
  columns: readonly string[],
): { readonly blanks: readonly Blank[]; readonly cannot: string | null } {
  // Rows of a table without key are found by their whole content, and that is what changes.
  if (map.key.length === 0) return { blanks: [], cannot: 'table without key: add a primary key, or delete the row' };
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
  const why = column.reference ? 'reference' : column.unique ? 'unique' : `type ${column.type.replace(/\(.*/s, '')}`;
  return `column ${column.name} is NOT NULL (${why}): allow NULL, keep the column, or delete the row`;
}

function blankOf({ name, type, notNull, unique, reference, json }: Column): Pick<Blank, 'sql' | 'isBlank'> | null {
  if (!notNull) return { sql: 'NULL', isBlank: (cell) => cell === null };
  if (unique || reference) return null;
  const column = quote(name);
  if (/^(?:date|timestamp)/.test(type)) {
    return {
      sql: `IF(YEAR(${column}) = 0, ${column}, CONCAT(LPAD(YEAR(${column}), 4, '0'), '-01-01'))`,
      isBlank: (cell) => cell !== null && /^(?:\d{4}-01-01|0000-\d\d-\d\d)(?: 00:00:00(?:\.0+)?(?:\+00)?)?$/.test(cell),
    };
  }
  if (json) return { sql: "'{}'", isBlank: (cell) => cell === '{}' };
  if (type.startsWith('uuid')) return { sql: `'${NIL_UUID}'`, isBlank: (cell) => cell === NIL_UUID };
  if (type.startsWith('time')) return { sql: "'00:00:00'", isBlank: (cell) => cell !== null && /^00:00:00(?:\.0+)?$/.test(cell) };
  if (/int|decimal|float|double|^bit|^year/.test(type)) return { sql: '0', isBlank: (cell) => cell !== null && /^0+(?:\.0+)?$/.test(cell) };
  if (/binary|blob/.test(type)) return { sql: "''", isBlank: (cell) => cell !== null && /^\\x(?:00)*$/.test(cell) };
  if (/char|text|^set/.test(type)) return { sql: "''", isBlank: (cell) => cell === '' };
  return null;
}
