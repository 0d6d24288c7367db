// SPDX-License-Identifier: Apache-2.0
import { compact, luhn } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** 银行卡, ISO/IEC 7812: 16 to 19 digits from 3 to 6 with Luhn check digit; companies' account numbers have none. */
const valid = (text: string) => /^[3-6]\d{15,18}$/.test(compact(text)) && luhn(compact(text));

export const bankCard: Recogniser = {
  category: 'bank_card',
  whole: valid,
  inside: { pattern: /(?<![\dA-Za-z])[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\dA-Za-z])/g, check: valid },
  checked: true,
};
