// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../model/law.ts';
import { applicable, checkPack, conditionsOf, LawError, loadPack, packDigest, validateRule } from './index.ts';

const ruleBase = new URL('../../../../../shared/law/rules.json', import.meta.url);
const pack = loadPack();
const rule = (id: string): Rule => pack.find((r) => r.id === id)!;
const facts = { sectors: ['retail-b2c' as const], conditions: [] as string[], notConditions: [] as string[] };

function refusal(json: unknown): LawError {
  try {
    validateRule(json);
  } catch (error) {
    if (error instanceof LawError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('the pack', () => {
  test('is in id order, has no rule twice, and holds the rules every case cites', () => {
    const ids = pack.map((r) => r.id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toEqual(expect.arrayContaining(['pipl-47', 'pipl-21', 'pipl-22', 'csl-23', 'acct-t1', 'cc-188', 'cplr-22', 'ndsr-24']));
  });

  test.skipIf(!existsSync(ruleBase))('says word for word what the rule base says (skipped where the rule base is not at hand)', () => {
    const base = JSON.parse(readFileSync(ruleBase, 'utf8')) as Rule[];
    for (const ours of pack) expect(ours).toEqual(base.find((r) => r.id === ours.id));
  });

  test('has one digest whatever the order of its rules, and another when a word changes', () => {
    expect(packDigest(pack.toReversed())).toBe(packDigest(pack));
    expect(packDigest(pack.map((r) => (r.id === 'csl-23' ? { ...r, period: 'P7M' } : r)))).not.toBe(packDigest(pack));
  });

  test('refuses a rule given twice', () => {
    expect(() => checkPack([rule('csl-23'), rule('csl-23')])).toThrow(expect.objectContaining({ code: 'duplicate-rule' }));
  });
});

describe('a rule from outside', () => {
  test.each<[string, object, string, string]>([
    ['a field nobody knows', { colour: 'red' }, 'unknown-field', 'colour'],
    ['a sector outside the list', { sectors: ['circus'] }, 'wrong-value', 'sectors'],
    ['no sector at all', { sectors: [] }, 'wrong-value', 'sectors'],
    ['a class outside the list', { recordClasses: ['log', 'diary'] }, 'wrong-value', 'recordClasses'],
    ['a period that is no duration', { period: '6 months' }, 'wrong-value', 'period'],
    ['a retention counted in hours', { period: 'PT4H' }, 'wrong-value', 'period'],
    ['a day that does not exist', { inForceFrom: '2023-02-29' }, 'wrong-value', 'inForceFrom'],
    ['a period without a start', { startEvent: null }, 'wrong-value', 'startEvent'],
    ['an id that is no id', { id: "x' OR 1" }, 'wrong-value', 'id'],
    ['a region', { region: '440300' }, 'wrong-value', 'region'],
  ])('is refused for %s, naming rule and field', (_, change, code, field) => {
    const error = refusal({ ...rule('csl-23'), ...change });
    expect(error.code).toBe(code);
    expect(error.details.field).toBe(field);
  });

  test('is refused without a field the product reads', () => {
    const { decides: _, ...rest } = rule('csl-23');
    expect(refusal(rest)).toMatchObject({ code: 'missing-field', details: { rule: 'csl-23', field: 'decides' } });
    expect(refusal([]).code).toBe('not-an-object');
  });
});

describe('what applies', () => {
  const day = '2026-11-23';
  const ids = (rules: readonly Rule[]) => rules.map((r) => r.id);

  test('a platform rule does not bind a shop', () => {
    const asked = (sector: 'e-commerce-platform' | 'e-commerce-seller') =>
      ids(applicable(pack, { facts: { ...facts, sectors: [sector] }, recordClass: 'order', day }).applies);
    expect(asked('e-commerce-platform')).toContain('ecl-31');
    expect(asked('e-commerce-seller')).not.toContain('ecl-31');
  });

  test('a condition is true, false or unknown, and unknown is named', () => {
    const ask = (conditions: string[], notConditions: string[]) =>
      applicable(pack, { facts: { ...facts, conditions, notConditions }, recordClass: 'log', day });
    expect(ids(ask(['network-operator'], []).applies)).toContain('csl-23');
    expect(ask([], []).unknownConditions).toContainEqual({ rule: rule('csl-23'), conditions: ['network-operator'] });
    expect(ask([], ['network-operator']).unknownConditions.map((u) => u.rule.id)).not.toContain('csl-23');
  });

  test('either of two alternatives is enough, and both must be denied to deny it', () => {
    const either = { ...rule('csl-23'), conditions: ['cii|network-operator'] };
    const ask = (conditions: string[], notConditions: string[]) =>
      applicable([either], { facts: { ...facts, conditions, notConditions }, recordClass: 'log', day });
    expect(ask(['network-operator'], ['cii']).applies).toHaveLength(1);
    expect(ask([], ['cii']).unknownConditions).toHaveLength(1);
    expect(ask([], ['cii', 'network-operator'])).toEqual({ applies: [], unknownConditions: [] });
  });

  test('a rule is silent before its first day and after its last', () => {
    const brief = { ...rule('csl-23'), conditions: [], inForceFrom: '2026-01-01', inForceTo: '2026-06-30' };
    const on = (when: string) => applicable([brief], { facts, recordClass: 'log', day: when }).applies.length;
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(on)).toEqual([0, 1, 1, 0]);
  });

  test('the record itself says whether a child is concerned', () => {
    const child = (minor: boolean | null) =>
      applicable(pack, { facts: { ...facts, conditions: ['under-14'] }, recordClass: 'child-pi', day, minor }).applies.some(
        (r) => r.id === 'child-23',
      );
    expect([child(true), child(false), child(null)]).toEqual([true, false, true]);
  });

  test('the conditions of a pack are listed once each', () => {
    const asked = conditionsOf(pack);
    expect(asked).toEqual([...new Set(asked)].toSorted());
    expect(asked).toEqual(expect.arrayContaining(['network-operator', 'invoice-issuer', 'prepaid', 'consumer', 'under-14']));
  });
});
