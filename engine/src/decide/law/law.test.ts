// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../model/law.ts';
import { applicable, checkPack, conditionHolds, conditionsOf, LawError, loadPack, packDigest, validateRule } from './index.ts';

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
    expect(ids).toHaveLength(370);
  });

  test.skipIf(!existsSync(ruleBase))('says word for word what the rule base says (skipped where the rule base is not at hand)', () => {
    const base = JSON.parse(readFileSync(ruleBase, 'utf8')) as Rule[];
    expect(pack.map((r) => r.id)).toEqual(base.map((r) => r.id).toSorted());
    for (const ours of pack) expect(ours).toEqual(base.find((r) => r.id === ours.id));
  });

  test('has one digest whatever the order of its rules, and another when a word changes', () => {
    expect(packDigest(pack.toReversed())).toBe(packDigest(pack));
    expect(packDigest(pack.map((r) => (r.id === 'csl-23' ? { ...r, period: 'P7M' } : r)))).not.toBe(packDigest(pack));
  });

  const own = { ...rule('csl-23'), id: 'own-1', supersedes: ['own-1@2020'] };
  const older = { ...own, id: 'own-1@2020', inForceFrom: '2020-01-01', inForceTo: '2025-12-31', supersededBy: 'own-1' };
  test.each([
    ['a rule given twice', [rule('csl-23'), rule('csl-23')], 'duplicate-rule', 1],
    ['a parent that is nowhere', [own, { ...own, id: 'own-2', parent: ['own-9'] }], 'unknown-rule', 1],
    [
      'a rule that is its own ancestor',
      [
        { ...own, parent: ['own-2'] },
        { ...own, id: 'own-2', parent: ['own-1'] },
      ],
      'circular-parents',
      0,
    ],
    ['a later version that is nowhere', [older], 'unknown-rule', 0],
    ['two versions in force on one day', [own, { ...older, inForceTo: '2026-01-01' }], 'overlapping-versions', 1],
    ['a version that never ends', [own, { ...older, inForceTo: null }], 'overlapping-versions', 1],
  ])('refuses %s, naming the row', (_, rows, code, row) => {
    expect(() => checkPack(rows)).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ row }) }));
  });

  test('accepts a row that refers to a known pack, and none that repeats one', () => {
    expect(checkPack([{ ...own, parent: ['pipl-47'] }, older], pack).map((r) => r.id)).toEqual(['own-1', 'own-1@2020']);
    expect(() => checkPack([rule('csl-23')], pack)).toThrow(expect.objectContaining({ code: 'duplicate-rule' }));
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
    ['a region that is no code', { region: '440300' }, 'wrong-value', 'region'],
    ['an end before its beginning', { inForceTo: '2025-12-31' }, 'wrong-value', 'inForceTo'],
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

  test('facts of the case answer conditions that nobody listed', () => {
    const ask = (more: object, recordClass: 'order' | 'important-data' | 'vehicle-record' = 'order') => {
      const answer = applicable(pack, { facts: { ...facts, ...more }, recordClass, day });
      return { applies: ids(answer.applies), open: answer.unknownConditions.map((u) => u.rule.id) };
    };
    expect(ask({ route: 'bankruptcy' }).applies).toContain('eb-13');
    expect(ask({ route: 'liquidation' }).open).not.toContain('eb-13');
    expect(ask({}).open).toContain('eb-13');
    expect(ask({}, 'important-data').applies).toContain('ndsr-32');
    const auto = { sectors: ['auto'] };
    expect(ask({ ...auto, userCount: 100_000 }, 'vehicle-record')).not.toMatchObject({ open: expect.arrayContaining(['ad-3']) });
    expect(ask({ ...auto, userCount: 100_000 }, 'vehicle-record').applies).not.toContain('ad-3');
    expect(ask({ ...auto, userCount: 100_001 }, 'vehicle-record').applies).toContain('ad-3');
    expect(ask(auto, 'vehicle-record').open).toContain('ad-3');
    expect(ask({ userCount: 10_000_000 }).applies).toContain('ndsr-28');
    expect(ask({ userCount: 9_999_999 }).applies).not.toContain('ndsr-28');
  });

  test('a local rule speaks in its place only, and asks where the company sits', () => {
    const asked = (more: object) => {
      const answer = applicable(pack, { facts: { ...facts, sectors: ['elderly-care'], ...more }, recordClass: 'elder-file', day });
      return [ids(answer.applies).includes('she-37'), answer.unknownConditions.some((u) => u.rule.id === 'she-37')];
    };
    expect(asked({ region: 'CN-310115' })).toEqual([true, false]);
    expect(asked({ region: 'CN-320600' })).toEqual([false, false]);
    expect(asked({ region: null })).toEqual([false, false]);
    expect(asked({})).toEqual([false, true]);
  });

  test.each<[string, object, boolean | null]>([
    ['bankruptcy', { route: 'bankruptcy' }, true],
    ['bankruptcy', { route: 'liquidation' }, false],
    ['bankruptcy', {}, null],
    ['merger-or-split', { route: 'successor' }, true],
    ['suspension', { route: 'suspension' }, true],
    ['simplified-deregistration', { route: 'simplified' }, true],
    ['forced-deregistration', { route: 'forced' }, true],
    ['processor-role', { role: 'processor' }, true],
    ['processor-role', { role: 'controller' }, false],
    ['processor-role', {}, null],
    ['pi-1m', { userCount: 1_000_000 }, true],
    ['pi-1m', { userCount: 999_999 }, false],
    ['pi-1m', { userCount: null }, null],
    ['pi-10m', { userCount: 10_000_000 }, true],
    ['pi-100k', { userCount: 100_000 }, false],
    ['cii', { sectors: ['cii-operator'] }, true],
    ['cii', {}, null],
    ['consumer', { conditions: ['consumer'] }, true],
    ['consumer', { notConditions: ['consumer'] }, false],
    ['consumer', { conditions: ['consumer'], notConditions: ['consumer'] }, true],
    ['prepaid', {}, null],
  ])('%s follows from %j', (condition, more, expected) => {
    expect(conditionHolds(condition, { facts: { ...facts, ...more }, recordClass: 'order' })).toBe(expected);
  });

  test('some conditions follow from the record: its class, the age of the person', () => {
    const asked = (condition: string, recordClass: 'biometric' | 'important-data' | 'order', minor: boolean | null = null) =>
      conditionHolds(condition, { facts, recordClass, minor });
    expect([asked('biometric', 'biometric'), asked('biometric', 'order')]).toEqual([true, null]);
    expect([asked('important-data', 'important-data'), asked('important-data', 'order')]).toEqual([true, null]);
    expect([asked('minors', 'order', true), asked('minors', 'order', false), asked('minors', 'order')]).toEqual([true, null, null]);
    expect([asked('under-14', 'order', true), asked('under-14', 'order', false), asked('under-14', 'order')]).toEqual([true, false, null]);
  });

  test('earlier versions speak when they are asked for', () => {
    const asked = (earlier: boolean) => ids(applicable(pack, { facts, recordClass: 'ledger', day, earlier }).applies);
    expect(asked(false)).not.toContain('acct-t2@1998');
    expect(asked(true)).toEqual(expect.arrayContaining(['acct-t2', 'acct-t2@1998']));
  });

  test('the conditions of a pack are listed once each', () => {
    const asked = conditionsOf(pack);
    expect(asked).toEqual([...new Set(asked)].toSorted());
    expect(asked).toEqual(expect.arrayContaining(['network-operator', 'invoice-issuer', 'prepaid', 'consumer', 'under-14']));
  });
});
