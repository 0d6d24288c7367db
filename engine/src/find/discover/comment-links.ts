// SPDX-License-Identifier: Apache-2.0
import { namesSomebodyElse, plainName } from '../../kit/index.ts';
import type { Link } from '../../model/data-map.ts';
import type { LinkTable } from './link-table.ts';

/** `客户id`, `供应商id或客户id`, `借款人编号` → the nouns. */
const POINTS = /(\p{Script=Han}{2,6}?)(?:表)?\s*(?:id|编号|编码|主键|代码)(?=$|[\s,，;；:：。/、或和(（])/giu;
/** What may follow the noun in a table's comment. */
const TAIL = /(?:基本|基础|详细|主)?(?:信息|资料|档案|数据|列)?(?:主)?(?:表|库)?$/;

/**
 * Columns that only their comment points somewhere with (`organ_id`, 供应商id或客户id → the table 供应商/客户信息), and then columns of the
 * same name elsewhere in the place. Map from table to links.
 */
export function commentLinks(tables: readonly LinkTable[], linked: (table: LinkTable, column: string) => boolean): Map<string, Link[]> {
  const out = new Map<string, Link[]>();
  for (const near of Map.groupBy(tables, (t) => t.place).values()) {
    const called = nounsOf(near);
    const known = new Map<string, LinkTable>();
    const open = near.flatMap((table) =>
      table.shape.columns
        .filter((c) => c.name !== table.key && plainName(c.name).endsWith('id') && !linked(table, c.name))
        .map((c) => ({ table, column: c.name, comment: c.comment ?? '' })),
    );
    for (const { table, column, comment } of open)
      for (const [, noun] of comment.matchAll(POINTS)) {
        const to = called.get(noun!);
        if (to && to !== table && !known.has(plainName(column))) known.set(plainName(column), to);
      }
    for (const { table, column } of open) {
      const to = known.get(plainName(column));
      if (!to || to === table || to.key === null) continue;
      const link: Link = {
        columns: [column],
        to: to.id,
        toColumns: [to.key],
        evidence: 'name',
        ...(namesSomebodyElse(column) ? { owner: false as const } : {}),
      };
      out.set(table.id, [...(out.get(table.id) ?? []), link]);
    }
  }
  return out;
}

/** The Chinese nouns that tables are called by; one that two tables share says nothing. */
function nounsOf(tables: readonly LinkTable[]): Map<string, LinkTable> {
  const called = new Map<string, LinkTable | null>();
  for (const table of tables)
    for (const noun of (table.shape.comment ?? '').replaceAll(/[（(].*?[)）]/g, '').split(/[/、和与及\s]/)) {
      const bare = noun.trim().replace(TAIL, '');
      if (bare.length >= 2) called.set(bare, called.has(bare) ? null : table);
    }
  return new Map([...called].flatMap(([noun, table]) => (table ? [[noun, table] as const] : [])));
}
