// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import type { OfflineMedium } from '../../model/offline.ts';
import type { OpenItemKind } from '../../model/open-item.ts';
import type { Rule } from '../../model/law.ts';
import type { SourceKind } from '../../model/source.ts';
import type { Timeline } from '../../model/timeline.ts';

/** A dataset as far as risk is concerned: how many rows and columns of what kind, whose, and in what kind of store. */
export interface CountedDataset {
  readonly role: DatasetRole;
  readonly source: SourceKind;
  readonly records: number;
  readonly sensitive: number;
  readonly categories: readonly FieldCategory[];
}

/** Counts of a case; nothing here is a value of a record. null = not known yet. */
export interface RiskQuestion {
  readonly today: string;
  /** null before there is a data map. */
  readonly datasets: readonly CountedDataset[] | null;
  /** null before the inventory is resolved. */
  readonly subjects: { readonly all: number; readonly minors: number } | null;
  readonly offline: readonly { readonly medium: OfflineMedium; readonly units: number; readonly verified: number }[];
  readonly processors: number;
  readonly openItems: readonly { readonly kind: OpenItemKind; readonly count: number }[];
  /** How far the case is: what a later step would find is not counted before it. */
  readonly reached: {
    readonly planned: boolean;
    readonly notified: boolean;
    readonly executed: boolean;
    readonly verified: boolean;
    readonly evidenced: boolean;
  };
  readonly timeline: Pick<Timeline, 'steps'>;
  /** Holds of the case that nobody of Legal approved. */
  readonly unapprovedHolds: number;
  /** Rules that decide records of the plan and whose text nobody compared with the statute; null before there is a plan. */
  readonly unverifiedRules: number | null;
  /** Subjects that were taken out of destruction by hand. */
  readonly treatedApart: number;
  /** A recipient takes over and the persons have not been told its name. */
  readonly recipientUntold: boolean;
  readonly rule: (id: string) => Rule | null;
}
