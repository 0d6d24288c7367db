// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import type { ColumnFinding } from './classify-column.ts';
import { commentHead, fieldName, nameHead } from './column-text.ts';
import { type Draft, type Role, isMaster } from './roles.ts';

/** In a dataset of nobody only what is a person's wherever it stands counts. */
const ANYWHERE: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'phone',
  'landline',
  'email',
  'id_card',
  'passport',
  'foreign_permit',
  'password',
  'token',
  'bank_card',
  'wechat_openid',
  'medical_record_no',
  'credit_info',
  'birth_date',
  'name',
]);
/** Of these a dataset of a company may hold its own: they are the company's, no person's. */
const BUSINESS: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'avatar',
  'health',
  'age',
  'order_no',
  'image_may_contain',
  'json_may_contain',
]);
/** Said of things too: without a person beside them they are a parcel's or a machine's. */
const BODY = /^(?:height|weight|pulse|vision|shengao|tizhong|sg|tz|waist\w*|bust|bmi)(?:_?(?:cm|kg|value))?$/;
const NUMBERED: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'password',
  'token',
  'logistics_no',
  'transaction_no',
  'order_no',
  'health',
  'json_may_contain',
  'free_text_may_contain',
]);
/** An animal has these too; they say nothing of its owner. */
const OF_BODIES: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'gender',
  'age',
  'birth_date',
  'health',
  'nickname',
  'avatar',
  'image_may_contain',
]);
/** Columns of things inside people's tables: a product's name, a delivery company, a coupon's code. */
const OF_THINGS =
  /^(?:product|good|goods|sku|spu|item|brand|categor\w*|coupon|promotion|activity|course|lesson|class|room|ticket|dept|department|role|level|tag|type|school|shop|store|branch|hotel|hospital|(?:delivery|express|logistics|ship\w*|insurance|pay|bank)_company|express|logistics|channel|platform|template(?!_param)|plan|package|drug|medicine|project|subject|topic|menu|system|module|table|file|app|device_type|insurance|sp|kc|xm(?=_?mc))_(?!address|phone|contact|tel)/;
const OF_THINGS_COMMENT = /^(?:商品|产品|货品|优惠券|活动|课程|班级|品牌|分类|部门|角色|等级|快递|物流|店铺|门店|项目|套餐|险种|药品|科目)/;
const BARE_NAME = /^(?:name|xm|xingming|full_?name|cname|姓名|名称|名字|title|nm|mc)$/;
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
const PEOPLE_ONLY: readonly FieldCategory[] = ['gender', 'birth_date', 'age', 'id_card', 'password', 'medical_record_no', 'passport'];
const MEDICAL =
  /^(?:disposition|aim|demand|footnote|check|test|advice|result|description|order_?text|order_?content|treat|report_?(?:result|content|text|conclusion)|examine|attendance|usage|impression|finding|conclusion|suggest|opinion|complaint|illness|dise)/;

/** In a database with patients these tables say what was found and done about them. */
const MEDICAL_TABLE = new Set(
  'laboratory lab exam examination examine check test inspect inspection diagnosis prescription treatment nursing surgery operation anesthesia vital ward inpatient outpatient symptom therapy jc jy zd cf yz'.split(
    ' ',
  ),
);
const TREATS = /^(?:doctor|nurse|physician|ward|bed|dosage|frequency|specimen)(?:_|$)/;

