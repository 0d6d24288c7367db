// SPDX-License-Identifier: Apache-2.0
import { objectionToHold } from '../tell/notify/index.ts';
import { type CaseContext, entry, today } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';
import type { Exception, NewEntry } from './ports.ts';

/** Whether anything may have been destroyed already: then a hold comes too late and Legal must answer. */
export async function executionBegun(ctx: CaseContext): Promise<boolean> {
  return (await ctx.store.chunks()).length > 0;
}

/** The hold of a subject with its evidence, to be written in the caller's transaction. */
export function holdOf(ctx: CaseContext, subject: number, kind: 'objection' | 'correction'): { exception: Exception; entries: NewEntry[] } {
  const exception = objectionToHold({ subject, kind, date: today(ctx) });
  return { exception, entries: [entry(ctx, 'exception.added', { ...exception })] };
}

/**
 * An answer from the customer behind a record: an objection or a correction takes all of that customer's records out of destruction. Behind a document there may be
 * several: which of them spoke, nobody knows, so it counts for each.
 */
export async function object(ctx: CaseContext, index: number, kind: 'objection' | 'correction'): Promise<number> {
  if (await executionBegun(ctx)) throw new JourneyError('already-executed');
  const inventory = await openCaseInventory(ctx);
  try {
    const behind: number[] = [];
    const sql = 'SELECT subject FROM subjects WHERE idx = $1 AND subject IS NOT NULL ORDER BY subject';
    for await (const row of inventory.query<{ subject: number }>(sql, [index])) behind.push(row.subject);
    const [first] = behind;
    if (first === undefined) throw new JourneyError('unknown-record', String(index));
    for (const subject of behind) {
      const { exception, entries } = holdOf(ctx, subject, kind);
      await ctx.store.addException(exception.subject, exception.reason, entries);
    }
    return first;
  } finally {
    await inventory.close();
  }
}
