// SPDX-License-Identifier: Apache-2.0
import { legalDay } from '../../kit/index.ts';
import type { Officer } from '../../model/case.ts';
import type { Department } from '../../model/department.ts';
import { ApproveError } from './error.ts';
import type { Approval } from './payloads.ts';
import type { Signing, Verify } from './ports.ts';
import { type Quorum, quorumOf } from './quorum.ts';
import { type ReadSignings, readSignings } from './read-signings.ts';

/** Officers sign on machines of their own, whose clocks differ by minutes. */
const SKEW_MS = 600_000;

export interface ApprovalCheck {
  readonly caseCode: string;
  /** Digest of the present plan. */
  readonly digest: string;
  /** Id or label of the officer who prepared the plan. */
  readonly preparedBy: string;
  readonly quorum?: Quorum | undefined;
  /** Everything that officers signed in the case, in the order in which it was given: approvals of any plan, delegations, revocations. */
  readonly signings: readonly Signing[];
  readonly officers: readonly Officer[];
  readonly verify: Verify;
  /** ISO 8601 instant; what was signed later than this, and ten minutes for clocks that differ, does not count yet. */
  readonly now: string;
}

export interface CountedApproval extends Approval {
  readonly signing: Signing;
  /** Hash of the signed bytes. */
  readonly hash: string;
}

export interface ApprovalResult {
  readonly approved: boolean;
  /** Departments whose signature is still wanting, once for each that is. */
  readonly missing: readonly Department[];
  readonly counted: readonly CountedApproval[];
  /** Signatures that do not count, in the order given. */
  readonly refused: readonly {
    readonly officer: string;
    readonly code: ApproveError['code'];
    readonly error: ApproveError;
    readonly signing: Signing;
  }[];
  readonly read: ReadSignings;
}

/**
 * Is the plan approved: as many good signatures of its digest from each department as the quorum asks, one voice and one key each, none by or
 * for whoever prepared it, none taken back? A delegate signs for who delegated, while the delegation runs. A signature that does not count is
 * refused with its cause and does not spoil the others.
 */
export function checkApprovals(check: ApprovalCheck): ApprovalResult {
  const { digest, preparedBy, officers, now } = check;
  const needed = quorumOf('plan', check.quorum);
  const read = readSignings(check.signings, officers, check.caseCode, check.verify);
  const counted: CountedApproval[] = [];
  const refused: { officer: string; code: ApproveError['code']; error: ApproveError; signing: Signing }[] = [];
  const refuse = (signing: Signing, code: ApproveError['code']) =>
    refused.push({ officer: signing.officerId, code, error: new ApproveError(code, signing.officerId), signing });
  const voices = new Set<string>();
  const preparers = officers.filter((o) => o.id === preparedBy || o.label === preparedBy);
  const prepared = (o: Officer) => preparers.some((p) => p.id === o.id || p.publicKey === o.publicKey);
  for (const { signing, code } of read.bad) refuse(signing, code);
  for (const { signing, by, read: said } of read.good) {
    if (said.is !== 'approval') continue;
    const approval = said.payload;
    const code = refusal(by, approval, said.hash);
    if (code !== null) {
      refuse(signing, code);
      continue;
    }
    for (const voice of voicesOf(by, approval)) voices.add(voice);
    counted.push({ ...approval, signing, hash: said.hash });
  }
  const wanting = [...needed].flatMap(([department, n]) =>
    Array.from({ length: Math.max(0, n - counted.filter((c) => c.department === department).length) }, () => department),
  );
  return { approved: wanting.length === 0, missing: wanting, counted, refused, read };

  function refusal(by: Officer, approval: Approval, hash: string): ApproveError['code'] | null {
    if (approval.planDigest !== digest) return 'stale-digest';
    if (read.revoked.has(hash)) return 'revoked';
    if (!(Date.parse(approval.at) <= Date.parse(now) + SKEW_MS)) return 'post-dated';
    if (!needed.has(approval.department)) return 'not-entitled';
    const behind = approval.onBehalfOf === undefined ? by : officers.find((o) => o.id === approval.onBehalfOf);
    if (behind === undefined) return 'unknown-officer';
    if (prepared(by) || prepared(behind)) return 'preparer';
    if (behind.department !== approval.department) return approval.onBehalfOf === undefined ? 'bad-signature' : 'delegation-invalid';
    const lent = approval.onBehalfOf === undefined ? null : delegationProblem(read, approval);
    if (lent !== null) return lent;
    const full = counted.filter((c) => c.department === approval.department).length >= needed.get(approval.department)!;
    return full || voicesOf(by, approval).some((v) => voices.has(v)) ? 'already-signed' : null;
  }

  /** The key that signed and the key of whoever it speaks for: a person signs once, and nobody is heard twice. */
  function voicesOf(by: Officer, approval: Approval): string[] {
    const behind = officers.find((o) => o.id === approval.onBehalfOf);
    return [by.publicKey, ...(behind === undefined ? [] : [behind.publicKey])];
  }
}

function delegationProblem(read: ReadSignings, approval: Approval): ApproveError['code'] | null {
  const own = read.delegations.filter(
    (d) => d.officer === approval.onBehalfOf && d.to === approval.officer && d.department === approval.department && !d.revoked,
  );
  if (own.length === 0) return 'no-delegation';
  return own.some((d) => d.at <= approval.at && legalDay(new Date(approval.at)) <= d.until) ? null : 'delegation-over';
}

/** What an officer may take back: their approval of this plan that counts, and their delegations that stand. */
export function revocable(
  result: ApprovalResult,
  officer: string,
): readonly { readonly is: 'approval' | 'delegation'; readonly hash: string }[] {
  return [
    ...result.counted.filter((c) => c.officer === officer).map((c) => ({ is: 'approval' as const, hash: c.hash })),
    ...result.read.delegations.filter((d) => d.officer === officer && !d.revoked).map((d) => ({ is: 'delegation' as const, hash: d.hash })),
  ];
}
