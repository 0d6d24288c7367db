// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type CaseContext,
  dueForDestruction,
  JourneyError,
  setTimelineDays,
  timelineDayNames,
  windDownTimeline,
  writeTimelineCalendar,
} from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { printTimeline } from '../print/timeline.ts';
import { type Session, UsageError, changing, pickCase } from '../session.ts';

/** timeline: the wind-down's statutory dates, and when the archives become due for destruction. Needs no passphrase: no personal data. */
export function timelineCommands(program: Command, session: () => Session): void {
  const timeline = program
    .command('timeline')
    .option('--years <n>', '归档到期列今后多少年 how many years of archives', '30')
    .option('--full', '含全部依据、先后关系 with every provision, what needs what')
    .option('--ics <file>', '另写日历文件 write an iCalendar file as well')
    .option('--case <code>')
    .description('注销时间表：法定日期、先后与依据；归档何时到期 statutory dates of the wind-down, and when archives become due')
    .action(async (o: { years: string; full?: boolean; ics?: string; case?: string }) => {
      const s = session();
      if (!/^\d{1,3}$/.test(o.years)) throw new UsageError('--years 1…999');
      const ctx = await caseOf(s, o.case);
      await show(s, ctx, Number(o.years), o.full === true);
      if (o.ics === undefined) return;
      const { file, events } = await writeTimelineCalendar(ctx, s.terminal.lang, resolve(o.ics));
      s.terminal.note(s.terminal.lang === 'zh' ? `日历 ${file}（${events} 项）` : `calendar ${file} (${events} events)`);
    });
  timeline
    .command('set')
    .argument('<days...>', `名称=YYYY-MM-DD 或 名称=none；名称 names：${timelineDayNames.join(' ')}`)
    .option('--case <code>')
    .description('登记已发生或计划的日期（不影响方案与签字） enter days that came or are planned; plan and signatures stand')
    .action(async (days: string[], o: { case?: string }) => {
      const s = session();
      const changes = Object.fromEntries(days.map(entered));
      const ctx = await caseOf(s, o.case ?? (timeline.opts() as { case?: string }).case);
      await changing(ctx, () => setTimelineDays(ctx, changes));
      await show(s, ctx, 30, false);
    });
}

function entered(text: string): readonly [string, string | null] {
  const [, name, day] = /^([a-z-]+)=(none|\S+)$/.exec(text) ?? [];
  if (name === undefined || day === undefined || !timelineDayNames.includes(name))
    throw new UsageError(`NAME=YYYY-MM-DD: ${text} (${timelineDayNames.join(' ')})`, EXIT.invalid);
  return [name, day === 'none' ? null : day];
}

async function caseOf(s: Session, code: string | undefined): Promise<CaseContext> {
  return (await s.open()).context(await pickCase(s, code), '');
}

async function show({ terminal: t }: Session, ctx: CaseContext, years: number, full: boolean): Promise<void> {
  const timeline = await windDownTimeline(ctx);
  const due = await dueForDestruction(ctx, years).catch((error: unknown) => {
    if (error instanceof JourneyError && error.code === 'not-planned') return null;
    throw error;
  });
  if (t.json) t.out(JSON.stringify({ schema: 'shanhou.timeline.v2', ...timeline, due }));
  else printTimeline(t, timeline, due, full);
}
