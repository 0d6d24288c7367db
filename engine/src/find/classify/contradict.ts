// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';

const LINK = /^(?:https?:)?\/\/|^data:|^\/?[\w./-]+\.(?:png|jpe?g|gif|webp|html?|js|css|vue)$/i;
const DIGITS = /^[\d.]+$/;
const CODE = /^[A-Za-z]{0,4}[-_]?\d{2,}$/;
const DAY = /^\d{4}[-/.年]\d{1,2}|^-?\d{8,13}$|^\d{1,2}[-/月]\d{1,2}|^\d{4}$/;

/** What the values of each category can look like at all, masked (`138****0000`) or encrypted ones included. */
const POSSIBLE: Readonly<Partial<Record<FieldCategory, (text: string) => boolean>>> = {
  phone: (t) => /^[\d\s()+*#x./\-,、;]{5,}$|\d{5,}|\*{3,}/i.test(t) || sealed(t),
  landline: (t) => /^[\d\s()+*x./-]{2,}$/i.test(t) || sealed(t),
  email: (t) => t.includes('@') || sealed(t),
  id_card: (t) => /^[\dA-Za-z*()（）-]{6,24}$/.test(t) || sealed(t),
  passport: (t) => /^[\dA-Za-z*]{5,20}$/.test(t) || sealed(t),
  bank_card: (t) => /^[\d\s*-]{8,30}$/.test(t) || sealed(t),
  ip: (t) => /[.:]/.test(t) || sealed(t),
  birth_date: (t) => DAY.test(t) || sealed(t),
  gender: (t) => t.length <= 8,
  age: (t) => t.length <= 12 && /\d|[零一二三四五六七八九十]/.test(t),
  address: (t) => !LINK.test(t) && !DIGITS.test(t) && t.length >= 2,
  name: (t) => !LINK.test(t) && !DIGITS.test(t) && !CODE.test(t) && t.length <= 60 && !/^[{[]/.test(t),
  nickname: (t) => !LINK.test(t) && t.length <= 60,
  account_name: (t) => !LINK.test(t) && t.length <= 80,
  region: (t) => !LINK.test(t) && t.length <= 60,
  company_name: (t) => !LINK.test(t) && !DIGITS.test(t) && !CODE.test(t) && t.length >= 2,
  occupation: (t) => !LINK.test(t) && !DIGITS.test(t) && t.length <= 40,
  credit_code: (t) => /^[\dA-Za-z-]{8,22}$/.test(t) || sealed(t),
  postcode: (t) => /^[\dA-Za-z -]{3,10}$/.test(t),
};

/** Encrypted or hashed: long and without meaning. */
function sealed(text: string): boolean {
  return /^[\da-f]{16,}$|^[\w+/=-]{20,}$|^[$][\w$./]+$/i.test(text) && !/^\d+$/.test(text);
}

/** True when most values cannot be what the name says. */
export function contradicts(category: FieldCategory, texts: readonly string[]): boolean {
  const possible = POSSIBLE[category];
  if (!possible || texts.length === 0) return false;
  return texts.filter((t) => possible(t)).length < texts.length / 2;
}
