// SPDX-License-Identifier: Apache-2.0
import { compact, mod112, realDay } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** 外国人永久居留身份证: 18 places from 9 with check sign (since 2023-12-01), or three letters and twelve digits. */
function valid(text: string): boolean {
  const number = compact(text);
  return (/^9\d{16}[\dX]$/.test(number) && realDay(number.slice(6, 14)) && mod112(number)) || /^[A-Z]{3}\d{12}$/.test(number);
}

export const foreignPermit: Recogniser = {
  category: 'foreign_permit',
  whole: valid,
  inside: { pattern: /(?<![\dA-Za-z])(?:9\d{16}[\dXx]|[A-Z]{3}\d{12})(?![\dA-Za-z])/g, check: valid },
  checked: true,
};
