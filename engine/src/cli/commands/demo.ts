// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Assembly } from '../../assemble.ts';
import { applyDataMapFile } from '../../config/index.ts';
import {
  type CaseContext,
  addOfficer,
  addSource,
  approve,
  caseSummary,
  decideRules,
  discoverSources,
  execute,
  firstPlanned,
  makeEvidence,
  makePlan,
  notifySubjects,
  object,
  openCase,
  verify,
} from '../../journey/index.ts';
import { writeDurable } from '../../kit/index.ts';
import type { CaseFacts } from '../../model/case.ts';
import type { Source } from '../../model/source.ts';
import { type Session, UsageError, changing } from '../session.ts';
import { printSummary } from '../print/summary.ts';

/*
 * The demo: the sample company from open case to checked evidence, asking nothing. Everything lies in one folder: `estate` (the
 * company's own stores), `data`, `keys`. A run that was cut goes on where it stopped; a finished one begins anew.
 */
const CODE = 'DEMO-RETAIL-2026';
const OPENED = '2026-10-20T09:00:00+08:00';
/** After the notices, 34 days pass: longer than the 30 days of 消费者权益保护法实施条例 art. 21. */
const AFTER_NOTICE = '2026-11-23T09:00:00+08:00';
const PASSPHRASE = 'demo only, not a secret';
const OFFICERS = [
  ['legal', 'legal-1'],
  ['it', 'it-1'],
  ['liquidation', 'liquidation-1'],
] as const;
const CONFIRMED = ['acct-t1', 'acct-t4', 'acct-19'];
const REFUSED = ['child-20', 'child-23'];
const FACTS: CaseFacts = {
  sectors: ['retail-b2c', 'e-commerce-seller'],
  route: 'liquidation',
  today: OPENED.slice(0, 10),
  dissolution: '2026-08-31',
  role: 'controller',
  conditions: ['consumer', 'network-operator', 'invoice-issuer', 'prepaid', 'purpose-ended'],
  notConditions: [
    'unsettled-claim',
    'merger-or-split',
    'bankruptcy',
    'archive-appraisal-done',
    'employer',
    'cross-border',
    'unlawful-processing',
    'third-party-transfer',
    'transfer-needed',
    'processor-role',
    'statutory-period-running',
    'retention-expired',
    'consent-based',
    'sensitive-pi',
    'public-venue-cctv',
    'counter-terror-key-target',
    'biometric',
    'important-data',
    'pi-10m',
    'pi-1m',
    'no-successor',
    'deceased',
  ],
  confirmed: [],
  refused: [],
};

export interface DemoOptions {
  folder: string;
  customers: string;
  seed: string;
  fresh?: boolean;
}

/** `demo`: see above. `sample`: only the company's stores. */
export function demoCommands(program: Command, session: (folders?: { data: string; keys: string; passphrase: string }) => Session): void {
  program
    .command('demo')
    .option('--folder <path>', '放示例的文件夹 where the demo lives', 'shanhou-demo')
    .option('--customers <n>', '客户数 customers', '5000')
    .option('--seed <n>', '随机种子 seed', '1')
    .option('--fresh', '丢弃上次未完成的演示 drop an unfinished demo')
    .description('示例公司走完全程 the whole journey on a sample company')
    .action(async (o: DemoOptions) => {
      const folder = resolve(o.folder);
      const s = session({ data: join(folder, 'data'), keys: join(folder, 'keys'), passphrase: PASSPHRASE });
      await runDemo(s, folder, o);
    });
  program
    .command('sample')
    .option('--folder <path>', '放示例公司的文件夹 where the sample company lives', 'shanhou-sample')
    .option('--customers <n>', '客户数 customers', '5000')
    .option('--seed <n>', '随机种子 seed', '1')
    .description('只生成示例公司 make the sample company only')
    .action(async (o: DemoOptions) => {
      const s = session();
      const { customers, seed } = numbers(o);
      const estate = await openEstate(s.sample.openCluster, resolve(o.folder));
      try {
        const report = await s.sample.generate({
          folder: resolve(o.folder),
          customers,
          seed,
          ordersDatabase: estate.database,
          today: OPENED.slice(0, 10),
        });
        s.terminal.out(JSON.stringify({ ...report, database: estate.locator }, null, s.terminal.json ? 0 : 1));
      } finally {
        await estate.close();
      }
    });
}

