// SPDX-License-Identifier: Apache-2.0
import { writeDurable } from '../kit/index.ts';
import { basisLine, remarks, timelineWords } from '../model/words-timeline.ts';
import { type CalendarEvent, renderCalendar } from '../tell/documents/index.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { dueForDestruction, windDownTimeline } from './timeline.ts';

const YEARS = 30;

/**
 * Writes the timeline as an iCalendar file: the last day of every step that is not done, else its planned or first day, and the days on
 * which archives become due. Case code, steps and provisions; no company and no person.
 */
export async function writeTimelineCalendar(ctx: CaseContext, lang: 'zh' | 'en', file: string): Promise<{ file: string; events: number }> {
  const words = timelineWords(lang);
  const { steps } = await windDownTimeline(ctx);
  const uid = (name: string) => `${name}@${ctx.store.caseId}.shanhou.invalid`;
  const events: CalendarEvent[] = steps.flatMap((step) => {
    const day = step.latest ?? step.day ?? step.earliest;
    if (day === null || step.state === 'done') return [];
    const edge = step.latest !== null ? words.columns.latest : step.day !== null ? '' : words.columns.earliest;
    const basis = step.rules.map((r) => basisLine(r, lang));
    return [
      {
        id: uid(step.id),
        day,
        title: `${ctx.code} ${words.days[step.id]}${edge && ` (${edge})`}`,
        description: [remarks(step, lang), ...(basis.length > 0 ? basis : [words.productOrder]), words.disclaimer]
          .filter(Boolean)
          .join('\n'),
      },
    ];
  });
  const due = await dueForDestruction(ctx, YEARS).catch((error: unknown) => {
    if (error instanceof JourneyError && error.code === 'not-planned') return [];
    throw error;
  });
  for (const d of due)
    events.push({
      id: uid(`due-${d.year}-${d.rules.replaceAll(/[^a-z0-9.@-]+/g, '_')}`),
      day: d.first,
      title: `${ctx.code} ${words.dueTitle} (${d.rules})`,
      description: `${d.records.toLocaleString('en-US')} · ${d.first} — ${d.last}`,
    });
  writeDurable(
    file,
    Buffer.from(renderCalendar({ name: `${words.title} ${ctx.code}`, stamp: ctx.clock.now().toISOString(), lang, events })),
  );
  return { file, events: events.length };
}
