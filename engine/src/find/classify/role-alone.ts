// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import { type Draft, PERSONAL, type Role, personal } from './draft.ts';
import { isMaster } from './role-master.ts';

/** Words in a column's name that say a customer stands there: `member_phone`, `buyer_name`, `consignee`. */
const SERVED =
  /(?:^|_)(?:customer|cust|client|member|user|buyer|purchaser|consumer|patient|student|stu|pupil|trainee|guest|passenger|consignee|receiver|recipient|receive|addressee|insured|policy_?holder|applicant|beneficiary|borrower|owner|resident|visitor|kh|hy|yh|xy|xs|hz|shr|tbr|bbr)(?:_|(?=name|phone|mobile|tel|xm|dh|sj))|^(?:yonghu|huiyuan|kehu|xueyuan|xuesheng|huanzhe|guke|yezhu)/;
const SERVED_COMMENT = /会员|客户|用户|顾客|患者|病人|学员|学生|买家|收货人|收件人|投保人|被保险人|受益人|借款人|乘客|业主|住客|举报人/;
/** Of these an office has its own. */
const ANYBODY = /^(?:receiver|recipient|receive|addressee|owner|applicant|user|visitor|apply)_/;

const REPORT =
  /(?:^|_)(?:exam|lab|laboratory|check|examination|diagnosis|pathology|inspection|nursing|surgery|operation)_(?:report|result|record|sheet)(?:_|$)/;
/** Messages go to customers rather than to staff. */
const SENT = /(?:^|_)(?:sms|captcha|verification|verify_code|email_log|mail_log|push)(?:_|$)|smslog|smscode/;
/** Said by or about customers although no column names them. */
const TALK =
  /(?:^|_)(?:follow|followup|feedback|complaint|chat|communication|conversation|correspondence|consult|consultation|inquiry|enquiry|visit)(?:_|$)/;

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

/** `inside`: the place has staff and no customers, so that a receiver or an applicant is most likely one of them. */
export function namesCustomers(d: Draft, inside: boolean): boolean {
  if (d.noun.entity === 'thing' || isMaster(d) || isInterface(d)) return false;
  const business = d.noun.about === 'merchant' || d.noun.about === 'supplier' || d.noun.about === 'staff';
  return d.shape.columns.some((c, at) => {
    const category = d.findings[at]!.category;
    if (category === null || !(PERSONAL.has(category) || category === 'avatar')) return false;
    const name = `${plainName(c.name)}_`;
    if ((category === 'account_name' || category === 'ip') && /^(?:user_?name|account|user_?ip|client_?ip)_/.test(name)) return false;
    if (business && !/customer|client|member|buyer|patient|student|yonghu|huiyuan|kehu|xuesheng|xueyuan|huanzhe/.test(name)) return false;
    return (
      (SERVED.test(name) && !(inside && !isBooked(d) && ANYBODY.test(name))) ||
      (SERVED_COMMENT.test(c.comment ?? '') && !/后台|管理员/.test(c.comment ?? '') && category !== 'account_name')
    );
  });
}

export function unlinkedRole(
  d: Draft,
  all: readonly Draft[],
  roles: ReadonlyMap<string, Role>,
  hasCustomerColumns: (d: Draft) => boolean,
): Role {
  const none: Role = { role: 'none', why: 'no fields that single out a person', master: false };
  const { entity, about } = d.noun;
  if (hasCustomerColumns(d)) return { role: 'customer', why: 'columns of customers', master: false };
  if (entity === 'contact' || entity === 'family') {
    const to = d.links
      .map((l) => roles.get(l.to)?.role)
      .find((r) => r === 'customer' || r === 'supplier' || r === 'merchant' || r === 'staff');
    return { role: to ?? 'customer', why: to ? 'contacts' : 'name', master: to === undefined };
  }
  if (
    TALK.test(d.noun.words.join('_')) &&
    (entity === 'event' || entity === null) &&
    d.findings.some((f) => f.category === 'free_text_may_contain')
  )
    if (all.some((o) => o.place === d.place && roles.get(o.id)?.role === 'customer' && roles.get(o.id)!.master))
      return { role: 'customer', why: 'words with customers', master: false };
  if (
    entity !== 'thing' &&
    REPORT.test(d.noun.words.join('_')) &&
    all.some((o) => o.place === d.place && o.noun.entity === 'customer' && o.noun.words.includes('patient'))
  )
    return { role: 'customer', why: 'what was found about patients', master: false };
  if (!personal(d) && !d.findings.some((f) => f.category === 'ip'))
    return about === 'staff' ? { role: 'none', why: 'name', master: false } : none;
  const near = all.filter((o) => o.place === d.place).map((o) => roles.get(o.id));
  const customers = near.some((r) => r?.role === 'customer' && r.why !== 'personal fields');
  if (customers && about !== 'staff' && SENT.test(d.noun.words.join('_')))
    return { role: 'customer', why: 'sent to customers', master: false };
  if (entity === 'thing') return none;
  const booked = about !== 'supplier' && isBooked(d);
  if (entity === 'staff' || (about === 'staff' && !booked)) return { role: 'staff', why: 'name', master: false };
  if ((about === 'supplier' || about === 'merchant') && !booked) return { role: about, why: 'name', master: false };
  const staff = near.some((r) => r?.role === 'staff' && r.master);
  const served = about === 'customer' || (about === 'user' && near.some((r) => r?.role === 'customer' && r.master));
  if (served && personal(d)) return { role: 'customer', why: 'name', master: false };
  const log = d.findings.some((f) => f.category === 'ip') || /log|日志/.test(`${d.shape.dataset}${d.shape.comment ?? ''}`);
  const staffLogIn = all.some(
    (o) => o.place === d.place && roles.get(o.id)?.role === 'staff' && o.findings.some((f) => f.category === 'account_name'),
  );
  if (log && staffLogIn) return { role: 'staff', why: 'operators', master: false };
  const strong = d.findings.filter((f) => f.category !== null && OF_PEOPLE.has(f.category)).length;
  if (strong === 0)
    return staff && d.findings.some((f) => f.category === 'account_name' || f.category === 'ip')
      ? { role: 'staff', why: 'operators', master: false }
      : none;
  if (organisation(d)) return { role: 'merchant', why: 'a name, and somebody in charge', master: true };
  if (!customers && staff && strong < 3 && !booked) return { role: 'staff', why: 'personal fields beside staff', master: false };
  return { role: 'customer', why: 'personal fields', master: entity !== 'event' };
}

/** Clients of a programming interface: a secret beside a client's or an application's id. */
function isInterface(d: Draft): boolean {
  const names = d.shape.columns.map((c) => plainName(c.name));
  return names.some((n) => n.endsWith('secret')) && names.some((n) => /^(?:client|app)_?(?:id|key)$/.test(n));
}

/** An application may be a programme: whoever applies leaves more than a name. */
const isBooked = (d: Draft) =>
  d.noun.words.some((w) => BOOKED.has(w)) &&
  (!/^(?:application|app|apply)$/.test(d.noun.head) || d.findings.some((f) => f.category === 'phone' || f.category === 'id_card'));

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
