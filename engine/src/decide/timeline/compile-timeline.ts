// SPDX-License-Identifier: Apache-2.0
import { OUTSIDE_DAYS, STEPS, type StepId, type Timeline, type TimelineStep, citedRule } from '../../model/timeline.ts';
import { type Dates, datesOf } from './dates.ts';
import { DUTIES, type Duty } from './duties.ts';
import type { TimelineQuestion } from './ports.ts';
import { workCalendar } from './working-days.ts';

/**
 * The statutory dates of a wind-down (公司法 229–241, 消保条例 21–22, 电商法 16 …): each step with its first and last day, what it waits for, what it
 * holds up, and the provisions that say so. A fact that is missing is named, never assumed; a length that no row states is not counted.
 * Deadlines that fall on a day off move to the next working day (民法典 203), except in what must be done before another day.
 */
export function compileTimeline(question: TimelineQuestion): Timeline {
  const calendar = workCalendar(question.holidays);
  const duties = DUTIES.filter((d) => d.routes === undefined || d.routes.includes(question.route));
  const dates = datesOf(duties, question, calendar);
  const present = duties.filter((d) => dates(d.id) !== null).toSorted((a, b) => STEPS.indexOf(a.id) - STEPS.indexOf(b.id));
  const bare = present.map((duty) => stepOf(duty, dates(duty.id)!, question));
  const done = new Set(bare.filter((s) => s.state === 'done').map((s) => s.id));
  const here = new Set(bare.map((s) => s.id));
  const needs = new Map(present.map((d) => [d.id, (d.needs ?? []).filter((n) => here.has(n))]));
  const steps = bare.map((step) => ({
    ...step,
    needs: needs.get(step.id)!,
    blockedBy: needs.get(step.id)!.filter((n) => !done.has(n)),
    blocks: step.state === 'done' ? [] : bare.filter((s) => s.state !== 'done' && needs.get(s.id)!.includes(step.id)).map((s) => s.id),
  }));
  const counting = question.law('cc-201', question.today);
  return {
    route: question.route,
    today: question.today,
    steps,
    counting: counting ? citedRule(counting.rule) : null,
    unpublished: [...calendar.asked].toSorted((a, b) => a - b),
  };
}

type Bare = Omit<TimelineStep, 'needs' | 'blockedBy' | 'blocks'>;

function stepOf(duty: Duty, dates: Dates, { today, days, done }: TimelineQuestion): Bare {
  const day = duty.window ? null : (days[duty.id] ?? null);
  const { earliest, latest } = dates;
  const isDone = done.has(duty.id) || (day !== null && day <= today);
  return {
    id: duty.id,
    owner: duty.owner,
    kind: duty.window ? 'window' : 'act',
    state: isDone ? 'done' : stateOf(duty, dates, today),
    earliest,
    latest,
    counted: dates.counted !== latest ? dates.counted : null,
    unit: dates.unit,
    before: duty.before ?? duty.ahead ?? null,
    day,
    late: (day !== null && latest !== null && day > latest) || dates.outside === 'late',
    early: (day !== null && earliest !== null && day < earliest) || dates.outside === 'early',
    waitsFor: isDone ? [] : dates.waitsFor,
    rules: dates.rules.map(citedRule),
    noWording: duty.noWording === true,
  };
}

function stateOf(duty: Duty, { earliest, latest, waitsFor }: Dates, today: string): TimelineStep['state'] {
  if (duty.window) {
    if (waitsFor.length > 0 || latest === null) return 'waiting';
    return today > latest ? 'done' : earliest !== null && today < earliest ? 'ahead' : 'running';
  }
  // A last day that is over counts even where something else about the step is not known.
  if (latest !== null && today > latest && !waitsFor.some((w) => w.startsWith('condition:'))) return 'overdue';
  if (waitsFor.length > 0) return 'waiting';
  return earliest !== null && today < earliest ? 'ahead' : 'due';
}

/** Every name under which a day can be entered: acts and days from outside, never a window. */
export const ENTERED_DAYS: readonly string[] = [
  ...OUTSIDE_DAYS,
  ...STEPS.filter((id: StepId) => !DUTIES.some((d) => d.id === id && d.window)),
];
