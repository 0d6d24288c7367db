// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { FieldMap, Link } from '../../model/data-map.ts';
import type { Draft, Role } from './draft.ts';

/** Categories by which a row names its subject where no key does; the most telling first. */
const NAMING: readonly FieldCategory[] = [
  'customer_no',
  'id_card',
  'medical_record_no',
  'account_name',
  'phone',
  'wechat_openid',
  'email',
  'passport',
];
const SERVED = /customer|cust|client|member|user|buyer|patient|student|guest|insured|applicant|owner|receiver|consignee/;

/**
 * The links in the order of whose the row is: first to masters of the dataset's own role by the plainest name, then to what belongs to
 * them. A second link to the same dataset is somebody else (who opened the group purchase) and joins nobody.
 * And the column that tells the subject: the first link's, a master's own key, else the column that names a customer.
 */
export function subjectLinks(
  draft: Draft,
  fields: readonly FieldMap[],
  roles: ReadonlyMap<string, Role>,
): { links: Link[]; subjectKey: string | null } {
  const own = roles.get(draft.id)!;
  const rank = (l: Link) => {
    const to = roles.get(l.to);
    const same = to !== undefined && to.role === own.role && own.role !== 'none';
    return (
      (same ? 0 : 100) +
      (l.owner === false ? 50 : 0) +
      (to?.master ? 0 : 20) +
      (l.columns.length > 1 ? 10 : 0) +
      plainName(l.columns[0]!).split('_').length
    );
  };
  const ordered = draft.links.toSorted((a, b) => rank(a) - rank(b));
  const taken = new Set<string>();
  const links = ordered.map((l): Link => {
    const second = taken.has(l.to) && l.when === undefined;
    if (l.owner !== false) taken.add(l.to);
    return second ? { ...l, owner: false } : l;
  });
  return { links, subjectKey: subjectKey(draft, fields, roles, links) };
}

function subjectKey(draft: Draft, fields: readonly FieldMap[], roles: ReadonlyMap<string, Role>, links: readonly Link[]): string | null {
  const own = roles.get(draft.id)!;
  if (own.role === 'none') return null;
  const key = draft.shape.key.length === 1 && draft.shape.key[0] !== '#' ? draft.shape.key[0]! : null;
  if (own.master && !own.under) return key ?? naming(fields);
  const first = links.find((l) => l.columns.length === 1 && roles.get(l.to)?.role === own.role);
  if (first && roles.get(first.to)?.master) return first.columns[0]!;
  const named = naming(fields.filter((f) => SERVED.test(plainName(f.name))));
  return named ?? (first ? null : naming(fields));
}

function naming(fields: readonly FieldMap[]): string | null {
  for (const category of NAMING) {
    const field = fields.find((f) => f.category === category);
    if (field) return field.name;
  }
  return null;
}
