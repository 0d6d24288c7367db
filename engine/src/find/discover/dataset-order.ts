// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../model/data-map.ts';

/**
 * The stages in which datasets can be erased: every dataset comes before those it points to by a declared foreign key.
 * Datasets that point to each other in a circle come last, in one stage.
 */
export function datasetOrder(maps: readonly DatasetMap[]): DatasetMap[][] {
  const left = new Set(maps);
  const stages: DatasetMap[][] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      (map) => ![...left].some((child) => child !== map && child.links.some((l) => l.evidence === 'foreign-key' && l.to === map.id)),
    );
    const stage = free.length > 0 ? free : [...left];
    stages.push(stage);
    for (const map of stage) left.delete(map);
  }
  return stages;
}
