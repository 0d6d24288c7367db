// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';

/** Why a contract ended (民法典 557). `rescinded` = 解除 without its kind; its kinds are 562¶1, 562¶2, 563¶1, 563¶2 and 565¶1. */
export const END_CAUSES = [
  'performed',
  'set-off',
  'deposited',
  'released',
  'merged',
  'rescinded',
  'rescinded.agreed',
  'rescinded.ground-agreed',
  'rescinded.statutory',
  'rescinded.at-will',
  'rescinded.automatic',
  'expired',
  'service.ceased',
] as const;

/** Why a contract ended, or what stands in the way of saying so. */
export type EndCause = (typeof END_CAUSES)[number] | 'unsettled' | 'running' | 'assumed-by-successor' | 'conflict' | 'unknown' | 'none';

/** What may still be owed under a contract. `payment` is what the customer owes the company; the others are owed to the customer. */
export const DEBT_KINDS = ['prepaid', 'deposit', 'refund', 'payment', 'points', 'goods', 'warranty', 'dispute'] as const;
export type DebtKind = (typeof DEBT_KINDS)[number];
export type DebtSide = 'company' | 'customer';

/** One kind of debt of a subject, all its pieces added up. */
export interface Debt {
  readonly kind: DebtKind;
  /** Who owes it. */
  readonly by: DebtSide;
  /** Decimal text: CNY, for `points` a number of points; null = no amount is known. */
  readonly amount: string | null;
}

/** Two systems that contradict each other about one contract. No personal data. */
export interface Conflict {
  /** The two datasets. */
  readonly left: string;
  readonly right: string;
  /** What each says, `left/right`: `ended/active`, `closed/open`, or two amounts. */
  readonly says: string;
}

/** Standing (合同状态) of one subject: ended or not, why (民法典 557), since when, what is still owed. */
export interface Standing {
  /** null = cannot tell. */
  readonly ended: boolean | null;
  readonly cause: EndCause;
  readonly endedOn: string | null;
  /** What is still owed, as codes with amounts and no personal data: `prepaid CNY 360.00`, `dispute`. */
  readonly owed: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/** One piece of evidence about a contract, found in one record. No personal data. What is left out is not known. */
export interface StandingFact {
  readonly dataset: string;
  /** `contract` and `billing` say whether the contract runs; the others, what is owed under it. */
  readonly kind: 'contract' | 'billing' | DebtKind;
  /** contract, billing: `ended`, `active`, `unknown`; a debt: `open`, `closed`, `unknown`. */
  readonly value: 'ended' | 'active' | 'open' | 'closed' | 'unknown';
  /** Day of the end; of a warranty, its last day. YYYY-MM-DD. */
  readonly endedOn: string | null;
  readonly cause: EndCause;
  /** Decimal text: what is owed (a debt), what the contract is worth (contract, billing). */
  readonly amount?: string;
  /** Keyed hash of the contract's number: systems that give the same one speak of the same contract. */
  readonly contract?: string;
  readonly by?: DebtSide;
  /** Who must settle what this system says, where the data map names a department. */
  readonly owner?: Department;
}

/** What a person found out from documents, against what systems say. The latest on a scope counts. */
export interface Finding {
  /** The one contract it speaks of; null = all of the subject's. */
  readonly contract: string | null;
  /** null = it says nothing about the end, only that debts are settled. */
  readonly ended: boolean | null;
  readonly cause: EndCause;
  readonly endedOn: string | null;
  /** Debts that the document shows as settled. */
  readonly settled: readonly DebtKind[];
}
