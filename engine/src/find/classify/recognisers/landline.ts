// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const valid = (text: string) =>
  /^(?:(?:\(0\d{2,3}\)|0\d{2,3})[- ]?[2-9]\d{6,7}(?:[-转 ]\d{1,6})?|[48]00[- ]?\d{3}[- ]?\d{4}|[48]00[- ]?\d{4}[- ]?\d{3})$/.test(
    text.normalize('NFKC').trim(),
  );

/** Fixed line with area code, or 400/800. */
export const landline: Recogniser = {
  category: 'landline',
  whole: valid,
  inside: {
    pattern:
      /(?<![\d-])(?:(?:\(0\d{2,3}\)|0\d{2,3}[- ])[2-9]\d{6,7}(?:-\d{1,6})?|[48]00[- ]\d{3}[- ]?\d{4}|[48]00[- ]\d{4}[- ]\d{3})(?![\d-])/g,
    check: valid,
  },
  checked: false,
};
