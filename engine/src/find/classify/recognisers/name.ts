// SPDX-License-Identifier: Apache-2.0
import { surnameLength } from '../text/surnames.ts';
import type { Recogniser } from './recogniser.ts';

/** Signs of places, firms and things that are in no name. */
const NOT_IN_NAMES = /[省市区县路街号楼室店部公司科技银行的了是在们和与及或学院课班级款型套装色]/;

function valid(value: string): boolean {
  const text = value
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/(?:先生|女士|小姐)$/, '');
  if (text.length > 4 && !text.includes('·') && !/[\u{10000}-\u{10ffff}]/u.test(text)) return false;
  if (/^\p{Script=Han}{2,8}(?:·\p{Script=Han}{1,10})+$/u.test(text)) return true;
  if (!/^\p{Script=Han}{2,4}$/u.test(text) || NOT_IN_NAMES.test(text)) return false;
  const surname = surnameLength(text);
  const given = text.length - surname;
  return surname > 0 && given >= 1 && given <= 2;
}

/** A personal name standing alone: surname and one or two signs, or a minority name with ·. Inside text find-names looks for it. */
export const name: Recogniser = { category: 'name', whole: valid, inside: null, checked: false };
