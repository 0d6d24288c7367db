// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';
import type { RecordClass, StartEvent } from './law.ts';

/** What no program of ours can reach: it is declared by a form, and people act on it. */
export const OFFLINE_MEDIA = ['paper', 'phone', 'wechat', 'processor', 'usb-disk', 'other'] as const;
export type OfflineMedium = (typeof OFFLINE_MEDIA)[number];

/** The form that declares one offline store (paper boxes, a phone, a processor). Words without personal data: a person is named by a label. */
export interface OfflineForm {
  readonly medium: OfflineMedium;
  /** The department that holds it and is instructed. */
  readonly holder: Department;
  /** Where it stands, or which processor holds it. */
  readonly place: string;
  /** How many things: boxes, phones, accounts. Each is a record of the ledger. 1…10,000 */
  readonly units: number;
  /** What one thing is called: 箱, 部, 套. */
  readonly unit: string;
  /** What is in it. */
  readonly about: string;
  readonly recordClass: RecordClass;
  /** The latest day of everything in it, for each clock it starts: YYYY-MM-DD. */
  readonly clocks: Readonly<Partial<Record<StartEvent, string>>>;
}

/** What people are asked to do with it; follows from the planned disposition. */
export type OfflineAction = 'destroy' | 'keep-until' | 'return-or-delete';

/**
 * Three states that are never mixed up: instructed (we asked) → confirmed (they say so, with a document) → verified (we looked).
 * Counts are units.
 */
export interface OfflineState {
  readonly units: number;
  readonly action: OfflineAction | null;
  readonly instructed: { readonly at: string; readonly letter: string } | null;
  readonly confirmed: { readonly at: string; readonly count: number; readonly by: string; readonly document: string } | null;
  readonly verified: { readonly at: string; readonly count: number; readonly by: string; readonly document: string | null } | null;
}
