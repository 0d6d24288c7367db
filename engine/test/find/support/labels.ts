// SPDX-License-Identifier: Apache-2.0

/** Labels of one set, as people wrote them: what each column holds, which tables hold customers, what only looks personal. */
export interface Labels {
  readonly columns: readonly ColumnLabel[];
  readonly tables: readonly TableLabel[];
  readonly negatives: ReadonlySet<string>;
}
export interface ColumnLabel {
  readonly key: string;
  readonly categories: readonly string[];
  readonly sensitive: boolean;
  readonly must: boolean;
}
export interface TableLabel {
  readonly key: string;
  readonly customer: boolean;
  /** null = the set does not ask. */
  readonly subjectKey: string | null;
  /** `table.column`; null = any. */
  readonly to: string | null;
}

interface Short {
  readonly databases: readonly string[];
  readonly customers: Readonly<Record<string, readonly [string | null, string | null]>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly negatives: readonly string[];
}
interface Long {
  readonly columns: readonly {
    db: string;
    table: string;
    column: string;
    category: string;
    altCategories: string[];
    sensitive: boolean;
    strength: string;
  }[];
  readonly tables: readonly {
    db: string;
    table: string;
    isCustomerTable: boolean;
    role: string;
    subjectKey: string | null;
    linksTo: { to: string } | null;
  }[];
  readonly hardNegatives: readonly { db: string; table: string; column: string }[];
}

/** Our own labels: `"table.column": "category|other S may"`; several databases: `db/table.column`. */
export function shortLabels(json: string): Labels {
  const labels = JSON.parse(json) as Short;
  return {
    columns: Object.entries(labels.columns).map(([key, said]) => {
      const [categories, ...marks] = said.split(' ');
      return { key: key.toLowerCase(), categories: categories!.split('|'), sensitive: marks.includes('S'), must: !marks.includes('may') };
    }),
    tables: Object.entries(labels.customers).map(([key, [subjectKey, to]]) => ({ key: key.toLowerCase(), customer: true, subjectKey, to })),
    negatives: new Set(labels.negatives.map((n) => n.toLowerCase())),
  };
}

/** Labels of the real databases. */
export function longLabels(json: string): Labels {
  const gt = JSON.parse(json) as Long;
  const many = new Set([...gt.columns, ...gt.tables].map((x) => x.db)).size > 1;
  const key = (x: { db: string; table: string }) => `${many ? `${x.db}/` : ''}${x.table.split('.').at(-1)!}`.toLowerCase();
  return {
    columns: gt.columns.map((c) => ({
      key: `${key(c)}.${c.column.toLowerCase()}`,
      categories: [c.category, ...c.altCategories],
      sensitive: c.sensitive,
      must: c.strength === 'must',
    })),
    tables: gt.tables.map((t) => ({
      key: key(t),
      customer: t.isCustomerTable,
      subjectKey: t.role === 'child' || t.role === 'master' ? t.subjectKey : null,
      to: t.linksTo && !t.linksTo.to.includes('(') ? t.linksTo.to.split('.').slice(-2).join('.') : null,
    })),
    negatives: new Set(gt.hardNegatives.map((n) => `${key(n)}.${n.column.toLowerCase()}`)),
  };
}
