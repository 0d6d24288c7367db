// SPDX-License-Identifier: Apache-2.0
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { findByKey } from './record-by-key.ts';

/** The inventory number of a record, named by it or by `dataset:key`. Throws JourneyError `unknown-record`. */
export async function recordNumber(ctx: CaseContext, inventory: Inventory, record: string): Promise<number> {
  if (/^\d+$/.test(record)) {
    const sql = 'SELECT idx FROM records WHERE idx = $1';
    for await (const row of inventory.query<{ idx: number }>(sql, [Number(record)])) return row.idx;
    throw new JourneyError('unknown-record', record);
  }
  return findByKey(ctx, inventory, record);
}
