// SPDX-License-Identifier: Apache-2.0
/** Entry kinds of the evidence log, in the order a case produces them. */
export const ENTRY_KINDS = [
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
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What a room appends to the evidence outbox in the transaction of its own state. `body` is canonical JSON data without personal data. */
export interface EvidenceEntry {
  readonly kind: EntryKind;
  /** ISO 8601 instant by the case's clock. */
  readonly at: string;
  readonly body: Readonly<Record<string, unknown>>;
}