async function runDemo(s: Session, folder: string, o: DemoOptions): Promise<void> {
  const { customers, seed } = numbers(o);
  const marker = join(folder, 'demo.json');
  await startAnew(s, folder, marker, { customers, seed, fresh: o.fresh === true });
  const estate = await openEstate(s.sample.openCluster, join(folder, 'estate'));
  try {
    const assembly = await s.open();
    if (!state(marker).estate) {
      s.terminal.progress({ step: 'sample', unit: '', done: 0, total: 1 });
      await s.sample.generate({
        folder: join(folder, 'estate'),
        customers,
        seed,
        ordersDatabase: estate.database,
        today: OPENED.slice(0, 10),
      });
      save(marker, { estate: true });
    }
    const ctx = await openDemoCase(assembly, estate);
    await changing(ctx, () => journey(s, assembly, ctx, folder, marker));
    const done = await assembly.context(CODE, PASSPHRASE);
    const summary = await caseSummary(done);
    s.terminal.settle();
    save(marker, { finished: true });
    writeDurable(join(folder, 'summary.json'), JSON.stringify(summary, null, 1) + '\n');
    if (s.terminal.json) s.terminal.out(JSON.stringify(summary));
    else printSummary(s.terminal, summary, true);
  } finally {
    await estate.close();
  }
}

/** The journey itself; every step finds out what is already done. */
async function journey(s: Session, assembly: Assembly, opened: CaseContext, folder: string, marker: string): Promise<void> {
  let ctx = opened;
  const officers = new Set((await ctx.store.officers()).map((x) => x.label));
  for (const [department, label] of OFFICERS)
    if (!officers.has(label)) await addOfficer(ctx, department, label, assembly.officerKeys(CODE, `${PASSPHRASE} ${label}`));
  if (!(await ctx.store.gates()).has('planned')) {
    await decideRules(ctx, { rules: CONFIRMED, verdict: 'confirmed', by: 'legal-1' });
    await decideRules(ctx, { rules: REFUSED, verdict: 'refused', by: 'legal-1' });
  }
  const known = new Set((await ctx.store.sources()).map((x) => x.name));
  for (const source of sources(folder)) if (!known.has(source.name)) await addSource(ctx, source);
  if (!(await ctx.store.dataMap()))
    await discoverSources(ctx, (draft) => applyDataMapFile(draft, JSON.stringify(s.sample.corrections()), 'sample corrections'));
  await makePlan(ctx, 'case-lead');
  const signed = new Set((await ctx.store.approvals((await ctx.store.plan())!.digest)).map((a) => a.officerId));
  const unsigned = (await ctx.store.officers()).filter((x) => !signed.has(x.id));
  for (const officer of unsigned) await approve(ctx, officer.label, assembly.officerKeys(CODE, `${PASSPHRASE} ${officer.label}`));
  await notifySubjects(ctx);
  if ((await ctx.store.exceptions()).length === 0 && (await ctx.store.chunks()).length === 0)
    await object(ctx, await firstPlanned(ctx, 'orders/public.accounts', 'delete'), 'objection');
  if (!state(marker).waited) {
    await ctx.store.setClock(AFTER_NOTICE);
    save(marker, { waited: true });
  }
  ctx = await assembly.context(CODE, PASSPHRASE);
  await execute(ctx, CODE);
  await verify(ctx);
  await makeEvidence(ctx);
}

