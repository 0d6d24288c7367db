// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';
import type { RecordClass } from './law.ts';

/** What a subject is. A contact is a person who stands for an organisation; what no record tells stays unknown. */
export const SUBJECT_KINDS = ['person', 'minor', 'organisation', 'contact', 'unknown'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** How sure a kind is: a number with a check sign or a column says it; its form only suggests it; records contradict each other. */
export const SURENESS = ['stated', 'likely', 'contradicted', 'unknown'] as const;
export type Sureness = (typeof SURENESS)[number];

/** Core and general customers (核心客户、一般客户). It orders the telling; what becomes of a record does not depend on it. */
export const TIERS = ['core', 'general'] as const;
export type Tier = (typeof TIERS)[number];

/** What one field of one record says of whose it is; the first three also carry a keyed hash, so that two systems can be compared. */
export const SIGNS = [
  'name',
  'name-person',
  'name-company',
  'birth',
  'person-number',
  'person-type',
  'org-type',
  'org-number',
  'company',
  'age',
  'under-14',
  'under-18',
  'adult',
] as const;
export type Sign = (typeof SIGNS)[number];

/** What is wrong in one field of one record (data quality, 数据质量). */
export const FLAWS = [
  'check-digit',
  'form',
  'masked',
  'placeholder',
  'impossible-date',
  'placeholder-date',
  'future-birth',
  'old-birth',
  'birth-against-number',
  'number-day',
  'end-before-start',
] as const;
export type Flaw = (typeof FLAWS)[number];

/** What contradicts between the records of one subject, or tells nothing apart. */
export const CONTRADICTIONS = ['names', 'numbers', 'births', 'phones', 'emails', 'ended', 'identical-rows', 'same-person-twice'] as const;
export type Contradiction = (typeof CONTRADICTIONS)[number];

/**
 * Why an identifier did not join the records that have it. `over-cap`: too many share it; `…-differ`: those who share it say that they are different people; `chain`: it
 * would have made one of two people through a third record; `oversized`: it was part of a component too large for one subject; `decision-unmet`: a person said "not the
 * same", and a system's own key says they are.
 */
export const REVIEW_REASONS = [
  'over-cap',
  'numbers-differ',
  'births-differ',
  'names-differ',
  'chain',
  'oversized',
  'decision-unmet',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/** What a person decided about an identifier, or about two records: the same subject or not. Names nobody; survives a new inventory, whose keyed hashes are the same. */
export interface IdentityDecision {
  /** An identifier's mark and keyed hash, or the keyed names of two records, in order. */
  readonly about: readonly [identifier: string] | readonly [left: string, right: string];
  /** The datasets of two records. */
  readonly datasets?: readonly [left: string, right: string];
  readonly same: boolean;
  readonly why: string;
  /** Label of an officer. */
  readonly by: string;
  /** ISO 8601 */
  readonly at: string;
}

/** How the case tells core from general customers. Months count back from the dissolution, or from the legal day where there is none yet. */
export type TierRule =
  | { readonly by: 'count'; readonly classes: readonly RecordClass[]; readonly months: number; readonly atLeast: number }
  | {
      readonly by: 'amount';
      readonly dataset: string;
      readonly column: string;
      readonly day: string | null;
      readonly months: number | null;
      readonly atLeast: number;
    }
  | { readonly by: 'column'; readonly dataset: string; readonly column: string; readonly values: readonly string[] }
  | { readonly by: 'list'; readonly entries: number; readonly hashes: readonly string[] };

/** The default: three orders, contracts, bookings or policies in the last 24 months. It needs nothing but the inventory, so it works on any company. */
export const DEFAULT_TIER_RULE: TierRule = {
  by: 'count',
  classes: ['order', 'contract', 'booking', 'transaction-record', 'policy-insurance'],
  months: 24,
  atLeast: 3,
};

/** One line of the data quality report: how many records, up to ten of them, whose it is, and whether it must be settled before disposal. */
export interface QualityLine {
  readonly code: Flaw | Contradiction;
  readonly dataset: string;
  readonly field: string | null;
  /** The other dataset and field of a contradiction between two. */
  readonly against: string | null;
  /** Records; of a contradiction and of the same person twice: subjects. */
  readonly count: number;
  readonly examples: readonly number[];
  readonly owner: Department;
  readonly decide: boolean;
}
