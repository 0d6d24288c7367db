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

/**
 * One spelling for one identifier, so that two systems meet; null when the value cannot be one.
 * Widths are folded (NFKC); phones lose separators and +86; numbers lose blanks and hyphens; an 18-digit id keeps an upper-case X.
 */
export function normaliseIdentifier(category: FieldCategory, value: string): string | null {
  const text = folded(value);
  switch (category) {
    case 'phone': {
      const digits = text.replace(/[\s().-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
      return /^\+?\d{5,15}$/.test(digits) ? digits : null;
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
    case 'id_card': {
      const number = text.replace(/[\s-]/g, '').toUpperCase();
      return validIdCard(number) ? number : null;
    }
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

/** Resident identity number of 18 places: real month and day, ISO 7064 MOD 11-2 check character (GB 11643-1999). Upper case. */
export function validIdCard(number: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(number) || birthOfIdCard(number) === null) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (number.charCodeAt(i) - 48);
  return '10X98765432'[sum % 11] === number[17];
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
