// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../model/data-map.ts';
import { droppedPlaces, isAnonymous } from './anonymous.ts';
import type { Probe } from './ports.ts';

/**
 * How many groups of anonymised rows are so small that a row in them might still be told apart: fewer than `k` rows that agree in
 * every column that stayed (the key, a number that means nothing by itself, left out). Throws VerifyError.
 */
export async function smallGroups(args: { readonly probe: Probe; readonly map: DatasetMap; readonly k: number }): Promise<number> {
  const columns = await args.probe.columns(args.map.dataset);
  const dropped = droppedPlaces(args.map, columns);
  const stays = (args.map.anonymiseTo ?? []).filter((name) => !args.map.key.includes(name)).map((name) => columns.indexOf(name));
  const groups = new Map<string, number>();
  for await (const row of args.probe.rows(args.map.dataset)) {
    if (!isAnonymous(row, dropped)) continue;
    const group = JSON.stringify(stays.map((at) => row[at] ?? null));
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups.values()].filter((size) => size < args.k).length;
}
