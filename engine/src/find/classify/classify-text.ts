// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import { RECOGNISERS } from './recognisers/index.ts';
import { findAddresses } from './text/find-addresses.ts';
import { findNames } from './text/find-names.ts';

/** A place in a text; offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly category: FieldCategory;
}

/**
 * Personal information in free text: identifiers with their checks, addresses from the first division to the last house word, names that
 * stand between those, after a label or before a title. Full-width digits and letters count as their plain forms; spans do not overlap
 * and their offsets are those of the text as given.
 */
export function classifyText(text: string): Span[] {
  const plain = sameLength(text);
  const spans: Span[] = [];
  const free = (start: number, end: number) => !spans.some((s) => start < s.end && s.start < end);
  if (/\d(?:[ -]?\d){3}|@/.test(plain))
    for (const r of RECOGNISERS) {
      if (!r.inside || r.category === 'address') continue;
      for (const m of plain.matchAll(r.inside.pattern)) {
        const end = m.index + m[0].length;
        if (r.inside.check(m[0]) && free(m.index, end)) spans.push({ start: m.index, end, category: r.category });
      }
    }
  const { names, addresses } = findNames(plain, findAddresses(plain, spans), spans);
  for (const a of addresses) if (free(a.start, a.end)) spans.push({ ...a, category: 'address' });
  for (const n of names) if (free(n.start, n.end)) spans.push({ ...n, category: 'name' });
  return spans.toSorted((a, b) => a.start - b.start);
}

/** NFKC sign by sign, where that keeps the length: offsets stay those of the given text. */
function sameLength(text: string): string {
  return text.replaceAll(/[\uff01-\uff5e\u3000]/g, (sign) => sign.normalize('NFKC'));
}
