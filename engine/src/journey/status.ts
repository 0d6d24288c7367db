// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../model/law.ts';
import type { CaseSummary } from '../api/index.ts';
import { GATES } from '../model/case.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, folders, today } from './context.ts';
import { customerCounts } from './describe-customers.ts';
import { blockers, nextGate } from './gates.ts';
import { openCaseInventory } from './inventory.ts';
import { decidedCounts, fieldLedger, ledger } from './ledger.ts';
import type { DecisionCount } from './plan.ts';
import type { EvidenceReport } from './prove.ts';
import { toldCounts } from './telling.ts';
import type { Verification } from './verify.ts';

/** Where a case stands: gates and what blocks them, ledgers, open items, evidence. No personal data. */
export async function caseSummary(ctx: CaseContext): Promise<CaseSummary> {
  const { store } = ctx;
  const record = await store.record();
  const passed = await store.gates();
  const items = await store.openItems();
  const map = await store.dataMap();
  const plan = await store.plan();
  const notices = await store.notices();
  const gate = nextGate(new Set(passed.keys()));
  const planned = passed.has('planned') && map !== null;
  const inventory = planned ? await openCaseInventory(ctx) : null;
  try {
    return {
      schema: 'shanhou.case-summary.v1',
      case: { code: record.code, company: record.company, today: today(ctx), demo: record.demo, injectedClock: record.clockStart !== null },
      gate: gate ?? 'done',
      next: await nextStep(ctx, gate),
      gates: GATES.map((g) => ({
        gate: g,
        at: passed.get(g)?.at ?? null,
        blockers: passed.has(g) ? [] : blockers(g, items).map((i) => ({ owner: i.owner, kind: i.kind, detail: i.detail, count: i.count })),
      })),
      planDigest: plan?.voidReason === null ? plan.digest : null,
      ledger: inventory ? await ledger(ctx, inventory, map!.map) : [],
      fields: inventory ? fieldLedger(await decidedCounts(ctx, inventory), map!.map, caseRules(ctx)) : [],
      openItems: items.map(({ kind, owner, source, dataset, field, count, detail }) => ({
        kind,
        owner,
        source,
        dataset,
        field,
        count,
        detail,
      })),
      customers: await customerLine(ctx),
      notices: [...notices],
      told: notices.length === 0 ? null : toldCounts(notices),
      rules: planned ? rulesUsed(caseRules(ctx), plan!.body['counts'] as DecisionCount[]) : [],
      verification: await verificationLine(ctx),
      evidence: await evidenceLine(ctx),
      documents: documents(ctx),
      folders: { data: ctx.folder, keys: ctx.keys.folder, archive: folders(ctx).archive, outbox: folders(ctx).outbox },
    };
  } finally {
    await inventory?.close();
  }
}

async function customerLine(ctx: CaseContext): Promise<CaseSummary['customers']> {
  const counts = await customerCounts(ctx);
  if (counts.length === 0) return null;
  const groups = [...Map.groupBy(counts, (c) => `${c.kind} ${c.tier}`).values()];
  return {
    subjects: counts.reduce((n, c) => n + c.subjects, 0),
    counts: groups.map((same) => ({ kind: same[0]!.kind, tier: same[0]!.tier, subjects: same.reduce((n, c) => n + c.subjects, 0) })),
  };
}

async function nextStep(ctx: CaseContext, gate: string | null): Promise<string> {
  if (gate === null) return (await ctx.store.report<EvidenceReport>('evidence'))?.missing.includes('timestamp') ? 'timestamp' : 'done';
  if (gate !== 'inventoried' && gate !== 'classified' && gate !== 'contracts-verified') return gate;
  if ((await ctx.store.sources()).length === 0) return 'sources';
  return (await ctx.store.dataMap()) === null ? 'discover' : 'planned';
}

function rulesUsed(rules: readonly Rule[], counts: readonly DecisionCount[]): CaseSummary['rules'] {
  const pack = new Map(rules.map((r) => [r.id, r]));
  const used = new Map<string, { records: number; until: string | null }>();
  for (const c of counts) {
    for (const id of c.rules.split(',').filter(Boolean)) {
      const seen = used.get(id) ?? { records: 0, until: null };
      used.set(id, {
        records: seen.records + c.records,
        until:
          [seen.until, c.until]
            .filter((d) => d !== null)
            .toSorted()
            .at(-1) ?? null,
      });
    }
  }
  return [...used]
    .map(([id, u]) => ({ id, law: pack.get(id)?.law ?? id, lawEn: pack.get(id)?.lawEn ?? id, article: pack.get(id)?.article ?? '', ...u }))
    .toSorted((a, b) => b.records - a.records);
}

async function verificationLine(ctx: CaseContext): Promise<CaseSummary['verification']> {
  const report = await ctx.store.report<Verification>('verification');
  if (!report) return null;
  const { hits, canaries, notSearched } = report.residue;
  return { passed: report.passed, datasets: report.datasets.length, residue: hits, canaries, notSearched };
}

/** Documents written into the case's folder so far; a half-written one has another name. */
function documents(ctx: CaseContext): string[] {
  const { documents: folder } = folders(ctx);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(pdf|docx|xlsx)$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

async function evidenceLine(ctx: CaseContext): Promise<CaseSummary['evidence']> {
  const report = await ctx.store.report<EvidenceReport>('evidence');
  return report && existsSync(report.bundle)
    ? {
        verdict: report.verdict,
        bundle: report.bundle,
        anchors: report.anchors.map(({ name, fingerprint, demo }) => ({ name, fingerprint, demo })),
        missing: [...report.missing],
        timestamps: {
          quorum: report.timestamps.quorum,
          counted: report.timestamps.counted,
          tokens: report.timestamps.tokens.map(({ name, state, at, signer, demo }) => ({ name, state, at, signer, demo })),
        },
      }
    : null;
}
