// SPDX-License-Identifier: Apache-2.0
import type { ColumnShape } from '../../../model/source.ts';

/**
 * Column names of a file from its header cells, for `width` columns: an empty one becomes `列3` (its place), a repeated one `name#2`.
 * Every name is unique. Rows wider than the header have columns too: their cells must not go unseen.
 */
export function columnNames(header: readonly (string | null)[], width: number): readonly string[] {
  const taken = new Set<string>();
  return Array.from({ length: Math.max(width, header.length) }, (_, place) => {
    const written = (header[place] ?? '').trim();
    const wanted = written === '' ? `列${place + 1}` : written;
    let name = wanted;
    for (let n = 2; taken.has(name); n += 1) name = `${wanted}#${n}`;
    taken.add(name);
    return name;
  });
}

/**
 * Whether a first row is somebody's data and names nothing: a phone, an identity number or a mail address is no column's name, and must not become one, for
 * names of columns are kept in clear.
 */
export function looksLikeData(row: readonly (string | null)[]): boolean {
  return row.some((cell) => /^(?:\+?\d[\d\s-]{5,}[\dXx]|[^\s@]+@[^\s@]+\.[^\s@]+)$/.test((cell ?? '').normalize('NFKC').trim()));
}

/** Columns of a file: all text, all may be empty. */
export function textColumns(names: readonly string[]): readonly ColumnShape[] {
  return names.map((name) => ({ name, type: 'text', comment: null, nullable: true }));
}
