// SPDX-License-Identifier: Apache-2.0
import type { RecordClass } from './law.ts';

export const DISPOSITIONS = ['delete', 'anonymise', 'archive', 'transfer', 'handOver', 'hold', 'exclude', 'gap'] as const;
/** Disposition (处置方式): the one end of a record. */
export type Disposition = (typeof DISPOSITIONS)[number];

/** Dispositions after which the record is no longer in the source as it was. */
export const DESTROYING: ReadonlySet<Disposition> = new Set<Disposition>(['delete', 'anonymise', 'archive']);

/** Why a decision is what it is, as a closed code; the words for people are in cli/text. */
export const REASONS = [
  'service-ceased',
  'purpose-ended',
  'retention-expired',
  'retention-running',
  'anonymise-chosen',
  'hold-approved',
  'hold-not-approved',
  'objection',
  'obligation-owed',
  'contract-running',
  'standing-conflict',
  'standing-unknown',
  'start-date-missing',
  'rule-unconfirmed',
  'condition-unknown',
  'no-period',
  'successor',
  'processor-return',
  'not-a-customer',
  'no-personal-information',
  'guardian-notice',
  'unlinked',
  'no-rule',
  'drifted',
  'vanished',
  'blocked',
  'unreadable',
  'unverified',
  'report-pending',
  'handover-duty',
  'appraisal-missing',
  'ceiling-running',
  'matter-open',
  'transition-unsettled',
  'request-open',
  'consent-missing',
] as const;
export type Reason = (typeof REASONS)[number];

/** What the plan says of one record. `index` is its place in the inventory. */
export interface Decision {
  readonly index: number;
  readonly disposition: Disposition;
  /** Last day the record must be kept, inclusive (YYYY-MM-DD); null when nothing must be kept, or no end is known. */
  readonly until: string | null;
  /** Ids of the rules that decided, the winner first. */
  readonly rules: readonly string[];
  readonly reason: Reason;
}

/** What really happened to one record. A record that was planned but not reached is never `done`. */
export type OutcomeState = 'done' | 'deleted-inferred' | 'kept' | 'drifted' | 'vanished' | 'blocked' | 'refused' | 'unverified';

export interface ArchiveClass {
  /** Stable name of a retention class: record class and end date, e.g. `invoice-2054-12-31`. */
  readonly name: string;
  readonly recordClass: RecordClass;
  readonly until: string;
}
