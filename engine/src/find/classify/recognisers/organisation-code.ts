// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 组织机构代码, GB 11714: eight places, a hyphen, a check sign (11 − Σ mod 11; 10 → X, 11 → 0). */
function valid(text: string): boolean {
  const m = /^([\dA-Z]{8})-([\dX])$/.exec(text.normalize('NFKC').trim().toUpperCase());
  if (!m) return false;
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += SIGNS.indexOf(m[1]![i]!) * WEIGHTS[i]!;
  return '0X987654321'[sum % 11] === m[2];
}

export const organisationCode: Recogniser = {
  category: 'credit_code',
  whole: valid,
  inside: { pattern: /(?<![\dA-Za-z-])[\dA-Z]{8}-[\dX](?![\dA-Za-z-])/g, check: valid },
  checked: true,
};
