// SPDX-License-Identifier: Apache-2.0
import type { Link } from '../../model/data-map.ts';
import type { Discovered, DiscoveredDataset } from './discover.ts';

interface Table extends DiscoveredDataset {
  readonly id: string;
  readonly source: string;
  readonly name: string;
}

const INCLUDED = 0.8;
const NOUNS = /^(?:t_|tb_|sys_|ums_|tbl_)/;

/**
 * Which columns of which dataset point to which other one: foreign keys as declared; then columns named after another dataset
 * (`customer_id` → `customers.id`) and columns of one name that are unique on one side (`customer_no`), across sources too,
 * when the values agree. Samples are partial, so inclusion is asked of the smaller side. Map from `source/dataset` to its links.
 */
export function inferLinks(all: readonly Discovered[]): Map<string, Link[]> {
  const tables = all.flatMap((d) =>
    d.datasets.map((t): Table => ({ ...t, id: `${d.source}/${t.shape.dataset}`, source: d.source, name: bare(t.shape.dataset) })),
  );
  const links = new Map<string, Link[]>(tables.map((t) => [t.id, declared(t)]));
  const candidates = candidatesIn(tables);
  for (const child of tables) {
    const own = links.get(child.id)!;
    for (const column of child.shape.columns) {
      if (own.some((l) => l.columns.includes(column.name)) || child.shape.key[0] === column.name) continue;
      const parent = candidates(column.name).find((t) => t !== child && pointsTo(child, column.name, t));
      if (parent) own.push({ columns: [column.name], to: parent.id, toColumns: [targetColumn(column.name, parent)], evidence: 'name' });
    }
  }
  return links;
}

/** Tables that a column of this name may point to, in order: a folder may have ten thousand tables, and each column of each asks. */
function candidatesIn(tables: readonly Table[]): (column: string) => readonly Table[] {
  const named = Map.groupBy(tables, (t) => singular(t.name));
  const having = new Map<string, Table[]>();
  for (const t of tables)
    for (const name of new Set(t.shape.columns.map((c) => c.name.toLowerCase()))) {
      const known = having.get(name);
      if (known) known.push(t);
      else having.set(name, [t]);
    }
  const order = new Map(tables.map((t, at) => [t, at]));
  return (column) => {
    const name = column.toLowerCase();
    const stem = stemOf(name);
    const both = new Set([...(stem ? (named.get(singular(stem)) ?? []) : []), ...(having.get(name) ?? [])]);
    return [...both].toSorted((a, b) => order.get(a)! - order.get(b)!);
  };
}

function stemOf(name: string): string | undefined {
  return name.match(/^(.*?)_?(?:id|no|code)$/)?.[1];
}

function declared(table: Table): Link[] {
  return table.shape.foreignKeys.map((fk) => ({
    columns: fk.columns,
    to: `${table.source}/${fk.toDataset}`,
    toColumns: fk.toColumns,
    evidence: 'foreign-key',
  }));
}

function bare(dataset: string): string {
  return dataset.split('.').at(-1)!.toLowerCase().replace(NOUNS, '');
}

/** `customer_id` and table `customers`; or the same identifying name, unique over there and not the child's own key. */
function pointsTo(child: Table, column: string, parent: Table): boolean {
  const name = column.toLowerCase();
  const stem = stemOf(name);
  if (parent.shape.key.length === 1 && stem && stem !== '' && child.source === parent.source && singular(parent.name) === singular(stem)) {
    return agree(valuesOf(child, column), valuesOf(parent, parent.shape.key[0]!), parent);
  }
  if (
    !/(?:_no|_code|no|_number|编号|卡号)$/.test(name) ||
    name === 'order_no' ||
    !parent.shape.columns.some((c) => c.name.toLowerCase() === name)
  )
    return false;
  const there = valuesOf(parent, columnOf(parent, name)!);
  const unique = there.length > 0 && new Set(there).size === there.length;
  const larger = parent.shape.rows > child.shape.rows || (parent.shape.rows === child.shape.rows && parent.id < child.id);
  return unique && larger && agree(valuesOf(child, column), there, parent);
}

function targetColumn(column: string, parent: Table): string {
  return columnOf(parent, column.toLowerCase()) ?? parent.shape.key[0]!;
}

function columnOf(table: Table, name: string): string | undefined {
  return table.shape.columns.find((c) => c.name.toLowerCase() === name)?.name;
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?:ses|s)$/, (m) => (m === 'ses' ? 's' : ''));
}

function valuesOf(table: Table, column: string): string[] {
  const at = table.shape.columns.findIndex((c) => c.name === column);
  return at < 0 ? [] : table.sample.flatMap((row) => (row[at] === null || row[at] === undefined || row[at] === '' ? [] : [row[at]]));
}

/** A complete sample must include 80 % of the child's values; a partial one as large a share of them as of the parent's rows. */
function agree(child: readonly string[], parent: readonly string[], table: Table): boolean {
  if (child.length === 0 || parent.length === 0) return false;
  const there = new Set(parent);
  const hit = child.filter((v) => there.has(v)).length / child.length;
  const seen = Math.min(1, parent.length / Math.max(1, table.shape.rows));
  return hit >= INCLUDED * seen * (seen === 1 ? 1 : 0.5);
}
