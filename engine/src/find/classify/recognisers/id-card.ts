// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064 MOD 11-2 over the first 17 places. */
export function mod112(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (number.charCodeAt(i) - 48);
  return '10X98765432'[sum % 11] === number[17];
}

function realDay(text: string): boolean {
  const at = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10).replaceAll('-', '') === text;
}

/** 公民身份号码, GB 11643-1999: 18 places with check character, or the old 15 places with a real birth day. */
export function validIdCard(text: string): boolean {
  const number = text.toUpperCase().replaceAll(/[\s-]/g, '');
  if (/^[1-8]\d{16}[\dX]$/.test(number)) return realDay(number.slice(6, 14)) && mod112(number);
  return /^[1-8]\d{14}$/.test(number) && realDay(`19${number.slice(6, 12)}`);
}

export const idCard: Recogniser = {
  category: 'id_card',
  whole: validIdCard,
  inside: { pattern: /(?<![\dA-Za-z])[1-8]\d{16}[\dXx](?![\dA-Za-z])/g, check: validIdCard },
  checked: true,
};
