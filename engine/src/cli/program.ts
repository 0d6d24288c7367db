// SPDX-License-Identifier: Apache-2.0
import { Command } from 'commander';
import { actCommands } from './commands/act.ts';
import { caseCommands } from './commands/case.ts';
import { customerCommands } from './commands/customers.ts';
import { demoCommands } from './commands/demo.ts';
import { documentCommands } from './commands/document.ts';
import { doctorCommand } from './commands/doctor.ts';
import { factCommands } from './commands/facts.ts';
import { findCommands } from './commands/find.ts';
import { width } from './print/table.ts';
import { offlineCommands } from './commands/offline.ts';
import { riskCommands } from './commands/risks.ts';
import { timelineCommands } from './commands/timeline.ts';
import { timestampCommands } from './commands/timestamp.ts';
import { tellCommands } from './commands/tell.ts';
import { lawCommands } from './commands/law.ts';
import type { Session } from './session.ts';

export interface GlobalOptions {
  data?: string;
  keys?: string;
  lang?: string;
  json?: boolean;
  color: boolean;
  input: boolean;
}

/** The command tree. `makeSession` is called by a command once its options are known. */
export function buildProgram(
  makeSession: (options: GlobalOptions, folders?: { data: string; keys: string; passphrase: string }) => Session,
): Command {
  const program = new Command('shanhou')
    .description(
      '善后 Shanhou — 公司注销时，让每一条客户记录都有合法、可证的去处\n从这里开始 start here：shanhou demo（示例公司）或 shanhou init（自己的公司），随后 shanhou status 会说下一步',
    )
    .option('--data <folder>', '数据文件夹 data folder (SHANHOU_DATA; ./shanhou-data)')
    .option('--keys <folder>', '密钥文件夹 key folder (SHANHOU_KEYS; ~/.shanhou/keys)')
    .option('--lang <lang>', 'zh | en (SHANHOU_LANG)')
    .option('--json', '机器可读的输出 machine-readable output')
    .option('--no-color', '不用颜色 no colour (NO_COLOR)')
    .option('--no-input', '从不提问 never ask')
    .helpOption('-h, --help', '帮助 help')
    .helpCommand(false)
    .showHelpAfterError(true)
    .configureHelp({ sortSubcommands: false, displayWidth: width })
    .exitOverride();
  const session = (folders?: { data: string; keys: string; passphrase: string }) => makeSession(program.opts<GlobalOptions>(), folders);
  caseCommands(program, session);
  factCommands(program, session);
  lawCommands(program, session);
  findCommands(program, session);
  customerCommands(program, session);
  offlineCommands(program, session);
  tellCommands(program, session);
  actCommands(program, session);
  timelineCommands(program, session);
  riskCommands(program, session);
  documentCommands(program, session);
  timestampCommands(program, session);
  doctorCommand(program, session);
  demoCommands(program, session);
  return program;
}
