// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  declareOffline,
  discoverSources,
  execute,
  makeEvidence,
  makePlan,
  notifySubjects,
  openCase,
  readAnswers,
  resend,
  setMail,
  setTimelineDays,
  unknownNotices,
  verify,
  writeDisposalList,
  writePlanDocument,
} from '../../journey/index.ts';
import { writeDurable } from '../../kit/index.ts';
import { printSummary } from '../print/summary.ts';
import { type Session, changing } from '../session.ts';
import { type CompanyName, type DemoCompany, OPENED, type OpenCompany, TIMELINE_DAYS } from './company.ts';
import { type DemoNumbers, save, startAnew, state } from './marker.ts';
import { retailer, stopRetailer } from './retailer.ts';
import { small } from './small.ts';

/*
 * The demo: a sample company from open case to checked evidence, asking nothing. Everything lies in one folder: `estate` (the
 * company's own stores), `data`, `keys`. A run that was cut goes on where it stopped; a finished one begins anew.
 */
export const COMPANIES: Readonly<Record<CompanyName, DemoCompany>> = { retail: retailer, small };
export const PASSPHRASE = 'demo only, not a secret';
/** After the notices, 34 days pass: longer than the 30 days of 消费者权益保护法实施条例 art. 21. */
const AFTER_NOTICE = '2026-11-23T09:00:00+08:00';

export async function runDemo(s: Session, folder: string, o: DemoNumbers & { fresh: boolean }): Promise<void> {
  const marker = join(folder, 'demo.json');
  await startAnew(s, folder, marker, o, () => stopServers(s, folder));
  const company = COMPANIES[o.company];
  const estate = await company.open(s, join(folder, 'estate'), state(marker));
  save(marker, estate.remember);
  const outside = await s.sample.openAuthorities(join(folder, 'estate', 'timestamps'));
  try {
    const assembly = await s.open();
    if (!state(marker).estate) {
      s.terminal.progress({ step: 'sample', unit: '', done: 0, total: 1 });
      await estate.generate(o.customers, o.seed);
      save(marker, { estate: true });
    }
    const ctx = await openDemoCase(assembly, company, estate);
    await changing(ctx, async () => {
      // Their ports are new in every run.
      for (const authority of outside?.authorities ?? []) await addTimestampAuthority(ctx, authority);
      await journey(s, assembly, ctx, company, estate, folder);
    });
    const summary = await caseSummary(await assembly.context(company.code, PASSPHRASE));
    s.terminal.settle();
    save(marker, { finished: true });
    writeDurable(join(folder, 'summary.json'), JSON.stringify(summary, null, 1) + '\n');
    if (s.terminal.json) s.terminal.out(JSON.stringify(summary));
    else printSummary(s.terminal, summary, true);
    if (outside === null) s.terminal.note(s.terminal.text.noOpenssl);
    for (const words of estate.leftOut) s.terminal.note(words);
  } finally {
    await outside?.close();
    await estate.close();
  }
}

/** The journey itself; every step finds out what is already done. */
async function journey(
  s: Session,
  assembly: Assembly,
  opened: CaseContext,
  company: DemoCompany,
  estate: OpenCompany,
  folder: string,
): Promise<void> {
  const marker = join(folder, 'demo.json');
  let ctx = opened;
  const keysOf = (label: string) => assembly.officerKeys(company.code, `${PASSPHRASE} ${label}`);
  const officers = new Set((await ctx.store.officers()).map((x) => x.label));
  for (const [department, label] of company.officers) if (!officers.has(label)) await addOfficer(ctx, department, label, keysOf(label));
  if (!(await ctx.store.gates()).has('planned')) {
    await decideRules(ctx, { rules: company.confirmed, verdict: 'confirmed', by: 'legal-1' });
    await decideRules(ctx, { rules: company.refused, verdict: 'refused', by: 'legal-1' });
  }
  await setTimelineDays(ctx, TIMELINE_DAYS);
  const known = new Set((await ctx.store.sources()).map((x) => x.name));
  for (const source of estate.sources()) if (!known.has(source.name)) await addSource(ctx, source);
  for (const [name, form] of Object.entries(estate.offline)) if (!known.has(name)) await declareOffline(ctx, name, form);
  if (!(await ctx.store.dataMap()))
    await discoverSources(ctx, (draft) => applyDataMapFile(draft, JSON.stringify(estate.corrections()), 'sample corrections'));
  await makePlan(ctx, 'case-lead');
  const signed = new Set((await ctx.store.approvals((await ctx.store.plan())!.digest)).map((a) => a.officerId));
  for (const officer of await ctx.store.officers())
    if (!signed.has(officer.id) && SIGNERS.has(officer.department)) await approve(ctx, officer.label, keysOf(officer.label));
  if (!state(marker).waited) {
    await tellAndHear(s, ctx, company, join(folder, 'estate', 'mail'));
    await writePlanDocument(ctx, s.terminal.lang, null);
    await writeDisposalList(ctx, s.terminal.lang, null);
    await ctx.store.setClock(AFTER_NOTICE);
    save(marker, { waited: true });
  }
  ctx = await assembly.context(company.code, PASSPHRASE);
  await execute(ctx, company.code);
  await estate.act(ctx);
  await verify(ctx);
  await makeEvidence(ctx);
}

const SIGNERS: ReadonlySet<string> = new Set(['legal', 'it', 'liquidation']);

/** The notices go out to the sample's mail host, and what comes back is read. */
async function tellAndHear(s: Session, ctx: CaseContext, company: DemoCompany, folder: string): Promise<void> {
  const host = await s.sample.openMailHost(folder);
  try {
    await setMail(ctx, { ...company.mail, user: null, requireTls: false, rate: 1000, smtp: `smtp://127.0.0.1:${host.port}` });
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

async function openDemoCase(assembly: Assembly, company: DemoCompany, estate: OpenCompany): Promise<CaseContext> {
  Object.assign(process.env, estate.secrets);
  const cases = await assembly.directory.list();
  if (!cases.some((c) => c.code === company.code)) {
    const clock = { now: () => new Date(OPENED) };
    const { code, facts } = company;
    await openCase(assembly.directory, clock, { code, company: company.company, facts, demo: true, clockStart: OPENED });
  }
  return assembly.context(company.code, PASSPHRASE);
}

async function stopServers(s: Session, folder: string): Promise<void> {
  await stopRetailer(s, join(folder, 'estate'));
  const control = join(folder, 'data', 'control');
  if (existsSync(control)) await (await s.sample.openCluster(control)).close();
}
