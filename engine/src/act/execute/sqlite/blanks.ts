// SPDX-License-Identifier: Apache-2.0
import type { Blank } from '../rows/table-store.ts';
import { quote } from './cells.ts';

/**
 * How a column is emptied: NULL where it may be. Where not, by the declared type (SQLite's affinity rules): date or time → 1 January
 * of its year (text that starts YYYY-MM-DD), number → 0, blob → empty, everything else → ''.
 */
export function blankOf(column: string, type: string, notNull: boolean): Pick<Blank, 'sql' | 'isBlank'> {
  const name = quote(column);
  if (!notNull) return { sql: 'NULL', isBlank: (cell) => cell === null };
  if (/DATE|TIME/i.test(type)) {
    return {
      sql: `CASE WHEN ${name} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*' THEN substr(${name}, 1, 4) || '-01-01' ELSE '' END`,
      isBlank: (cell) => cell === '' || (cell !== null && /^\d{4}-01-01$/.test(cell)),
    };
  }
  if (/BLOB/i.test(type)) return { sql: "x''", isBlank: (cell) => cell === '\\x' };
  if (/INT|REAL|FLOA|DOUB|NUM|DEC|BOOL/i.test(type)) return { sql: '0', isBlank: (cell) => cell === '0' };
  return { sql: "''", isBlank: (cell) => cell === '' };
}
