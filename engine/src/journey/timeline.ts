// SPDX-License-Identifier: Apache-2.0
import { applicable } from '../decide/law/index.ts';
import { type AskLaw, ENTERED_DAYS, compileTimeline } from '../decide/timeline/index.ts';
import { isDay, legalDay } from '../kit/index.ts';
import type { CaseFacts, Gate } from '../model/case.ts';
import type { Rule } from '../model/law.ts';
import type { DayName, DueLine, StepId, Timeline, TimelineDays } from '../model/timeline.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, today } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';
import type { ObjectionPeriod } from './tell.ts';

const REPORT = 'timeline-days';

/** Steps whose day a gate of the case knows. */
const BY_GATE: Readonly<Partial<Record<Gate, StepId>>> = { approved: 'plan-approved', notified: 'notices-sent', verified: 'disposal' };

/** Names under which a day of the wind-down can be entered. */
export const timelineDayNames: readonly string[] = ENTERED_DAYS.filter((name) => name !== 'dissolution' && name !== 'objections-until');

/**
 * Days of the wind-down as people entered them, with those that the case knows itself. Entering one changes no plan: the law of the
 * records asks for facts of the case, not for these.
 */
export async function timelineDays(ctx: CaseContext): Promise<TimelineDays> {
  const { facts } = await ctx.store.record();
  const gates = await ctx.store.gates();
  const known: Partial<Record<DayName, string>> = {};
  if (facts.dissolution !== null) known.dissolution = facts.dissolution;
  if (facts.successor?.noticeSentOn) known['successor-told'] = facts.successor.noticeSentOn;
  for (const [gate, step] of Object.entries(BY_GATE)) {
    const passed = gates.get(gate as Gate);
    // A gate is passed at the machine's time; on an injected clock that may be a day that has not come.
    const day = passed ? legalDay(new Date(passed.at)) : null;
    if (day !== null && day <= today(ctx)) known[step] = day;
  }
  const objections = await ctx.store.report<ObjectionPeriod>('objections');
  if (objections) known['objections-until'] = objections.until;
  return { ...known, ...(await ctx.store.report<TimelineDays>(REPORT)) };
}

/** Enters days, or takes one away with null. Throws JourneyError `unknown-day` naming the first that is no such name or no day; then nothing changes. */
export async function setTimelineDays(ctx: CaseContext, changes: Readonly<Record<string, string | null>>): Promise<void> {
  const wrong = Object.entries(changes).find(
    ([name, day]) => !timelineDayNames.includes(name) || (day !== null && (!isDay(day) || day < '1980-01-01' || day > '2199-12-31')),
  );
  if (wrong) throw new JourneyError('unknown-day', `${wrong[0]}=${wrong[1] ?? ''}`);
  const days = { ...(await ctx.store.report<TimelineDays>(REPORT)), ...changes };
  await ctx.store.saveReport(REPORT, Object.fromEntries(Object.entries(days).filter(([, day]) => day !== null)), []);
}

/** The wind-down's statutory dates on the case's legal day, or on another that is given. */
export async function windDownTimeline(ctx: CaseContext, day = today(ctx)): Promise<Timeline> {
  const { facts } = await ctx.store.record();
  const passed = await ctx.store.gates();
  const classes = new Set((await ctx.store.dataMap())?.map.datasets.filter((d) => d.rows > 0).map((d) => d.recordClass));
  const held = (['important-data', 'biometric'] as const).filter((c) => classes.has(c));
  return compileTimeline({
    route: facts.route,
    today: day,
    days: await timelineDays(ctx),
    done: new Set<StepId>([
      ...(facts.reported?.includes('ndsr-32') ? (['regulator-told'] as const) : []),
      ...Object.entries(BY_GATE).flatMap(([gate, step]) => {
        const at = passed.get(gate as Gate)?.at;
        return at !== undefined && (day === today(ctx) || legalDay(new Date(at)) <= day) ? [step] : [];
      }),
    ]),
    law: lawOf(caseRules(ctx), { ...facts, conditions: [...facts.conditions, ...held] }),
  });
}

/** The provisions of a case's packs by name without version: the one of the day, unless Legal refused it or it is not about this company. */
export function lawOf(rules: readonly Rule[], facts: CaseFacts): AskLaw {
  return (id, day) => {
    const versions = rules.filter((r) => r.id === id || r.id.startsWith(`${id}@`)).filter((r) => !facts.refused.includes(r.id));
    for (const rule of versions) {
      // Asked of the company, not of one class of records: a condition that a class would answer stays a question.
      const ofCompany = { ...rule, recordClasses: ['any-pi' as const] };
      const { applies, unknownConditions } = applicable([ofCompany], { facts, recordClass: 'any-pi', day, minor: null });
      if (applies.length > 0) return { rule, asks: [] };
      if (unknownConditions.length > 0) return { rule, asks: unknownConditions[0]!.conditions };
    }
    return null;
  };
}

/** What becomes due when, for `years` years from the legal day. Throws JourneyError `not-planned`. */
export async function dueForDestruction(ctx: CaseContext, years = 30): Promise<readonly DueLine[]> {
  if ((await ctx.store.segments('plan')).length === 0) throw new JourneyError('not-planned');
  const inventory = await openCaseInventory(ctx);
  try {
    const out: DueLine[] = [];
    const sql = `SELECT CAST(year(until + 1) AS INTEGER) AS year, rules, count(*) AS records, CAST(min(until + 1) AS VARCHAR) AS first, CAST(max(until + 1) AS VARCHAR) AS last
      FROM plan WHERE disposition = 'archive' AND until IS NOT NULL AND until < CAST($1 AS DATE) + to_years(${Math.trunc(years)}) GROUP BY ALL ORDER BY first, rules`;
    for await (const row of inventory.query<DueLine>(sql, [today(ctx)])) out.push(row);
    return out;
  } finally {
    await inventory.close();
  }
}
