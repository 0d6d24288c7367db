// SPDX-License-Identifier: Apache-2.0
import type { Due } from '../../journey/index.ts';
import type { DayName, Timeline, TimelineStep } from '../../model/timeline.ts';
import { type TimelineWords, cite, remarks, timelineWords } from '../../model/words-timeline.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table, wrap } from './table.ts';

/** Both halves of the timeline: the wind-down's dates, then the archives that become due; `full` names every provision and what needs what. */
export function printTimeline(t: Terminal, timeline: Timeline, due: readonly Due[] | null, full: boolean): void {
  const w = timelineWords(t.lang);
  const { columns } = w;
  const lines = (text: string) => t.out(wrap(text, t.columns - 2, '  '));
  t.out(`${w.title}  ${t.text.routes[timeline.route]}  ${t.text.today} ${timeline.today}`);
  if (timeline.steps.length === 0) t.out(`  ${w.none}`);
  else
    t.out(
      table(
        [columns.state, columns.earliest, columns.latest, columns.step, columns.owner, columns.note],
        timeline.steps.map((s) => [
          w.states[s.state],
          s.earliest ?? '—',
          s.latest ?? '—',
          w.days[s.id],
          t.text.departments[s.owner]!,
          [s.rules[0] ? cite(s.rules[0], t.lang) : w.productOrder, remarks(s, t.lang)].filter(Boolean).join(w.stop),
        ]),
        t,
        true,
      ),
    );
  if (full) for (const step of timeline.steps) details(t, step, w);
  const missing = missingDays(timeline);
  if (missing.length > 0) {
    t.out('');
    t.out(w.missing);
    t.out(
      table(
        ['', ''],
        missing.map((name) => [name, w.days[name]]),
        t,
        true,
      ),
    );
  }
  t.out('');
  if (timeline.counting)
    lines(
      fill(w.counting, {
        rule: `${cite(timeline.counting, t.lang)} ${t.lang === 'zh' ? timeline.counting.summaryZh : timeline.counting.summaryEn}`,
      }),
    );
  if (timeline.unpublished.length > 0) lines(fill(w.unpublished, { years: timeline.unpublished.join(w.comma) }));
  lines(w.disclaimer);
  t.out('');
  t.out(w.dueTitle);
  printDue(t, due);
}

function details(t: Terminal, step: TimelineStep, w: TimelineWords): void {
  const names = (ids: readonly TimelineStep['id'][]) => ids.map((id) => w.days[id]).join(w.comma);
  const lines = [
    ...step.rules.map(
      (r) =>
        `${cite(r, t.lang)}（${r.id}，${w.checked[r.checked]}）${t.lang === 'zh' ? r.summaryZh : r.summaryEn}${r.transitionZh === null ? '' : ` ${r.transitionZh}`}`,
    ),
    ...(step.rules.length === 0 ? [w.productOrder] : []),
    ...(step.blockedBy.length > 0 ? [fill(w.needs, { steps: names(step.blockedBy) })] : []),
    ...(step.blocks.length > 0 ? [fill(w.blocks, { steps: names(step.blocks) })] : []),
  ];
  t.out('');
  t.out(`${w.states[step.state]}  ${w.days[step.id]}`);
  for (const line of lines) t.out(wrap(line, t.columns - 2, '    '));
}

/** Days that some step waits for, in the order in which they are first asked. */
export function missingDays(timeline: Timeline): readonly DayName[] {
  return [...new Set(timeline.steps.flatMap((s) => s.waitsFor))].filter((x): x is DayName => !/^(condition|rule):/.test(x));
}

function printDue(t: Terminal, due: readonly Due[] | null): void {
  const zh = t.lang === 'zh';
  if (due === null) return t.out(zh ? '  还没有处置方案（shanhou plan）' : '  there is no plan yet (shanhou plan)');
  if (due.length === 0) return t.out(zh ? '  期内没有归档到期' : '  none in these years');
  const rows = due.map((d) => [String(d.year), d.rules, d.records, d.first, d.last]);
  t.out(table(zh ? ['年', '依据', '记录', '最早销毁日', '最晚销毁日'] : ['Year', 'Rules', 'Records', 'First day', 'Last day'], rows, t));
}
