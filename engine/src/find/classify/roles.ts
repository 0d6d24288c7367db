// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetRole, Link } from '../../model/data-map.ts';
import { namesSomebodyElse, plainName, wordsOf } from '../../kit/index.ts';
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
}

const PERSONAL: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
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
/** Words in a column's name that say a customer stands there: `member_phone`, `buyer_name`, `consignee`. */
const SERVED =
  /(?:^|_)(?:customer|cust|client|member|user|buyer|purchaser|consumer|patient|student|stu|pupil|trainee|guest|passenger|consignee|receiver|recipient|receive|addressee|insured|policy_?holder|applicant|beneficiary|borrower|owner|resident|visitor|kh|hy|yh|xy|xs|hz|shr|tbr|bbr)(?:_|(?=name|phone|mobile|tel|xm|dh|sj))|^(?:yonghu|huiyuan|kehu|xueyuan|xuesheng|huanzhe|guke|yezhu)/;
const SERVED_COMMENT = /会员|客户|用户|顾客|患者|病人|学员|学生|买家|收货人|收件人|投保人|被保险人|受益人|借款人|乘客|业主|住客|举报人/;
const STAFF_SIGNS =
  /^(?:dept|department|post|position|role|job|salary|wage|entry|hire|leave|title|emp|org)_?(?:id|no|ids|name|date|level|code|list)?$|^(?:bm|gw|gz|rzsj|rzrq|gh)(?:id|dm)?$|入职|工号|薪资/;

/** Whose records each dataset holds: masters by their nouns first, then what points to them, then what names people itself. */
export function decideRoles(drafts: readonly Draft[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const d of drafts) {
    const said = masterRole(d, drafts);
    if (said) roles.set(d.id, said);
  }
  for (const d of drafts)
    if (!roles.has(d.id) && hasCustomerColumns(d) && !pointsToPeople(d))
      roles.set(d.id, { role: 'customer', why: 'columns of customers', master: false });
  spreadCustomers(drafts, roles);
  for (const d of drafts) if (!roles.has(d.id) && personal(d) && !toStaff(d, roles)) roles.set(d.id, unlinkedRole(d, drafts, roles));
  spreadCustomers(drafts, roles);
  spreadStaff(drafts, roles);
  for (const d of drafts) if (!roles.has(d.id)) roles.set(d.id, unlinkedRole(d, drafts, roles));
  spreadCustomers(drafts, roles);
  reverse(drafts, roles);
  return roles;
}

export function personal(d: Draft): boolean {
  return d.findings.some((f) => f.category !== null && PERSONAL.has(f.category) && f.category !== 'ip');
}

function masterRole(d: Draft, all: readonly Draft[]): Role | null {
  const { entity } = d.noun;
  if (!isMaster(d) || entity === null) return null;
  const why = 'name';
  switch (entity) {
    case 'customer':
      return { role: 'customer', why, master: true };
    case 'staff':
    case 'supplier':
    case 'merchant':
      return { role: entity, why, master: true };
    case 'user':
      return { role: userRole(d, all), why, master: true };
    default:
      return null;
  }
}

/** `coupon_user(user_id, coupon_id)` is about users, it is not them. */
export function isMaster(d: Draft): boolean {
  const head = d.noun.head;
  return d.noun.master && !d.links.some((l) => l.columns.some((c) => plainName(c) === `${head}_id` || plainName(c) === `${head}id`));
}

/** Those who log in are customers, unless signs of employment, or another table of customers beside them, say that they are staff. */
function userRole(d: Draft, all: readonly Draft[]): DatasetRole {
  const near = all.filter((o) => o.place === d.place && o !== d);
  const others = near.some((o) => isMaster(o) && o.noun.entity === 'customer' && personal(o));
  const staff = near.some((o) => isMaster(o) && o.noun.entity === 'staff' && personal(o) && o.shape.columns.length > 2);
  const employed = d.shape.columns.filter((c) => STAFF_SIGNS.test(plainName(c.name)) || STAFF_SIGNS.test(c.comment ?? '')).length;
  const served = near.some(
    (o) =>
      o.noun.entity === 'event' &&
      o.links.some((l) => l.to === d.id && l.owner !== false) &&
      !/log|history|record|notice|relation/.test(o.shape.dataset),
  );
  if (others && !staff) return 'staff';
  if (employed >= 1 && !served) return 'staff';
  if (employed >= 2 && others) return 'staff';
  const granted = near.some((o) => /role|permission|menu/.test(o.shape.dataset) && o.links.some((l) => l.to === d.id));
  return granted && !served && !staff ? 'staff' : 'customer';
}

