// SPDX-License-Identifier: Apache-2.0
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';

/** The inventory number of a record named `dataset:key` (`dataset:key,key`). Throws JourneyError `unknown-record`. */
export async function findByKey(ctx: CaseContext, inventory: Inventory, record: string): Promise<number> {
  const at = record.lastIndexOf(':');
  const key = JSON.stringify(record.slice(at + 1).split(','));
  for await (const row of inventory.query<{ idx: number; key: string }>('SELECT idx, key FROM records WHERE dataset = $1', [
    record.slice(0, at),
  ])) {
    if (JSON.stringify(decodeKey(row.key, ctx.keys.get('inventory'))) === key) return row.idx;
  }
  throw new JourneyError('unknown-record', record);
}
