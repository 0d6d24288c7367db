// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applicable, loadPack } from '../../src/decide/law/index.ts';
import { type WorkedCase, judgeCase, readWorkedCase } from '../../src/journey/index.ts';
import { oneBySql, openDb } from './agree.ts';

interface Open extends WorkedCase {
  readonly title: string;
  readonly expected: { disposition: string; until: string | null; rules: string[]; fieldsKept: string[] | null };
}
const file = new URL('../../../../shared/law/cases.open.json', import.meta.url);
const cases = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: Open[] }).cases : [];

describe.skipIf(cases.length === 0)('the worked cases of the rule base (skipped where the rule base is not at hand)', () => {
  test('are fourteen', () => expect(cases).toHaveLength(14));

  test('come out the same by the compiled SQL', async () => {
    const db = await openDb();
    try {
      for (const c of cases) {
        const { disposition, until, rules } = (await oneBySql(db, readWorkedCase(c, loadPack(), applicable))) as Record<string, string>;
        const { fieldsKept: _, ...expected } = c.expected;
        expect({ disposition, until, rules: rules!.split(',').filter(Boolean) }, c.id).toEqual(expected);
      }
    } finally {
      db.closeSync();
    }
  });

  test.each(cases.map((c) => [`${c.id} ${c.title}`, c] as const))('%s', (_, c) => {
    const { disposition, until, rules, fieldsKept, explanation } = judgeCase(c, 'zh');
    expect({ disposition, until, rules, fieldsKept }).toEqual(c.expected);
    expect(explanation).not.toContain('undefined');
  });
});
