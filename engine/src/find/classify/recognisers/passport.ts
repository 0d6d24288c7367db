// SPDX-License-Identifier: Apache-2.0
import { compact } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** 中国护照: E or G and eight digits, E with a second letter and seven. No printed check digit. */
const valid = (text: string) => /^(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7})$/.test(compact(text));

export const passport: Recogniser = {
  category: 'passport',
  whole: valid,
  inside: {
    pattern: /(?<=护照\S{0,3}[号码:：\s]{0,3})E[A-HJ-NP-Z\d]\d{7}(?![\dA-Za-z])|(?<=护照\S{0,3}[号码:：\s]{0,3})G\d{8}(?!\d)/g,
    check: valid,
  },
  checked: false,
};
