// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type WorkedCase, explainRecord, judgeCase, makePlan } from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { printStatus } from './case.ts';

/** plan: compile, explain, worked cases. */
export function planCommands(program: Command, session: () => Session): void {
  const plan = program
    .command('plan')
    .option('--case <code>')
    .option('--by <label>', '编制人标签 who prepares it', 'case-lead')
    .option('--cases <file>', '裁决一组示例案件，逐条输出 JSON decide worked cases, one JSON line each')
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
}

/** A file of worked cases, `{"cases": [...]}` or the list alone: one JSON object a line, in the order of the file. Opens no case. */
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
  cases.forEach((c: Partial<WorkedCase> | null, i) => {
    const missing = (['id', 'case', 'record'] as const).find((key) => c?.[key] === undefined || c[key] === null);
    if (missing) throw new UsageError(`${file}: cases[${i}].${missing}`, EXIT.invalid);
  });
  return cases as WorkedCase[];
}
