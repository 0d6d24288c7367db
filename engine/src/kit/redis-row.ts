// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import type { Cell, Row } from '../model/cell.ts';
import { type RedisKind, type RedisName, partNames } from './redis-name.ts';

/** The last column: fields that have no column of their own, as JSON. */
export const MORE = 'more';

/** Columns between a key's variable parts and its fields. */
const OWN: Readonly<Record<RedisKind, readonly string[]>> = {
  string: ['value'],
  hash: [],
  fields: ['field', 'value'],
  list: ['value'],
  set: ['member'],
  zset: ['member', 'score'],
  stream: ['entry'],
};
/** How many of the own columns tell records of one key apart. */
const TELLING: Readonly<Record<RedisKind, number>> = { string: 0, hash: 0, fields: 1, list: 0, set: 1, zset: 1, stream: 1 };
/** Kinds whose value is taken apart into columns where it is a JSON object, and then stands there alone. */
const TAKEN_APART: ReadonlySet<RedisKind> = new Set(['string', 'fields', 'list']);

/** Bytes as text: UTF-8 as it is, all else, and what would look like it, as `\x…` hex. */
export function textOfBytes(bytes: Uint8Array): string {
  const text = isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : null;
  return text === null || text.startsWith('\\x') ? `\\x${Buffer.from(bytes).toString('hex')}` : text;
}

/** The bytes that `textOfBytes` made this text of. */
export function bytesOfText(text: string): Buffer {
  return text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'utf8');
}

/** Names of the columns that every dataset of this name has before its fields. */
export function leadColumns(name: RedisName, kind: RedisKind): readonly string[] {
  const own = OWN[kind];
  return [...partNames(name).map((part) => (own.includes(part) || part === MORE ? `key_${part}` : part)), ...own];
}

/** Names of the columns that tell its records apart; none for a list, whose elements have no number that lasts. */
export function keyColumns(name: RedisName, kind: RedisKind): readonly string[] {
  const own = OWN[kind];
  const lead = leadColumns(name, kind);
  return kind === 'list' ? [] : lead.slice(0, lead.length - own.length + TELLING[kind]);
}

/** One record as the server has it: the own cells of its kind, and fields where it has some. */
export interface RedisItem {
  readonly own: readonly string[];
  readonly fields: readonly (readonly [string, Cell])[];
}

/**
 * Compiles columns, as discovery fixed them, into a function from a key's variable parts and one item to a row. A field without a
 * column goes to the last one, `more`; nothing is left out.
 */
export function redisRows(
  name: RedisName,
  kind: RedisKind,
  columns: readonly string[],
): (parts: readonly string[], item: RedisItem) => Row {
  const lead = leadColumns(name, kind).length;
  const rest = columns.at(-1) === MORE ? columns.length - 1 : -1;
  const places = new Map(columns.slice(lead, rest < 0 ? undefined : rest).map((column, at) => [column, lead + at]));
  const value = TAKEN_APART.has(kind) ? lead - 1 : -1;
  return (parts, item) => {
    const row: Cell[] = [...parts, ...item.own];
    while (row.length < columns.length) row.push(null);
    let fields = item.fields;
    if (value >= 0 && places.size > 0) {
      const object = jsonFields(item.own.at(-1)!);
      if (object !== null) [fields, row[value]] = [object, null];
    }
    const left: (readonly [string, Cell])[] = [];
    const seen = new Set<string>();
    for (const [field, cell] of fields) {
      const at = places.get(field);
      if (at === undefined || seen.has(field)) left.push([field, cell]);
      else row[at] = cell;
      seen.add(field);
    }
    if (left.length > 0 && rest >= 0) row[rest] = JSON.stringify(left.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)));
    return row;
  };
}

/** The fields of a JSON object as text, numbers digit by digit as they stand there; null for any other text. */
export function jsonFields(text: string): readonly (readonly [string, Cell])[] | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const object = JSON.parse(text, exactNumbers as (key: string, value: unknown) => unknown) as Readonly<Record<string, unknown>>;
    return Object.entries(object).map(([field, value]) => [field, cellOf(value)]);
  } catch {
    // Not JSON, or nested deeper than anybody reads: then it is a text as any other.
    return null;
  }
}

interface RawJson {
  rawJSON(text: string): unknown;
}

function exactNumbers(_: string, value: unknown, context: { readonly source?: string }): unknown {
  return typeof value === 'number' && context.source !== undefined ? (JSON as unknown as RawJson).rawJSON(context.source) : value;
}

function cellOf(value: unknown): Cell {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
