// SPDX-License-Identifier: Apache-2.0
/** Kinds of statement, in the order a case produces them. A copy of the engine's list; a test there compares them. */
export const STATEMENT_KINDS = [
  'case.opened',
  'source.left-out',
  'data-map.fixed',
  'inventory.committed',
  'subjects.decided',
  'plan.compiled',
  'rule.confirmed',
  'plan.approved',
  'notice.batch',
  'notice.delivered',
  'notice.answers',
  'exception.added',
  'canary.control',
  'archive.sealed',
  'offline.instructed',
  'offline.confirmed',
  'offline.verified',
  'execution.finished',
  'verification.finished',
  'keys.destroyed',
  'dispositions.final',
  'evidence.sealed',
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** The one end of a record. A copy of the engine's list. */
export const DISPOSITION_NAMES = ['delete', 'anonymise', 'archive', 'transfer', 'handOver', 'hold', 'exclude', 'gap'] as const;
export type DispositionName = (typeof DISPOSITION_NAMES)[number];

/** What really happened to a record. A copy of the engine's list. */
export const OUTCOME_NAMES = ['done', 'deleted-inferred', 'kept', 'drifted', 'vanished', 'blocked', 'refused', 'unverified'] as const;
export type OutcomeName = (typeof OUTCOME_NAMES)[number];

/** Departments of which one officer each must sign the plan. A copy of the engine's list. */
export const SIGNING_DEPARTMENTS = ['legal', 'it', 'liquidation'] as const;

/** Without these a case has not been brought to its end. */
export const REQUIRED_KINDS: readonly StatementKind[] = [
  'case.opened',
  'data-map.fixed',
  'inventory.committed',
  'plan.compiled',
  'plan.approved',
  'execution.finished',
  'verification.finished',
  'dispositions.final',
  'evidence.sealed',
];
