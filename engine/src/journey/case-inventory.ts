// SPDX-License-Identifier: Apache-2.0
import { type Inventory, openInventory } from '../find/inventory/index.ts';
import { type CaseContext, folders } from './context.ts';

/** The inventory of a case over all its committed segments. */
export async function openCaseInventory(ctx: CaseContext): Promise<Inventory> {
  const segments = await ctx.store.segments();
  return openInventory({
    folder: folders(ctx).inventory,
    segments: segments.map((s) => ({ kind: s.kind, path: s.path })),
    memoryLimit: '600MB',
    threads: 2,
    tempFolder: folders(ctx).temp,
  });
}
