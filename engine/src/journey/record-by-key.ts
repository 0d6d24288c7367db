// SPDX-License-Identifier: Apache-2.0
import { type Inventory, SEALED, decodeKey } from '../find/inventory/index.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';

/**
 * The inventory number of a record named `dataset:key` (`dataset:key,key`). A key in clear is looked up; one that is stored encrypted, each
 * time otherwise, must be opened to be compared. Throws JourneyError `unknown-record`.
 */
export async function findByKey(ctx: CaseContext, inventory: Inventory, record: string): Promise<number> {
  const at = record.lastIndexOf(':');
  const dataset = record.slice(0, at);
  const key = JSON.stringify(record.slice(at + 1).split(','));
  for await (const { idx } of inventory.query<{ idx: number }>('SELECT idx FROM records WHERE dataset = $1 AND key = $2', [dataset, key]))
    return idx;
  const sealed = 'SELECT idx, key FROM records WHERE dataset = $1 AND contains(key, $2)';
  for await (const row of inventory.query<{ idx: number; key: string }>(sealed, [dataset, SEALED]))
    if (JSON.stringify(decodeKey(row.key, ctx.keys.get('inventory'))) === key) return row.idx;
  throw new JourneyError('unknown-record', record);
}
