// SPDX-License-Identifier: Apache-2.0
import { packDigest } from '../decide/law/index.ts';
import type { Rule } from '../model/law.ts';
import type { ApprovalLine, DatasetLine, PlanDocument, RuleLine } from '../tell/documents/index.ts';
import { sha256 } from '../kit/index.ts';
import type { CaseFacts, Officer } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import { APPROVING_DEPARTMENTS } from '../model/department.ts';
import { DESTROYING, DISPOSITIONS, type Disposition, type Reason } from '../model/disposition.ts';
import { caseRules } from './case-rules.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';
import { fieldLedger } from './ledger.ts';
import type { DecisionCount } from './plan.ts';
import type { OutboxEntry } from './ports.ts';
import { caseRisks } from './risks.ts';
import { bigints, texts } from './sql.ts';
import { dueForDestruction, windDownTimeline } from './timeline.ts';

/** What the documents of the latest plan say, as it was when it was fixed; only open items, exceptions and signatures are of the present. Throws JourneyError `not-planned`. */
export async function planFacts(ctx: CaseContext): Promise<PlanDocument> {
  const { store } = ctx;
  const plan = await store.plan();
  if (!plan) throw new JourneyError('not-planned');
  const parts = plan.body['parts'] as { facts: CaseFacts; rules: string; inventoryRoot: string };
  const counts = plan.body['counts'] as DecisionCount[];
  const record = await store.record();
  const outbox = await store.outbox();
  const officers = await store.officers();
  const map = (await store.dataMap())?.map ?? { version: 1, datasets: [] };
  const compiled = outbox.findLast((e) => e.kind === 'plan.compiled' && e.body['digest'] === plan.digest);
  const datasets = datasetLines(outbox, parts.inventoryRoot, map);
  const approved = (await store.gates()).get('approved')?.body['digest'] === plan.digest;
  return {
    company: record.company,
    caseCode: record.code,
    demo: record.demo,
    injectedClock: record.clockStart !== null,
    plan: {
      version: plan.version,
      digest: plan.digest,
      preparedBy: plan.preparedBy,
      preparedAt: compiled?.at ?? `${parts.facts.today}T00:00:00+08:00`,
      state: plan.voidReason !== null ? 'void' : approved ? 'approved' : 'draft',
      voidReason: plan.voidReason,
    },
    facts: parts.facts,
    sources: sourceLines(
      (await store.sources()).map(({ name, kind }) => ({ name, kind })),
      map,
      datasets,
    ),
    datasets,
    groups: inOrder(counts, datasets).map((c) => ({
      dataset: c.dataset,
      disposition: c.disposition as Disposition,
      reason: c.reason as Reason,
      rules: c.rules.split(',').filter(Boolean),
      until: c.until,
      records: c.records,
    })),
    rules: ruleLines(counts, parts.facts, outbox.slice(0, compiled?.position ?? outbox.length), officers, caseRules(ctx)),
    samePack: packDigest(caseRules(ctx)) === parts.rules,
    fields: fieldLedger(counts, map, caseRules(ctx)),
    openItems: (await store.openItems()).map(({ kind, owner, source, dataset, field, count, detail }) => ({
      kind,
      owner,
      source,
      dataset,
      field,
      count,
      detail,
    })),
    ...(await peopleConcerned(ctx, plan.digest)),
    approvals: await approvalLines(ctx, plan.digest, officers),
    timeline: {
      timeline: await windDownTimeline(ctx, parts.facts.today),
      due: (await planStands(ctx, plan.digest)) ? await dueForDestruction(ctx) : null,
    },
    risks: await caseRisks(ctx, parts.facts.today),
  };
}

