// SPDX-License-Identifier: Apache-2.0
import { compact, mod112, realDay } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/**
 * 公民身份号码, GB 11643-1999: 18 places with the right check sign, or the old 15 places with a real birth day; residence permits of
 * Hong Kong, Macau and Taiwan residents (81, 82, 83) have the same form. A number whose check sign is right although its birth day is
 * impossible is one that somebody wrote wrong: it still identifies, and data quality names it.
 */
export function validIdCard(text: string): boolean {
  const number = compact(text);
  if (/^[1-8]\d{16}[\dX]$/.test(number)) return mod112(number);
  return /^[1-8]\d{14}$/.test(number) && realDay(`19${number.slice(6, 12)}`);
}

/** With a real birth day too: what one number alone, in a text or in a column of one row, must have, for a check sign is right once in eleven. */
export function certainIdCard(text: string): boolean {
  const number = compact(text);
  return validIdCard(number) && (number.length === 15 || realDay(number.slice(6, 14)));
}

export const idCard: Recogniser = {
  category: 'id_card',
  whole: validIdCard,
  inside: { pattern: /(?<![\dA-Za-z])[1-8]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, check: certainIdCard },
  checked: true,
};
