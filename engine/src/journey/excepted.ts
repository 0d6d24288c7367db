// SPDX-License-Identifier: Apache-2.0
import { laterHolds } from '../decide/approve/index.ts';
import type { CaseFacts, HoldOrder } from '../model/case.ts';
import type { CaseContext } from './context.ts';
import { scopeSql } from './hold-scope.ts';
import { bigints } from './sql.ts';

/** Who and what was taken out of destruction after the plan was made: subjects by objection and correction, records by holds. */
export interface Excepted {
  readonly subjects: readonly number[];
  readonly holds: readonly HoldOrder[];
}

export async function excepted(ctx: Pick<CaseContext, 'store'>): Promise<Excepted> {
  const planned = (await ctx.store.plan())?.body['parts'] as { facts: CaseFacts } | undefined;
  const { facts } = await ctx.store.record();
  return {
    subjects: (await ctx.store.exceptions()).map((e) => e.subject),
    holds: planned === undefined ? [] : laterHolds(planned.facts.holds, facts.holds),
  };
}

/** Whether a record is taken out of destruction: an exception of any subject that it belongs to does, and a later hold on it. `idx` is the column. */
export function isHeld({ subjects, holds }: Excepted, idx: string): string {
  const conditions = [
    ...(subjects.length === 0 ? [] : [`${idx} IN (SELECT idx FROM subjects WHERE list_contains(${bigints(subjects)}, subject))`]),
    ...(holds.length === 0 ? [] : [`${idx} IN (SELECT r.idx FROM records r WHERE ${holds.map((h) => `(${scopeSql(h)})`).join(' OR ')})`]),
  ];
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}
