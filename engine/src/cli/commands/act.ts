// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { approve, dryRun, execute, makeEvidence, verify } from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, caseContext, changing, passphrase } from '../session.ts';
import { fill } from '../text/fill.ts';
import { printStatus } from './case.ts';
import { planCommands } from './plan.ts';

/** approve, execute, verify, evidence. */
export function actCommands(program: Command, session: () => Session): void {
  planCommands(program, session);

  program
    .command('approve')
    .requiredOption('--as <label>', '签字人标签 the officer')
    .option('--case <code>')
    .description('对方案摘要签字 sign the plan digest')
    .action(async (o: { as: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const keys = (await s.open()).officerKeys(ctx.code, await passphrase(s, true));
      const result = await changing(ctx, () => approve(ctx, o.as, keys));
      const { terminal: t } = s;
      if (t.json) t.out(JSON.stringify(result));
      else
        t.out(
          result.approved
            ? t.text.gates['approved']!
            : `${t.lang === 'zh' ? '尚缺' : 'still missing'}: ${result.missing.map((d) => t.text.departments[d]).join(' ')}`,
        );
    });

  program
    .command('execute')
    .option('--confirm <case-code>', '逐字写案件编号才会真的执行 without it nothing is changed')
    .option(
      '--early <reason>',
      '异议期未满就执行的理由，写入证据，不写人名 why before the last day to object; goes into the evidence, names nobody',
    )
    .option('--case <code>')
    .description('执行方案；默认只演练 carry the plan out; a dry run by default')
    .action(async (o: { confirm?: string; early?: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const { terminal: t } = s;
      if (o.confirm === undefined) {
        const lines = await dryRun(ctx);
        if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.dry-run.v1', lines }));
        t.out(
          table(
            [t.text.columns.dataset, t.text.columns.state, t.text.columns.records],
            lines.map((l) => [l.dataset, (t.text.dispositions as Record<string, string>)[l.disposition] ?? l.disposition, l.records]),
            t,
          ),
        );
        return t.out(fill(t.text.dryRun, { code: ctx.code }));
      }
      await changing(ctx, () => execute(ctx, o.confirm!, o.early ?? null));
      await printStatus(s, ctx.code);
      await findings(ctx.store);
    });

  program
    .command('verify')
    .option('--case <code>')
    .description('用另一连接再看一遍 look again, over another connection')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const report = await changing(ctx, () => verify(ctx));
      if (s.terminal.json) s.terminal.out(JSON.stringify(report));
      else await printStatus(s, ctx.code);
      if (!report.passed) process.exitCode = EXIT.findings;
    });

  program
    .command('evidence')
    .option('--case <code>')
    .description(
      '写出证据包、加盖时间戳并自检；再次运行只补缺的时间戳 write, time-stamp and check the bundle; again: only missing time stamps',
    )
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const { verdict } = await changing(ctx, () => makeEvidence(ctx));
      await printStatus(s, ctx.code);
      if (verdict !== 'VALID') process.exitCode = EXIT.findings;
    });
}

async function findings(store: { openItems(): Promise<readonly { kind: string }[]> }): Promise<void> {
  if ((await store.openItems()).some((i) => i.kind.startsWith('record-') || i.kind === 'source-unreachable'))
    process.exitCode = EXIT.findings;
}