/** Clients of a programming interface: a secret beside a client's or an application's id. */
function isInterface(d: Draft): boolean {
  const names = d.shape.columns.map((c) => plainName(c.name));
  return names.some((n) => n.endsWith('secret')) && names.some((n) => /^(?:client|app)_?(?:id|key)$/.test(n));
}

function hasCustomerColumns(d: Draft): boolean {
  if (d.noun.entity === 'thing' || isMaster(d) || isInterface(d)) return false;
  const business = d.noun.about === 'merchant' || d.noun.about === 'supplier' || d.noun.about === 'staff';
  return d.shape.columns.some((c, at) => {
    const category = d.findings[at]!.category;
    if (category === null || !(PERSONAL.has(category) || category === 'avatar')) return false;
    const name = `${plainName(c.name)}_`;
    if ((category === 'account_name' || category === 'ip') && /^(?:user_?name|account|user_?ip)_/.test(name)) return false;
    if (business && !/customer|client|member|buyer|patient|student|yonghu|huiyuan|kehu|xuesheng|xueyuan|huanzhe/.test(name)) return false;
    return (
      SERVED.test(name) || (SERVED_COMMENT.test(c.comment ?? '') && !/后台|管理员/.test(c.comment ?? '') && category !== 'account_name')
    );
  });
}

/** Some link to people is there: it, not a copied name, tells whose the row is. */
function pointsToPeople(d: Draft): boolean {
  return d.links.some((l) => l.owner !== false && l.columns.length === 1);
}

/** A dataset that points to a customers' dataset is the customers' too (an order, its items); one that points only to staff is staff's. */
function spreadCustomers(drafts: readonly Draft[], roles: Map<string, Role>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const d of drafts) {
      if (roles.has(d.id) && roles.get(d.id)!.role !== 'none') continue;
      if (
        d.links.some(
          (l) => roles.get(l.to)?.role === 'customer' && !EMPLOYED.test(plainName(l.columns[0]!)) && belongs(d, l, roles.get(l.to)!.master),
        )
      ) {
        roles.set(d.id, { role: 'customer', why: 'linked to customers', master: false });
        changed = true;
      }
    }
  }
}

function toStaff(d: Draft, roles: ReadonlyMap<string, Role>): boolean {
  return d.links.some((l) => roles.get(l.to)?.role === 'staff' && !l.columns.some(namesSomebodyElse));
}

function spreadStaff(drafts: readonly Draft[], roles: Map<string, Role>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const d of drafts) {
      if (roles.has(d.id) && roles.get(d.id)!.role !== 'none') continue;
      const to = d.links
        .map((l) => ({ l, role: roles.get(l.to) }))
        .find(
          ({ l, role }) => role?.role === 'staff' && belongs(d, l, role.master) && (d.noun.entity !== 'thing' || d.noun.about !== null),
        );
      if (!to || (!personal(d) && !/^(?:log|relation|role|post)$/.test(d.noun.words.at(-1) ?? '') && namesSomebodyElse(to.l.columns[0]!)))
        continue;
      if (hasCustomerColumns(d)) roles.set(d.id, { role: 'customer', why: 'columns of customers', master: false });
      else roles.set(d.id, { role: 'staff', why: 'linked to staff', master: false });
      changed = true;
    }
  }
}

/** `lecturer_user_no`: one who logs in like customers do, but works here. */
const EMPLOYED = /(?:^|_)(?:lecturer|teacher|doctor|coach|staff|employee|seller|merchant|courier|driver|agent|admin)_/;

/** True when a link says whose the row is: not who created it, and not from a catalogue of things. */
function belongs(d: Draft, link: Link, master: boolean): boolean {
  if (link.owner === false && link.evidence !== 'values') return false;
  if (link.columns.some(namesSomebodyElse)) return false;
  if (isMaster(d)) return false;
  if ((link.list === true || d.noun.about === 'staff') && !master) return false;
  if (link.columns.some((c) => d.noun.words.includes(wordsOf(c).at(-2) ?? ''))) return true;
  return (
    d.noun.entity !== 'thing' ||
    d.noun.about === 'customer' ||
    d.noun.about === 'user' ||
    link.evidence === 'foreign-key' ||
    ownsByName(d, link)
  );
}

