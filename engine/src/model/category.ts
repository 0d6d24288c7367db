// SPDX-License-Identifier: Apache-2.0
/** Field categories (字段类别): what personal information a column holds. Closed; extended by adding a name here. */
export const FIELD_CATEGORIES = [
  'account_balance',
  'account_name',
  'address',
  'age',
  'avatar',
  'bank_card',
  'birth_date',
  'browsing_history',
  'company_name',
  'credit_code',
  'credit_info',
  'customer_no',
  'device_id',
  'email',
  'face_image',
  'foreign_permit',
  'free_text_may_contain',
  'gender',
  'health',
  'id_card',
  'image_may_contain',
  'invoice_title',
  'ip',
  'json_may_contain',
  'landline',
  'logistics_no',
  'medical_record_no',
  'name',
  'nickname',
  'occupation',
  'order_no',
  'passport',
  'password',
  'phone',
  'postcode',
  'region',
  'token',
  'transaction_no',
  'voice_recording',
  'wechat_openid',
] as const;
export type FieldCategory = (typeof FIELD_CATEGORIES)[number];

/**
 * Sensitive (PIPL 28, GB/T 45574-2025) or treated as high-risk (identity numbers, secrets).
 * An identity number alone is no longer listed as sensitive by GB/T 45574-2025; DESIGN treats it as high-risk.
 */
export const SENSITIVE_CATEGORIES: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'bank_card',
  'credit_info',
  'face_image',
  'foreign_permit',
  'health',
  'id_card',
  'medical_record_no',
  'passport',
  'password',
  'token',
  'voice_recording',
]);

/** Categories whose value singles out one subject; they join records into subjects and feed the residue search. */
export const IDENTIFIER_CATEGORIES: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'bank_card',
  'customer_no',
  'email',
  'foreign_permit',
  'id_card',
  'passport',
  'phone',
  'wechat_openid',
]);

export type Sensitivity = 'sensitive' | 'general' | 'none';
