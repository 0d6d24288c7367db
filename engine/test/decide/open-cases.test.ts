// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type WorkedCase, judgeCase } from '../../src/journey/index.ts';

interface Open extends WorkedCase {
  readonly title: string;
  readonly expected: { disposition: string; until: string | null; rules: string[]; fieldsKept: string[] | null };
}
const file = new URL('../../../../shared/law/cases.open.json', import.meta.url);
const cases = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: Open[] }).cases : [];

describe.skipIf(cases.length === 0)('the worked cases of the rule base (skipped where the rule base is not at hand)', () => {
  test('are fourteen', () => expect(cases).toHaveLength(14));

  test.each(cases.map((c) => [`${c.id} ${c.title}`, c] as const))('%s', (_, c) => {
    const { disposition, until, rules, fieldsKept, explanation } = judgeCase(c, 'zh');
    expect({ disposition, until, rules, fieldsKept }).toEqual(c.expected);
    expect(explanation).not.toContain('undefined');
  });
});
