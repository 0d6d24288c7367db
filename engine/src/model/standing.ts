// SPDX-License-Identifier: Apache-2.0
/** Standing (合同状态) of one subject: ended or not, why (民法典 557), since when, what is still owed. */
export type EndCause =
  | 'performed'
  | 'set-off'
  | 'deposited'
  | 'released'
  | 'merged'
  | 'rescinded'
  | 'expired'
  | 'service.ceased'
  | 'unsettled'
  | 'running'
  | 'assumed-by-successor'
  | 'conflict'
  | 'unknown'
  | 'none';

export interface Standing {
  /** null = cannot tell. */
  readonly ended: boolean | null;
  readonly cause: EndCause;
  readonly endedOn: string | null;
  /** What is still owed, as codes with amounts and no personal data: `balance CNY 360.00`, `dispute`. */
  readonly owed: readonly string[];
  /** Systems that contradict each other: the two datasets and what each says. */
  readonly conflicts: readonly { readonly left: string; readonly right: string; readonly says: string }[];
}

/** One piece of evidence about a contract, found in one record. No personal data. */
export interface StandingFact {
  readonly dataset: string;
  readonly kind: 'contract' | 'billing' | 'balance' | 'dispute';
  /** contract/billing: `ended`, `active`, `unknown`; dispute: `open`, `closed`; balance: the amount as decimal text. */
  readonly value: string;
  readonly endedOn: string | null;
  readonly cause: EndCause;
}
