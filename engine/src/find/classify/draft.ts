// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetRole, Link } from '../../model/data-map.ts';
import type { DatasetShape } from '../../model/source.ts';
import type { ColumnFinding } from './classify-column.ts';
import type { DatasetNoun } from './dataset-words.ts';

/** One dataset on the way to its map. */
export interface Draft {
  readonly id: string;
  readonly source: string;
  /** The database or schema it stands in. */
  readonly place: string;
  readonly shape: DatasetShape;
  readonly noun: DatasetNoun;
  readonly findings: readonly ColumnFinding[];
  readonly links: readonly Link[];
}

export interface Role {
  readonly role: DatasetRole;
  readonly why: string;
  /** Rows are customers, staff … themselves. */
  readonly master: boolean;
  /** Rows are such people, but another dataset's people are behind them: a chat account of a member. */
  readonly under?: true;
}

export const PERSONAL: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'name',
  'phone',
  'landline',
  'email',
  'id_card',
  'address',
  'wechat_openid',
  'customer_no',
  'company_name',
  'account_name',
  'nickname',
  'passport',
  'foreign_permit',
  'bank_card',
  'birth_date',
  'medical_record_no',
  'ip',
]);

export function personal(d: Draft): boolean {
  return d.findings.some((f) => f.category !== null && PERSONAL.has(f.category) && f.category !== 'ip');
}
