// SPDX-License-Identifier: Apache-2.0
export { type ApprovalCheck, type ApprovalResult, checkApprovals, revocable } from './check-approvals.ts';
export { type Basis, type Uncovered, uncovered } from './coverage.ts';
export { APPROVE_ERROR_CODES, ApproveError } from './error.ts';
export { type ExceptionLine, exceptionAllowed, exceptionHash, exceptionListHash, lostExceptions } from './exceptions.ts';
export { holdItems, laterHolds, standingHolds } from './holds.ts';
export { type PlanBar, mayDestroy, planBar } from './may-destroy.ts';
export {
  type Approval,
  type Delegation,
  type ExceptionList,
  type PayloadKind,
  type Revocation,
  payloadBytes,
  readPayload,
} from './payloads.ts';
export type { Signing, Verify } from './ports.ts';
export { type Quorum, quorumOf } from './quorum.ts';
