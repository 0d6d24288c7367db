// SPDX-License-Identifier: Apache-2.0
import { compact, luhn } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** IMEI: 15 digits with Luhn check digit, from one of the bodies that give them out (35, 86, 01, 99, 49). */
const valid = (text: string) => /^(?:35|86|01|99|49)\d{13}$/.test(compact(text)) && luhn(compact(text));

export const imei: Recogniser = { category: 'device_id', whole: valid, inside: null, checked: false };
