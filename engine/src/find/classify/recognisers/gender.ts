// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

/** Gender written out; codes (0, 1, M) say too little by themselves. */
export const gender: Recogniser = {
  category: 'gender',
  whole: (text) => /^(?:男|女|男性|女性|male|female)$/i.test(text),
  inside: null,
  checked: false,
};
