// SPDX-License-Identifier: Apache-2.0
import type { Department } from '../../model/department.ts';
import type { Conflict, Debt, Standing } from '../../model/standing.ts';

/** A conflict with what hangs on it and who must settle it. */
export interface OwnedConflict extends Conflict {
  /** CNY as decimal text: the contract's value and the money owed to the customer; null = no amount is known. */
  readonly atStake: string | null;
  readonly owner: Department;
}

/** The standing of one subject, or of one of its contracts. */
export interface SubjectStanding extends Standing {
  readonly debts: readonly Debt[];
  readonly conflicts: readonly OwnedConflict[];
}

export interface StandingBasis {
  /** Day of the cause of dissolution, YYYY-MM-DD; null = not known. */
  readonly dissolution: string | null;
  /** The legal day. */
  readonly today: string;
}
