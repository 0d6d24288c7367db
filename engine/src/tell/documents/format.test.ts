// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Rule } from '../../model/law.ts';
import { keptUntil, period } from './format.ts';
import { wordsOf } from './words.ts';

const line = (rule: Partial<Rule>) => ({ rule: rule as Rule, records: 1, until: null, verdict: null });

test('what is kept permanently says so, as a period and as a last day, and nothing else does', () => {
  for (const [lang, word] of [
    ['zh', '永久保存'],
    ['en', 'permanently'],
  ] as const) {
    const words = wordsOf(lang);
    expect(period(line({ startEvent: 'permanent', period: null }), words)).toBe(word);
    expect(period(line({ startEvent: 'other', period: null }), words)).toBe('');
    expect(keptUntil({ until: null, disposition: 'archive' }, words, '—')).toBe(word);
    expect(keptUntil({ until: '2030-01-01', disposition: 'archive' }, words, '—')).toBe('2030-01-01');
    expect(keptUntil({ until: null, disposition: 'delete' }, words, '—')).toBe('—');
  }
});
