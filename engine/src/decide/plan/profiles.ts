// SPDX-License-Identifier: Apache-2.0
import { type FieldCategory, IDENTIFIER_CATEGORIES } from '../../model/category.ts';
import type { DataMap } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import type { Columns } from './columns.ts';
import { type Duty, type Law, dutiesOf, keyOf, longestFirst } from './duties.ts';
import { PlanError } from './error.ts';
import { and, or } from './sql.ts';

/** A duty as the rows of one profile meet it. The three are SQL conditions, mostly the constants TRUE and FALSE. */
export interface RowDuty extends Omit<Duty, 'applies'> {
  readonly applies: string;
  readonly unknown: string;
  readonly touches: string;
}

/** Datasets that the law treats alike: same record class, same choice between deleting and anonymising. */
export interface Profile {
  readonly number: number;
  readonly recordClass: RecordClass;
  readonly anonymise: boolean;
  readonly datasets: readonly string[];
  readonly duties: readonly RowDuty[];
}

/**
 * What names or reaches a person: a row that keeps one of these, masked or not, is not anonymous (个人信息保护法 73). Groups that are too small
 * are found after the fact, by the k-anonymity check of verify (GB/T 42460).
 */
const DIRECT: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  ...IDENTIFIER_CATEGORIES,
  'account_name',
  'address',
  'avatar',
  'face_image',
  'landline',
  'medical_record_no',
  'name',
  'nickname',
  'voice_recording',
]);

/** Groups the datasets of the map and asks the law once for each record class: for children, for others, for persons of unknown age. */
export function profilesOf(law: Law, map: DataMap, columns: Columns): readonly Profile[] {
  const groups = new Map<string, { recordClass: RecordClass; anonymise: boolean; datasets: string[] }>();
  const seen = new Set<string>();
  for (const { id, recordClass, anonymiseTo, fields } of map.datasets) {
    if (seen.has(id)) throw new PlanError('duplicate-dataset', id);
    seen.add(id);
    const telling = fields.find((f) => anonymiseTo?.includes(f.name) && f.category !== null && DIRECT.has(f.category));
    if (telling) throw new PlanError('not-anonymous', `${id}.${telling.name}`);
    const anonymise = anonymiseTo !== null;
    const key = `${recordClass} ${anonymise}`;
    const group = groups.get(key) ?? { recordClass, anonymise, datasets: [] };
    group.datasets.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].map((g, number) => ({ ...g, number, duties: rowDuties(law, g.recordClass, number, columns) }));
}

function rowDuties(law: Law, recordClass: RecordClass, profile: number, columns: Columns): readonly RowDuty[] {
  const ages = AGES.map((minor) => dutiesOf(law, recordClass, minor));
  const all = new Map(ages.flat().map((d) => [keyOf(d), d]));
  return [...all.values()].toSorted(longestFirst).map((duty) => {
    const found = ages.map((duties) => duties.find((d) => keyOf(d) === keyOf(duty)));
    const made = columns.within(duty.window, profile);
    return {
      ...duty,
      applies: and(byAge(found.map((d) => d?.applies === true)), made),
      unknown: and(byAge(found.map((d) => d?.applies === null)), made),
      touches: byAge(found.map((d) => d !== undefined)),
    };
  });
}

/** Children under 14, others, persons of unknown age: the law is asked for each. */
export const AGES: readonly (boolean | null)[] = [true, false, null];

/** A condition that holds for children, for others and for persons of unknown age as given, in that order. */
function byAge([child, other, ageless]: readonly boolean[]): string {
  const ages = or(and(constant(child), 'minor IS TRUE'), and(constant(other), 'minor IS FALSE'), and(constant(ageless), 'minor IS NULL'));
  return child && other && ageless ? 'TRUE' : ages;
}

function constant(value: boolean | undefined): string {
  return value ? 'TRUE' : 'FALSE';
}
