// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../../kit/index.ts';
import { DEPARTMENTS, type Department } from '../../model/department.ts';
import type { Sign } from './ports.ts';

/** What one officer signs. */
export interface Approval {
  /** SHA-256 of the plan, 64 hex digits. */
  readonly planDigest: string;
  readonly caseCode: string;
  /** Officer id. */
  readonly officer: string;
  readonly department: Department;
  /** ISO 8601 instant. */
  readonly at: string;
}

/** The bytes to sign: canonical JSON of the approval, with its kind, so that no other signed document can be taken for one. */
export function approvalPayload({ planDigest, caseCode, officer, department, at }: Approval): Uint8Array {
  return new TextEncoder().encode(canonicalJson({ kind: KIND, planDigest, caseCode, officer, department, at }));
}

/** An approval signed through the port. */
export function signApproval<Envelope>(approval: Approval, sign: Sign<Envelope>): Envelope {
  return sign(approvalPayload(approval));
}

/** The approval in signed bytes, or null when they are not exactly one: other fields, another kind, another spelling. */
export function readApproval(payload: Uint8Array): Approval | null {
  try {
    const { kind, ...rest } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as Record<string, unknown>;
    const approval = rest as unknown as Approval;
    const texts = [approval.planDigest, approval.caseCode, approval.officer, approval.at].every((v) => typeof v === 'string');
    if (kind !== KIND || !texts || !DEPARTMENTS.includes(approval.department)) return null;
    return Buffer.compare(approvalPayload(approval), payload) === 0 ? approval : null;
  } catch {
    return null;
  }
}

const KIND = 'shanhou-plan-approval/1';
