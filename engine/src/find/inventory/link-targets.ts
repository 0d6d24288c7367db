// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../model/data-map.ts';

/** Name of a set of columns that children point to: `source/dataset(column,…)`. */
export function targetName(dataset: string, columns: readonly string[]): string {
  return `${dataset}(${columns.join(',')})`;
}

/**
 * Every set of columns in a customers' dataset that some link of a customers' dataset points to: what scanDataset takes as `linkedTo`.
 * Links to datasets of nobody (a product, a region) are left out: sharing a product does not make two people one.
 */
export function linkTargets(maps: readonly DatasetMap[]): ReadonlySet<string> {
  const customers = new Set(maps.filter((map) => map.role === 'customer').map((map) => map.id));
  return new Set(
    maps
      .filter((map) => map.role === 'customer')
      .flatMap((map) =>
        map.links.filter((link) => link.owner !== false && customers.has(link.to)).map((link) => targetName(link.to, link.toColumns)),
      ),
  );
}

/** True where a dataset's own key tells its subjects: its rows are customers, not something of theirs, even if two systems' customers point to each other. */
export function keyedBySubject(map: DatasetMap): boolean {
  return map.key.length === 1 && map.key[0] !== '#' && map.key[0] === map.subjectKey;
}

/** Datasets whose rows are subjects by themselves: customers' datasets with a key of their subjects, or that point to no other customers' dataset. */
export function masterDatasets(maps: readonly DatasetMap[]): ReadonlySet<string> {
  const customers = new Set(maps.filter((map) => map.role === 'customer').map((map) => map.id));
  const pointsAway = (map: DatasetMap) => map.links.some((link) => link.owner !== false && link.to !== map.id && customers.has(link.to));
  return new Set(maps.filter((map) => map.role === 'customer' && (keyedBySubject(map) || !pointsAway(map))).map((map) => map.id));
}
