// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Assembly } from '../../assemble.ts';
import { applyDataMapFile } from '../../config/index.ts';
import {
  type CaseContext,
  addOfficer,
  addSource,
  addTimestampAuthority,
  approve,
  caseSummary,
  decideRules,
  discoverSources,
  execute,
  makeEvidence,
  makePlan,
  notifySubjects,
  openCase,
  readAnswers,
  resend,
  setMail,
  unknownNotices,
  verify,
  writeDisposalList,
  writePlanDocument,
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
const MAIL = {
  from: '示例零售清算组 <notice@shop.example>',
  domain: 'shop.example',
  user: null,
  requireTls: false,
  rate: 1000,
};
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
      const estate = await openEstate(s, resolve(o.folder), wantsMembers(s));
      try {
        const report = await s.sample.generate({
          folder: resolve(o.folder),
          customers,
          seed,
          ordersDatabase: estate.database,
          members: estate.members,
          today: OPENED.slice(0, 10),
        });
        const servers = { database: estate.locator, ...(estate.members ? { members: membersAt(estate.members) } : {}) };
        s.terminal.out(JSON.stringify({ ...report, ...servers }, null, s.terminal.json ? 0 : 1));
      } finally {
        await estate.close();
      }
    });
}

async function runDemo(s: Session, folder: string, o: DemoOptions): Promise<void> {
  const { customers, seed } = numbers(o);
  const marker = join(folder, 'demo.json');
  await startAnew(s, folder, marker, { customers, seed, fresh: o.fresh === true });
  // What the first run found is what the company has: a later run does not change it.
  const estate = await openEstate(s, join(folder, 'estate'), state(marker).members ?? wantsMembers(s));
  if (state(marker).members === true && estate.members === null) {
    await estate.close();
    throw new UsageError(s.terminal.text.demo.membersGone);
  }
  save(marker, { members: estate.members !== null });
  const outside = await s.sample.openAuthorities(join(folder, 'estate', 'timestamps'));
  try {
    const assembly = await s.open();
    if (!state(marker).estate) {
      s.terminal.progress({ step: 'sample', unit: '', done: 0, total: 1 });
      await s.sample.generate({
        folder: join(folder, 'estate'),
        customers,
        seed,
        ordersDatabase: estate.database,
        members: estate.members,
        today: OPENED.slice(0, 10),
      });
      save(marker, { estate: true });
    }
    const ctx = await openDemoCase(assembly, estate);
    await changing(ctx, async () => {
      // Their ports are new in every run.
      for (const authority of outside?.authorities ?? []) await addTimestampAuthority(ctx, authority);
      await journey(s, assembly, ctx, folder, marker, estate);
    });
    const done = await assembly.context(CODE, PASSPHRASE);
    const summary = await caseSummary(done);
    s.terminal.settle();
    save(marker, { finished: true });
    writeDurable(join(folder, 'summary.json'), JSON.stringify(summary, null, 1) + '\n');
    if (s.terminal.json) s.terminal.out(JSON.stringify(summary));
    else {
      printSummary(s.terminal, summary, true);
      if (outside === null) s.terminal.note(s.terminal.text.noOpenssl);
      if (estate.members === null) s.terminal.note(s.terminal.text.demo.noMembers);
    }
  } finally {
    await outside?.close();
    await estate.close();
  }
}

/** The journey itself; every step finds out what is already done. */
async function journey(s: Session, assembly: Assembly, opened: CaseContext, folder: string, marker: string, estate: Estate): Promise<void> {
  let ctx = opened;
  const officers = new Set((await ctx.store.officers()).map((x) => x.label));
  for (const [department, label] of OFFICERS)
    if (!officers.has(label)) await addOfficer(ctx, department, label, assembly.officerKeys(CODE, `${PASSPHRASE} ${label}`));
  if (!(await ctx.store.gates()).has('planned')) {
    await decideRules(ctx, CONFIRMED, 'confirmed', 'legal-1');
    await decideRules(ctx, REFUSED, 'refused', 'legal-1');
  }
  const known = new Set((await ctx.store.sources()).map((x) => x.name));
  for (const source of sources(folder, estate)) if (!known.has(source.name)) await addSource(ctx, source);
  if (!(await ctx.store.dataMap()))
    await discoverSources(ctx, (draft) =>
      applyDataMapFile(draft, JSON.stringify(s.sample.corrections(estate.members !== null)), 'sample corrections'),
    );
  await makePlan(ctx, 'case-lead');
  const signed = new Set((await ctx.store.approvals((await ctx.store.plan())!.digest)).map((a) => a.officerId));
  const unsigned = (await ctx.store.officers()).filter((x) => !signed.has(x.id));
  for (const officer of unsigned) await approve(ctx, officer.label, assembly.officerKeys(CODE, `${PASSPHRASE} ${officer.label}`));
  if (!state(marker).waited) {
    await tellAndHear(s, ctx, join(folder, 'estate', 'mail'));
    await writePlanDocument(ctx, s.terminal.lang, null);
    await writeDisposalList(ctx, s.terminal.lang, null);
    await ctx.store.setClock(AFTER_NOTICE);
    save(marker, { waited: true });
  }
  ctx = await assembly.context(CODE, PASSPHRASE);
  await execute(ctx, CODE);
  await verify(ctx);
  await makeEvidence(ctx);
}

