// SPDX-License-Identifier: Apache-2.0
import type { Discovered } from '../../../src/find/discover/index.ts';

/** The same database with every table and column called t1, c1, c2 …, without comments and keys to other tables: only values are left. */
export function renamed(found: Discovered): Discovered {
  const columns = new Map<string, string>();
  const called = (dataset: string, column: string) => {
    const key = `${dataset}\n${column}`;
    const known = columns.get(key) ?? `c${columns.size + 1}`;
    columns.set(key, known);
    return known;
  };
  return {
    ...found,
    datasets: found.datasets.map(({ shape, sample }, at) => ({
      sample,
      shape: {
        ...shape,
        dataset: `t${at + 1}`,
        comment: null,
        foreignKeys: [],
        columns: shape.columns.map((c) => ({ ...c, name: called(shape.dataset, c.name), comment: null })),
        key: shape.key.map((name) => called(shape.dataset, name)),
      },
    })),
  };
}
