// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

/** ISO/IEC 7812: Luhn over 16 to 19 digits, UnionPay 62 and other issuer ranges. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const n = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? n : n > 4 ? 2 * n - 9 : 2 * n;
  }
  return sum % 10 === 0;
}
const valid = (text: string) => {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^[3-6]\d{15,18}$/.test(digits) && luhn(digits);
};

export const bankCard: Recogniser = {
  category: 'bank_card',
  whole: valid,
  inside: { pattern: /(?<!\d)[3-6]\d{15,18}(?!\d)/g, check: valid },
  checked: true,
};
