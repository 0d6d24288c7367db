// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import type { Decision, Disposition, Reason } from '../../model/disposition.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import type { Standing } from '../../model/standing.ts';
import type { Dates } from './clock.ts';
import type { Applicable, Successor } from './ports.ts';

export interface EvaluateInput {
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  readonly applicable: Applicable;
  readonly record: {
    readonly index?: number;
    readonly class: RecordClass;
    readonly role: DatasetRole;
    /** Holds personal information. */
    readonly pi: boolean;
    readonly dates: Dates;
    readonly minor: boolean | null;
    /** IT and Legal chose to anonymise this dataset rather than to delete its rows. */
    readonly anonymise: boolean;
    /** Field categories of the record. */
    readonly fields: readonly string[];
  };
  /** null = the record is linked to no subject. */
  readonly standing: Standing | null;
  /** Holds and requests (`request-…`) that concern the record. `until` = last day of the hold; left out or null = until it is lifted. */
  readonly holds: readonly { readonly kind: string; readonly approved: boolean; readonly until?: string | null }[];
  readonly successor?: Successor | null;
}

/** One question that was asked on the way to the decision, and its answer. */
export interface Step {
  readonly asked: string;
  readonly rule: string | null;
  readonly answer: string;
}

/** What one question decides. */
export type Found = Omit<Decision, 'index'>;
/** A question of the plan: an answer, or null when it leaves the record to the next one. */
export type Ask = (input: EvaluateInput, steps: Step[]) => Found | null;

export const decide = (disposition: Disposition, reason: Reason, rules: readonly string[] = [], until: string | null = null): Found => ({
  disposition,
  until,
  rules,
  reason,
});
export const gap = (reason: Reason, rules: readonly string[] = []): Found => decide('gap', reason, rules);
