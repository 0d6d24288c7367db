// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { readSealed } from '../kit/index.ts';
import type { FieldCategory } from '../model/category.ts';
import { type CaseContext, folders } from './context.ts';
import { openCaseInventory } from './inventory.ts';
import { documentsAboutOthers } from './document-subjects.ts';
import { excepted, isHeld } from './excepted.ts';

/** Identifiers that are long enough to mean one subject wherever they stand. Names are not: many people share one. */
const SEARCHED: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'phone',
  'id_card',
  'email',
  'passport',
  'foreign_permit',
  'bank_card',
  'wechat_openid',
]);

/** A value of fewer characters (a `1` in a column that was taken for an openid) stands everywhere and means nobody. */
const SHORTEST = 6;

/**
 * The identifiers in clear that no record may still hold once the plan is executed: those of destroyed records, less those that a
 * record that stays holds as well. Read from the sealed erase lists; lives in memory only.
 */
export async function eraseNeedles(ctx: CaseContext): Promise<Set<string>> {
  const gone = new Set<string>();
  const staying = new Set<string>();
  const { stays, foreign } = await sorted(ctx);
  const key = ctx.keys.get('erase-list');
  for (const { path } of await ctx.store.segments('erase-list')) {
    for (const line of readSealed(join(folders(ctx).inventory, path), key) as Iterable<{ i: number; c: FieldCategory; v: string }>) {
      if (!SEARCHED.has(line.c) || line.v.length < SHORTEST || foreign.has(line.i)) continue;
      (stays.has(line.i) ? staying : gone).add(line.v);
    }
  }
  for (const value of staying) gone.delete(value);
  return gone;
}

/** Records that stay where they are by plan, exception, or because executing them did not work; and documents that say nothing of their own. */
async function sorted(ctx: CaseContext): Promise<{ stays: ReadonlySet<number>; foreign: ReadonlySet<number> }> {
  const held = await excepted(ctx);
  const out = new Set<number>();
  let foreign: ReadonlySet<number>;
  const inventory = await openCaseInventory(ctx);
  try {
    foreign = await documentsAboutOthers(inventory, (await ctx.store.dataMap())!.map);
    const sql = `SELECT p.idx AS idx FROM plan p WHERE p.disposition NOT IN ('delete', 'anonymise', 'archive') OR ${isHeld(held, 'p.idx')}`;
    for await (const r of inventory.query<{ idx: number }>(sql)) out.add(r.idx);
  } finally {
    await inventory.close();
  }
  for (const chunk of await ctx.store.chunks())
    for (const e of chunk.exceptions) if (e.outcome === 'drifted' || e.outcome === 'blocked' || e.outcome === 'refused') out.add(e.index);
  return { stays: out, foreign };
}
