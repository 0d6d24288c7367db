// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealClass } from '../act/vault/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import { canonicalJson, legalDay } from '../kit/index.ts';
import type { Disposition, OutcomeState, Reason } from '../model/disposition.ts';
import {
  type AnchorReport,
  type BundleInput,
  type EvidenceLog,
  type Report,
  type TimestampsReport,
  buildBundle,
  checkFolder,
  commitment,
  dispositionLeaf,
  logOrigin,
  openLog,
  recoverBundle,
  restampBundle,
  sealEntry,
} from '../prove/evidence/index.ts';
import { type CaseContext, entry, folders } from './context.ts';
import { JourneyError } from './error.ts';
import { caseRules } from './case-rules.ts';
import { openCaseInventory } from './inventory.ts';
import type { OutboxEntry } from './ports.ts';
import { TIMESTAMP_STEP, bundleCheckpoint, stampEvidence, timestampSettings, writeAnchors } from './timestamps.ts';

/** What the checker said of the bundle, for the summary. */
export interface EvidenceReport {
  readonly verdict: 'VALID' | 'INVALID' | 'INCOMPLETE';
  readonly bundle: string;
  readonly anchors: readonly AnchorReport[];
  readonly timestamps: TimestampsReport;
  /** Steps that could not be taken. */
  readonly missing: readonly string[];
}

const TOOL = { name: 'shanhou', version: '0.1.0' };

/**
 * Closes the archives, writes one leaf for each record's outcome, seals every file into the log, has the checkpoint time-stamped, builds the
 * bundle and runs the checker on it with what the case trusts from outside it. The one sequencer of a case: outbox entries become leaves in
 * their order, once. Run again after that, it only gets what tokens are missing; an authority that fails leaves an open item.
 */
export async function makeEvidence(ctx: CaseContext): Promise<EvidenceReport> {
  const gates = await ctx.store.gates();
  if (!gates.has('verified')) throw new JourneyError('not-verified');
  const known = await ctx.store.report<EvidenceReport>('evidence');
  if (gates.has('evidenced') && known && (await isSettled(ctx, known))) return known;
  ctx.progress({ step: 'evidence', unit: '', done: 0, total: 1 });
  const folder = join(folders(ctx).evidence, `evidence-${ctx.code}`);
  recoverBundle(folder);
  const checkpoint = gates.has('evidenced') ? bundleCheckpoint(folder) : null;
  const report = checkpoint === null ? await sealAndBuild(ctx, folder) : await addTimestamps(ctx, folder, checkpoint);
  await ctx.store.saveReport('evidence', report, []);
  await ctx.store.passGate('evidenced', { verdict: report.verdict }, []);
  ctx.progress({ step: 'evidence', unit: '', done: 1, total: 1 });
  return report;
}

/** Nothing is missing, and every authority that is entered now has stamped. */
async function isSettled(ctx: CaseContext, { missing, timestamps }: EvidenceReport): Promise<boolean> {
  const { quorum, authorities } = await timestampSettings(ctx);
  const stamped = new Set(timestamps.tokens.map((t) => (t.state === 'absent' ? null : t.name)));
  return missing.length === 0 && timestamps.quorum === quorum && authorities.every((a) => stamped.has(a.name));
}

async function sealAndBuild(ctx: CaseContext, folder: string): Promise<EvidenceReport> {
  await sealArchives(ctx);
  const inventory = await openCaseInventory(ctx);
  try {
    await closeDispositions(ctx, inventory);
    const log = await openCaseLog(ctx);
    await sequence(ctx, inventory, log);
    const input = await bundleInput(ctx, inventory, log);
    if (!(await ctx.store.outbox()).some((e) => e.kind === 'evidence.sealed')) {
      const sealed = await sealEntry(input, ctx.clock.now().toISOString());
      await ctx.store.saveReport('evidence-sealed', {}, [sealed]);
    }
    await sequence(ctx, inventory, log);
    const { files } = await stampEvidence(ctx, log.checkpoint());
    await buildBundle({ ...input, folder, timestamps: files, crash: ctx.crash });
    return await checked(ctx, folder, log);
  } finally {
    await inventory.close();
  }
}

/** What was sealed stays as it is; only time stamps are added. A bundle that is not whole is not touched. */
async function addTimestamps(ctx: CaseContext, folder: string, checkpoint: string): Promise<EvidenceReport> {
  const log = await openCaseLog(ctx);
  const before = await checkFolder(folder, { logs: [log.vkey] });
  if (before.verdict === 'INVALID') throw invalid(before);
  const { files } = await stampEvidence(ctx, checkpoint);
  await restampBundle({ log, folder, timestamps: files, crash: ctx.crash });
  return checked(ctx, folder, log);
}

async function checked(ctx: CaseContext, bundle: string, log: EvidenceLog): Promise<EvidenceReport> {
  const report = await checkFolder(bundle, await writeAnchors(ctx, log));
  if (report.verdict === 'INVALID') throw invalid(report);
  const { verdict, anchors, timestamps, steps } = report;
  return { verdict, bundle, anchors, timestamps, missing: steps.filter((s) => s.state === 'missing').map((s) => s.step) };
}

function invalid(report: Report): JourneyError {
  return new JourneyError('evidence-invalid', report.steps.find((s) => s.state === 'failed')?.step ?? '');
}

