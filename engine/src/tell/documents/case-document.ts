// SPDX-License-Identifier: Apache-2.0
import type { Gate } from '../../model/case.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { Disposition } from '../../model/disposition.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import type { NoticeState } from '../../model/notice.ts';
import type { OfflineForm, OfflineState } from '../../model/offline.ts';
import type { PlanDocument } from './ports.ts';

/** Steps of a case whose day a document may state. */
export const STEPS = [
  'planned',
  'approved',
  'notified',
  'archived',
  'executed',
  'verified',
  'evidenced',
] as const satisfies readonly Gate[];

/** What a dataset's records came to: the final dispositions where the case was verified, the planned ones before. `own`: the source's own count. */
export interface LedgerLine {
  readonly dataset: string;
  readonly own: number;
  readonly by: Readonly<Record<Disposition, number>>;
}

/** A store that people act on. `until`: last day kept, YYYY-MM-DD, where its things are sealed. `rules`: ids that decided. */
export interface StoreLine {
  readonly name: string;
  readonly form: OfflineForm;
  readonly state: OfflineState;
  readonly until: string | null;
  readonly rules: readonly string[];
}

/** The archive files of one retention class. `until`: last day kept, null = for ever; `sha256`: over the hashes of its files in their order, hex. */
export interface ArchiveLine {
  readonly name: string;
  readonly recordClass: RecordClass;
  readonly until: string | null;
  readonly files: number;
  readonly records: number;
  readonly sha256: string;
}

/** Everything that the documents of a case say beyond its plan. Counts, codes and names of tables; never a value of a record, never a person's name. */
export interface CaseDocument extends PlanDocument {
  /** The legal day on which these facts were taken, YYYY-MM-DD. */
  readonly asOf: string;
  /** Every rule of the case's packs, so that documents can cite. */
  readonly pack: readonly Rule[];
  /** Instant at which a step was taken, ISO 8601; null = taken, no instant by the case's clock; a step that is not there was not taken. */
  readonly steps: Readonly<Partial<Record<(typeof STEPS)[number], string | null>>>;
  readonly ledger: readonly LedgerLine[];
  /** Whether `ledger` tells what really became of the records. */
  readonly final: boolean;
  /** Which personal information is held: how many columns, in how many datasets. */
  readonly categories: readonly {
    readonly category: FieldCategory;
    readonly sensitive: boolean;
    readonly columns: number;
    readonly datasets: number;
  }[];
  readonly stores: readonly StoreLine[];
  readonly archives: readonly ArchiveLine[];
  /** Notices by channel and state. */
  readonly notices: readonly { readonly channel: 'sms' | 'email'; readonly state: NoticeState; readonly count: number }[];
  readonly verification: {
    readonly passed: boolean;
    readonly hits: number;
    readonly notSearched: number;
    readonly canaries: string;
  } | null;
  /** Verdict of the checker over the evidence bundle. */
  readonly evidence: { readonly verdict: string } | null;
}
