// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';
import type { CitedRule } from './timeline.ts';

/** Kinds of risk (风险): 泄露、法律、技术、道德、竞争. */
export const RISK_KINDS = ['leak', 'legal', 'technical', 'moral', 'competition'] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

/** What can raise a risk in a case; each is counted, never scored. */
export const RISK_CAUSES = [
  'sensitive-columns',
  'minors',
  'clear-files',
  'secrets',
  'free-text',
  'offline-stores',
  'processors',
  'gaps',
  'conflicts',
  'owed',
  'untold',
  'unread-answers',
  'unapproved-holds',
  'overdue-steps',
  'unknown-steps',
  'unverified-rules',
  'unreachable',
  'hazards',
  'shared-identifiers',
  'not-as-planned',
  'residue',
  'copies',
  'no-timestamp',
  'staff-copies',
  'staff-records',
  'treated-apart',
  'customer-lists',
  'loose-lists',
  'partner-records',
  'recipient-untold',
] as const;
export type RiskCause = (typeof RISK_CAUSES)[number];

export const RISK_UNITS = [
  'column',
  'dataset',
  'subject',
  'record',
  'unit',
  'processor',
  'item',
  'step',
  'rule',
  'hold',
  'recipient',
] as const;
/** What a count counts: columns, datasets, subjects … */
export type RiskUnit = (typeof RISK_UNITS)[number];

/** One cause in this case, with what was counted. */
export interface RiskLine {
  readonly kind: RiskKind;
  readonly cause: RiskCause;
  readonly unit: RiskUnit;
  /** null = it cannot be counted yet. */
  readonly count: number | null;
  /** Rows behind columns or datasets; null where that says nothing. */
  readonly records: number | null;
  /** Of `count`, those not settled by today; null where settling is not counted. */
  readonly open: number | null;
  readonly owner: Department;
  readonly rules: readonly CitedRule[];
}

/** The risks of a case on one day: what was counted and is not nothing, what could not be counted, and kinds for which nothing was found. */
export interface RiskView {
  readonly today: string;
  readonly lines: readonly RiskLine[];
  readonly uncounted: readonly RiskLine[];
  readonly quiet: readonly RiskKind[];
}
