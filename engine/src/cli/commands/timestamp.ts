// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addTimestampAuthority, removeTimestampAuthority, setTimestampQuorum, timestampSettings } from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing, pickCase } from '../session.ts';

type Named = { case?: string };

/** timestamp add, remove, quorum, list: who stamps the evidence of a case. */
export function timestampCommands(program: Command, session: () => Session): void {
  const timestamp = program.command('timestamp').description('时间戳机构 time stamp authorities (RFC 3161)');
  const change = async (o: Named, work: (ctx: Awaited<ReturnType<typeof caseContext>>) => Promise<void>) => {
    const s = session();
    const ctx = await caseContext(s, o.case);
    await changing(ctx, () => work(ctx));
    await list(s, ctx);
  };
  timestamp
    .command('add')
    .argument('<name>', '小写字母、数字和连字符 lower-case letters, digits, hyphens')
    .requiredOption('--url <url>', 'RFC 3161 地址 address')
    .requiredOption('--anchor <file>', '由该机构取得的根证书 PEM：its roots, obtained from the authority itself')
    .option('--policy <oid>', '令牌须写明的策略 the policy its tokens must state')
    .option('--case <code>')
    .description('登记机构；同名则改写 enter an authority, or enter it anew')
    .action((name: string, o: Named & { url: string; anchor: string; policy?: string }) =>
      change(o, (ctx) => addTimestampAuthority(ctx, { name, url: o.url, policy: o.policy ?? null, roots: readRoots(o.anchor) })),
    );
  timestamp
    .command('remove')
    .argument('<name>')
    .option('--case <code>')
    .description('去除机构 take an authority out')
    .action((name: string, o: Named) => change(o, (ctx) => removeTimestampAuthority(ctx, name)));
  timestamp
    .command('quorum')
    .argument('<n>', '1…9')
    .option('--case <code>')
    .description('须有几个不同机构的时间戳，默认 2 how many different authorities must stamp; 2 by default')
    .action((n: string, o: Named) => {
      if (!/^[1-9]$/.test(n)) throw new UsageError('N: 1…9');
      return change(o, (ctx) => setTimestampQuorum(ctx, Number(n)));
    });
  timestamp
    .command('list')
    .option('--case <code>')
    .description('列出机构 list the authorities')
    .action(async (o: Named) => {
      const s = session();
      // No secret is shown, so no passphrase is asked for.
      await list(s, await (await s.open()).context(await pickCase(s, o.case), ''));
    });
}

async function list({ terminal: t }: Session, ctx: Awaited<ReturnType<typeof caseContext>>): Promise<void> {
  const { quorum, authorities } = await timestampSettings(ctx);
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.timestamp-authorities.v1', quorum, authorities }));
  t.out(`${t.text.quorum} ${quorum}`);
  t.out(
    table(
      [t.text.columns.name, 'URL', 'OID'],
      authorities.map((a) => [a.name, a.url, a.policy ?? '']),
      t,
    ),
  );
}

function readRoots(path: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch (error) {
    throw new UsageError(`--anchor ${path}: ${String((error as NodeJS.ErrnoException).code)}`, EXIT.notFound);
  }
}
