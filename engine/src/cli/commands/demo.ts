// SPDX-License-Identifier: Apache-2.0
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { COMPANY_NAMES, type CompanyName } from '../demo/company.ts';
import type { DemoNumbers } from '../demo/marker.ts';
import { COMPANIES, PASSPHRASE, runDemo } from '../demo/run-demo.ts';
import { type Session, UsageError } from '../session.ts';

interface DemoOptions {
  folder: string;
  sample: string;
  customers?: string;
  seed: string;
  fresh?: boolean;
}

/** `demo`: a sample company from open case to checked evidence. `sample`: only the company's stores. */
export function demoCommands(program: Command, session: (folders?: { data: string; keys: string; passphrase: string }) => Session): void {
  const options = (command: Command, folder: string) =>
    command
      .option('--folder <path>', '放示例的文件夹 where it lives', folder)
      .option('--sample <name>', 'retail（零售公司）| small（没有数据库的小公司，a company without a database）', 'retail')
      .option('--customers <n>', '客户数 customers')
      .option('--seed <n>', '随机种子 seed', '1');
  options(program.command('demo'), 'shanhou-demo')
    .option('--fresh', '丢弃上次未完成的演示 drop an unfinished demo')
    .description('示例公司走完全程 the whole journey on a sample company')
    .action(async (o: DemoOptions) => {
      const folder = resolve(o.folder);
      const s = session({ data: join(folder, 'data'), keys: join(folder, 'keys'), passphrase: PASSPHRASE });
      await runDemo(s, folder, { ...numbers(o), fresh: o.fresh === true });
    });
  options(program.command('sample'), 'shanhou-sample')
    .description('只生成示例公司 make the sample company only')
    .action(async (o: DemoOptions) => {
      const s = session();
      const { company, customers, seed } = numbers(o);
      const estate = await COMPANIES[company].open(s, resolve(o.folder), {});
      try {
        const report = await estate.generate(customers, seed);
        s.terminal.out(JSON.stringify(report ?? { folder: resolve(o.folder) }, null, s.terminal.json ? 0 : 1));
      } finally {
        await estate.close();
      }
    });
}

function numbers(o: DemoOptions): DemoNumbers {
  const company = COMPANY_NAMES.find((name): name is CompanyName => name === o.sample);
  if (!company) throw new UsageError(`--sample ${COMPANY_NAMES.join(' | ')}`);
  const { usual, least } = COMPANIES[company].customers;
  const [customers, seed] = [Number(o.customers ?? usual), Number(o.seed)];
  if (!Number.isInteger(customers) || customers < least || customers > 5_000_000) throw new UsageError(`--customers ${least}…5000000`);
  if (!Number.isInteger(seed) || seed < 0) throw new UsageError('--seed 0…');
  return { company, customers, seed };
}
