// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
  type Basis,
  type ExceptionLine,
  type Uncovered,
  exceptionHash,
  exceptionListHash,
  lostExceptions,
  planBar,
  uncovered,
} from '../decide/approve/index.ts';
import { packDigest } from '../decide/law/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Rule } from '../model/law.ts';
import { approvals, officerBy, sign, validPlan } from './approve.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';
import { excepted } from './excepted.ts';
import { openCaseInventory } from './inventory.ts';
import type { StoredPlan } from './ports.ts';

/** What is kept beside a plan so that it can be said later what changed: a hash for each dataset and rule. */
export interface PlanBasis {
  readonly digest: string;
  readonly datasets: Readonly<Record<string, string>>;
  readonly ruleHashes: Readonly<Record<string, string>>;
  readonly findings: string;
}

export async function planBasis(ctx: CaseContext, digest: string, map: DataMap, rules: readonly Rule[]): Promise<PlanBasis> {
  return { digest, ...hashes(map, rules), findings: await findingsHash(ctx) };
}

function hashes(map: DataMap, rules: readonly Rule[]): Pick<PlanBasis, 'datasets' | 'ruleHashes'> {
  const hash = (value: unknown) => sha256(canonicalJson(JSON.parse(JSON.stringify(value)) as never)).slice(0, 16);
  return {
    datasets: Object.fromEntries(map.datasets.map((d) => [d.id, hash(d)])),
    ruleHashes: Object.fromEntries(rules.map((r) => [r.id, hash(r)])),
  };
}

async function findingsHash(ctx: CaseContext): Promise<string> {
  return sha256(canonicalJson((await ctx.store.findings()).map((f) => JSON.parse(JSON.stringify(f)) as never)));
}

/** What the signatures under the latest plan no longer cover. `inventory` null: the decisions are not read again. */
export async function notCovered(ctx: CaseContext, plan: StoredPlan, inventory: Inventory | null): Promise<readonly Uncovered[]> {
  const parts = plan.body['parts'] as { dataMap: string; rules: string; facts: CaseFacts; inventoryRoot: string; decisionsRoot: string };
  const kept = await ctx.store.report<PlanBasis>('plan-basis');
  const own = kept?.digest === plan.digest ? kept : { datasets: {}, ruleHashes: {}, findings: await findingsHash(ctx) };
  const gates = await ctx.store.gates();
  const stored = await ctx.store.dataMap();
  const rules = caseRules(ctx);
  const there = gates.get('planned')?.body['digest'] === plan.digest;
  const signed: Basis = { ...parts, ...own };
  const now: Basis = {
    dataMap: stored?.digest ?? '',
    rules: packDigest(rules),
    ...hashes(stored?.map ?? { version: 1, datasets: [] }, rules),
    facts: (await ctx.store.record()).facts,
    inventoryRoot: there ? String(gates.get('inventoried')?.body['root']) : null,
    decisionsRoot: !there ? null : inventory === null ? parts.decisionsRoot : await decisionsRoot(inventory),
    findings: await findingsHash(ctx),
  };
  return uncovered(signed, now);
}

/** SHA-256 over every decision in inventory order: what the approvers sign. Throws JourneyError `not-inventoried` when there are none. */
export async function decisionsRoot(inventory: Inventory): Promise<string> {
  const hash = createHash('sha256');
  let n = 0;
  for await (const d of inventory.query<{ line: string }>(
    `SELECT concat_ws('|', idx, disposition, coalesce(CAST(until AS VARCHAR), ''), coalesce(rules, ''), reason) AS line FROM plan ORDER BY idx`,
  )) {
    hash.update(d.line + '\n');
    n += 1;
  }
  if (n === 0) throw new JourneyError('not-inventoried');
  return hash.digest('hex');
}

/**
 * Before anything is destroyed: the plan stands, its signatures are looked at again, and they cover what is there. Once destruction has begun
 * only the decisions themselves are compared, so that a run that was cut can be finished. Throws JourneyError `plan-void`, `not-approved`,
 * `not-covered` naming what changed, `exception-lost`.
 */
export async function assertAuthority(ctx: CaseContext): Promise<void> {
  const plan = await validPlan(ctx);
  const begun = (await ctx.store.chunks()).length > 0;
  const inventory = await openCaseInventory(ctx);
  try {
    const differs = (await notCovered(ctx, plan, inventory)).filter((u) => !begun || u.part === 'decisions');
    const bar = planBar({
      voidReason: plan.voidReason,
      approvals: await approvals(ctx, plan),
      uncovered: differs,
      lostExceptions: lostExceptions(await signedLists(ctx, plan), await exceptionLines(ctx)),
    });
    if (bar !== null) throw new JourneyError(bar, differs.map((u) => [u.part, ...u.what.slice(0, 5)].join(' ')).join('; '));
  } finally {
    await inventory.close();
  }
}

/** The exceptions of now, each as the hash by which it is signed. */
export async function exceptionLines(ctx: CaseContext): Promise<readonly string[]> {
  const { holds } = await excepted(ctx);
  const lines: ExceptionLine[] = [...(await ctx.store.exceptions()), ...holds.map((hold) => ({ hold }))];
  return lines.map(exceptionHash);
}

type KeptLists = Readonly<Record<string, readonly string[]>>;

/** Exception lists that Legal signed for a plan, with the lines kept for each. */
export async function signedLists(
  ctx: CaseContext,
  plan: StoredPlan,
): Promise<readonly { list: string; lines: readonly string[] | null }[]> {
  const { read } = await approvals(ctx, plan);
  const kept = (await ctx.store.report<KeptLists>('exception-lists')) ?? {};
  return read.exceptionLists.filter((l) => l.planDigest === plan.digest).map(({ list }) => ({ list, lines: kept[list] ?? null }));
}

/** Legal signs who and what was taken out of destruction since the plan was made; from then on none of it may go missing. Throws JourneyError `unknown-officer`, `no-exceptions`. */
export async function signExceptions(ctx: CaseContext, label: string, keyring: CaseContext['keys']): Promise<{ readonly count: number }> {
  const plan = await validPlan(ctx);
  const officer = await officerBy(ctx, label);
  if (officer.department !== 'legal') throw new JourneyError('unknown-officer', label);
  const lines = [...(await exceptionLines(ctx))].toSorted();
  if (lines.length === 0) throw new JourneyError('no-exceptions');
  const list = exceptionListHash(lines);
  const at = ctx.clock.now().toISOString();
  const body = { planDigest: plan.digest, caseCode: ctx.code, officer: officer.id, list, count: String(lines.length), at };
  await ctx.store.saveReport('exception-lists', { ...(await ctx.store.report<KeptLists>('exception-lists')), [list]: lines }, []);
  await ctx.store.addSigning({ ...sign(officer, keyring, 'exceptions', body), at }, [
    entry(ctx, 'exceptions.signed', { digest: plan.digest, officer: officer.id, list, count: lines.length }),
  ]);
  return { count: lines.length };
}
