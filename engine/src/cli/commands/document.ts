// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type CaseContext, type WrittenDocument, writeDisposalList, writePlanDocument } from '../../journey/index.ts';
import { type Session, pickCase } from '../session.ts';

type Write = (ctx: CaseContext, lang: 'zh' | 'en', file: string | null) => Promise<WrittenDocument>;

/** document plan, document disposal-list: what a case shows on paper. Needs no passphrase, because it holds no personal data. */
export function documentCommands(program: Command, session: () => Session): void {
  const document = program.command('document').description('文书 documents of the plan (--lang zh | en)');
  const kind = (name: string, description: string, write: Write) =>
    document
      .command(name)
      .option('--out <file>', '写到这个文件；默认写进案件文件夹 where to write it; else the case folder')
      .option('--case <code>')
      .description(description)
      .action(async (o: { out?: string; case?: string }) => {
        const s = session();
        const ctx = await (await s.open()).context(await pickCase(s, o.case), '');
        const made = await write(ctx, s.terminal.lang, o.out === undefined ? null : resolve(o.out));
        const { terminal: t } = s;
        if (t.json) return t.out(JSON.stringify(made));
        t.out(made.file);
        t.note(`${t.text.documentStates[made.state]}  SHA-256 ${made.sha256}`);
      });
  kind('plan', '客户信息处置方案 the plan, as PDF', writePlanDocument);
  kind('disposal-list', '信息处置清单 the disposal list, as xlsx', writeDisposalList);
}
