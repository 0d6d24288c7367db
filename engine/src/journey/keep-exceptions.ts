// SPDX-License-Identifier: Apache-2.0
import type { OpenItem } from '../model/open-item.ts';
import type { CaseContext } from './context.ts';
import { firstRecord } from './holds.ts';
import { openCaseInventory } from './case-inventory.ts';
import { type RecordRef, recordRef, subjectsOf } from './subject-facts.ts';

/*
 * An exception names a subject by its number, and the next inventory numbers subjects anew. Who objected must not be taken for somebody
 * else: before an inventory is dropped a record of each such subject is remembered, and afterwards the subject is looked up by it.
 */
interface Remembered {
  /** True until the exceptions carry the numbers of the new inventory. */
  readonly pending: boolean;
  readonly items: readonly { readonly reason: string; readonly record: RecordRef | null }[];
}
const REPORT = 'exceptions-before';

/** Before an inventory is dropped. What an interrupted run remembered is kept: the numbers of now may be of no inventory any more. */
export async function rememberExceptions(ctx: CaseContext): Promise<void> {
  const exceptions = await ctx.store.exceptions();
  if (exceptions.length === 0 || (await ctx.store.report<Remembered>(REPORT))?.pending === true) return;
  const inventory = await openCaseInventory(ctx);
  try {
    const items: Remembered['items'][number][] = [];
    for (const { subject, reason } of exceptions) {
      const index = await firstRecord(inventory, subject);
      const ref = index === null ? null : await recordRef(ctx, inventory, index);
      items.push({ reason, record: ref && { dataset: ref.dataset, recordKey: ref.recordKey } });
    }
    await ctx.store.saveReport(REPORT, { pending: true, items }, []);
  } finally {
    await inventory.close();
  }
}

/** Once subjects are known again. One that cannot be found is an open item that keeps the approval shut. */
export async function restoreExceptions(ctx: CaseContext): Promise<void> {
  const remembered = await ctx.store.report<Remembered>(REPORT);
  if (remembered?.pending !== true) return;
  const inventory = await openCaseInventory(ctx);
  try {
    const behind = await subjectsOf(
      ctx,
      inventory,
      remembered.items.flatMap((i) => i.record ?? []),
    );
    const found = new Map<number, string>();
    const lost: OpenItem[] = [];
    for (const { reason, record } of remembered.items) {
      const subjects = record === null ? [] : [...behind.get(record.recordKey)!];
      for (const subject of subjects) found.set(subject, reason);
      if (subjects.length === 0)
        lost.push({
          kind: 'hold-lost',
          owner: 'legal',
          source: null,
          dataset: record?.dataset ?? null,
          field: null,
          count: 1,
          examples: [],
          detail: reason,
        });
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
