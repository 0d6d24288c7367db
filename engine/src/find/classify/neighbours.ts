// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { ColumnFinding } from './classify-column.ts';
import type { Draft } from './draft.ts';
import { isMaster } from './role-master.ts';

export const PEOPLE_ONLY: readonly FieldCategory[] = [
  'gender',
  'birth_date',
  'age',
  'id_card',
  'password',
  'medical_record_no',
  'passport',
];
export const MEDICAL =
  /^(?:disposition|aim|demand|footnote|check|test|advice|result|description|order_?text|order_?content|treat|report_?(?:result|content|text|conclusion)|examine|attendance|usage|impression|finding|conclusion|suggest|opinion|complaint|illness|dise)/;
/** Columns of things inside people's tables: a product's name, a delivery company, a coupon's code. */
export const OF_THINGS =
  /^(?:product|good|goods|sku|spu|item|brand|categor\w*|coupon|promotion|activity|course|lesson|class|room|ticket|dept|department|role|level|tag|type|school|shop|store|branch|hotel|hospital|(?:delivery|express|logistics|ship\w*|insurance|pay|bank)_company|express|logistics|channel|platform|template(?!_param)|plan|package|drug|medicine|project|subject|topic|menu|system|module|table|file|app|device_type|insurance|sp|kc|xm(?=_?mc))_(?!address|phone|contact|tel)/;
/** `product_review.product_review`. */
export const OWN_WORDS = /(?:^|_)(?:review|comment|message|feedback|complaint|reply|note)$/;
/** Who wrote what a customer wrote; in an approval `reviewer` is who approved. */
export const WROTE = /^(?:reviewer|author|commenter|poster|writer|\w+_author)(?:_name)?$/;
export const ofWords = (draft: Draft) =>
  draft.noun.words.some((w) => /^(?:review|comment|rating|testimonial|reply|post|message|feedback)$/.test(w));
export const nothing: ColumnFinding = { category: null, confidence: 0, evidence: [], proven: false };
export const BINARY = /blob|bytea|binary|^image/i;
export const NUMBERS = /int|^numeric|^decimal|^number/i;
export const isText = (type: string) => /char|text|clob|string|json/i.test(type) || type === '';
export function isLog(draft: Draft): boolean {
  return (draft.findings.some((f) => f.category === 'ip') || draft.noun.words.includes('log')) && !isMaster(draft);
}
