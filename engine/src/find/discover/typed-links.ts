// SPDX-License-Identifier: Apache-2.0
import { plainName, wordsOf } from '../../kit/index.ts';
import type { Link } from '../../model/data-map.ts';
import type { LinkTable } from './link-table.ts';

/** What a value of a type column calls a table: the word itself, its Chinese or its pinyin. */
const CALLED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:customer|client|kh)$|客户|顾客/, ['customer', 'client', 'kh']],
  [/^(?:member|vip|hy)$|会员/, ['member', 'hy', 'vip', 'customer', 'user']],
  [/^(?:user|yh|c|app)$|用户/, ['user', 'yh', 'member', 'customer']],
  [/^(?:student|pupil|trainee|xs|xy|learner)$|学员|学生/, ['student', 'trainee', 'xs', 'xy']],
  [/^(?:staff|employee|admin|worker|yg|b|system|sys)$|员工|职员|后台|管理员/, ['staff', 'employee', 'admin', 'yg', 'user']],
  [/^(?:coach|jl)$|教练/, ['coach', 'jl', 'staff', 'employee']],
  [/^(?:teacher|lecturer|js|ls)$|教师|老师|讲师/, ['teacher', 'lecturer', 'js', 'staff', 'employee']],
  [/^(?:agent|broker)$|代理人|经纪人/, ['agent', 'broker', 'staff']],
  [/^(?:shop|store|merchant|seller)$|店铺|门店|商家|商户/, ['shop', 'store', 'merchant', 'seller']],
  [/^(?:supplier|vendor)$|供应商/, ['supplier', 'vendor']],
  [/^(?:company|corp|org|enterprise)$|企业|公司|单位/, ['company', 'enterprise', 'org']],
  [/^(?:order|dd)$|订单/, ['order', 'dd']],
];

/**
 * `owner_id` beside `owner_type`: one link for each kind that the values name (or the comment explains: `1会员 2员工`),
 * each holding only for rows of that kind.
 */
export function typedLinks(child: LinkTable, column: string, tables: readonly LinkTable[]): Link[] {
  const stem = /^(.+?)_?id$/.exec(plainName(column))?.[1];
  if (!stem) return [];
  const kind = child.shape.columns.find((c) => [`${stem}_type`, `${stem}type`, `${stem}_kind`, `${stem}_role`].includes(plainName(c.name)));
  if (!kind) return [];
  const near = tables.filter((t) => t !== child && t.key !== null);
  const links: Link[] = [];
  for (const [value, word] of meanings(kind.comment, [...child.valueSet(kind.name)])) {
    const table = named(word, near);
    const known = links.findIndex((l) => l.to === table?.id);
    if (!table) continue;
    if (known >= 0) links[known] = { ...links[known]!, when: { column: kind.name, values: [...links[known]!.when!.values, value] } };
    else
      links.push({
        columns: [column],
        to: table.id,
        toColumns: [table.key!],
        evidence: 'name',
        when: { column: kind.name, values: [value] },
      });
  }
  return links;
}

function meanings(comment: string | null, values: readonly string[]): (readonly [string, string])[] {
  const explained = [...(comment ?? '').matchAll(/(\d+|[a-z]+)\s*(?:->|[:：=\-—、.])?\s*(\p{Script=Han}{2,6})/giu)].map(
    (m) => [m[1]!, m[2]!] as const,
  );
  return [...explained, ...values.filter((v) => v.length <= 30 && !explained.some(([k]) => k === v)).map((v) => [v, v] as const)].slice(
    0,
    12,
  );
}

function named(word: string, tables: readonly LinkTable[]): LinkTable | undefined {
  const plain = wordsOf(word).at(-1) ?? word;
  const wanted = CALLED.find(([p]) => p.test(plain) || p.test(word))?.[1] ?? [plain];
  for (const noun of wanted) {
    const table = tables.find((t) => t.noun.length === 1 && t.noun[0] === noun) ?? tables.find((t) => t.noun.at(-1) === noun);
    if (table) return table;
  }
  return undefined;
}
