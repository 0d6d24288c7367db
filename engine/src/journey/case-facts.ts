// SPDX-License-Identifier: Apache-2.0
import { applicable } from '../decide/law/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { Rule } from '../model/law.ts';
import { caseRules, keepPack, rulesWith } from './case-rules.ts';
import { type CaseContext, entry, today } from './context.ts';
import { JourneyError } from './error.ts';
import type { NewEntry } from './ports.ts';

/** Gates that a change of facts or rules closes again: what was planned, signed and told rested on the old ones. */
const RESTING = ['planned', 'approved', 'notified', 'archived'] as const;

/** Facts of the case are set or corrected; a plan made before is void. Throws JourneyError `already-executed`. */
export async function changeFacts(
  ctx: CaseContext,
  change: Partial<CaseFacts>,
  entries: readonly NewEntry[] = [],
  why = 'facts-changed',
): Promise<void> {
  const { facts } = await ctx.store.record();
  const next = { ...facts, ...change };
  if (JSON.stringify(next) === JSON.stringify(facts)) return;
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  await voidFrom(ctx, why);
  await ctx.store.saveFacts(next, entries);
}

/** What was planned and signed no longer holds. Before the change itself: whoever dies in between leaves a void plan, not one on old facts. */
export async function voidFrom(ctx: CaseContext, why: string): Promise<void> {
  await ctx.store.voidPlan(why);
  await ctx.store.clearGates(RESTING);
}

/** One or many rules that Legal confirms or refuses for this case, and on what ground. */
export interface RuleVerdict {
  readonly rules: readonly string[];
  readonly verdict: 'confirmed' | 'refused';
  /** Label of the officer of Legal. */
  readonly by: string;
  readonly why?: string;
  /** What the officer read: a gazette, an official page, an opinion. */
  readonly source?: string;
}

/**
 * Legal decides on rules in one step; a plan made before is void. Throws JourneyError `unknown-officer` when it is not Legal that speaks,
 * `unknown-rule` naming the first id that no pack has; then nothing is changed.
 */
export async function decideRules(ctx: CaseContext, { rules: ids, verdict, by, why, source }: RuleVerdict): Promise<void> {
  const officer = (await ctx.store.officers()).find((o) => o.label === by);
  if (!officer || officer.department !== 'legal') throw new JourneyError('unknown-officer', by);
  const known = new Set(caseRules(ctx).map((r) => r.id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new JourneyError('unknown-rule', unknown);
  const { facts } = await ctx.store.record();
  const without = {
    confirmed: facts.confirmed.filter((id) => !ids.includes(id)),
    refused: facts.refused.filter((id) => !ids.includes(id)),
  };
  const ground = { ...(why ? { why } : {}), ...(source ? { source } : {}) };
  const told = [entry(ctx, 'rule.confirmed', { rules: [...ids], verdict, officer: officer.id, ...ground })];
  await changeFacts(ctx, { ...without, [verdict]: [...without[verdict], ...ids] }, told, 'rules-changed');
}

/** A pack of the case's own is added, or replaced by its name; a plan made before is void. Throws LawError; then nothing is changed. */
export async function addPack(ctx: CaseContext, name: string, pack: readonly unknown[]): Promise<readonly Rule[]> {
  const { own } = rulesWith(ctx, name, pack);
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  await voidFrom(ctx, 'rules-changed');
  keepPack(ctx, name, own);
  return own;
}

/** Conditions that nobody has answered and that some rule on the case's records asks for, with the rules that wait for them. */
export async function openConditions(
  ctx: CaseContext,
): Promise<readonly { readonly condition: string; readonly rules: readonly string[] }[]> {
  const { facts } = await ctx.store.record();
  const classes = new Set((await ctx.store.dataMap())?.map.datasets.map((d) => d.recordClass) ?? []);
  const asked = new Map<string, Set<string>>();
  for (const recordClass of classes) {
    const { unknownConditions } = applicable(caseRules(ctx), { facts, recordClass, day: today(ctx), minor: null });
    for (const { rule, conditions } of unknownConditions.filter((u) => u.rule.effect === 'retain' && u.rule.decides !== 'info'))
      for (const condition of conditions.flatMap((c) => c.split('|')))
        asked.set(condition, (asked.get(condition) ?? new Set()).add(rule.id));
  }
  return [...asked]
    .map(([condition, rules]) => ({ condition, rules: [...rules] }))
    .toSorted((a, b) => (a.condition < b.condition ? -1 : 1));
}
