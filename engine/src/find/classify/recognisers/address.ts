// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const LEVELS = /(?:省|自治区|市|自治州|区|县|旗|镇|乡|街道|路|街|巷|弄|村|小区|号|栋|幢|单元|室|楼)/g;

/** An address to the door has several levels of place words and digits or a house word. */
function valid(text: string): boolean {
  return (
    text.length >= 6 &&
    text.length <= 120 &&
    /\d|号|室|村/.test(text) &&
    /\p{Script=Han}/u.test(text) &&
    (text.match(LEVELS)?.length ?? 0) >= 3
  );
}

/** Standing alone; inside text find-addresses looks for it. */
export const address: Recogniser = {
  category: 'address',
  whole: valid,
  inside: null,
  checked: false,
};