/** A thing that has a customer's key of its own (`user_tag(user_id, tag_id)`), but no price, stock or picture, is a relation. */
function ownsByName(d: Draft, link: Link): boolean {
  return (
    d.shape.columns.length <= 8 &&
    wordsOf(link.columns[0]!).length <= 2 &&
    !d.shape.columns.some((c) => /price|stock|sort|icon/.test(plainName(c.name)))
  );
}

function unlinkedRole(d: Draft, all: readonly Draft[], roles: ReadonlyMap<string, Role>): Role {
  const none: Role = { role: 'none', why: 'no fields that single out a person', master: false };
  const { entity, about } = d.noun;
  if (hasCustomerColumns(d)) return { role: 'customer', why: 'columns of customers', master: false };
  if (entity === 'contact' || entity === 'family') {
    const to = d.links.map((l) => roles.get(l.to)?.role).find((r) => r === 'customer' || r === 'supplier' || r === 'merchant');
    return { role: to ?? 'customer', why: to ? 'contacts' : 'name', master: to === undefined };
  }
  if (!personal(d) && !d.findings.some((f) => f.category === 'ip'))
    return about === 'staff' ? { role: 'none', why: 'name', master: false } : none;
  if (entity === 'thing') return none;
  const booked = d.noun.words.some((w) => BOOKED.has(w));
  if (entity === 'staff' || (about === 'staff' && !booked)) return { role: 'staff', why: 'name', master: false };
  if ((about === 'supplier' || about === 'merchant') && !booked) return { role: about, why: 'name', master: false };
  const near = all.filter((o) => o.place === d.place).map((o) => roles.get(o.id));
  const customers = near.some((r) => r?.role === 'customer');
  const staff = near.some((r) => r?.role === 'staff' && r.master);
  const served = about === 'customer' || (about === 'user' && near.some((r) => r?.role === 'customer' && r.master));
  if (served && personal(d)) return { role: 'customer', why: 'name', master: false };
  const log = d.findings.some((f) => f.category === 'ip') || /log|日志/.test(`${d.shape.dataset}${d.shape.comment ?? ''}`);
  if (log && staff) return { role: 'staff', why: 'operators', master: false };
  const strong = d.findings.filter((f) => f.category !== null && OF_PEOPLE.has(f.category)).length;
  if (strong === 0)
    return staff && d.findings.some((f) => f.category === 'account_name' || f.category === 'ip')
      ? { role: 'staff', why: 'operators', master: false }
      : none;
  if (organisation(d)) return { role: 'merchant', why: 'a name, and somebody in charge', master: true };
  if (!customers && staff && strong < 3 && !booked) return { role: 'staff', why: 'personal fields beside staff', master: false };
  return { role: 'customer', why: 'personal fields', master: entity !== 'event' };
}

/** What people have; an address or a company's name alone may be a shop's. */
const OF_PEOPLE: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'name',
  'phone',
  'id_card',
  'email',
  'wechat_openid',
  'nickname',
  'bank_card',
  'birth_date',
  'passport',
  'foreign_permit',
  'customer_no',
  'medical_record_no',
]);
/** A customer's own act: whatever else its table's name says, the person in it is a customer. */
const BOOKED = new Set(
  'order booking reservation reserve appointment registration enrollment enroll yuyue yy dingdan baoming apply application complaint feedback visitor consult'.split(
    ' ',
  ),
);

/** `name` beside somebody in charge of it and nothing that only people have: a station, a school, a shop. */
function organisation(d: Draft): boolean {
  const has = (pattern: RegExp) => d.shape.columns.some((c) => pattern.test(plainName(c.name)));
  const people = d.findings.some(
    (f) => f.category !== null && ['id_card', 'birth_date', 'gender', 'age', 'nickname', 'password', 'passport'].includes(f.category),
  );
  return (
    !people &&
    d.links.length === 0 &&
    has(/^(?:name|mc|\w+_name|名称)$/) &&
    has(/principal|leader|legal_person|manager|director|in_charge|fzr|负责人|faren/)
  );
}

/** An address table that customers point to holds customers' rows, whoever else points there too. */
function reverse(drafts: readonly Draft[], roles: Map<string, Role>): void {
  const known = new Map(drafts.map((d) => [d.id, d]));
  for (const d of drafts) {
    const from = roles.get(d.id);
    if (from?.role !== 'customer' || !from.master) continue;
    for (const l of d.links) {
      const there = known.get(l.to);
      const said = roles.get(l.to);
      if (there && !isMaster(there) && there.noun.entity !== 'thing' && personal(there) && said?.role !== 'customer')
        roles.set(l.to, { role: 'customer', why: 'customers point to it', master: false });
    }
  }
}
