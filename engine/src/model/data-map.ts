// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory, Sensitivity } from './category.ts';
import type { Department } from './department.ts';
import type { RecordClass, StartEvent } from './law.ts';
import type { Layout } from './source.ts';
import type { DebtSide, EndCause, StandingFact } from './standing.ts';

/** Whose records a dataset holds. `none` = nobody's; `unknown` = nobody could look: files that cannot be read. */
export type DatasetRole = 'customer' | 'staff' | 'supplier' | 'merchant' | 'none' | 'unknown';

export interface FieldMap {
  readonly name: string;
  readonly type: string;
  readonly category: FieldCategory | null;
  readonly sensitivity: Sensitivity;
  /** 0…1 */
  readonly confidence: number;
  /** Why: `name`, `comment`, `values 98/100`, `neighbours`, `person`. */
  readonly evidence: readonly string[];
  /** True when a person decided that this field goes even where the record stays; `reason` says why. */
  readonly drop?: boolean;
  readonly reason?: string;
}

export interface Link {
  /** Columns here. */
  readonly columns: readonly string[];
  /** `source/dataset` there. */
  readonly to: string;
  readonly toColumns: readonly string[];
  readonly evidence: 'foreign-key' | 'name' | 'values' | 'person';
  /** The link holds only for rows whose `column` has one of these values (`user_id` + `user_type`). */
  readonly when?: { readonly column: string; readonly values: readonly string[] };
  /** The cell lists several keys: separated by commas, or a JSON array. */
  readonly list?: true;
  /** False: the row belongs to somebody else (who invited, who created), or the value may be shared (a phone); it never joins records. */
  readonly owner?: false;
}

/**
 * A column that speaks about the standing of a contract, and how to read it. A debt's column holds a state (with `endedValues`: settled,
 * `activeValues`: open), the last day of a warranty, or, for the rest, the amount that is owed.
 */
export interface StandingColumns {
  readonly kind: StandingFact['kind'];
  readonly column: string;
  readonly endedValues?: readonly string[];
  readonly activeValues?: readonly string[];
  readonly endedOnColumn?: string;
  readonly causeColumn?: string;
  /** What words of the cause column, or of `column`, mean. */
  readonly causes?: Readonly<Record<string, EndCause>>;
  /** The contract's value, or the amount of a debt whose `column` is a state. */
  readonly amountColumn?: string;
  /** The contract's number, by which systems know the same contract. */
  readonly contractColumn?: string;
  /** Who owes this debt, where it is not the company (of `payment`: the customer). */
  readonly by?: DebtSide;
  /** The department that must settle what this says; else it goes by the kind. */
  readonly owner?: Department;
}

/** A column that says whose row this is, where one table mixes customers, staff and suppliers. */
export interface RowRole {
  readonly column: string;
  readonly values: Readonly<Record<string, DatasetRole>>;
}

export interface DatasetMap {
  /** `source/dataset`, unique in a case. */
  readonly id: string;
  readonly source: string;
  readonly dataset: string;
  readonly role: DatasetRole;
  readonly recordClass: RecordClass;
  /** Primary key columns; empty = no key: a record is known by its content. Files: the one column `#` (1-based data row number). */
  readonly key: readonly string[];
  readonly fields: readonly FieldMap[];
  readonly links: readonly Link[];
  /** Column that starts each clock. */
  readonly clocks: Readonly<Partial<Record<StartEvent, string>>>;
  readonly standing: readonly StandingColumns[];
  readonly rowRole: RowRole | null;
  /** Birth date, age or id number columns tell minors; filled by classify. */
  readonly subjectKey: string | null;
  /** Where a row must survive: columns that may stay once it is anonymised; null = rows of this dataset are deleted. */
  readonly anonymiseTo: readonly string[] | null;
  /** Triggers that IT decided to switch off inside each erasing transaction, because they turn a delete into something else. */
  readonly disableTriggers?: readonly string[];
  readonly layout?: Layout;
  /** Names of the properties here that a person decided; a new discovery keeps them. */
  readonly corrected?: readonly string[];
  /** The source's own row count at discovery. */
  readonly rows: number;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

export interface DataMap {
  readonly version: 1;
  readonly datasets: readonly DatasetMap[];
}
