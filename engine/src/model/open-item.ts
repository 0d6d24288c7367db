// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';

export const OPEN_ITEM_KINDS = [
  'standing-conflict',
  'contract-running',
  'obligation-owed',
  'gap',
  'source-unreachable',
  'source-unreadable',
  'source-left-out',
  'record-drifted',
  'record-vanished',
  'record-blocked',
  'record-refused',
  'record-appeared',
  'shared-identifier',
  'oversized-subject',
  'identity-conflict',
  'data-quality',
  'several-subjects',
  'invalid-identifier',
  'residue-found',
  'residue-in-kept-record',
  'residue-inconclusive',
  'count-mismatch',
  'small-group',
  'hazard',
  'objection',
  'correction',
  'answer-unread',
  'no-contact',
  'notice-unsent',
  'notice-outdated',
  'notice-rejected',
  'notice-unknown',
  'notice-bounced',
  'guardian-notice',
  'ladder',
  'offline-uninstructed',
  'offline-unconfirmed',
  'offline-unverified',
  'timestamp-missing',
  'hold-on-nobody',
  'correction-proposed',
] as const;
export type OpenItemKind = (typeof OPEN_ITEM_KINDS)[number];

/** Something a person must settle. Never holds personal data: a record is named by its inventory index, a file by its dataset. */
export interface OpenItem {
  readonly kind: OpenItemKind;
  readonly owner: Department;
  readonly source: string | null;
  readonly dataset: string | null;
  readonly field: string | null;
  /** How many records this item speaks of, and up to ten of their inventory indexes. */
  readonly count: number;
  readonly examples: readonly number[];
  /** A closed code or a plain fact (a trigger's name, a rule id); shown to people as it is. */
  readonly detail: string;
}
