// SPDX-License-Identifier: Apache-2.0
import type { CitedRule, DayName, DueLine, Timeline, TimelineStep } from '../../model/timeline.ts';
import { type TimelineWords, basisLine, cite, conditionName, remarks, timelineWords } from '../../model/words-timeline.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table, wrap } from './table.ts';

/** Both halves of the timeline: the wind-down's dates, then the archives that become due; `full` names every provision and what needs what. */
export function printTimeline(t: Terminal, timeline: Timeline, due: readonly DueLine[] | null, full: boolean): void {
  const w = timelineWords(t.lang);
  const { columns } = w;
  const lines = (text: string) => t.out(wrap(text, t.columns - 2, '  '));
  t.out(wrap(`${w.title}  ${t.text.routes[timeline.route]}  ${t.text.today} ${timeline.today}`, t.columns));
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
          [basis(t, s.rules[0], w), remarks(s, t.lang)].filter(Boolean).join(w.stop),
        ]),
        t,
        true,
      ),
    );
  if (full) for (const step of timeline.steps) details(t, step, w);
  const { days, conditions } = missing(timeline);
  ask(
    t,
    w.missing,
    days.map((name) => [name === 'dissolution' ? 'shanhou case facts --dissolution' : name, w.days[name]]),
  );
  ask(
    t,
    w.unanswered,
    conditions.map((name) => [name, conditionName(name, t.lang)]),
  );
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

/** The provision that gives the length; how it was checked is said where that is less than its text. */
function basis(t: Terminal, rule: CitedRule | undefined, w: TimelineWords): string {
  if (rule === undefined) return w.productOrder;
  const checked = rule.checked === 'statute' ? '' : fill(t.lang === 'zh' ? '（{how}）' : ' ({how})', { how: w.checked[rule.checked] });
  return cite(rule, t.lang) + checked;
}

function details(t: Terminal, step: TimelineStep, w: TimelineWords): void {
  const names = (ids: readonly TimelineStep['id'][]) => ids.map((id) => w.days[id]).join(w.comma);
  const lines = [
    ...step.rules.map((r) =>
      [basisLine(r, t.lang), t.lang === 'zh' ? r.transitionZh : (r.transitionEn ?? r.transitionZh)].filter(Boolean).join(' '),
    ),
    ...(step.rules.length === 0 ? [w.productOrder] : []),
    ...(step.blockedBy.length > 0 ? [fill(w.needs, { steps: names(step.blockedBy) })] : []),
    ...(step.blocks.length > 0 ? [fill(w.blocks, { steps: names(step.blocks) })] : []),
  ];
  t.out('');
  t.out(`${w.states[step.state]}  ${w.days[step.id]}`);
  for (const line of lines) t.out(wrap(line, t.columns - 2, '    '));
}

function ask(t: Terminal, title: string, rows: readonly (readonly [name: string, words: string])[]): void {
  if (rows.length === 0) return;
  t.out('');
  t.out(wrap(title, t.columns - 2));
  t.out(table(['', ''], rows, t, true));
}

/** Days and conditions that some step waits for, each once, in the order in which they are first asked. */
function missing(timeline: Timeline): { readonly days: readonly DayName[]; readonly conditions: readonly string[] } {
  const all = [...new Set(timeline.steps.flatMap((s) => s.waitsFor))];
  const conditions = all.filter((x) => x.startsWith('condition:')).flatMap((x) => x.slice('condition:'.length).split('|'));
  return { days: all.filter((x): x is DayName => !/^(condition|rule):/.test(x)), conditions: [...new Set(conditions)] };
}

function printDue(t: Terminal, due: readonly DueLine[] | null): void {
  const zh = t.lang === 'zh';
  if (due === null) return t.out(zh ? '  还没有处置方案（shanhou plan）' : '  there is no plan yet (shanhou plan)');
  if (due.length === 0) return t.out(zh ? '  期内没有归档到期' : '  none in these years');
  const head = timelineWords(t.lang).due;
  const rows = due.map((d) => [String(d.year), d.rules, d.records, d.first, d.last]);
  t.out(table([head.year, head.rules, head.records, head.first, head.last], rows, t));
}
