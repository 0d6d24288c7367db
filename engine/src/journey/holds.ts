// SPDX-License-Identifier: Apache-2.0
import { holdItems, standingHolds } from '../decide/approve/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { CaseFacts, HoldOrder } from '../model/case.ts';
import type { OpenItem } from '../model/open-item.ts';
import { approvals } from './approve.ts';
import { changeFacts } from './case-facts.ts';
import { type CaseContext, entry, today } from './context.ts';
import { JourneyError } from './error.ts';
import { recordNumber } from './find-record.ts';
import { openCaseInventory } from './open-inventory.ts';
import { type RecordRef, recordRef, subjectsOf } from './subject-facts.ts';

/** A hold as it is entered; `record` names a record of the customer whom it protects, by inventory number or `dataset:key`. */
export type NewHold = Omit<HoldOrder, 'about' | 'released'> & { readonly record?: string };

/**
 * A hold is entered. Under a plan that somebody has signed and that did not know the matter, it takes its records out of destruction at once and the
 * signatures stay good; else the plan is void. Throws JourneyError `hold-on-nobody` without a scope that can be found, `unknown-officer`
 * when another than Legal approves it, `unknown-record`, `already-executed`.
 */
export async function addHold(ctx: CaseContext, { record, ...asked }: NewHold): Promise<void> {
  const { matter, approvedBy, dataset, subject, from, to } = asked;
  if ([record, subject, dataset, from, to].every((x) => x === undefined)) throw new JourneyError('hold-on-nobody', matter);
  if (approvedBy !== null) await legalOfficer(ctx, approvedBy);
  const map = await ctx.store.dataMap();
  if (dataset !== undefined && map && !map.map.datasets.some((d) => d.id === dataset))
    throw new JourneyError('hold-on-nobody', `${matter}: ${dataset}`);
  const hold: HoldOrder =
    record === undefined && subject === undefined ? asked : { ...asked, ...(await protectedSubject(ctx, asked, record)) };
  const { facts } = await ctx.store.record();
  const others = (facts.holds ?? []).filter((h) => h.matter !== matter);
  const holds = [...others, hold];
  const told = [entry(ctx, 'hold.changed', { action: 'added', ...hold })];
  const plan = await ctx.store.plan();
  const known = (plan?.body['parts'] as { facts: CaseFacts } | undefined)?.facts.holds ?? [];
  // Before anybody has signed there is nothing to spare: the plan is made again and decides the hold itself.
  const stands = plan?.voidReason === null && (await ctx.store.gates()).has('planned') && (await approvals(ctx, plan)).counted.length > 0;
  if (!stands || others.length < (facts.holds ?? []).length || known.some((h) => h.matter === matter))
    return changeFacts(ctx, { holds }, told, 'holds-changed');
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  await ctx.store.saveFacts({ ...facts, holds }, told);
}

/**
 * Legal says that the matter is over; the plan is void, so nothing is freed before a new plan is made and signed. The hold stays written.
 * Throws JourneyError `hold-on-nobody` when no such hold stands, `unknown-officer` when it is not Legal, `hold-without-reason`, `already-executed`.
 */
export async function releaseHold(ctx: CaseContext, matter: string, { by, reason }: { by: string; reason: string }): Promise<void> {
  await legalOfficer(ctx, by);
  if (reason.trim() === '') throw new JourneyError('hold-without-reason', matter);
  const { facts } = await ctx.store.record();
  if (!standingHolds(facts.holds).some((h) => h.matter === matter)) throw new JourneyError('hold-on-nobody', matter);
  const released = { by, on: today(ctx), reason: reason.trim() };
  const holds = facts.holds!.map((h) => (h.matter === matter ? { ...h, released } : h));
  await changeFacts(ctx, { holds }, [entry(ctx, 'hold.changed', { action: 'released', matter, ...released })], 'holds-changed');
}

/** Every hold of the case, also those that were released, and what Legal must see to. */
export async function listHolds(ctx: CaseContext): Promise<{ readonly holds: readonly HoldOrder[]; readonly due: readonly OpenItem[] }> {
  const { facts } = await ctx.store.record();
  return { holds: facts.holds ?? [], due: holdItems(facts.holds, today(ctx)) };
}

/**
 * Holds with the present numbers of the subjects whom they protect. A subject that cannot be found any more is an open item that keeps the
 * approval shut: a hold that protects nobody by accident would let somebody be destroyed.
 */
export async function resolveHolds(
  ctx: CaseContext,
  inventory: Inventory,
  holds: readonly HoldOrder[],
): Promise<{ readonly holds: readonly HoldOrder[]; readonly lost: readonly OpenItem[] }> {
  const refs = standingHolds(holds).flatMap((h) => h.about ?? []);
  const behind = await subjectsOf(ctx, inventory, refs);
  const lost: OpenItem[] = [];
  const resolved = holds.map((h) => {
    if (h.about === undefined || h.released !== undefined) return h;
    const [subject, ...others] = behind.get(h.about.recordKey)!;
    if (subject !== undefined && others.length === 0) return { ...h, subject };
    lost.push({
      kind: 'hold-lost',
      owner: 'legal',
      source: null,
      dataset: h.about.dataset,
      field: null,
      count: 1,
      examples: [],
      detail: h.matter,
    });
    return h;
  });
  return { holds: resolved, lost };
}

async function protectedSubject(
  ctx: CaseContext,
  asked: HoldOrder,
  record: string | undefined,
): Promise<{ subject: number; about: RecordRef }> {
  if (!(await ctx.store.gates()).has('inventoried')) throw new JourneyError('hold-on-nobody', asked.matter);
  const inventory = await openCaseInventory(ctx);
  try {
    const index = record === undefined ? await firstRecord(inventory, asked.subject!) : await recordNumber(ctx, inventory, record);
    if (index === null) throw new JourneyError('hold-on-nobody', asked.matter);
    const { subjects, dataset, recordKey } = await recordRef(ctx, inventory, index);
    const [subject, ...others] = subjects;
    if (subject === undefined || others.length > 0) throw new JourneyError('hold-on-nobody', asked.matter);
    return { subject, about: { dataset, recordKey } };
  } finally {
    await inventory.close();
  }
}

/** A record that belongs to the subject alone, the first there is. */
async function firstRecord(inventory: Inventory, subject: number): Promise<number | null> {
  const sql =
    'SELECT min(idx) AS idx FROM subjects WHERE subject = $1 AND idx NOT IN (SELECT idx FROM subjects GROUP BY idx HAVING count(*) > 1)';
  for await (const row of inventory.query<{ idx: number | null }>(sql, [subject])) return row.idx;
  return null;
}

async function legalOfficer(ctx: CaseContext, label: string): Promise<void> {
  const officer = (await ctx.store.officers()).find((o) => o.label === label);
  if (officer?.department !== 'legal') throw new JourneyError('unknown-officer', label);
}