async function openDemoCase(assembly: Assembly, estate: Estate): Promise<CaseContext> {
  process.env['SHANHOU_DEMO_READ'] = estate.secrets.read;
  process.env['SHANHOU_DEMO_ERASE'] = estate.secrets.erase;
  process.env['SHANHOU_DEMO_VERIFY'] = estate.secrets.verify;
  const cases = await assembly.directory.list();
  if (!cases.some((c) => c.code === CODE)) {
    const clock = { now: () => new Date(OPENED) };
    await openCase(assembly.directory, clock, {
      code: CODE,
      company: '示例零售有限公司（虚构）',
      facts: FACTS,
      demo: true,
      clockStart: OPENED,
    });
  }
  return assembly.context(CODE, PASSPHRASE);
}

function sources(folder: string): Source[] {
  const estate = join(folder, 'estate');
  return [
    {
      name: 'orders',
      kind: 'postgres',
      locator: readFileSync(join(estate, 'orders.txt'), 'utf8').trim(),
      credentials: { read: 'env:SHANHOU_DEMO_READ', erase: 'env:SHANHOU_DEMO_ERASE', verify: 'env:SHANHOU_DEMO_VERIFY' },
    },
    { name: 'crm', kind: 'sqlite', locator: join(estate, 'crm.db'), credentials: {} },
    { name: 'marketing', kind: 'csv', locator: join(estate, 'marketing.csv'), credentials: {} },
    { name: 'sales', kind: 'xlsx', locator: join(estate, 'sales-leads.xlsx'), credentials: {} },
  ];
}

interface Estate {
  readonly database: { host: string; user: string; database: string };
  readonly locator: string;
  readonly secrets: { read: string; erase: string; verify: string };
  close(): Promise<void>;
}

async function openEstate(openCluster: Session['sample']['openCluster'], folder: string): Promise<Estate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cluster = await openCluster(join(folder, 'pg'));
  await cluster.ensureDatabase('orders', 'sample_owner');
  const locator = `postgres:///orders?host=${encodeURIComponent(cluster.host)}`;
  writeDurable(join(folder, 'orders.txt'), `${locator}\n`);
  return {
    database: { host: cluster.host, user: cluster.superuser, database: 'orders' },
    locator,
    secrets: { read: 'sample_read:sample', erase: 'sample_erase:sample', verify: 'sample_verify:sample' },
    close: () => cluster.close(),
  };
}

interface State {
  customers?: number;
  seed?: number;
  estate?: boolean;
  waited?: boolean;
  finished?: boolean;
}
const state = (marker: string): State => (existsSync(marker) ? (JSON.parse(readFileSync(marker, 'utf8')) as State) : {});
const save = (marker: string, more: State): void => writeDurable(marker, JSON.stringify({ ...state(marker), ...more }) + '\n');

/** A folder that is not a demo's is never touched. */
async function startAnew(
  s: Session,
  folder: string,
  marker: string,
  o: { customers: number; seed: number; fresh: boolean },
): Promise<void> {
  const old = state(marker);
  const same = old.customers === o.customers && old.seed === o.seed && old.finished !== true && !o.fresh;
  if (existsSync(marker) && same) return;
  if (existsSync(folder) && !existsSync(marker))
    throw new UsageError(
      s.terminal.lang === 'zh' ? `${folder} 不是演示文件夹，未作改动` : `${folder} is not a demo folder; nothing was touched`,
    );
  if (existsSync(folder)) {
    for (const server of [join(folder, 'estate', 'pg'), join(folder, 'data', 'control')])
      if (existsSync(server)) await (await s.sample.openCluster(server)).close();
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  save(marker, { customers: o.customers, seed: o.seed });
}

function numbers(o: DemoOptions): { customers: number; seed: number } {
  const [customers, seed] = [Number(o.customers), Number(o.seed)];
  if (!Number.isInteger(customers) || customers < 20 || customers > 5_000_000) throw new UsageError('--customers 20…5000000');
  if (!Number.isInteger(seed) || seed < 0) throw new UsageError('--seed 0…');
  return { customers, seed };
}
