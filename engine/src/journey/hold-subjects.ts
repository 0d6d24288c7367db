// SPDX-License-Identifier: Apache-2.0
import type { HoldOrder } from '../model/case.ts';
import type { CaseContext } from './context.ts';
import { withInventory } from './open-inventory.ts';
import { bigints } from './sql.ts';

const REPORT = 'hold-subjects';

/** Records that each hold on a subject protects, while subjects get new numbers; true of the inventory of one data map only. */
interface Protected {
  readonly dataMap: string;
  readonly records: Readonly<Record<string, readonly number[]>>;
}
const NOTHING: Protected = { dataMap: '', records: {} };

/**
 * Holds name subjects by number, and numbers change when subjects are made anew. `remember` writes down whose records are protected; `restore` finds those records'
 * subjects again: where one subject has become several, each is held. A run that died between the two finds the note and restores.
 */
export function holdSubjects(ctx: CaseContext, dataMap: string): { remember(): Promise<void>; restore(): Promise<void> } {
  return {
    async remember() {
      const holds = ((await ctx.store.record()).facts.holds ?? []).filter((h) => h.subject !== undefined);
      if (holds.length === 0) return;
      const out: Record<string, number[]> = {};
      await withInventory(ctx, async (inventory) => {
        for (const hold of holds) {
          out[hold.matter] = [];
          for await (const { idx } of inventory.query<{ idx: number }>('SELECT idx FROM subjects WHERE subject = $1 ORDER BY idx', [
            hold.subject!,
          ]))
            out[hold.matter]!.push(idx);
        }
      });
      await ctx.store.saveReport(REPORT, { dataMap, records: out } satisfies Protected, []);
    },
    async restore() {
      const noted = (await ctx.store.report<Protected>(REPORT)) ?? NOTHING;
      if (noted.dataMap !== dataMap) return;
      const { facts } = await ctx.store.record();
      const moved: HoldOrder[] = [];
      await withInventory(ctx, async (inventory) => {
        for (const hold of facts.holds ?? []) {
          const records = noted.records[hold.matter];
          if (hold.subject === undefined || records === undefined) {
            moved.push(hold);
            continue;
          }
          const subjects: number[] = [];
          const sql = `SELECT DISTINCT subject FROM subjects WHERE subject IS NOT NULL AND list_contains(${bigints(records)}, idx) ORDER BY subject`;
          for await (const row of inventory.query<{ subject: number }>(sql)) subjects.push(row.subject);
          for (const [n, subject] of subjects.entries())
            moved.push({ ...hold, subject, matter: n === 0 ? hold.matter : `${hold.matter} (${n + 1})` });
        }
      });
      await ctx.store.saveFacts({ ...facts, holds: moved }, []);
      await ctx.store.saveReport(REPORT, NOTHING, []);
    },
  };
}
