// SPDX-License-Identifier: Apache-2.0
import { type Place, placeId } from '../rows/table-store.ts';

/**
 * Rows of one table that point to each other, in layers to be deleted one after the other: InnoDB checks a reference row by row, even
 * inside one statement. `pairs`: ids of [parent, child]. Rows in a circle come last, together; the server will refuse them by name.
 */
export function childrenFirst(places: readonly Place[], pairs: readonly (readonly [string, string])[]): readonly (readonly Place[])[] {
  let left = new Map(places.map((place) => [placeId(place), place]));
  let open = pairs.filter(([parent, child]) => parent !== child && left.has(parent) && left.has(child));
  const layers: (readonly Place[])[] = [];
  while (open.length > 0) {
    const parents = new Set(open.map(([parent]) => parent));
    const free = [...left].filter(([id]) => !parents.has(id));
    if (free.length === 0) break;
    layers.push(free.map(([, place]) => place));
    left = new Map([...left].filter(([id]) => parents.has(id)));
    open = open.filter(([, child]) => left.has(child));
  }
  return left.size === 0 ? layers : [...layers, [...left.values()]];
}
