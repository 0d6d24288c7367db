// SPDX-License-Identifier: Apache-2.0
import { compact } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 统一社会信用代码, GB 32100-2015: weights 3^i mod 31, the check sign makes the sum 0. */
export function validCreditCode(text: string): boolean {
  const code = compact(text);
  if (!/^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  let sum = 0;
  for (let i = 0, weight = 1; i < 17; i++, weight = (weight * 3) % 31) sum += SIGNS.indexOf(code[i]!) * weight;
  return SIGNS[(31 - (sum % 31)) % 31] === code[17];
}

export const creditCode: Recogniser = {
  category: 'credit_code',
  whole: validCreditCode,
  inside: { pattern: /(?<![\dA-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![\dA-Za-z])/g, check: validCreditCode },
  checked: true,
};
