// SPDX-License-Identifier: Apache-2.0
import { password } from '@clack/prompts';
import type { Assembly, SampleParts } from '../assemble.ts';
import type { CaseContext } from '../journey/index.ts';
import type { Settings } from '../config/index.ts';
import { EXIT } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** A wrong use of the command line; shown as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exit: number;
  constructor(message: string, exit: number = EXIT.usage) {
    super(message);
    this.exit = exit;
  }
}

/** What one command works with. */
export interface Session {
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly input: boolean;
  readonly sample: SampleParts;
  /** Opens our own state once. */
  open(): Promise<Assembly>;
}

/** The case that is meant: the one named, or the only one there is. */
export async function pickCase(session: Session, code: string | undefined): Promise<string> {
  const assembly = await session.open();
  if (code !== undefined) return code;
  const cases = await assembly.directory.list();
  if (cases.length === 1) return cases[0]!.code;
  if (cases.length === 0)
    throw new UsageError(
      session.terminal.lang === 'zh' ? '还没有案件，先运行 shanhou init' : 'there is no case yet; run shanhou init first',
      EXIT.notFound,
    );
  const list = cases.map((c) => c.code).join(', ');
  throw new UsageError(
    session.terminal.lang === 'zh' ? `有多个案件，请加 --case CODE：${list}` : `several cases; add --case CODE: ${list}`,
  );
}

/** The context of a case for a command. */
export async function caseContext(session: Session, code: string | undefined): Promise<CaseContext> {
  const assembly = await session.open();
  const picked = await pickCase(session, code);
  return assembly.context(picked, await passphrase(session));
}

/** From the environment, or asked for on a terminal; without either the flag that is missing is named. */
export async function passphrase(session: Session, officer = false): Promise<string> {
  const name = officer ? 'SHANHOU_OFFICER_PASSPHRASE' : 'SHANHOU_PASSPHRASE';
  const given = officer ? session.settings.officerPassphrase : session.settings.passphrase;
  if (given !== null) return given;
  const { terminal } = session;
  if (!session.input || !terminal.interactive)
    throw new UsageError(terminal.lang === 'zh' ? `缺口令：请设置环境变量 ${name}` : `a passphrase is needed: set ${name}`);
  const answer = await password({
    message: officer ? terminal.text.prompt.officer : terminal.text.prompt.passphrase,
    output: process.stderr,
  });
  if (typeof answer !== 'string') throw new UsageError('', EXIT.interrupted);
  return answer;
}

/** Runs `work` holding the case for changing; another process that changes it now is told so. */
export async function changing<T>(ctx: CaseContext, work: () => Promise<T>): Promise<T> {
  const lock = await ctx.store.lock();
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
