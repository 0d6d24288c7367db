// SPDX-License-Identifier: Apache-2.0
import { PROVINCES } from '../text/divisions.ts';
import type { Recogniser } from './recogniser.ts';

const NAMES = new Set(PROVINCES);

/** A division standing alone: a province, or a name that ends as cities, districts and counties do. */
const valid = (text: string) => NAMES.has(text) || /^\p{Script=Han}{1,10}(?:市|自治州|自治县|(?<![专社小景园地])区|县|省)$/u.test(text);

export const region: Recogniser = { category: 'region', whole: valid, inside: null, checked: false };
