// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

/** Mobile number 1[3-9] + 9 digits, also with +86, blanks or hyphens (MIIT number ranges move; the prefix decides). */
const plain = (text: string) => text.replaceAll(/[\s-]/g, '').replace(/^(?:\+|00)?86(?=1)/, '');
const valid = (text: string) => /^1[3-9]\d{9}$/.test(plain(text));

export const phone: Recogniser = {
  category: 'phone',
  whole: valid,
  inside: { pattern: /(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, check: valid },
  checked: false,
};
