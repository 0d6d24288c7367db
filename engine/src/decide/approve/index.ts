// SPDX-License-Identifier: Apache-2.0
export { type Approval, approvalPayload, readApproval, signApproval } from './approval-payload.ts';
export { type ApprovalCheck, type ApprovalResult, checkApprovals } from './check-approvals.ts';
export { APPROVE_ERROR_CODES, ApproveError } from './error.ts';
export { exceptionAllowed } from './exception-allowed.ts';
export type { Sign, Verify } from './ports.ts';
