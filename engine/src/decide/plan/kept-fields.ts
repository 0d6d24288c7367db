// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap } from '../../model/data-map.ts';
import type { RecordClass, Rule } from '../../model/law.ts';

/** About the person rather than about the transaction: no provision on dealings asks for these. */
const PROFILE: ReadonlySet<string> = new Set([
  'age',
  'avatar',
  'birth_date',
  'education',
  'ethnicity',
  'income',
  'marital_status',
  'religion',
  'browsing_history',
  'face_image',
  'gender',
  'health',
  'medical_record_no',
  'nickname',
  'occupation',
  'password',
  'token',
  'voice_recording',
]);

/** What a person likes and looks at: asked for by no provision on keeping, whatever the record. */
const INTEREST: ReadonlySet<string> = new Set([
  'browsing_history',
  'hobby',
  'marketing_consent',
  'marketing_preference',
  'marketing_tags',
  'preference',
  'preferences',
  'tags',
  'user_profile',
]);

/** Records whose content is that very behaviour. */
const BEHAVIOUR: ReadonlySet<RecordClass> = new Set<RecordClass>(['log', 'marketing']);

/** Records of dealings; elsewhere (identity files, policies, medical records) the profile is the record. */
const DEALINGS: ReadonlySet<RecordClass> = new Set<RecordClass>([
  'accounting-voucher',
  'invoice',
  'ledger',
  'log',
  'order',
  'payment',
  'prepaid-balance',
  'tax-record',
  'transaction-record',
]);

/** Secrets are kept by no rule. */
const NEVER: ReadonlySet<string> = new Set(['password', 'token']);

const NAME = ['name', 'account_name'];
const ADDRESS = ['address', 'region', 'postcode'];
const DOCUMENT = ['free_text_may_contain', 'image_may_contain', 'json_may_contain'];
/** Words of `minimumFields` as field categories and common names; a word of its own name is always itself. `all` = the document is the record. */
const MINIMUM: Readonly<Record<string, readonly string[] | 'all'>> = {
  name: [...NAME, 'customer_name', 'buyer_name', 'contact_name', 'patient_name'],
  'unit-name': ['company_name', 'credit_code', 'invoice_title'],
  'staff-name': NAME,
  'id-card': ['id_card', 'passport', 'foreign_permit'],
  'id-photo': ['image_may_contain', 'id_card_photo'],
  phone: ['phone', 'landline', 'contact'],
  address: ADDRESS,
  amount: ['account_balance', 'price', 'unit_price', 'total'],
  goods: ['product', 'product_name', 'item', 'spec', 'sku', 'model'],
  date: [
    'order_date',
    'sale_date',
    'purchase_date',
    'record_date',
    'transaction_date',
    'production_date',
    'expiry_date',
    'shelf_life',
    'time',
  ],
  'batch-no': ['lot_no', 'serial_no'],
  vehicle: ['plate_no', 'vin', 'vehicle_model', 'mileage'],
  'account-no': ['account_name', 'customer_no', 'bank_card'],
  signature: ['image_may_contain'],
  'licence-no': ['license_no', 'credit_code'],
  'voucher-copy': ['image_may_contain', 'transaction_no', 'order_no'],
  'bank-voucher': ['image_may_contain', 'transaction_no', 'bank_card'],
  'ip-domain': ['ip', 'domain'],
  'contract-text': 'all',
  'service-content': ['service', 'repair_item', ...DOCUMENT],
  'medical-content': ['health', 'medical_record_no', 'diagnosis', ...DOCUMENT],
  'log-content': 'all',
};

/**
 * Which of `categories` may stay in an archive that `rules` keep: what any of them asks for. A rule without `minimumFields` keeps the
 * whole record, except the personal profile in a record of dealings (最小必要, 个人信息保护法 6, 19). null = nothing goes.
 */
export function keptFields(rules: readonly Rule[], categories: readonly string[], recordClass: RecordClass): readonly string[] | null {
  const kept = categories.filter((category) => stays(category, rules, recordClass, categories));
  return kept.length === categories.length ? null : kept;
}

/**
 * The fields of a dataset that stay in its archive and those that go. Goes: `drop` by a person's decision, and personal categories beyond
 * the rules that won. Stays: key columns and fields without personal category.
 */
export function archivedFields(
  map: DatasetMap,
  rules: readonly Rule[],
): { readonly kept: readonly string[]; readonly gone: readonly string[] } {
  const stay = (f: DatasetMap['fields'][number]) =>
    f.drop !== true && (f.category === null || map.key.includes(f.name) || stays(f.category, rules, map.recordClass));
  return { kept: map.fields.filter(stay).map((f) => f.name), gone: map.fields.filter((f) => !stay(f)).map((f) => f.name) };
}

function stays(category: string, rules: readonly Rule[], recordClass: RecordClass, all: readonly string[] = []): boolean {
  if (NEVER.has(category) || (DEALINGS.has(recordClass) && PROFILE.has(category))) return false;
  if (INTEREST.has(category) && !BEHAVIOUR.has(recordClass)) return false;
  return (
    rules.length === 0 ||
    rules.some((rule) => rule.minimumFields === null || rule.minimumFields.some((word) => asksFor(word, category, all)))
  );
}

/** A document that the record holds as a field of its own is that field; else the whole row is the document. */
function asksFor(word: string, category: string, all: readonly string[]): boolean {
  const meant = MINIMUM[word];
  return (
    (meant === 'all' && !all.includes(word.replaceAll('-', '_'))) ||
    (meant !== 'all' && meant?.includes(category) === true) ||
    word === category.replaceAll('_', '-')
  );
}
