// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { ColumnFinding } from './classify-column.ts';
import { fieldName } from './column-text.ts';
import type { Draft, Role } from './draft.ts';
import { MEDICAL, OF_THINGS, PEOPLE_ONLY, WROTE, isLog, isText, nothing, ofWords } from './neighbours.ts';

/** What a column without a telling name holds, by what stands beside it. */
export function fromNeighbours(draft: Draft, role: Role, name: string, comment: string, type: string, medical: boolean): ColumnFinding {
  const as = (category: FieldCategory): ColumnFinding => ({ category, confidence: 0.7, evidence: ['name', 'neighbours'], proven: false });
  if (medical && role.role === 'customer' && isText(type) && (MEDICAL.test(name) || /_(?:result|str_list|advice)\w*$/.test(name)))
    return as('health');
  const people = `${name}_`;
  if (/(?:icon|logo|img|image|pic|photo)$/.test(name) && /^(?:member|user|customer|author|avatar|student|teacher|coach)_/.test(people))
    return as('avatar');
  if (/头像/.test(comment)) return as('avatar');
  if (name === draft.noun.head && isText(type) && role.master && role.role !== 'staff')
    return as(role.role === 'customer' && !/供应商|公司|单位/.test(comment) ? 'name' : 'company_name');
  if (
    /^doc(?:ument)?_?(?:no|num|number)$/.test(name) &&
    draft.findings.some((f) => f.category !== null && PEOPLE_ONLY.includes(f.category))
  )
    return as('id_card');
  if (/^(?:to|from|cc|bcc|recipient|sender|reply_to)$/.test(name) && isText(type) && draft.noun.words.some((w) => /^(?:e?mail)$/.test(w)))
    return as('email');
  if (
    /^(?:value|val|data|content)$/.test(name) &&
    isText(type) &&
    role.role === 'customer' &&
    draft.noun.words.some((w) => /^(?:field|attribute|meta|property|answer|custom|ext|varchar|entity|eav)$/.test(w))
  )
    return as('free_text_may_contain');
  if (/^(?:cc|card|account)_?owner$/.test(name) && isText(type) && role.role !== 'none') return as('name');
  if (name === 'alias' && role.master && isText(type)) return as('nickname');
  const group = besidePhone(draft, name);
  if (group && isText(type) && (role.role === 'customer' || role.role === 'staff' || (role.role !== 'none' && group === 'address')))
    return as(group);
  if (
    /^(?:sign|signed|signer|signee)_?(?:name|nm|by|man|person)$/.test(name) &&
    role.role === 'customer' &&
    isText(type) &&
    !draft.noun.words.includes('sms')
  )
    return as('name');
  if (/^(?:state|county|parish|suburb|municipality|locality|prefecture|ward|canton)$/.test(name) && isText(type) && !/状态/.test(comment))
    if (draft.findings.some((f) => f.category === 'region' || f.category === 'postcode' || f.category === 'address')) return as('region');
  if (/^pin(?:_?code|_?no)?$/.test(name)) return as(draft.findings.some((f) => f.category === 'region') ? 'postcode' : 'password');
  if (/^(?:sg|tz|xx|sl|xl|fhl|xy)$/.test(name) && measuresBodies(draft)) return as('health');
  if (role.role === 'customer' && WROTE.test(name) && ofWords(draft)) return as('name');
  if (name === 'area' && isText(type) && draft.findings.some((f) => f.category === 'region')) return as('region');
  if (/^(?:location|place|address)$/.test(name) && isLog(draft) && isText(type)) return as('region');
  return nothing;
}

/** `mail_name`, `mail_address` beside `mail_phone`: the same unnamed person's. */
function besidePhone(draft: Draft, name: string): FieldCategory | null {
  const m = /^(\w+?)_?(name|nm|addr|address)$/.exec(name);
  if (!m || OF_THINGS.test(`${m[1]!}_`)) return null;
  const beside = draft.shape.columns.some(
    (c, at) =>
      draft.findings[at]!.category === 'phone' && new RegExp(`^${m[1]!}_?(?:phone|tel|mobile|mob|telephone)`).test(fieldName(c.name)),
  );
  return !beside ? null : m[2]!.startsWith('a') ? 'address' : 'name';
}

/** Height (sg) and weight (tz) stand side by side; each alone means many things. */
function measuresBodies(draft: Draft): boolean {
  const names = new Set(draft.shape.columns.map((c) => plainName(c.name)));
  return names.has('sg') && names.has('tz');
}

const BANKED = /^(?:account|card|acct|zh|kh)_?(?:no|number|code|num|id)?$/;

/** An account or card number beside a bank's name, or in a table of bank cards. */
export function isBankCard(draft: Draft, name: string, comment: string): boolean {
  if (!BANKED.test(name) && !/^(?:卡号|账号|帐号)$/.test(comment)) return false;
  return (
    draft.noun.words.some((w) => /^(?:bank|credit|debit)$/.test(w)) ||
    draft.shape.columns.some((c) => /bank|yh(?:mc|mc$)|khh|开户行|银行/.test(`${plainName(c.name)} ${c.comment ?? ''}`))
  );
}
