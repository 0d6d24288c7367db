// SPDX-License-Identifier: Apache-2.0
import { plainName, wordsOf } from '../../kit/index.ts';
import type { Link } from '../../model/data-map.ts';
import type { Discovered } from './discover.ts';
import { type LinkTable, linkIndex, linkTables } from './link-table.ts';
import { commentLinks } from './comment-links.ts';
import { nameLink } from './name-links.ts';
import { typedLinks } from './typed-links.ts';
import { valueLinks } from './value-links.ts';

/** A number that a person or a thing is known by in several systems; an order's number is written into many tables and owns none. */
const SHARED_NUMBER = /(?:_no|_code|no|_number|_bh|编号|卡号)$/;

/**
 * Which columns of which dataset point to which other one: foreign keys as declared; columns beside a type (`owner_id`, `owner_type`);
 * columns named after another dataset (`customer_id` → `customers.id`); columns of one name that are unique on one side
 * (`customer_no`), across sources too, when the values agree; at last columns that agree by values alone.
 * Samples are partial, so inclusion is asked of the smaller side. Map from `source/dataset` to its links.
 */
export function inferLinks(all: readonly Discovered[]): Map<string, Link[]> {
  const tables = linkTables(all);
  const links = new Map<string, Link[]>(tables.map((t) => [t.id, declared(t)]));
  const everywhere = linkIndex(tables);
  const inside = new Map([...Map.groupBy(tables, (t) => t.place)].map(([place, own]) => [place, linkIndex(own)]));
  for (const child of tables) {
    const own = links.get(child.id)!;
    const near = inside.get(child.place)!;
    for (const { name } of child.shape.columns) {
      if (own.some((l) => l.columns.includes(name))) continue;
      const typed = typedLinks(child, name, near.all);
      if (typed.length > 0) {
        own.push(...typed);
        continue;
      }
      if (name === child.key && !sharedKey(child, name)) continue;
      const link =
        nameLink(child, name, near) ?? sameNumber(child, name, tables) ?? (inside.size > 1 ? nameLink(child, name, everywhere) : null);
      if (link) own.push(link);
    }
  }
  for (const [id, found] of commentLinks(tables, (t, column) => links.get(t.id)!.some((l) => l.columns.includes(column))))
    links.get(id)!.push(...found);
  for (const [id, found] of valueLinks(tables, (t) => links.get(t.id)!.length > 0)) links.get(id)!.push(...found);
  return links;
}

/** A key that is another table's key too: `user_profile(user_id)`. */
function sharedKey(child: LinkTable, name: string): boolean {
  const stem = wordsOf(name.replace(/_?(?:id|no|code)$/i, ''));
  return (
    plainName(name) !== 'id' &&
    stem.length > 0 &&
    !stem.every((word) => child.noun.includes(word)) &&
    !plainName(name).startsWith(child.noun.join(''))
  );
}

function declared(table: LinkTable): Link[] {
  return table.shape.foreignKeys.map((fk) => {
    const to = `${table.source}/${fk.toDataset}`;
    return {
      columns: fk.columns,
      to,
      toColumns: fk.toColumns,
      evidence: 'foreign-key',
      ...(to === table.id ? { owner: false as const } : {}),
    };
  });
}

/** The same identifying name, unique over there and not an order's number. */
function sameNumber(child: LinkTable, column: string, tables: readonly LinkTable[]): Link | null {
  const name = plainName(column);
  // `no` alone numbers whatever its own table is about.
  if (!SHARED_NUMBER.test(name) || /^(?:no|code|sn|number|编号)$|^(?:order|trade|pay|bill|batch)/.test(name)) return null;
  const values = child.values(column);
  if (values.length === 0) return null;
  for (const parent of tables) {
    if (parent === child) continue;
    const there = parent.named(name);
    if (there === undefined || !parent.unique(there)) continue;
    const larger = parent.shape.rows > child.shape.rows || (parent.shape.rows === child.shape.rows && parent.id < child.id);
    if (larger && agree(values, parent.valueSet(there), parent.shape.rows))
      return { columns: [column], to: parent.id, toColumns: [there], evidence: 'name' };
  }
  return null;
}

/** A complete sample must include 80 % of the child's values; a partial one as large a share of them as of the parent's rows. */
function agree(child: readonly string[], parent: ReadonlySet<string>, rows: number): boolean {
  if (child.length === 0 || parent.size === 0) return false;
  const hit = child.filter((v) => parent.has(v)).length / child.length;
  const seen = Math.min(1, parent.size / Math.max(1, rows));
  return hit >= 0.8 * seen * (seen === 1 ? 1 : 0.5);
}