/** What a column holds once its table is known: whose it is, what stands beside it. */
export function inContext(draft: Draft, role: Role, amongPatients: boolean): ColumnFinding[] {
  const { shape, findings } = draft;
  const has = (list: readonly FieldCategory[]) => findings.some((f) => f.category !== null && list.includes(f.category));
  const healths = findings.filter((f) => f.category === 'health').length;
  const medical =
    findings.some((f, at) => f.category === 'health' && !BODY.test(plainName(shape.columns[at]!.name))) ||
    (amongPatients && (draft.noun.words.some((w) => MEDICAL_TABLE.has(w)) || shape.columns.some((c) => TREATS.test(plainName(c.name)))));
  const ofAnimals = draft.noun.words.some((w) => /^(?:pet|animal|dog|cat|horse|cattle|livestock)$/.test(w)) && draft.noun.head !== 'owner';
  const linked = new Set(draft.links.filter((l) => l.evidence !== 'values').flatMap((l) => l.columns));
  return shape.columns.map((column, at) => {
    const found = findings[at]!;
    const name = fieldName(column.name);
    const comment = commentHead(column.comment);
    if (found.proven) return found;
    if (ofAnimals && found.category !== null && (OF_BODIES.has(found.category) || BARE_NAME.test(name))) return nothing;
    if ((linked.has(column.name) || shape.key.includes(column.name)) && !keyStays(found, role.role, column.type)) return nothing;
    if (BARE_NAME.test(name) || BARE_NAME.test(comment)) return bareName(draft, role, found, name, has);
    if (
      found.category === null &&
      API_SECRET.test(name) &&
      isText(column.type) &&
      draft.noun.words.some((w) => /^(?:api|key|secret|webhook)$/.test(w))
    )
      return { category: 'token', confidence: 0.7, evidence: ['name', 'neighbours'], proven: false };
    if (found.category === 'name' && draft.noun.entity === 'thing' && name === `${draft.noun.head}_name`) return nothing;
    if (role.role === 'none') return nobodys(found, draft, name);
    if ((role.role === 'merchant' || role.role === 'supplier') && found.category !== null && BUSINESS.has(found.category)) return nothing;
    if ((isText(column.type) || BINARY.test(column.type)) && isBankCard(draft, nameHead(column.name), comment))
      return { category: 'bank_card', confidence: 0.8, evidence: ['name', 'neighbours'], proven: false };
    if (found.category === 'postcode' && draft.noun.head === 'post') return nothing;
    if (BODY.test(name) && found.category === 'health' && !has(PEOPLE_ONLY) && healths < 2) return nothing;
    if (
      (found.category === null || found.category === 'free_text_may_contain') &&
      isText(column.type) &&
      role.role === 'customer' &&
      OWN_WORDS.test(name) &&
      draft.noun.words.join('_').endsWith(name)
    )
      return { category: 'free_text_may_contain', confidence: 0.7, evidence: ['name', 'neighbours'], proven: false };
    if (
      name === 'area_code' &&
      has(['phone', 'landline']) &&
      !has(['address']) &&
      !shape.columns.some((c) => /city|province/.test(plainName(c.name)))
    )
      return nothing;
    if (
      !(found.category !== null && NUMBERED.has(found.category) && (found.category !== 'free_text_may_contain' || isLog(draft))) &&
      (OF_THINGS.test(`${name}_`) || OF_THINGS_COMMENT.test(comment))
    )
      return found.category !== null && ['phone', 'address', 'name', 'email'].includes(found.category) && !name.endsWith('name')
        ? found
        : nothing;
    if (found.category === 'address' && isLog(draft) && /^(?:address|addr|location)$/.test(name))
      return { ...found, category: 'region', evidence: [...found.evidence, 'neighbours'] };
    if (
      found.category === 'region' &&
      NUMBERS.test(column.type) &&
      name.endsWith('_id') &&
      draft.shape.columns.some((c) => plainName(c.name) === name.slice(0, -3))
    )
      return nothing;
    if (ofCredit(draft) && /(?:score|content|result|level|rating|detail|data)$/.test(name) && role.role === 'customer')
      return { category: 'credit_info', confidence: 0.8, evidence: ['name', 'neighbours'], proven: false };
    if (found.category === null) return fromNeighbours(draft, role, name, comment, column.type, medical);
    if (medical && MEDICAL.test(name) && found.category.endsWith('_may_contain') && isText(column.type))
      return { ...found, category: 'health', evidence: [...found.evidence, 'neighbours'] };
    if (found.category === 'account_name' && role.role === 'customer' && WROTE.test(name) && ofWords(draft))
      return { ...found, category: 'name' };
    if (found.category === 'health' && role.role !== 'customer' && !(role.role === 'staff' && draft.noun.entity === 'staff'))
      return nothing;
    if (found.category === 'avatar' && BINARY.test(column.type)) return { ...found, category: 'face_image' };
    if (found.category === 'image_may_contain' && /^(?:photo|picture|pic|image|img)s?$/.test(name) && has(PEOPLE_ONLY))
      return { ...found, category: BINARY.test(column.type) ? 'face_image' : 'avatar', evidence: [...found.evidence, 'neighbours'] };
    return found;
  });
}

