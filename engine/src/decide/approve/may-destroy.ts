// SPDX-License-Identifier: Apache-2.0
import { DESTROYING, type Disposition } from '../../model/disposition.ts';
import type { ApprovalResult } from './check-approvals.ts';
import type { Uncovered } from './coverage.ts';

/** Why nothing of a plan may be destroyed now. */
export type PlanBar = 'plan-void' | 'not-approved' | 'not-covered' | 'exception-lost';

/**
 * May the plan be carried out: it is not void, the signatures that its digest needs are there and good, they cover what is there now, and no
 * exception that Legal signed has gone missing. null = it may.
 */
export function planBar(state: {
  readonly voidReason: string | null;
  readonly approvals: ApprovalResult;
  readonly uncovered: readonly Uncovered[];
  /** Exceptions that Legal signed and that are no longer there, see `lostExceptions`. */
  readonly lostExceptions: number;
}): PlanBar | null {
  if (state.voidReason !== null) return 'plan-void';
  if (!state.approvals.approved) return 'not-approved';
  if (state.uncovered.length > 0) return 'not-covered';
  return state.lostExceptions > 0 ? 'exception-lost' : null;
}

/** May this record be destroyed under a plan that may be carried out: the plan says so, nothing took it out, and it is as it was planned. */
export function mayDestroy(record: { readonly disposition: Disposition; readonly excepted: boolean; readonly drifted: boolean }): boolean {
  return DESTROYING.has(record.disposition) && !record.excepted && !record.drifted;
}
