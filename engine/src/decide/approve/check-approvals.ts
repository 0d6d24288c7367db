// SPDX-License-Identifier: Apache-2.0
import type { Officer } from '../../model/case.ts';
import { APPROVING_DEPARTMENTS, type Department } from '../../model/department.ts';
import { readApproval } from './approval-payload.ts';
import { ApproveError } from './error.ts';
import type { Verify } from './ports.ts';

export interface ApprovalCheck {
  /** Digest of the present plan. */
  readonly digest: string;
  /** Id or label of the officer who prepared the plan. */
  readonly preparedBy: string;
  /** In the order in which they were given. */
  readonly approvals: readonly { readonly officerId: string; readonly envelope: unknown }[];
  readonly officers: readonly Officer[];
  readonly verify: Verify;
}

export interface ApprovalResult {
  readonly approved: boolean;
  /** Departments whose signature is still wanting. */
  readonly missing: readonly Department[];
  /** Signatures that do not count, in the order given. */
  readonly refused: readonly { readonly officer: string; readonly code: ApproveError['code']; readonly error: ApproveError }[];
}

/**
 * Is the plan approved: one good signature of its digest from each of Legal, IT and the liquidation group, by different officers,
 * none of whom prepared it? A department signs once. A signature that does not count is refused with its cause and does not spoil the others.
 */
export function checkApprovals({ digest, preparedBy, approvals, officers, verify }: ApprovalCheck): ApprovalResult {
  const signed = new Map<string, Department>();
  const refused: ApproveError[] = [];
  for (const { officerId, envelope } of approvals) {
    const officer = officers.find((o) => o.id === officerId);
    const code = officer === undefined ? 'unknown-officer' : refusal(officer);
    if (officer === undefined || code !== null) refused.push(new ApproveError(code ?? 'unknown-officer', officerId));
    else signed.set(officer.publicKey, officer.department);

    function refusal(by: Officer): ApproveError['code'] | null {
      if (!APPROVING_DEPARTMENTS.includes(by.department)) return 'not-entitled';
      if (by.id === preparedBy || by.label === preparedBy) return 'preparer';
      const payload = verify(envelope, by.publicKey);
      const approval = payload && readApproval(payload);
      if (!approval || approval.officer !== by.id || approval.department !== by.department) return 'bad-signature';
      if (approval.planDigest !== digest) return 'stale-digest';
      return signed.has(by.publicKey) || [...signed.values()].includes(by.department) ? 'already-signed' : null;
    }
  }
  const missing = APPROVING_DEPARTMENTS.filter((d) => ![...signed.values()].includes(d));
  return {
    approved: missing.length === 0,
    missing,
    refused: refused.map((error) => ({ officer: error.details.officer, code: error.code, error })),
  };
}
