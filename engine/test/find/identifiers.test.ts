// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RECOGNISERS, fitting, classifyText } from '../../src/find/classify/index.ts';
import { luhn } from '../../src/find/classify/recognisers/check-digits.ts';
import { validCreditCode } from '../../src/find/classify/recognisers/credit-code.ts';
import { validIdCard } from '../../src/find/classify/recognisers/id-card.ts';
import { REAL } from './support/real-databases.ts';

const vectors = join(REAL, 'vectors/cn-identifiers.json');
const absent = !existsSync(vectors);
type Verdicts = Record<'id_card' | 'uscc' | 'luhn', readonly { value: string; valid: boolean; why: string }[]>;

describe.skipIf(absent)(`identifiers with published verdicts${absent ? ' (skipped: shared/real is absent)' : ''}`, () => {
  const check = { id_card: validIdCard, uscc: validCreditCode, luhn } as const;
  test.each(Object.keys(check) as (keyof typeof check)[])('%s', (kind) => {
    const all = (JSON.parse(readFileSync(vectors, 'utf8')) as Verdicts)[kind];
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter((v) => check[kind](v.value) !== v.valid)).toEqual([]);
  });
});

/** Sample numbers of the standards and of card schemes. */
const SAMPLES = [
  { valid: validIdCard, number: '11010519491231002X' },
  { valid: validCreditCode, number: '91350100M000100Y43' },
  { valid: luhn, number: '4111111111111111' },
];

describe('check digits', () => {
  test.each(SAMPLES)('one changed digit of $number is rejected', ({ valid, number }) => {
    expect(valid(number)).toBe(true);
    fc.assert(
      fc.property(fc.nat(number.length - 1), fc.integer({ min: 1, max: 9 }), (at, by) => {
        fc.pre(/\d/.test(number[at]!));
        const changed = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(valid(changed)).toBe(false);
      }),
    );
  });
});

test('one look at a value’s signs passes over no recogniser that would take it', () => {
  const signs = '0123456789０１９ABEGHMXxyz省市区县路号室村男女张王李欧阳·有限公司工作室@.-_ ()（）+*$:/转eyJ{}°#';
  const seeds = fc.constantFrom(
    ...SAMPLES.map(({ number }) => number),
    '13900000001',
    '+86 139-0000-0001',
    '139****0001',
    '0571-80000000转12',
    '400-800-0000',
    'a@example.com',
    '10.0.0.1/24',
    'fe80::1:2',
    'EA0000000',
    'H0000000000',
    '350000000000006',
    'male',
    '江苏省南京市鼓楼区虚构路1号2幢301室',
    '虚构商贸有限公司南京分公司',
    '浙江省',
    '阿依古丽·买买提',
    '欧阳青女士',
    '$2a$10$abcdefghijklmnopqrstuv',
    'Bearer eyJhbGciOiJI.eyJzdWIiOiIx.abc-_',
  );
  const noise = fc.array(fc.constantFrom(...signs), { maxLength: 24 }).map((all) => all.join(''));
  const value = fc.oneof(
    seeds,
    noise,
    fc.tuple(seeds, noise).map((two) => two.join('')),
    fc.tuple(noise, seeds).map((two) => two.join(' ')),
  );
  fc.assert(
    fc.property(value, (text) => {
      const plain = text.normalize('NFKC').trim();
      expect(fitting(plain)).toEqual(RECOGNISERS.filter((r) => r.whole(plain)));
    }),
    { numRuns: 5_000 },
  );
});

const whole = (category: string, text: string) =>
  RECOGNISERS.some((r) => r.category === category && r.whole(text.normalize('NFKC').trim()));

describe('old and new forms, separators, full width', () => {
  test.each([
    ['id_card', '110105491231002'],
    ['id_card', '110105 19491231 002X'],
    ['id_card', '１１０１０５１９４９１２３１００２Ｘ'],
    ['foreign_permit', 'ABC110000000000'],
    ['foreign_permit', 'H00000000'],
    ['passport', 'E00000000'],
    ['passport', 'EA0000000'],
    ['phone', '+86 139-0000-0000'],
    ['phone', '１３９００００００００'],
    ['landline', '0571-80000000'],
    ['landline', '(010)80000000'],
    ['landline', '400-800-0000'],
    ['bank_card', '4111 1111 1111 1111'],
    ['credit_code', '91350100M000100Y43'],
    ['name', '欧阳青'],
    ['name', '阿依古丽·买买提'],
    ['company_name', '虚构商贸有限公司'],
    ['address', '江苏省南京市鼓楼区虚构路1号2幢301室'],
  ])('%s: %s', (category, text) => {
    expect(whole(category, text)).toBe(true);
  });

  test.each([
    ['id_card', '110105491331002'],
    ['phone', '12900000000'],
    ['phone', '1390000000'],
    ['name', '科技公司'],
    ['bank_card', '4111 1111 1111 1112'],
  ])('not %s: %s', (category, text) => {
    expect(whole(category, text)).toBe(false);
  });

  test('offsets are those of the text as given, full-width digits included', () => {
    const text = '联系人：王小明，电话１３９００００００００，身份证11010519491231002X。';
    expect(classifyText(text).map((s) => [s.category, text.slice(s.start, s.end)])).toEqual([
      ['name', '王小明'],
      ['phone', '１３９００００００００'],
      ['id_card', '11010519491231002X'],
    ]);
  });
});
