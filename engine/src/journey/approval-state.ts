// SPDX-License-Identifier: Apache-2.0
import { type Uncovered, lostExceptions, quorumOf } from '../decide/approve/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { Department } from '../model/department.ts';
import { approvals } from './approve.ts';
import { exceptionLines, notCovered, signedLists } from './authority.ts';
import { type CaseContext, today } from './context.ts';
import { JourneyError } from './error.ts';

/** Who signed the latest plan, who has not, what does not count and why, and what the signatures no longer cover. */
export interface ApprovalState {
  readonly schema: 'shanhou.approval.v1';
  readonly plan: { readonly version: number; readonly digest: string; readonly preparedBy: string; readonly voidReason: string | null };
  readonly approved: boolean;
  readonly quorum: readonly { readonly department: Department; readonly needed: number; readonly signed: readonly SignedBy[] }[];
  readonly refused: readonly { readonly officer: string; readonly code: string }[];
  readonly delegations: readonly {
    readonly from: string;
    readonly to: string;
    readonly department: Department;
    readonly until: string;
    readonly state: 'running' | 'over' | 'revoked';
  }[];
  readonly exceptions: { readonly now: number; readonly signed: number; readonly lost: number };
  readonly uncovered: readonly Uncovered[];
}
interface SignedBy {
  readonly officer: string;
  readonly onBehalfOf: string | null;
  readonly at: string;
  readonly profile: 'ed25519' | 'sm2';
}

/** How the approval of the latest plan stands. Throws JourneyError `not-planned`. */
export async function approvalState(ctx: CaseContext): Promise<ApprovalState> {
  const plan = await ctx.store.plan();
  if (!plan) throw new JourneyError('not-planned');
  const officers = await ctx.store.officers();
  const result = await approvals(ctx, plan);
  const { facts } = plan.body['parts'] as { facts: CaseFacts };
  const label = (id: string) => officers.find((o) => o.id === id)?.label ?? id;
  const lists = await signedLists(ctx, plan);
  const lines = await exceptionLines(ctx);
  const signed = new Set(lists.flatMap((l) => l.lines ?? []));
  return {
    schema: 'shanhou.approval.v1',
    plan: { version: plan.version, digest: plan.digest, preparedBy: plan.preparedBy, voidReason: plan.voidReason },
    approved: result.approved && plan.voidReason === null,
    quorum: [...quorumOf('plan', facts.quorum)].map(([department, needed]) => ({
      department,
      needed,
      signed: result.counted
        .filter((c) => c.department === department)
        .map((c) => ({
          officer: label(c.officer),
          onBehalfOf: c.onBehalfOf === undefined ? null : label(c.onBehalfOf),
          at: c.at,
          profile: officers.find((o) => o.id === c.officer)!.publicKey.length === 130 ? 'sm2' : 'ed25519',
        })),
    })),
    refused: result.refused.map((r) => ({ officer: label(r.officer), code: r.code })),
    delegations: result.read.delegations.map((d) => ({
      from: label(d.officer),
      to: label(d.to),
      department: d.department,
      until: d.until,
      state: d.revoked ? 'revoked' : d.until < today(ctx) ? 'over' : 'running',
    })),
    exceptions: { now: lines.length, signed: lines.filter((l) => signed.has(l)).length, lost: lostExceptions(lists, lines) },
    uncovered: await notCovered(ctx, plan, null),
  };
}
