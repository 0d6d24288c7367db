// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import { name } from './recognisers/name.ts';
import { RECOGNISERS } from './recognisers/index.ts';

/** A place in a text; offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly category: FieldCategory;
}

const LABELLED = /(?:姓名|联系人|收货人|收件人|客户|用户)[：:\s]*([\p{Script=Han}·]{2,4})|([\p{Script=Han}]{2,4})(?=先生|女士|小姐|老师)/gu;

/** Personal information in free text: identifiers with their checks, addresses, names with a label or a title. Spans do not overlap. */
export function classifyText(text: string): Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number, category: FieldCategory) => {
    if (!spans.some((s) => start < s.end && s.start < end)) spans.push({ start, end, category });
  };
  const digits = /\d(?:[ -]?\d){4}|@/.test(text);
  for (const r of RECOGNISERS) {
    if (!r.inside || (!digits && r.category !== 'address')) continue;
    for (const m of text.matchAll(r.inside.pattern)) if (r.inside.check(m[0])) add(m.index, m.index + m[0].length, r.category);
  }
  for (const m of text.matchAll(LABELLED)) {
    const found = m[1] ?? m[2]!;
    const start = m.index + m[0].indexOf(found);
    for (let length = found.length; length >= 2; length--) {
      const part = m[1] ? found.slice(0, length) : found.slice(found.length - length);
      if (!name.whole(part)) continue;
      const at = m[1] ? start : start + found.length - length;
      add(at, at + length, 'name');
      break;
    }
  }
  return spans.toSorted((a, b) => a.start - b.start);
}
