// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import { BARE_NAME, bareName } from './bare-name.ts';
import type { ColumnFinding } from './classify-column.ts';
import { commentHead, fieldName, nameHead } from './column-text.ts';
import type { Draft, Role } from './draft.ts';
import { fromNeighbours, isBankCard } from './from-neighbours.ts';
import { BINARY, MEDICAL, NUMBERS, OF_THINGS, OWN_WORDS, PEOPLE_ONLY, WROTE, isLog, isText, nothing, ofWords } from './neighbours.ts';

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
const OF_THINGS_COMMENT = /^(?:商品|产品|货品|优惠券|活动|课程|班级|品牌|分类|部门|角色|等级|快递|物流|店铺|门店|项目|套餐|险种|药品|科目)/;
const TREATS = /^(?:doctor|nurse|physician|ward|bed|dosage|frequency|specimen)(?:_|$)/;
const API_SECRET = /^(?:key|secret|key_digest|key_hash|secret_hash)$/;
/** In a database with patients these tables say what was found and done about them. */
const MEDICAL_TABLE = new Set(
  'laboratory lab exam examination examine check test inspect inspection diagnosis prescription treatment nursing surgery operation anesthesia vital ward inpatient outpatient symptom therapy jc jy zd cf yz'.split(
    ' ',
  ),
);

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
    if (/^(?:detail|details|detail_info)$/.test(name) && isText(column.type) && findings.filter((f) => f.category === 'region').length >= 2)
      return { category: 'address', confidence: 0.7, evidence: ['name', 'neighbours'], proven: false };
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

const ofCredit = (draft: Draft) =>
  /(?:^|_)(?:credit|zhima|sesame)_(?:report|score|record|info|rating|investigation)(?:_|$)/.test(draft.noun.words.join('_'));

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
