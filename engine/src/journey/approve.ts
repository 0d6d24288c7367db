// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { approvalPayload, checkApprovals } from '../decide/approve/index.ts';
import { newId } from '../kit/index.ts';
import type { Officer } from '../model/case.ts';
import { APPROVING_DEPARTMENTS, type Department } from '../model/department.ts';
import { officerPublicKey, signEnvelope, verifyEnvelope } from '../prove/evidence/index.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';

/** Enters an officer; the signing key is made here and kept under the officer's own passphrase, not the case's. */
export async function addOfficer(ctx: CaseContext, department: Department, label: string, keyring: CaseContext['keys']): Promise<Officer> {
  const purpose = `officer:${label}`;
  if (!keyring.has(purpose)) keyring.put(purpose, new Uint8Array(randomBytes(32)));
  const officer: Officer = { id: newId(ctx.clock.now()), department, label, publicKey: officerPublicKey(keyring.get(purpose)) };
  await ctx.store.addOfficer(officer);
  return officer;
}

/** One officer signs the digest of the present plan. The gate opens with the last of the three departments. Throws ApproveError, JourneyError. */
export async function approve(
  ctx: CaseContext,
  label: string,
  keyring: CaseContext['keys'],
): Promise<{ approved: boolean; missing: readonly Department[] }> {
  const plan = await validPlan(ctx);
  const officers = await ctx.store.officers();
  const officer = officers.find((o) => o.label === label);
  if (!officer) throw new JourneyError('unknown-officer', label);
  const at = ctx.clock.now().toISOString();
  const payload = approvalPayload({ planDigest: plan.digest, caseCode: ctx.code, officer: officer.id, department: officer.department, at });
  const envelope = signEnvelope(payload, keyring.get(`officer:${label}`), officer.id);
  const stored = await ctx.store.approvals(plan.digest);
  const check = (approvals: readonly { officerId: string; envelope: unknown }[]) =>
    checkApprovals({ digest: plan.digest, preparedBy: plan.preparedBy, approvals, officers, verify: verifyEnvelope });
  const result = check([...stored, { officerId: officer.id, envelope }]);
  const refusal = result.refused.at(-1);
  if (refusal) throw refusal.error;
  await ctx.store.addApproval(plan.digest, { officerId: officer.id, department: officer.department, envelope, at }, []);
  ctx.crash('approve.signed');
  return passWhenApproved(ctx);
}

/** Passes the gate when all have signed; called again after a crash it only finishes what was left. */
export async function passWhenApproved(ctx: CaseContext): Promise<{ approved: boolean; missing: readonly Department[] }> {
  const plan = await validPlan(ctx);
  const officers = await ctx.store.officers();
  const approvals = await ctx.store.approvals(plan.digest);
  const { approved, missing } = checkApprovals({
    digest: plan.digest,
    preparedBy: plan.preparedBy,
    approvals,
    officers,
    verify: verifyEnvelope,
  });
  if (approved && !(await ctx.store.gates()).has('approved')) {
    const body = {
      digest: plan.digest,
      preparedBy: plan.preparedBy,
      officers: officers
        .filter((o) => approvals.some((a) => a.officerId === o.id))
        .map((o) => ({ id: o.id, department: o.department, label: o.label, publicKey: o.publicKey })),
      approvals: approvals.map((a) => a.envelope),
    };
    await ctx.store.passGate('approved', { digest: plan.digest }, [entry(ctx, 'plan.approved', body)]);
  }
  return { approved, missing: missing.length > 0 ? missing : approved ? [] : [...APPROVING_DEPARTMENTS] };
}

/** The present plan, if it still holds. */
export async function validPlan(ctx: CaseContext) {
  const plan = await ctx.store.plan();
  if (!plan) throw new JourneyError('not-planned');
  if (plan.voidReason !== null) throw new JourneyError('plan-void', plan.voidReason);
  return plan;
}
