// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

const FORM = '(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|合伙企业|事务所|个体工商户|经营部|商行|分公司|工作室|合作社)';
const NAMED = new RegExp(`^[\\p{Script=Han}A-Za-z\\d()（）·&]{2,40}${FORM}(?:[\\p{Script=Han}]{2,10}分公司)?$`, 'u');
const ANY_FORM = new RegExp(FORM);
const valid = (text: string) => ANY_FORM.test(text) && NAMED.test(text.trim());

/** A company's registered name: it ends with its legal form (企业名称登记管理规定 6). Standing alone only. */
export const company: Recogniser = { category: 'company_name', whole: valid, inside: null, checked: false };
