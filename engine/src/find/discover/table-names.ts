// SPDX-License-Identifier: Apache-2.0
import { bareName, wordsOf } from '../../kit/index.ts';

/** Words that say how a table is kept, not what it is about. The pinyin ones: 信息, 信息表, 记录, 表, 档案. */
const KEPT = new Set(
  'info information infor base basic entity lookup main master table tbl data record profile detail list archive file xx xxb jl jlb b da tab'.split(
    ' ',
  ),
);
/** Prefixes that installations put before every name. */
const SCHEMAS = new Set('t tb tbl tab sys biz app m d f dim dwd ods bus base v'.split(' '));

/** What tables are about, once the prefixes that many of them share are gone: `ums_member` → member, `t_order_info` → order. */
export function tableNouns(names: readonly string[]): Map<string, readonly string[]> {
  const split = new Map(names.map((name) => [name, wordsOf(bareName(name))]));
  const starts = new Map<string, number>();
  for (const words of split.values())
    for (let n = 1; n <= words.length; n++) starts.set(words.slice(0, n).join('_'), (starts.get(words.slice(0, n).join('_')) ?? 0) + 1);
  const whole = new Set([...split.values()].map((words) => withoutKept(words).join('_')));
  const nouns = new Map<string, readonly string[]>();
  for (const [name, words] of split) {
    let from = 0;
    while (from < words.length - 1) {
      const start = words.slice(0, from + 1).join('_');
      const shared = (starts.get(start) ?? 0) >= 3 && !whole.has(start);
      if (!shared && !(from === 0 && SCHEMAS.has(words[0]!))) break;
      from += 1;
    }
    nouns.set(name, withoutKept(words.slice(from)));
  }
  return nouns;
}

/** `order_info` → order; `khxxb` → kh. A name of nothing but such words stays. */
export function withoutKept(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && KEPT.has(words[end - 1]!)) end -= 1;
  const last = words[end - 1] ?? '';
  const pinyin = /^([a-z]{2,4}?)(?:xxb|xx|dab|jlb)$/.exec(last)?.[1];
  return [...words.slice(0, end - 1), pinyin ?? last];
}