/** The notices go out to the sample's mail host, and what comes back is read. */
async function tellAndHear(s: Session, ctx: CaseContext, folder: string): Promise<void> {
  const host = await s.sample.openMailHost(folder);
  try {
    await setMail(ctx, { ...MAIL, smtp: `smtp://127.0.0.1:${host.port}` });
    await notifySubjects(ctx);
    // A person looks into the mail host's log: what a run that was cut never handed over is sent again; what lies there is not.
    const lost = (await unknownNotices(ctx)).filter((n) => !host.has(n.messageId)).map((n) => n.id);
    if (lost.length > 0) {
      await resend(ctx, lost);
      await notifySubjects(ctx);
    }
    await readAnswers(ctx, { from: host.inbox, user: null });
  } finally {
    await host.close();
  }
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

function sources(folder: string, { members }: Estate): Source[] {
  const estate = join(folder, 'estate');
  const credentials = { read: 'env:SHANHOU_DEMO_READ', erase: 'env:SHANHOU_DEMO_ERASE', verify: 'env:SHANHOU_DEMO_VERIFY' };
  return [
    {
      name: 'orders',
      kind: 'postgres',
      locator: readFileSync(join(estate, 'orders.txt'), 'utf8').trim(),
      credentials,
    },
    { name: 'crm', kind: 'sqlite', locator: join(estate, 'crm.db'), credentials: {} },
    { name: 'marketing', kind: 'files', locator: join(estate, 'marketing.csv'), credentials: {} },
    { name: 'sales', kind: 'files', locator: join(estate, 'sales-leads.xlsx'), credentials: {} },
    ...(members ? [{ name: 'members', kind: 'mysql' as const, locator: membersAt(members), credentials }] : []),
  ];
}

interface Estate {
  readonly database: { host: string; user: string; database: string };
  readonly locator: string;
  /** Null: no `mariadbd` on this machine, or left out on purpose. */
  readonly members: Members | null;
  readonly secrets: { read: string; erase: string; verify: string };
  close(): Promise<void>;
}

type Members = NonNullable<Awaited<ReturnType<Session['sample']['openMariadb']>>>;

/** The whole server: the programme has two databases. */
const membersAt = ({ socket }: Members) => `mysql:///?socket=${encodeURIComponent(socket)}`;

/** SHANHOU_SAMPLE_MARIADB=off leaves the membership programme out. */
const wantsMembers = (s: Session) => s.env['SHANHOU_SAMPLE_MARIADB'] !== 'off';

async function openEstate(s: Session, folder: string, withMembers: boolean): Promise<Estate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cluster = await s.sample.openCluster(join(folder, 'pg'));
  const members = withMembers ? await s.sample.openMariadb(join(folder, 'mariadb')) : null;
  await cluster.ensureDatabase('orders', 'sample_owner');
  const locator = `postgres:///orders?host=${encodeURIComponent(cluster.host)}`;
  writeDurable(join(folder, 'orders.txt'), `${locator}\n`);
  return {
    database: { host: cluster.host, user: cluster.superuser, database: 'orders' },
    locator,
    secrets: { read: 'sample_read:sample', erase: 'sample_erase:sample', verify: 'sample_verify:sample' },
    members,
    async close() {
      await members?.close();
      await cluster.close();
    },
  };
}

interface State {
  customers?: number;
  seed?: number;
  members?: boolean;
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
  // What a run that died at its very start leaves behind is a folder with nothing in it but a marker not yet named.
  const begun = existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('demo.json'));
  if (begun && !existsSync(marker))
    throw new UsageError(
      s.terminal.lang === 'zh' ? `${folder} 不是演示文件夹，未作改动` : `${folder} is not a demo folder; nothing was touched`,
    );
  if (begun) {
    // The marker goes last and says until then that nothing here is to be gone on with.
    save(marker, { finished: true });
    for (const server of [join(folder, 'estate', 'pg'), join(folder, 'data', 'control')])
      if (existsSync(server)) await (await s.sample.openCluster(server)).close();
    const members = join(folder, 'estate', 'mariadb');
    if (existsSync(members)) await (await s.sample.openMariadb(members))?.close();
    for (const name of readdirSync(folder)) if (join(folder, name) !== marker) rmSync(join(folder, name), { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeDurable(marker, JSON.stringify({ customers: o.customers, seed: o.seed }) + '\n');
}

function numbers(o: DemoOptions): { customers: number; seed: number } {
  const [customers, seed] = [Number(o.customers), Number(o.seed)];
  if (!Number.isInteger(customers) || customers < 20 || customers > 5_000_000) throw new UsageError('--customers 20…5000000');
  if (!Number.isInteger(seed) || seed < 0) throw new UsageError('--seed 0…');
  return { customers, seed };
}
