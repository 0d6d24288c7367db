// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type WorkedCase, diffPlans, explainRecord, judgeCase, makePlan, whatIf } from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { printMoves } from '../print/moves.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { printStatus } from './case.ts';

const collect = (value: string, all: string[]) => [...all, ...value.split(',')];

/** plan: compile, explain, worked cases. */
export function planCommands(program: Command, session: () => Session): void {
  const plan = program
    .command('plan')
    .option('--case <code>')
    .option('--by <label>', '编制人标签 who prepares it', 'case-lead')
    .option('--cases <file>', '逐件判断一组示例案件，每件输出一行 JSON decide worked cases, one JSON line each')
    .description('编制处置方案 compile the plan')
    .action(async (o: { case?: string; by: string; cases?: string }) => {
      const s = session();
      if (o.cases !== undefined) return judgeFile(s, o.cases);
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => makePlan(ctx, o.by));
      await printStatus(s, ctx.code, true);
    });
  plan
    .command('explain')
    .argument('<record>', '清点序号，或 数据集:主键 inventory number, or dataset:key')
    .option('--case <code>')
    .description('说明一条记录为何如此处置 why one record is disposed of as it is')
    .action(async (record: string, o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case ?? (plan.opts() as { case?: string }).case);
      const explained = await explainRecord(ctx, record, s.terminal.lang);
      s.terminal.out(s.terminal.json ? JSON.stringify(explained) : explained.text);
    });
  plan
    .command('diff')
    .option('--case <code>')
    .description('与上一版方案相比，哪些记录变动 what moved since the plan before')
    .action(async (o: { case?: string }) => {
      const s = session();
      printMoves(s, await diffPlans(await caseContext(s, o.case ?? (plan.opts() as { case?: string }).case)));
    });
  plan
    .command('what-if')
    .option('--condition <list>', '假设成立的条件 conditions taken to hold', collect, [])
    .option('--not-condition <list>', '假设不成立的条件', collect, [])
    .option('--confirm <list>', '假设法务已确认 rules taken as confirmed', collect, [])
    .option('--refuse <list>', '假设法务已否定', collect, [])
    .option('--today <date>', '假设判断日 another legal day')
    .option('--case <code>')
    .description('事实或规则若有不同，哪些记录会变动 which records would move if a fact or rule were other')
    .action(async (o: WhatIfOptions) => {
      const s = session();
      const ctx = await caseContext(s, o.case ?? (plan.opts() as { case?: string }).case);
      const { facts } = await ctx.store.record();
      const minus = (list: readonly string[], less: readonly string[]) => list.filter((x) => !less.includes(x));
      const change = {
        conditions: [...minus(facts.conditions, o.notCondition), ...o.condition],
        notConditions: [...minus(facts.notConditions, o.condition), ...o.notCondition],
        confirmed: [...minus(facts.confirmed, o.refuse), ...o.confirm],
        refused: [...minus(facts.refused, o.confirm), ...o.refuse],
        ...(o.today === undefined ? {} : { today: o.today }),
      };
      printMoves(s, await whatIf(ctx, { facts: change }));
    });
}

interface WhatIfOptions {
  condition: string[];
  notCondition: string[];
  confirm: string[];
  refuse: string[];
  today?: string;
  case?: string;
}

/** A file of worked cases, `{"cases": [...]}` or the list alone: one JSON object a line, in the order of the file; one that cannot be read is a gap. Opens no case. */
function judgeFile({ terminal }: Session, file: string): void {
  for (const c of readCases(file)) terminal.out(JSON.stringify(judgeCase(c, terminal.lang)));
}

function readCases(file: string): readonly WorkedCase[] {
  let body: unknown;
  try {
    body = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`, EXIT.invalid);
  }
  const cases = Array.isArray(body) ? body : (body as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases)) throw new UsageError(`${file}: {"cases": […]}`, EXIT.invalid);
  return cases.map((c: Partial<WorkedCase> | null, i) => ({ ...c, id: c?.id ?? `cases[${i}]` }) as WorkedCase);
}
