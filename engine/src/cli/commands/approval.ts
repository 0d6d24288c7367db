// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { approvalState, approve, delegate, revoke, signExceptions } from '../../journey/index.ts';
import { printApproval, printMissing } from '../print/approval.ts';
import { type Session, caseContext, changing, passphrase } from '../session.ts';
import { day } from './facts.ts';

/** approve, and approval: who signed, delegation, revocation, the exception list. */
export function approvalCommands(program: Command, session: () => Session): void {
  const signing = async (o: { case?: string }) => {
    const s = session();
    const ctx = await caseContext(s, o.case);
    return { s, ctx, keys: (await s.open()).officerKeys(ctx.code, await passphrase(s, true)) };
  };
  program
    .command('approve')
    .requiredOption('--as <label>', '签字人标签 the officer')
    .option('--for <label>', '受其委托代签 on behalf of the officer who delegated')
    .option('--case <code>')
    .description('对方案摘要签字 sign the plan digest')
    .action(async (o: { as: string; for?: string; case?: string }) => {
      const { s, ctx, keys } = await signing(o);
      printMissing(s.terminal, await changing(ctx, () => approve(ctx, o.as, keys, o.for ?? null)));
    });

  const approval = program
    .command('approval')
    .option('--case <code>')
    .description('批准状态：谁已签、尚缺谁、签字已不再涵盖什么 who signed, who has not, what the signatures no longer cover')
    .action(async (o: { case?: string }) => {
      const s = session();
      printApproval(s.terminal, await approvalState(await caseContext(s, o.case)));
    });
  const own = (o: { case?: string }) => {
    const code = o.case ?? (approval.opts() as { case?: string }).case;
    return code === undefined ? {} : { case: code };
  };
  approval
    .command('delegate')
    .requiredOption('--as <label>', '委托人 who delegates')
    .requiredOption('--to <label>', '受托人 who may sign')
    .requiredOption('--until <date>', '最后一日 last day')
    .option('--case <code>')
    .description('委托他人代签，到期自动失效 let another officer sign until a day')
    .action(async (o: { as: string; to: string; until: string; case?: string }) => {
      const until = day(o.until);
      const { s, ctx, keys } = await signing(own(o));
      await changing(ctx, () => delegate(ctx, o.as, o.to, until, keys));
      printApproval(s.terminal, await approvalState(ctx));
    });
  approval
    .command('revoke')
    .requiredOption('--as <label>', '签字人标签 the officer')
    .option('--case <code>')
    .description('执行前撤回自己的签字和委托 take back one’s own signature and delegations, before execution')
    .action(async (o: { as: string; case?: string }) => {
      const { s, ctx, keys } = await signing(own(o));
      printMissing(s.terminal, await changing(ctx, () => revoke(ctx, o.as, keys)));
    });
  approval
    .command('exceptions')
    .requiredOption('--as <label>', '法务签字人 an officer of Legal')
    .option('--case <code>')
    .description('法务对例外清单签字；此后一项也不得缺失 Legal signs who was taken out of destruction; none may go missing')
    .action(async (o: { as: string; case?: string }) => {
      const { s, ctx, keys } = await signing(own(o));
      await changing(ctx, () => signExceptions(ctx, o.as, keys));
      printApproval(s.terminal, await approvalState(ctx));
    });
}