/** Lines in the order of the datasets and, within one, of the dispositions: as the ledger has them. */
export function inOrder<T extends { readonly dataset: string; readonly disposition: string }>(
  lines: readonly T[],
  datasets: readonly { readonly dataset: string }[],
): T[] {
  const place = new Map(datasets.map((d, i) => [d.dataset, i]));
  const rank = (l: T) =>
    (place.get(l.dataset) ?? datasets.length) * DISPOSITIONS.length + DISPOSITIONS.indexOf(l.disposition as Disposition);
  return lines.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether the decisions in the inventory folder are those of this plan: they go when facts, rules or sources change. */
export async function planStands(ctx: CaseContext, digest: string): Promise<boolean> {
  return (await ctx.store.gates()).get('planned')?.body['digest'] === digest;
}

/** Counts from the evidence entry that fixed the inventory this plan speaks of. */
function datasetLines(outbox: readonly OutboxEntry[], root: string, map: DataMap): DatasetLine[] {
  const committed = outbox.findLast((e) => e.kind === 'inventory.committed' && e.body['root'] === root);
  const counted = (committed?.body['datasets'] ?? []) as { dataset: string; sourceCount: number }[];
  return counted.map(({ dataset, sourceCount }) => {
    const mapped = map.datasets.find((d) => d.id === dataset);
    const personal = mapped?.fields.filter((f) => f.category !== null) ?? [];
    return {
      dataset,
      role: mapped?.role ?? 'none',
      recordClass: mapped?.recordClass ?? 'any-data',
      records: sourceCount,
      personal: personal.length,
      sensitive: personal.filter((f) => f.sensitivity === 'sensitive').length,
    };
  });
}

function sourceLines(
  sources: readonly { readonly name: string; readonly kind: string }[],
  map: DataMap,
  datasets: readonly DatasetLine[],
): PlanDocument['sources'] {
  return sources.map(({ name, kind }) => {
    const own = new Set(map.datasets.filter((d) => d.source === name).map((d) => d.id));
    const lines = datasets.filter((d) => own.has(d.dataset));
    return { name, kind, datasets: lines.length, records: lines.reduce((n, d) => n + d.records, 0) };
  });
}

/** Rules that decided records, and rules that Legal ruled on before this plan was made; the most used first. */
function ruleLines(
  counts: readonly DecisionCount[],
  facts: CaseFacts,
  before: readonly OutboxEntry[],
  officers: readonly Officer[],
  pack: readonly Rule[],
): RuleLine[] {
  const verdicts = new Map<string, RuleLine['verdict']>();
  for (const e of before) {
    if (e.kind !== 'rule.confirmed') continue;
    const { rules, verdict, officer } = e.body as { rules: string[]; verdict: 'confirmed' | 'refused'; officer: string };
    const by = officers.find((o) => o.id === officer)?.label ?? officer;
    for (const id of rules) verdicts.set(id, { said: verdict, by, at: e.at });
  }
  const lines = pack.flatMap((rule): RuleLine[] => {
    const used = counts.filter((c) => c.rules.split(',').includes(rule.id));
    if (used.length === 0 && !facts.confirmed.includes(rule.id) && !facts.refused.includes(rule.id)) return [];
    const until =
      used
        .flatMap((c) => c.until ?? [])
        .toSorted()
        .at(-1) ?? null;
    return [{ rule, records: used.reduce((n, c) => n + c.records, 0), until, verdict: verdicts.get(rule.id) ?? null }];
  });
  return lines.toSorted((a, b) => b.records - a.records);
}

/** How many subjects the plan concerns, and who has been taken out of destruction since, by reason. */
async function peopleConcerned(ctx: CaseContext, digest: string): Promise<Pick<PlanDocument, 'subjects' | 'exceptions'>> {
  const excepted = await ctx.store.exceptions();
  const bySubject = new Map<number, number>();
  let subjects: PlanDocument['subjects'] = null;
  const stands = await planStands(ctx, digest);
  if (stands) {
    const inventory = await openCaseInventory(ctx);
    try {
      for await (const row of inventory.query<{ all: number; minors: number; core: number }>(
        `SELECT count(DISTINCT s.subject) AS "all", count(DISTINCT CASE WHEN r.minor THEN s.subject END) AS minors,
                count(DISTINCT CASE WHEN c.tier = 'core' THEN s.subject END) AS core
         FROM subjects s JOIN records r USING (idx) JOIN plan p USING (idx) LEFT JOIN customers c ON c.subject = s.subject
         WHERE s.subject IS NOT NULL AND p.disposition <> 'exclude'`,
      ))
        subjects = row;
      for await (const row of inventory.query<{ subject: number; n: number }>(
        `SELECT s.subject AS subject, count(*) AS n FROM plan p JOIN subjects s USING (idx)
         WHERE list_contains(${texts([...DESTROYING])}, p.disposition) AND list_contains(${bigints(excepted.map((e) => e.subject))}, s.subject) GROUP BY ALL`,
      ))
        bySubject.set(row.subject, row.n);
    } finally {
      await inventory.close();
    }
  }
  const exceptions = [...new Set(excepted.map((e) => e.reason))].toSorted().map((reason) => {
    const those = excepted.filter((e) => e.reason === reason);
    return { reason, subjects: those.length, records: stands ? those.reduce((n, e) => n + (bySubject.get(e.subject) ?? 0), 0) : null };
  });
  return { subjects, exceptions };
}

async function approvalLines(ctx: CaseContext, digest: string, officers: readonly Officer[]): Promise<ApprovalLine[]> {
  const approvals = await ctx.store.approvals(digest);
  return APPROVING_DEPARTMENTS.map((department) => {
    const signed = approvals.find((a) => a.department === department);
    const officer = officers.find((o) => o.id === signed?.officerId);
    return {
      department,
      label: officer?.label ?? null,
      at: signed?.at ?? null,
      key: officer ? sha256(Buffer.from(officer.publicKey, 'hex')) : null,
    };
  });
}
