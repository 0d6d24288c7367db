// SPDX-License-Identifier: Apache-2.0
import { compact } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** Mobile number 1[3-9] + 9 digits, also with +86, blanks or hyphens (MIIT number ranges move; the prefix decides); or masked in the middle. */
const valid = (text: string) =>
  /^(?:1[3-9]\d{9}|1[3-9]\d\*{4}\d{4})$/.test(
    compact(text)
      .replaceAll(/[()]/g, '')
      .replace(/^(?:\+|00)?86(?=1)/, ''),
  );

export const phone: Recogniser = {
  category: 'phone',
  whole: valid,
  inside: { pattern: /(?<![\dA-Za-z])(?:\(?\+?(?:00)?86\)?[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, check: valid },
  checked: false,
};
