// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { Row } from '../../model/cell.ts';
import type { DataMap, DatasetMap, DatasetRole, FieldMap, Link } from '../../model/data-map.ts';
import type { DatasetShape } from '../../model/source.ts';
import { classifyColumn, sensitivityOf } from './classify-column.ts';
import { clocksOf, recordClassOf, roleByName, rowRoleOf, standingOf } from './record-class.ts';

/** Having one of these makes a dataset somebody's. */
const PERSONAL: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'name',
  'phone',
  'email',
  'id_card',
  'address',
  'wechat_openid',
  'customer_no',
  'company_name',
  'account_name',
  'passport',
]);

/** The data map entry of one dataset, from its shape, a sample and its links. Pure. */
export function classifyDataset(source: string, shape: DatasetShape, sample: readonly Row[], links: readonly Link[]): DatasetMap {
  const name = shape.dataset.toLowerCase();
  const fields = neighbours(
    shape,
    shape.columns.map((column, at) =>
      classifyColumn(
        column,
        sample.map((row) => row[at] ?? null),
      ),
    ),
  );
  const recordClass = recordClassOf(shape, name);
  // A table in a file is named by its whole path; one in a database by what follows the schema.
  const named = roleByName(shape, shape.key[0] === '#' ? name : name.split('.').at(-1)!);
  const personal = fields.some((f) => f.category !== null && PERSONAL.has(f.category));
  const role: DatasetRole = named ?? (personal ? 'customer' : 'none');
  const key = shape.key;
  const subject =
    links.find((l) => l.columns.length === 1)?.columns[0] ?? (personal && key.length === 1 && key[0] !== '#' ? key[0]! : null);
  return {
    id: `${source}/${shape.dataset}`,
    source,
    dataset: shape.dataset,
    role,
    recordClass: role === 'none' || role === 'customer' ? recordClass : 'any-data',
    key,
    fields,
    links,
    clocks: clocksOf(shape.columns, recordClass),
    standing: standingOf(shape, sample, recordClass),
    rowRole: rowRoleOf(shape, sample),
    subjectKey: subject,
    anonymiseTo: null,
    ...(shape.layout ? { layout: shape.layout } : {}),
    rows: shape.rows,
    confidence: named || personal ? 0.8 : 0.5,
    evidence: [named ? 'name' : personal ? 'personal fields' : 'no personal fields', `sample ${sample.length}`],
  };
}

/** In a table with a phone, an address or an identity number, a bare `name` is a person's. */
function neighbours(shape: DatasetShape, fields: readonly FieldMap[]): FieldMap[] {
  const contact = fields.some((f) => f.category !== null && ['phone', 'address', 'id_card', 'email'].includes(f.category));
  const product = /product|goods|sku|categor|brand/i.test(shape.dataset);
  return fields.map((f) => {
    if (f.category === null && contact && !product && /^(?:name|姓名)$/i.test(f.name))
      return { ...f, category: 'name', sensitivity: sensitivityOf('name'), confidence: 0.8, evidence: ['name', 'neighbours'] };
    return f;
  });
}

/** A dataset that points to a customers' dataset is the customers' too (an order item, a payment); one that points to staff is staff's. */
export function refineRoles(maps: readonly DatasetMap[]): DatasetMap[] {
  let current = [...maps];
  for (let changed = true; changed;) {
    const roles = new Map(current.map((m) => [m.id, m.role]));
    const next = current.map((m): DatasetMap => {
      const parent = m.role === 'none' && m.recordClass !== 'any-data' && m.links.map((l) => roles.get(l.to)).find((r) => r === 'customer');
      return parent ? { ...m, role: 'customer', evidence: [...m.evidence, 'linked to customers'] } : m;
    });
    changed = next.some((m, i) => m.role !== current[i]!.role);
    current = next;
  }
  return current;
}

/** The data map in the shape `discover --json` prints: tables and columns with categories. */
export function scoreShape(map: DataMap): {
  readonly tables: readonly {
    source: string;
    database: string;
    table: string;
    isCustomerTable: boolean;
    subjectKey: string | null;
    linksTo: { column: string; to: string } | null;
  }[];
  readonly columns: readonly {
    source: string;
    database: string;
    table: string;
    column: string;
    category: FieldCategory | null;
    sensitive: boolean;
  }[];
} {
  return {
    tables: map.datasets.map((d) => {
      const link = d.links.find((l) => l.columns.length === 1);
      const to = link ? `${link.to.slice(link.to.indexOf('/') + 1)}.${link.toColumns[0]}` : null;
      return {
        source: d.source,
        database: d.source,
        table: d.dataset,
        isCustomerTable: d.role === 'customer',
        subjectKey: d.subjectKey,
        linksTo: link && to ? { column: link.columns[0]!, to } : null,
      };
    }),
    columns: map.datasets.flatMap((d) =>
      d.fields
        .filter((f) => f.category !== null)
        .map((f) => ({
          source: d.source,
          database: d.source,
          table: d.dataset,
          column: f.name,
          category: f.category,
          sensitive: f.sensitivity === 'sensitive',
        })),
    ),
  };
}
