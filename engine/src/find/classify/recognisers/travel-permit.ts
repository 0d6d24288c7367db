// SPDX-License-Identifier: Apache-2.0
import { compact } from './check-digits.ts';
import type { Recogniser } from './recogniser.ts';

/** 港澳居民来往内地通行证 (H or M and 8 or 10 digits) and 往来港澳通行证 (C and 8 places). No check digit. */
const valid = (text: string) => /^(?:[HM]\d{8}(?:\d{2})?|C\d{8}|C[A-HJ-NP-Z]\d{7})$/.test(compact(text));

/** In text only after its name: six letters and digits alone are any code. */
export const travelPermit: Recogniser = {
  category: 'foreign_permit',
  whole: valid,
  inside: { pattern: /(?<=(?:通行证|回乡证)\S{0,4}[号码:：\s]{0,3})[HMC][A-HJ-NP-Z\d]\d{7}(?:\d{2})?(?![\dA-Za-z])/g, check: valid },
  checked: false,
};
