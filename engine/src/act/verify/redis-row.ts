// SPDX-License-Identifier: Apache-2.0
import type { Cell, Row } from '../../model/cell.ts';

/** One thing in a key: an element with its name or number, or an entry or hash with fields. */
export interface Element {
  readonly id: string | null;
  readonly value: string | null;
  readonly fields: readonly (readonly [string, string])[];
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as the inventory writes them: UTF-8, or `\x…` where they are none or would look like that. */
export function show(bytes: Buffer): string {
  try {
    const text = DECODER.decode(bytes);
    if (!text.startsWith('\\x')) return text;
  } catch {
    // No UTF-8: shown as bytes.
  }
  return `\\x${bytes.toString('hex')}`;
}

/** Writes what lies in a key as the row of a dataset: parts of the key, its own cells, then a cell for each field that has a column, the others in `more`. */
export function rowWriter(dataset: string, columns: readonly string[]): (parts: readonly string[], element: Element) => Row {
  const kind = dataset.split('.')[1] ?? '';
  const own = { string: 1, list: 1, fields: 2, zset: 2, set: 1, stream: 1 }[kind] ?? 0;
  const opened = kind === 'string' || kind === 'list' || kind === 'fields';
  return (parts, { id, value, fields }) => {
    const lead = parts.length + own;
    const cells: Cell[] = columns.map(() => null);
    const start: Cell[] = [...parts, ...(id === null ? [] : [id]), ...(value === null ? [] : [value])];
    start.forEach((cell, at) => (cells[at] = cell));
    let named: readonly (readonly [string, Cell])[] = fields;
    if (opened && columns.length > lead && value !== null) {
      const object = objectIn(value);
      if (object) {
        cells[lead - 1] = null;
        named = object;
      }
    }
    const hasRest = columns.length > lead && columns.at(-1) === 'more';
    const free = columns.slice(lead, hasRest ? -1 : undefined);
    const taken = new Set<string>();
    const rest: (readonly [string, Cell])[] = [];
    for (const pair of named) {
      const at = free.indexOf(pair[0]);
      if (at >= 0 && !taken.has(pair[0])) cells[lead + at] = pair[1];
      else rest.push(pair);
      taken.add(pair[0]);
    }
    rest.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    if (rest.length > 0 && hasRest) cells[columns.length - 1] = JSON.stringify(rest);
    return cells;
  };
}

/** A JSON object's members as text; a number keeps the digits that it is written with. */
function objectIn(text: string): (readonly [string, Cell])[] | null {
  if (!text.trimStart().startsWith('{')) return null;
  const raw = JSON as unknown as { rawJSON(digits: string): object };
  const keep = (_: string, value: unknown, about: { source?: string }) =>
    typeof value === 'number' && about.source !== undefined ? raw.rawJSON(about.source) : value;
  let object: object;
  try {
    object = JSON.parse(text, keep as (key: string, value: unknown) => unknown) as object;
  } catch {
    return null;
  }
  return Object.entries(object).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string' || value === null) return [name, value] as const;
    return [name, JSON.stringify(value)] as const;
  });
}
