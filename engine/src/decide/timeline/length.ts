// SPDX-License-Identifier: Apache-2.0
import { readPeriod } from '../../kit/index.ts';
import type { Rule } from '../../model/law.ts';
import type { Length } from './working-days.ts';

/** `none`: the row states no length at all; `unread`: it states one that these words do not find, so nothing is counted. */
export type LengthRead = readonly Length[] | 'none' | 'unread';

/**
 * The length a row states: by its `period`, as working days in `periodRule`, or, with `read`, in the words of the row (one length for each
 * group). Nothing but the row says how many days.
 */
export function lengthOf(rule: Rule, read: RegExp | undefined): LengthRead {
  if (read) {
    const found = [rule.periodRule, rule.summaryZh].map((text) => read.exec(text ?? '')).find((m) => m !== null && m !== undefined);
    const lengths = found?.slice(1).map(fromWords) ?? [];
    return lengths.length === 0 || lengths.includes(null) ? 'unread' : (lengths as Length[]);
  }
  const working = /^(\d+) working days$/.exec(rule.periodRule ?? '');
  if (working) return [{ count: Number(working[1]), unit: 'day', working: true }];
  if (rule.period === null) return rule.periodRule ? 'unread' : 'none';
  const period = readPeriod(rule.period);
  return period ? [period] : 'unread';
}

function fromWords(words: string): Length | null {
  if (/^\d+$/.test(words)) return { count: Number(words), unit: 'day' };
  return readPeriod(words === 'three years' ? 'P3Y' : words);
}
