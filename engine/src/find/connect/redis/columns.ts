// SPDX-License-Identifier: Apache-2.0
import { type RedisItem, type RedisKind, type RedisName, MORE, jsonFields, keyColumns, leadColumns } from '../../../kit/index.ts';
import { type ColumnShape, KEY_PART_TYPE } from '../../../model/source.ts';

const MOST_COLUMNS = 200;
/** A field that two records share and that looks like a name is a column; any other may be somebody's. */
const SHARED = 2;
const NAME = /^[\p{L}_$][\p{L}\p{N}_.$-]{0,63}$/u;

/** Names of the fields that become columns, in the order of the alphabet. */
export function fieldColumns(records: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const fields of records) for (const field of new Set(fields)) counts.set(field, (counts.get(field) ?? 0) + 1);
  const shared = [...counts].filter(([field, n]) => n >= SHARED && NAME.test(field) && field !== MORE);
  const first = shared.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_COLUMNS);
  return first.map(([field]) => field).toSorted();
}

/** True when the fields of such hashes are not columns but entries: few keys share them, or there are too many. */
export function areEntries(hashes: readonly (readonly string[])[]): boolean {
  const columns = new Set(fieldColumns(hashes));
  const all = hashes.flat();
  return hashes.some((fields) => fields.length > MOST_COLUMNS) || all.filter((field) => columns.has(field)).length * 2 <= all.length;
}

/** The columns of a dataset, from some of its records. A key's parts, fields and members are never kept in clear by us: they may name a person. */
export function columnsOf(name: RedisName, kind: RedisKind, items: readonly RedisItem[]): readonly ColumnShape[] {
  const lead = leadColumns(name, kind);
  const stars = name.parts.filter((part) => part.endsWith('*')).length;
  const hidden = new Set([...lead.slice(0, stars), ...keyColumns(name, kind)]);
  const fields = fieldColumns(items.flatMap((item) => fieldsOf(kind, item))).filter((field) => !lead.includes(field));
  const more = kind === 'hash' || kind === 'stream' || fields.length > 0 ? [MORE] : [];
  return [...lead, ...fields, ...more].map((column) => ({
    name: column,
    type: hidden.has(column) ? KEY_PART_TYPE : 'text',
    comment: null,
    nullable: !hidden.has(column),
  }));
}

function fieldsOf(kind: RedisKind, { own, fields }: RedisItem): readonly (readonly string[])[] {
  if (kind === 'hash' || kind === 'stream') return [fields.map(([field]) => field)];
  if (kind === 'set' || kind === 'zset') return [];
  const object = jsonFields(own.at(-1) ?? '');
  return object === null ? [] : [object.map(([field]) => field)];
}
