// SPDX-License-Identifier: Apache-2.0
import { cite, remarks, timelineWords } from '../../model/words-timeline.ts';
import type { Block } from './block.ts';
import { latin, number } from './format.ts';
import type { Language, PlanDocument } from './ports.ts';
import { fill } from './words.ts';
import type { Words } from './words-zh.ts';

/** Annex: the wind-down's dates as they stand on the day the plan judges, and when the archives become due. */
export function timelineBlocks(doc: PlanDocument, words: Words, lang: Language): Block[] {
  if (!doc.timeline) return [];
  const { timeline, due } = doc.timeline;
  const w = timelineWords(lang);
  const { columns } = w;
  const text = (s: string) => (lang === 'zh' ? s : latin(s));
  const notes = [
    ...(timeline.counting ? [fill(w.counting, { rule: `${cite(timeline.counting, lang)} ${summary(timeline.counting, lang)}` })] : []),
    ...(timeline.unpublished.length > 0 ? [fill(w.unpublished, { years: timeline.unpublished.join(w.comma) })] : []),
    w.disclaimer,
  ];
  return [
    { kind: 'heading', text: `${w.annex} ${w.title}` },
    { kind: 'text', text: fill(w.asOf, { route: words.routes[timeline.route], day: timeline.today }) },
    {
      kind: 'table',
      columns: [
        { title: columns.step, width: 2.2 },
        { title: columns.earliest, width: 0 },
        { title: columns.latest, width: 0 },
        { title: columns.owner, width: 0 },
        { title: columns.basis, width: 2.4 },
        { title: columns.note, width: 2.8 },
      ],
      rows: timeline.steps.map((s) => [
        w.days[s.id],
        s.earliest ?? '—',
        s.latest ?? '—',
        words.departments[s.owner],
        text(s.rules.length === 0 ? w.productOrder : s.rules.map((r) => `${cite(r, lang)} (${w.checked[r.checked]})`).join(w.stop)),
        text([w.states[s.state], remarks(s, lang)].filter(Boolean).join(w.stop)),
      ]),
    },
    { kind: 'note', text: text(notes.join(words.space)) },
    ...(due === null || due.length === 0
      ? []
      : [
          { kind: 'text' as const, text: w.dueTitle },
          {
            kind: 'table' as const,
            columns: [
              { title: w.due.year, width: 0 },
              { title: w.due.rules, width: 3, code: true },
              { title: w.due.records, width: 1, align: 'right' as const },
              { title: w.due.first, width: 0 },
              { title: w.due.last, width: 0 },
            ],
            rows: due.map((d) => [String(d.year), d.rules.replaceAll(',', ' '), number(d.records), d.first, d.last]),
          },
        ]),
  ];
}

const summary = (rule: { summaryZh: string; summaryEn: string }, lang: Language) => (lang === 'zh' ? rule.summaryZh : rule.summaryEn);
