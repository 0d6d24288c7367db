// SPDX-License-Identifier: Apache-2.0
import { plainName, writtenOut } from '../../kit/index.ts';

/** What a name says without what is only about its form: `mobile_encrypt`, `age_str`, `phone2` → mobile, age, phone. */
export function nameHead(name: string): string {
  const plain = fieldName(name);
  const head = plain.replace(
    /_?(?:bak|backup|old|new|enc|encrypt|encrypted|cipher|ciphertext|mask|masked|md5|hash|digest|sha\d*|plain|cn|\d{1,2})$|_(?:home|work|business|office|personal|private|primary|secondary|main|alt|alternate|other)$/,
    '',
  );
  return (head === '' ? plain : head).split('_').map(writtenOut).join('_');
}

/** The plain name without the letter that older programmes put before every column: `f_name`, `c_phone`. */
export function fieldName(name: string): string {
  return plainName(name).replace(/^(?:f|c|v|s|n|col|fld|fd)_(?=[a-z]{2})/, '');
}

/** The noun of a comment: what stands before the first mark. `性别：0->未知；1->男` → 性别; `省/直辖市` → 省/直辖市. */
export function commentHead(comment: string | null): string {
  if (comment === null) return '';
  const text = comment.normalize('NFKC').trim();
  const bare = text.replaceAll(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '');
  const head = (bare.trim() === '' ? text : bare).split(/[:;,，。；、\n\r\t]|->|=|\d\s*[-.:]|\s{2,}/)[0]!.trim();
  return head.replace(/(?:字段|信息|列表?|值)$/, (m) => (head.length > m.length + 1 ? '' : m)).trim();
}
