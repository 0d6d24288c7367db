// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../kit/index.ts';
import { RECORD_CLASSES, type RecordClass } from '../../model/law.ts';
import type { DecisionGroup } from './ports.ts';
import type { Words } from './words-zh.ts';

/** Roles a person may give a dataset; that nobody could look is not for a list to say. */
export const LIST_ROLES = ['customer', 'staff', 'supplier', 'merchant', 'none'] as const;
export type ListRole = (typeof LIST_ROLES)[number];

/** Columns of the summary sheet that people fill in; the others are ours. */
export const CORRECTION_COLUMNS = ['toDisposition', 'toRole', 'toClass', 'because'] as const;

/** Names a row of the list whatever it is sorted by: one group of one plan. A list of another plan has other codes. */
export function rowCode(planDigest: string, g: DecisionGroup): string {
  return sha256(JSON.stringify([planDigest, g.dataset, g.disposition, g.reason, [...g.rules], g.until])).slice(0, 12);
}

/** What may be chosen in each column: the only disposition a list can ask for is one that keeps. */
export const choices = (words: Words): Readonly<Record<'toDisposition' | 'toRole' | 'toClass', ReadonlyMap<string, string>>> => ({
  toDisposition: new Map([[words.dispositions.hold, 'hold']]),
  toRole: new Map(LIST_ROLES.map((r) => [words.roles[r], r])),
  toClass: new Map(RECORD_CLASSES.map((c: RecordClass) => [words.recordClasses[c], c])),
});
