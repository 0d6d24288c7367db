// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { DatasetMap } from '../model/data-map.ts';
import { UNREADABLE_DATASET } from '../model/source.ts';
import type { CaseContext } from './context.ts';
import { openCaseInventory } from './inventory.ts';

export function isUnreadable(map: Pick<DatasetMap, 'dataset'>): boolean {
  return map.dataset === UNREADABLE_DATASET;
}

/** Paths of the files and members that the inventory lists as unreadable, by source. Each is a gap already. */
export async function unreadableFiles(
  ctx: CaseContext,
  datasets: readonly DatasetMap[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const out = new Map<string, Set<string>>();
  const maps = datasets.filter(isUnreadable);
  if (maps.length === 0) return out;
  const inventory = await openCaseInventory(ctx);
  try {
    for (const map of maps) out.set(map.source, await pathsOf(ctx, inventory, map));
  } finally {
    await inventory.close();
  }
  return out;
}

async function pathsOf(ctx: CaseContext, inventory: Inventory, map: DatasetMap): Promise<Set<string>> {
  const key = ctx.keys.get('inventory');
  const out = new Set<string>();
  for await (const r of inventory.query<{ key: string }>('SELECT key FROM records WHERE dataset = $1', [map.id]))
    out.add(decodeKey(r.key, key)[0] ?? '');
  return out;
}
