// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import {
  ApproveError,
  type ApprovalResult,
  type PayloadKind,
  type Signing,
  checkApprovals,
  payloadBytes,
  quorumOf,
  revocable,
} from '../decide/approve/index.ts';
import { newId } from '../kit/index.ts';
import type { CaseFacts, Officer } from '../model/case.ts';
import type { Department } from '../model/department.ts';
import { type SignatureProfile, newOfficerKey, officerPublicKey, signEnvelope, verifyEnvelope } from '../prove/evidence/index.ts';
import { type CaseContext, entry, today } from './context.ts';
import { JourneyError } from './error.ts';
import { blockers } from './gates.ts';
import type { StoredPlan } from './ports.ts';

/** Enters an officer; the signing key is made here and kept under the officer's own passphrase, not the case's. `profile`: Ed25519, or SM2 with SM3. */
export async function addOfficer(
  ctx: CaseContext,
  department: Department,
  label: string,
  keyring: CaseContext['keys'],
  profile: SignatureProfile = 'ed25519',
): Promise<Officer> {
  const purpose = `officer:${label}`;
  if (!keyring.has(purpose))
    keyring.put(
      purpose,
      newOfficerKey(profile, (n) => new Uint8Array(randomBytes(n))),
    );
  const officer: Officer = { id: newId(ctx.clock.now()), department, label, publicKey: officerPublicKey(keyring.get(purpose), profile) };
  await ctx.store.addOfficer(officer);
  return officer;
}

export interface Approved {
  readonly approved: boolean;
  readonly missing: readonly Department[];
}

/**
 * One officer signs the digest of the present plan; `behalf`: label of the officer who delegated it. The gate opens with the last signature
 * of the quorum. Throws ApproveError, JourneyError `unknown-officer`, `not-planned`, `plan-void`, `hold-lost`.
 */
export async function approve(
  ctx: CaseContext,
  label: string,
  keyring: CaseContext['keys'],
  behalf: string | null = null,
): Promise<Approved> {
  const plan = await standingPlan(ctx);
  const [lost] = blockers('approved', await ctx.store.openItems());
  if (lost) throw new JourneyError('hold-lost', lost.detail);
  const officer = await officerBy(ctx, label);
  const behind = behalf === null ? officer : await officerBy(ctx, behalf);
  const at = ctx.clock.now().toISOString();
  const signing = sign(officer, keyring, 'approval', {
    planDigest: plan.digest,
    caseCode: ctx.code,
    officer: officer.id,
    department: behind.department,
    ...(behalf === null ? {} : { onBehalfOf: behind.id }),
    at,
  });
  const refusal = (await approvals(ctx, plan, [signing])).refused.findLast((r) => r.signing === signing);
  if (refusal) throw refusal.error;
  await ctx.store.addSigning({ ...signing, at }, []);
  ctx.crash('approve.signed');
  return passWhenApproved(ctx);
}

/** Passes the gate when the quorum has signed; called again after a crash it only finishes what was left. */
export async function passWhenApproved(ctx: CaseContext): Promise<Approved> {
  const plan = await standingPlan(ctx);
  const { approved, missing, counted, read } = await approvals(ctx, plan);
  if (approved && !(await ctx.store.gates()).has('approved')) {
    const heard = new Set(counted.flatMap((c) => [c.officer, c.onBehalfOf ?? c.officer]));
    const body = {
      digest: plan.digest,
      preparedBy: plan.preparedBy,
      officers: (await ctx.store.officers())
        .filter((o) => heard.has(o.id))
        .map((o) => ({ id: o.id, department: o.department, label: o.label, publicKey: o.publicKey })),
      approvals: counted.map((c) => c.signing.envelope),
      delegations: read.delegations
        .filter((d) => !d.revoked && counted.some((c) => c.onBehalfOf === d.officer && c.officer === d.to))
        .map((d) => d.envelope),
    };
    await ctx.store.passGate('approved', { digest: plan.digest }, [entry(ctx, 'plan.approved', body)]);
  }
  return { approved, missing };
}

/**
 * An officer lets another one sign for the department until the end of a legal day. Throws ApproveError `delegation-invalid` when the two are
 * one or the department has no say, `delegation-over` when the day is past; JourneyError `unknown-officer`.
 */
