// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { caseRisks } from '../../journey/index.ts';
import { printRisks } from '../print/risks.ts';
import { type Session, pickCase } from '../session.ts';

/** risks: what raises which risk in this case, by count. Needs no passphrase: no personal data. */
export function riskCommands(program: Command, session: () => Session): void {
  program
    .command('risks')
    .option('--case <code>')
    .description('风险：泄露、法律、技术、道德、竞争，按本案计数 risks of the case, by count')
    .action(async (o: { case?: string }) => {
      const s = session();
      const view = await caseRisks(await (await s.open()).context(await pickCase(s, o.case), ''));
      if (s.terminal.json) s.terminal.out(JSON.stringify({ schema: 'shanhou.risks.v1', ...view }));
      else printRisks(s.terminal, view);
    });
}
