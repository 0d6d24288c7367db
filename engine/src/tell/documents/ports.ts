// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import type { Department } from '../../model/department.ts';
import type { Disposition, Reason } from '../../model/disposition.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import type { OpenItem } from '../../model/open-item.ts';
import type { RiskView } from '../../model/risk.ts';
import type { DueLine, Timeline } from '../../model/timeline.ts';

export type Language = 'zh' | 'en';

/** One dataset of the scope. `records`: the source's own count when the inventory was committed. */
export interface DatasetLine {
  readonly dataset: string;
  readonly role: DatasetRole;
  readonly recordClass: RecordClass;
  readonly records: number;
  /** How many columns hold personal information, and how many of those are sensitive. */
  readonly personal: number;
  readonly sensitive: number;
}

/** Records of one dataset that end alike. `until`: last day kept, YYYY-MM-DD, the latest of the group. */
export interface DecisionGroup {
  readonly dataset: string;
  readonly disposition: Disposition;
  readonly until: string | null;
  /** Rule ids, the winner first. */
  readonly rules: readonly string[];
  readonly reason: Reason;
  readonly records: number;
}

/** A rule that decided records of this plan, or that Legal ruled on for this case. */
export interface RuleLine {
  readonly rule: Rule;
  readonly records: number;
  readonly until: string | null;
  /** What Legal said of it in this case; `by` is an officer's label, `at` an ISO 8601 instant. */
  readonly verdict: { readonly said: 'confirmed' | 'refused'; readonly by: string; readonly at: string } | null;
}

export interface ApprovalLine {
  readonly department: Department;
  /** An officer's label; never a person's name. null = not signed yet. */
  readonly label: string | null;
  readonly at: string | null;
  /** SHA-256 of the officer's public key, hex. */
  readonly key: string | null;
}

/** Everything a document of a plan says: counts, codes and names of tables and columns, never a value of a record. Instants are ISO 8601. */
export interface PlanDocument {
  readonly company: string;
  readonly caseCode: string;
  readonly demo: boolean;
  readonly injectedClock: boolean;
  readonly plan: {
    readonly version: number;
    /** SHA-256, 64 hex digits: what the approvers sign. */
    readonly digest: string;
    readonly preparedBy: string;
    readonly preparedAt: string;
    readonly state: 'draft' | 'approved' | 'void';
    readonly voidReason: string | null;
  };
  /** The facts the plan was made from; `today` is the legal day it judges. */
  readonly facts: CaseFacts;
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly datasets: number; readonly records: number }[];
  readonly datasets: readonly DatasetLine[];
  /** Subjects in scope, how many of them are minors, and how many core customers; null when the inventory of this plan is no longer there. */
  readonly subjects: { readonly all: number; readonly minors: number; readonly core: number } | null;
  readonly groups: readonly DecisionGroup[];
  readonly rules: readonly RuleLine[];
  /** Whether the rule pack of today is the one the plan was made with. */
  readonly samePack: boolean;
  /** Fields that go while their record stays. */
  readonly fields: readonly { readonly dataset: string; readonly field: string; readonly kept: number; readonly gone: number }[];
  readonly openItems: readonly Pick<OpenItem, 'kind' | 'owner' | 'source' | 'dataset' | 'field' | 'count' | 'detail'>[];
  /** Subjects taken out of destruction after planning. `records`: how many records that moves; null when it cannot be told any more. */
  readonly exceptions: readonly { readonly reason: string; readonly subjects: number; readonly records: number | null }[];
  readonly approvals: readonly ApprovalLine[];
  /** Annexes, on the day the plan judges; `due` null when the archives of this plan can no longer be counted. Left out = no annex. */
  readonly timeline?: { readonly timeline: Timeline; readonly due: readonly DueLine[] | null };
  readonly risks?: RiskView;
}
