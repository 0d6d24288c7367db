// SPDX-License-Identifier: Apache-2.0
import type { OpenItem } from '../model/open-item.ts';
import type { CaseContext } from './context.ts';
import { type Inventory, openCaseInventory } from './open-inventory.ts';
import { type RecordRef, recordRef, subjectsOf } from './subject-facts.ts';

/*
 * An exception names a subject by its number, and the next inventory numbers subjects anew. Who objected must not be taken for somebody
 * else: before an inventory is dropped a record of each such subject is remembered, and afterwards the subject is looked up by it.
 */
interface Remembered {
  /** True until the exceptions carry the numbers of the new inventory. */
  readonly pending: boolean;
  /** Up to `MOST` records of each, for one of them may be gone. */
  readonly items: readonly { readonly reason: string; readonly records: readonly RecordRef[] }[];
}
const REPORT = 'exceptions-before';
const MOST = 20;

/** Before an inventory is dropped. What an interrupted run remembered is kept: the numbers of now may be of no inventory any more. */
export async function rememberExceptions(ctx: CaseContext): Promise<void> {
  const exceptions = await ctx.store.exceptions();
  if (exceptions.length === 0 || (await ctx.store.report<Remembered>(REPORT))?.pending === true) return;
  const inventory = await openCaseInventory(ctx);
  try {
    const items: Remembered['items'][number][] = [];
    for (const { subject, reason } of exceptions) {
      const records: RecordRef[] = [];
      for (const index of await ownRecords(inventory, subject)) {
        const { dataset, recordKey } = await recordRef(ctx, inventory, index);
        records.push({ dataset, recordKey });
      }
      items.push({ reason, records });
    }
    await ctx.store.saveReport(REPORT, { pending: true, items }, []);
  } finally {
    await inventory.close();
  }
}

/** Once subjects are known again. Of whom no record is left nothing can be destroyed; Legal is told. */
export async function restoreExceptions(ctx: CaseContext): Promise<void> {
  const remembered = await ctx.store.report<Remembered>(REPORT);
  if (remembered?.pending !== true) return;
  const inventory = await openCaseInventory(ctx);
  try {
    const refs = remembered.items.flatMap((i) => i.records);
    const behind = await subjectsOf(ctx, inventory, refs);
    const found = new Map<number, string>();
    const lost: OpenItem[] = [];
    for (const { reason, records } of remembered.items) {
      const subjects = records.flatMap((r) => [...behind.get(r.recordKey)!]);
      for (const subject of subjects) found.set(subject, reason);
      if (subjects.length === 0)
        lost.push({ kind: 'objection', owner: 'legal', source: null, dataset: null, field: null, count: 1, examples: [], detail: 'gone' });
    }
    await ctx.store.replaceExceptions(
      [...found].map(([subject, reason]) => ({ subject, reason })),
      ctx.clock.now().toISOString(),
    );
    await ctx.store.replaceOpenItems('exceptions', lost);
    await ctx.store.saveReport(REPORT, { ...remembered, pending: false }, []);
  } finally {
    await inventory.close();
  }
}

/** Records that belong to the subject alone. */
async function ownRecords(inventory: Inventory, subject: number): Promise<readonly number[]> {
  const sql = `SELECT idx FROM subjects WHERE subject = $1 AND idx NOT IN (SELECT idx FROM subjects GROUP BY idx HAVING count(*) > 1)
               ORDER BY idx LIMIT ${MOST}`;
  const out: number[] = [];
  for await (const row of inventory.query<{ idx: number }>(sql, [subject])) out.push(row.idx);
  return out;
}
