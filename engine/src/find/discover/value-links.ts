// SPDX-License-Identifier: Apache-2.0
import type { Link } from '../../model/data-map.ts';
import type { LinkTable } from './link-table.ts';

/** Values of this shape single something out: a phone, a mail address, a number with at least six signs and a digit. */
const SINGLES = /^(?=.*\d)[\w@.+/-]{6,64}$/;
const DATES = /^\d{4}-\d\d-\d\d|^\d+\.\d+$|^\d{1,3}(?:\.\d{1,3}){3}$/;
const ENOUGH = 3;
const SHARE = 0.8;

interface Place {
  readonly table: LinkTable;
  readonly column: string;
}

/**
 * Tables that are joined only by a value, such as a phone or a card number: a column whose values are unique in one table and of which
 * another table's column has at least three, and four fifths of its own. Only for tables that point nowhere yet. Such values may be
 * shared, so the link does not join records by itself.
 */
export function valueLinks(tables: readonly LinkTable[], linked: (table: LinkTable) => boolean): Map<string, Link[]> {
  const index = new Map<string, Place[]>();
  for (const table of tables)
    for (const column of singling(table)) {
      if (!table.unique(column) || table.valueSet(column).size < ENOUGH) continue;
      for (const value of table.valueSet(column)) {
        const places = index.get(value);
        if (places) places.push({ table, column });
        else index.set(value, [{ table, column }]);
      }
    }
  const out = new Map<string, Link[]>();
  for (const child of tables) {
    if (linked(child)) continue;
    for (const column of singling(child)) {
      const best = bestPlace(child, column, index);
      if (!best) continue;
      const link: Link = { columns: [column], to: best.table.id, toColumns: [best.column], evidence: 'values', owner: false };
      out.set(child.id, [...(out.get(child.id) ?? []), link]);
    }
  }
  return out;
}

const LOOKED_AT = 50;

function singling(table: LinkTable): string[] {
  return table.shape.columns.flatMap(({ name }, at) => {
    if (name === table.key) return [];
    let seen = 0;
    for (const row of table.sample) {
      const value = row[at];
      if (value === null || value === undefined || value === '') continue;
      if (!SINGLES.test(value) || DATES.test(value)) return [];
      seen += 1;
      if (seen === LOOKED_AT) break;
    }
    return seen >= ENOUGH ? [name] : [];
  });
}

function bestPlace(child: LinkTable, column: string, index: ReadonlyMap<string, readonly Place[]>): Place | null {
  const values = child.valueSet(column);
  const hits = new Map<Place['table'], { place: Place; n: number }>();
  for (const value of values)
    for (const place of index.get(value) ?? []) {
      if (place.table === child) continue;
      const known = hits.get(place.table);
      if (known) known.n += 1;
      else hits.set(place.table, { place, n: 1 });
    }
  const larger = (t: LinkTable) =>
    !child.unique(column) || t.shape.rows > child.shape.rows || (t.shape.rows === child.shape.rows && t.id < child.id);
  return (
    [...hits.values()]
      .filter((h) => h.n >= ENOUGH && h.n >= SHARE * values.size && larger(h.place.table))
      .toSorted((a, b) => b.n - a.n || b.place.table.shape.rows - a.place.table.shape.rows)[0]?.place ?? null
  );
}