const API_SECRET = /^(?:key|secret|key_digest|key_hash|secret_hash)$/;
/** `product_review.product_review`. */
const OWN_WORDS = /(?:^|_)(?:review|comment|message|feedback|complaint|reply|note)$/;
const ofCredit = (draft: Draft) =>
  /(?:^|_)(?:credit|zhima|sesame)_(?:report|score|record|info|rating|investigation)(?:_|$)/.test(draft.noun.words.join('_'));

/** Who wrote what a customer wrote; in an approval `reviewer` is who approved. */
const WROTE = /^(?:reviewer|author|commenter|poster|writer|\w+_author)(?:_name)?$/;
const ofWords = (draft: Draft) =>
  draft.noun.words.some((w) => /^(?:review|comment|rating|testimonial|reply|post|message|feedback)$/.test(w));

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

const nothing: ColumnFinding = { category: null, confidence: 0, evidence: [], proven: false };
const BINARY = /blob|bytea|binary|^image/i;
const NUMBERS = /int|^numeric|^decimal|^number/i;
const isText = (type: string) => /char|text|clob|string|json/i.test(type) || type === '';

function isLog(draft: Draft): boolean {
  return (draft.findings.some((f) => f.category === 'ip') || draft.noun.words.includes('log')) && !isMaster(draft);
}

/** A key may itself be personal: a phone as primary key, a customer's number that others point to. */
function keyStays(found: ColumnFinding, role: DatasetRole, type: string): boolean {
  if ((found.category === 'customer_no' || found.category === 'order_no') && NUMBERS.test(type)) return false;
  return (
    found.category !== null &&
    ['phone', 'id_card', 'email', 'passport', 'account_name', 'customer_no', 'wechat_openid', 'medical_record_no', 'order_no'].includes(
      found.category,
    ) &&
    role !== 'none' &&
    (found.evidence[0] !== 'comment' || ['id_card', 'phone', 'email', 'passport', 'wechat_openid'].includes(found.category))
  );
}

function nobodys(found: ColumnFinding, draft: Draft, name: string): ColumnFinding {
  if (found.category === null) return nothing;
  if (found.category === 'account_name' && draft.findings.some((f) => f.category === 'password')) return found;
  if (found.category === 'account_name') return draft.noun.entity !== 'thing' || /_man$|operator|oper_name/.test(name) ? found : nothing;
  if (!ANYWHERE.has(found.category)) return nothing;
  // Values of words, without a name that says so, are a brand's or a place's as well as a person's.
  if (found.evidence.every((e) => e.startsWith('values'))) return nothing;
  return found;
}

/** `name` alone: a person's beside a birth day or a phone, a company's in a supplier's row, nothing personal in a catalogue. */
function bareName(
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

/** Slips that somebody's name stands on; a contract or a plan has a name of its own. */
const CHARGED = new Set('bill receipt charge fee registration visit queue appointment checkin attendance refund deposit'.split(' '));

const BANKED = /^(?:account|card|acct|zh|kh)_?(?:no|number|code|num|id)?$/;

/** An account or card number beside a bank's name, or in a table of bank cards. */
function isBankCard(draft: Draft, name: string, comment: string): boolean {
  if (!BANKED.test(name) && !/^(?:卡号|账号|帐号)$/.test(comment)) return false;
  return (
    draft.noun.words.some((w) => /^(?:bank|credit|debit)$/.test(w)) ||
    draft.shape.columns.some((c) => /bank|yh(?:mc|mc$)|khh|开户行|银行/.test(`${plainName(c.name)} ${c.comment ?? ''}`))
  );
}

function fromNeighbours(draft: Draft, role: Role, name: string, comment: string, type: string, medical: boolean): ColumnFinding {
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
    draft.noun.words.some((w) => /^(?:field|attribute|meta|property|answer|custom|ext)$/.test(w))
  )
    return as('free_text_may_contain');
  if (isText(type) && role.role === 'customer' && OWN_WORDS.test(name) && draft.noun.words.join('_').endsWith(name))
    return as('free_text_may_contain');
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
