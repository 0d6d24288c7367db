// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { ColumnFinding } from './classify-column.ts';
import type { Draft, Role } from './draft.ts';
import { PEOPLE_ONLY, nothing } from './neighbours.ts';

export const BARE_NAME = /^(?:name|xm|xingming|full_?name|cname|姓名|名称|名字|title|nm|mc)$/;

const ATTRIBUTES: readonly FieldCategory[] = [
  'gender',
  'birth_date',
  'age',
  'id_card',
  'nickname',
  'phone',
  'email',
  'address',
  'password',
  'avatar',
  'medical_record_no',
  'landline',
  'passport',
  'wechat_openid',
];

/** Slips that somebody's name stands on; a contract or a plan has a name of its own. */
const CHARGED = new Set('bill receipt charge fee registration visit queue appointment checkin attendance refund deposit'.split(' '));

/** `name` alone: a person's beside a birth day or a phone, a company's in a supplier's row, nothing personal in a catalogue. */
export function bareName(
  draft: Draft,
  role: Role,
  found: ColumnFinding,
  name: string,
  has: (list: readonly FieldCategory[]) => boolean,
): ColumnFinding {
  const { entity } = draft.noun;
  const as = (category: FieldCategory, ...evidence: string[]): ColumnFinding => ({
    category,
    confidence: 0.8,
    evidence: ['name', ...evidence],
    proven: false,
  });
  if (name === 'name' && role.role === 'customer' && /(?:^|_)(?:bank|credit|debit)_(?:card|account)$/.test(draft.noun.words.join('_')))
    return as('name', 'neighbours');
  if (role.role === 'none' && found.category !== 'name') return nothing;
  if (name === 'title' && draft.noun.words.some((w) => /^(?:invoice|fp|taitou)$/.test(w)) && role.role === 'customer')
    return as('invoice_title', 'neighbours');
  if (name === 'title') return role.master && has(PEOPLE_ONLY) ? as('occupation', 'neighbours') : nothing;
  if (entity === 'thing') return nothing;
  if (role.role === 'supplier' && role.master)
    return has(['phone', 'landline', 'name', 'email', 'address']) ? as('company_name', 'neighbours') : nothing;
  if (role.role === 'merchant' && role.master) return has(PEOPLE_ONLY) ? as('name', 'neighbours') : nothing;
  if (found.category === 'name' && /^(?:xm|xingming|full_?name|姓名|名字)$/.test(name)) return found;
  if (
    role.role === 'staff' &&
    (entity === 'staff' || entity === 'user') &&
    /^(?:dept|department|team|post|position|bm)$/.test(draft.noun.words.at(-1) ?? '') &&
    !has(PEOPLE_ONLY)
  )
    return nothing;
  if (role.master && role.role !== 'none') return as('name', 'neighbours');
  if (
    role.role === 'customer' &&
    name === 'name' &&
    draft.noun.words.some((w) => CHARGED.has(w)) &&
    draft.links.some((l) => l.owner !== false)
  )
    return as('name', 'neighbours');
  return has(PEOPLE_ONLY) || (has(ATTRIBUTES) && role.role !== 'none')
    ? as('name', 'neighbours')
    : found.category === 'name'
      ? found
      : nothing;
}
