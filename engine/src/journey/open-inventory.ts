// SPDX-License-Identifier: Apache-2.0
import { type Inventory, openInventory } from '../find/inventory/index.ts';
import { type CaseContext, folders } from './context.ts';

export type { Inventory };

/** The inventory of a case over all its committed segments. */
export async function openCaseInventory(ctx: CaseContext, threads = 2): Promise<Inventory> {
  const segments = await ctx.store.segments();
  return openInventory({
    folder: folders(ctx).inventory,
    segments: segments.map((s) => ({ kind: s.kind, path: s.path })),
    memoryLimit: '600MB',
    threads,
    tempFolder: folders(ctx).temp,
  });
}

/** Runs `work` over the inventory as it stands in the manifest now. */
export async function withInventory<T>(ctx: CaseContext, work: (inventory: Inventory) => Promise<T>): Promise<T> {
  const inventory = await openCaseInventory(ctx);
  try {
    return await work(inventory);
  } finally {
    await inventory.close();
  }
}
