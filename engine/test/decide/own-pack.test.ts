// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPackFile } from '../../src/config/index.ts';
import { applicable, checkPack, comparePacks, explainRule, loadPack, packDigest } from '../../src/decide/law/index.ts';
import { evaluate } from '../../src/decide/plan/index.ts';
import type { Rule } from '../../src/model/law.ts';

const text = readFileSync(new URL('../../../docs/examples/gdpr.yaml', import.meta.url), 'utf8');
const own = (changed: string = text) => checkPack(readPackFile(changed, 'gdpr.yaml').rows, loadPack());

/** Where and why a pack file is refused. */
function refusal(changed: string): string {
  const { rows, where } = readPackFile(changed, 'gdpr.yaml');
  try {
    checkPack(rows, loadPack());
  } catch (error) {
    const { code, details } = error as { code: string; details: { row: number; field: string } };
    return `${where(details.row, details.field)} ${code}`;
  }
  return 'accepted';
}

describe('a pack of another place', () => {
  test('joins the rules that ship', () => {
    expect(own().map((r) => r.id)).toEqual(['gdpr-17', 'gdpr-28-3g', 'policy-newsletter']);
    expect(comparePacks(loadPack(), [...loadPack(), ...own()]).map((c) => `${c.kind} ${c.id}`)).toEqual([
      'added gdpr-17',
      'added gdpr-28-3g',
      'added policy-newsletter',
    ]);
    expect(packDigest([...loadPack(), ...own()])).not.toBe(packDigest(loadPack()));
  });

  test.each<[string, (t: string) => string, string]>([
    ['a field nobody knows', (t) => t.replace('bound: null', 'colour: red'), 'gdpr.yaml:12 unknown-field'],
    ['a sector outside the list', (t) => t.replace('sectors: [all]', 'sectors: [circus]'), 'gdpr.yaml:16 wrong-value'],
    ['an id of the rules that ship', (t) => t.replace('id: gdpr-28-3g', 'id: pipl-47'), 'gdpr.yaml:23 duplicate-rule'],
    ['the same id twice', (t) => t.replace('id: gdpr-28-3g', 'id: gdpr-17'), 'gdpr.yaml:23 duplicate-rule'],
    ['a parent that is nowhere', (t) => t.replace('level: notice', 'level: notice\n  parent: [gdpr-99]'), 'gdpr.yaml:48 unknown-rule'],
    ['no rule but a word', (t) => `${t}- hello\n`, 'gdpr.yaml:63 not-an-object'],
  ])('is refused with its line for %s', (_, change, said) => expect(refusal(change(text))).toBe(said));

  test('that is no list, or no YAML, names the line', () => {
    expect(() => readPackFile('rules: 1', 'x.yaml')).toThrow(expect.objectContaining({ code: 'rule-pack-invalid', where: 'x.yaml:1' }));
    expect(() => readPackFile('- a: 1\n  a: 2\n', 'x.yaml')).toThrow(
      expect.objectContaining({ code: 'yaml-unreadable', where: 'x.yaml:2: DUPLICATE_KEY' }),
    );
  });

  test('may set a ceiling of the company itself', () => {
    const judge = (ended: string) =>
      evaluate({
        facts: {
          sectors: ['retail-b2c'],
          route: 'contract-end-only',
          today: '2026-11-23',
          dissolution: null,
          role: 'controller',
          conditions: [],
          notConditions: [],
          confirmed: [],
          refused: [],
          region: null,
        },
        rules: [...loadPack(), ...own()],
        applicable,
        standing: { ended: true, cause: 'performed', endedOn: ended, owed: [], conflicts: [] },
        holds: [],
        record: {
          class: 'marketing',
          role: 'customer',
          pi: true,
          dates: { 'contract.ended': ended },
          minor: null,
          anonymise: false,
          fields: [],
        },
      });
    expect(judge('2026-10-23')).toMatchObject({ disposition: 'delete', rules: ['policy-newsletter'] });
    expect(judge('2026-10-24')).toMatchObject({ disposition: 'archive', until: '2026-11-23', reason: 'ceiling-running' });
  });
});

describe('a new edition of a pack', () => {
  test('tells which fields of which rule changed, which rules came and went', () => {
    const before = own();
    const after = own(text.replace('period: P30D', 'period: P60D').replace('id: gdpr-17', 'id: gdpr-18'));
    expect(comparePacks(before, after)).toEqual([
      { id: 'gdpr-17', kind: 'removed', fields: [] },
      { id: 'gdpr-18', kind: 'added', fields: [] },
      { id: 'policy-newsletter', kind: 'changed', fields: [{ field: 'period', before: '"P30D"', after: '"P60D"' }] },
    ]);
  });
});

describe('an explained rule', () => {
  const rules = loadPack();
  const said = (id: string, lang: 'zh' | 'en') => explainRule(rules.find((r) => r.id === id) as Rule, rules, lang).join('\n');
  test('cites, tells the period and whether it may decide', () => {
    expect(said('acct-t1', 'zh')).toContain('《会计档案管理办法》（财政部 国家档案局令79号）附表1(凭证)');
    expect(said('acct-t1', 'zh')).toContain('期限：不少于30年');
    expect(said('acct-t1', 'zh')).toContain('须经法务确认');
    expect(said('cred-16', 'zh')).toContain('期限：最长5年');
    expect(said('md-38b', 'en')).toContain('Period: permanently');
    expect(said('aml-34@2006', 'zh')).toContain('没有规定，须由法务判断');
  });
  test('says in words what must be kept, how the period counts and how far the text was checked', () => {
    expect(said('food-50', 'zh')).toContain('应当保存的内容：品名、规格、数量、批号、日期');
    expect(said('cos-31b', 'zh')).toContain('期限说明：使用期限不足一年的不少于二年；起算日未写明，取记录日与使用期限届满日中较晚者');
    expect(said('taxr-29', 'zh')).toContain('条文没有写明起算日');
    expect(said('ss-21', 'zh')).not.toContain('条文没有写明起算日');
    expect(said('gsp-42', 'zh')).toMatch(/文本来源：(仅核对转载或者二手资料|未核对)/);
    expect(said('ecl-31', 'en')).toContain('Read in: text of the statute: github');
    expect(said('ndsr-32', 'en')).toContain('Conditions (all): important data or pi 10m');
  });
  test('of every row is without holes in both languages', () => {
    for (const { id } of rules) for (const lang of ['zh', 'en'] as const) expect(said(id, lang)).not.toMatch(/undefined|null|\[object/);
  });
});