export async function delegate(ctx: CaseContext, from: string, to: string, until: string, keyring: CaseContext['keys']): Promise<void> {
  const [officer, other] = [await officerBy(ctx, from), await officerBy(ctx, to)];
  const { facts } = await ctx.store.record();
  if (officer.publicKey === other.publicKey || !quorumOf('plan', facts.quorum).has(officer.department))
    throw new ApproveError('delegation-invalid', officer.id);
  if (until < today(ctx)) throw new ApproveError('delegation-over', officer.id);
  const at = ctx.clock.now().toISOString();
  const body = { caseCode: ctx.code, officer: officer.id, department: officer.department, to: other.id, until, at };
  await ctx.store.addSigning({ ...sign(officer, keyring, 'delegation', body), at }, []);
}

/**
 * An officer takes back what they signed under the present plan, and the delegations they gave; the gate shuts if too few are left. Only
 * before anything was destroyed. Throws JourneyError `already-executed`, `unknown-officer`; ApproveError `nothing-to-revoke`.
 */
export async function revoke(ctx: CaseContext, label: string, keyring: CaseContext['keys']): Promise<Approved> {
  const plan = await standingPlan(ctx);
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  const officer = await officerBy(ctx, label);
  const targets = revocable(await approvals(ctx, plan), officer.id);
  if (targets.length === 0) throw new ApproveError('nothing-to-revoke', officer.id);
  const at = ctx.clock.now().toISOString();
  // The gate first: whoever dies in between finds it shut, and the next look opens it again if the signatures still stand.
  await ctx.store.clearGates(['approved', 'notified', 'archived']);
  for (const { is, hash } of targets)
    await ctx.store.addSigning(
      { ...sign(officer, keyring, 'revocation', { caseCode: ctx.code, officer: officer.id, target: hash, at }), at },
      [entry(ctx, 'approval.revoked', { digest: plan.digest, officer: officer.id, is, target: hash })],
    );
  return passWhenApproved(ctx);
}

/** Everything signed in the case, judged for one plan at the present time; `more` = what is about to be signed. */
export async function approvals(
  ctx: CaseContext,
  plan: Pick<StoredPlan, 'digest' | 'preparedBy' | 'body'>,
  more: readonly Signing[] = [],
): Promise<ApprovalResult> {
  const { facts } = plan.body['parts'] as { facts: CaseFacts };
  return checkApprovals({
    caseCode: ctx.code,
    digest: plan.digest,
    preparedBy: plan.preparedBy,
    quorum: facts.quorum,
    signings: [...(await ctx.store.signings()), ...more],
    officers: await ctx.store.officers(),
    verify: verifyEnvelope,
    now: ctx.clock.now().toISOString(),
  });
}

/** The present plan, if it still holds. Throws JourneyError `not-planned`, `plan-void`. */
export async function validPlan(ctx: CaseContext): Promise<StoredPlan> {
  const plan = await ctx.store.plan();
  if (!plan) throw new JourneyError('not-planned');
  if (plan.voidReason !== null) throw new JourneyError('plan-void', plan.voidReason);
  return plan;
}

/** A valid plan whose decisions are there: a new inventory drops them before it makes others. */
async function standingPlan(ctx: CaseContext): Promise<StoredPlan> {
  const plan = await validPlan(ctx);
  if ((await ctx.store.gates()).get('planned')?.body['digest'] !== plan.digest) throw new JourneyError('not-planned');
  return plan;
}

export async function officerBy(ctx: CaseContext, label: string): Promise<Officer> {
  const officer = (await ctx.store.officers()).find((o) => o.label === label);
  if (!officer) throw new JourneyError('unknown-officer', label);
  return officer;
}

/** What an officer signs with their own key. */
export function sign<K extends PayloadKind>(
  officer: Officer,
  keyring: CaseContext['keys'],
  kind: K,
  body: Parameters<typeof payloadBytes<K>>[1],
): Signing {
  return { officerId: officer.id, envelope: signEnvelope(payloadBytes(kind, body), keyring.get(`officer:${officer.label}`), officer) };
}
