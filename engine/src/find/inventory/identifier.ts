// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import { digits, isDay } from './legal-date.ts';

/** `hard` singles out one subject by itself; `soft` may be shared (a family's phone) and is capped by resolve. */
export type IdentifierStrength = 'hard' | 'soft';

const STRENGTH: Readonly<Partial<Record<FieldCategory, IdentifierStrength>>> = {
  customer_no: 'hard',
  foreign_permit: 'hard',
  id_card: 'hard',
  passport: 'hard',
  bank_card: 'soft',
  email: 'soft',
  phone: 'soft',
  wechat_openid: 'soft',
};

/** How strong an identifier of this category is; null when the category does not identify anybody. */
export function identifierStrength(category: FieldCategory): IdentifierStrength | null {
  return STRENGTH[category] ?? null;
}

/** What people type where they have nothing to say: joined by it, strangers would become one person. */
const PLACEHOLDER =
  /^(?:0+|(\d)\1{6,}|1234567890?1?|无|没有|暂无|未知|不详|空|n\/?a|null|none|nil|undefined|unknown|test|-+|\.+|\/+|\?+)$/i;

/** True for a value that stands for "nothing": zeros, `无`, `N/A`, a row of one digit. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(folded(value));
}

/** True for a value that shows only a part of itself: `138****0000`. */
export function isMasked(value: string): boolean {
  return /[*＊•●█]{2,}|(?<=\d)[xX]{3,}/.test(value);
}

/**
 * One spelling for one identifier, so that two systems meet; null when the value cannot be one.
 * Widths are folded (NFKC); phones lose separators and +86; numbers lose blanks and hyphens; an 18-digit id keeps an upper-case X, and one of
 * 15 places becomes the 18 that the same person has now (GB 11643-1999).
 */
export function normaliseIdentifier(category: FieldCategory, value: string): string | null {
  const text = folded(value);
  if (PLACEHOLDER.test(text)) return null;
  switch (category) {
    case 'phone': {
      const digits = text.replace(/[\s().-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
      return /^\+?\d{5,15}$/.test(digits) ? digits : null;
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
    case 'id_card': {
      const number = text.replace(/[\s-]/g, '').toUpperCase();
      if (/^[1-9]\d{14}$/.test(number)) return birthOfIdCard(widened(number)) === null ? null : widened(number);
      return validIdCard(number) ? number : null;
    }
    case 'credit_code':
      return text.replace(/[\s-]/g, '').toUpperCase() || null;
    case 'passport':
    case 'foreign_permit': {
      const number = text.replace(/[\s-]/g, '').toUpperCase();
      return /^(?=.*\d)[A-Z0-9]{7,18}$/.test(number) ? number : null;
    }
    case 'bank_card': {
      const number = text.replace(/[\s-]/g, '');
      return /^\d{12,19}$/.test(number) ? number : null;
    }
    default:
      return text === '' ? null : text;
  }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Resident identity number of 18 places by its ISO 7064 MOD 11-2 check character (GB 11643-1999). Upper case. A day that is none does not make it less of a number: somebody
 * wrote it wrong, it still identifies, and data quality names it.
 */
export function validIdCard(number: string): boolean {
  return /^[1-9]\d{16}[\dX]$/.test(number) && checkSign(number) === number[17];
}

/** The number of 15 places with the century and the check character that it lacks. */
function widened(number: string): string {
  const body = `${number.slice(0, 6)}19${number.slice(6)}`;
  return body + checkSign(body);
}

function checkSign(number: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (number.charCodeAt(i) - 48);
  return '10X98765432'[sum % 11]!;
}

/** Birth day inside an 18-place identity number, YYYY-MM-DD, or null when it is no day. */
export function birthOfIdCard(number: string): string | null {
  return isDay(digits(number, 6, 4), digits(number, 10, 2), digits(number, 12, 2))
    ? `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
    : null;
}

/** Widths folded, no space around; most values are plain ASCII already. */
function folded(value: string): string {
  return (/[^ -~]/.test(value) ? value.normalize('NFKC') : value).trim();
}
