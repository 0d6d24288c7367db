// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { DataMap, DatasetMap } from '../../model/data-map.ts';

export interface ScoreShape {
  readonly tables: readonly {
    readonly source: string;
    readonly database: string;
    readonly table: string;
    readonly isCustomerTable: boolean;
    readonly subjectKey: string | null;
    readonly linksTo: { readonly column: string; readonly to: string } | null;
  }[];
  readonly columns: readonly {
    readonly source: string;
    readonly database: string;
    readonly table: string;
    readonly column: string;
    readonly category: FieldCategory | null;
    readonly sensitive: boolean;
  }[];
}

/**
 * The data map in the shape `discover --json` prints: tables and columns with categories. `databaseOf` says which database a source is;
 * without it the source's own name stands there.
 */
export function scoreShape(map: DataMap, databaseOf: (d: DatasetMap) => string = (d) => d.source): ScoreShape {
  const roles = new Map(map.datasets.map((d) => [d.id, d.role]));
  return {
    tables: map.datasets.map((d) => ({
      source: d.source,
      database: databaseOf(d),
      table: d.dataset,
      isCustomerTable: d.role === 'customer',
      subjectKey: d.subjectKey,
      linksTo: linkOf(d, roles),
    })),
    columns: map.datasets.flatMap((d) =>
      d.fields
        .filter((f) => f.category !== null)
        .map((f) => ({
          source: d.source,
          database: databaseOf(d),
          table: d.dataset,
          column: f.name,
          category: f.category,
          sensitive: f.sensitivity === 'sensitive',
        })),
    ),
  };
}

/** Links come with the subject's first; one to a dataset of nobody is not shown for people's rows. */
function linkOf(d: DatasetMap, roles: ReadonlyMap<string, DatasetMap['role']>): { column: string; to: string } | null {
  const link =
    d.links.find((l) => l.columns.length === 1 && roles.get(l.to) === d.role) ??
    (d.role === 'none' ? d.links.find((l) => l.columns.length === 1) : undefined);
  return link ? { column: link.columns[0]!, to: `${link.to.slice(link.to.indexOf('/') + 1)}.${link.toColumns[0]}` } : null;
}