async function openCaseLog(ctx: CaseContext): Promise<EvidenceLog> {
  const { demo } = await ctx.store.record();
  return openLog({ folder: folders(ctx).log, origin: logOrigin(ctx.code, demo), seed: ctx.keys.ensure('log'), demo, crash: ctx.crash });
}

async function sealArchives(ctx: CaseContext): Promise<void> {
  if ((await ctx.store.outbox()).some((e) => e.kind === 'archive.sealed')) return;
  const { company } = await ctx.store.record();
  const classes = [...new Set((await ctx.store.archiveChunks()).filter((c) => c.records > 0).map((c) => c.archiveClass))].toSorted();
  const info = { 'Source-Organization': company, 'External-Identifier': ctx.code, 'Bagging-Date': legalDay(ctx.clock.now()) };
  const sealed = classes.map((archiveClass) => sealClass({ folder: folders(ctx).archive, archiveClass, info, crash: ctx.crash }));
  const body = { classes: sealed.map((s) => ({ class: s.archiveClass, files: s.files.length, bytes: s.bytes, manifest: s.manifest })) };
  await ctx.store.saveReport('archives', sealed, [entry(ctx, 'archive.sealed', body)]);
}

/** One leaf a record and the statement that closes the run: numbered in the outbox now, written when the log is. */
async function closeDispositions(ctx: CaseContext, inventory: Inventory): Promise<void> {
  if ((await ctx.store.outbox()).some((e) => e.kind === 'dispositions.final')) return;
  const counts: Record<string, number> = {};
  for await (const r of inventory.query<{ d: string; n: number }>(
    'SELECT disposition AS d, count(*) AS n FROM outcomes GROUP BY 1 ORDER BY 1',
  ))
    counts[r.d] = r.n;
  const records = Object.values(counts).reduce((a, b) => a + b, 0);
  await ctx.store.saveReport('dispositions', { records, counts }, [entry(ctx, 'dispositions.final', { records, counts }, records + 1)]);
}

/** Outbox → log, from the first entry on; what the log has already is compared and skipped. */
async function sequence(ctx: CaseContext, inventory: Inventory, log: EvidenceLog): Promise<void> {
  for (const e of await ctx.store.outbox()) {
    const last = e.firstLeaf + e.leaves - 1;
    if (e.leaves > 1) await log.append(e.firstLeaf, outcomeLeaves(inventory));
    await log.append(last, [log.statement(e, last, ctx.code)]);
  }
}

async function* outcomeLeaves(inventory: Inventory): AsyncGenerator<Uint8Array> {
  const sql = 'SELECT idx, disposition, outcome, until, rules, reason FROM outcomes ORDER BY idx';
  for await (const r of inventory.query<{
    idx: number;
    disposition: Disposition;
    outcome: OutcomeState;
    until: string | null;
    rules: string;
    reason: Reason;
  }>(sql)) {
    yield dispositionLeaf({
      index: r.idx,
      disposition: r.disposition,
      outcome: r.outcome,
      until: r.until,
      rules: r.rules.split(',').filter(Boolean),
      reason: r.reason,
    });
  }
}

async function bundleInput(ctx: CaseContext, inventory: Inventory, log: EvidenceLog): Promise<BundleInput> {
  const record = await ctx.store.record();
  const plan = (await ctx.store.plan())!;
  const latest = (kind: OutboxEntry['kind'], all: readonly OutboxEntry[]) => all.filter((e) => e.kind === kind).at(-1)!.body;
  const outbox = await ctx.store.outbox();
  const sealed = ((await ctx.store.report<{ archiveClass: string }[]>('archives')) ?? []).map((s) => ({
    path: `data/archive/${s.archiveClass}.json`,
    bytes: canonicalJson(s) + '\n',
  }));
  return {
    log,
    case: { code: record.code, company: record.company, demo: record.demo, facts: record.facts, tool: TOOL },
    inventory: latest('inventory.committed', outbox) as unknown as BundleInput['inventory'],
    commitments: () => commitments(inventory),
    files: [
      { path: 'data/plan/data-map.yaml', bytes: readFileSync(join(folders(ctx).inventory, 'data-map.yaml')) },
      { path: 'data/plan/rules.json', bytes: canonicalJson(JSON.parse(JSON.stringify(caseRules(ctx)))) + '\n' },
      { path: 'data/plan/plan.json', bytes: canonicalJson(plan.body) + '\n' },
      { path: 'data/reports/verification.json', bytes: canonicalJson(latest('verification.finished', outbox)) + '\n' },
      { path: 'data/reports/open-items.json', bytes: canonicalJson(await openItemsReport(ctx)) + '\n' },
      ...sealed,
    ],
  };
}

async function openItemsReport(ctx: CaseContext): Promise<unknown> {
  const sealed = (await ctx.store.openItems()).filter((item) => item.step !== TIMESTAMP_STEP);
  return sealed.map(({ kind, owner, source, dataset, field, count, detail }) => ({
    kind,
    owner,
    source,
    dataset,
    field,
    count,
    detail,
  }));
}

async function* commitments(inventory: Inventory): AsyncGenerator<Uint8Array> {
  for await (const r of inventory.query<{ idx: number; dataset: string; fp: string; salt: string }>(
    'SELECT idx, dataset, fp, salt FROM records ORDER BY idx',
  )) {
    yield commitment({ index: r.idx, dataset: r.dataset, fp: r.fp, salt: r.salt });
  }
}
