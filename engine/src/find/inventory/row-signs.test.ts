// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { FieldCategory } from '../../model/category.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import { isMasked, isPlaceholder, normaliseIdentifier } from './identifier.ts';
import { signReader } from './row-signs.ts';

const KEY = new Uint8Array(32).fill(7);
const TODAY = '2026-10-20';

/** What a row of one value a column says; columns are named by their category, or by themselves. */
function signs(cells: Readonly<Record<string, string | null>>, more: Partial<DatasetMap> = {}): string[] {
  const CATEGORIES = new Set('name id_card birth_date phone email credit_code bank_card company_name age customer_no passport'.split(' '));
  const columns = Object.keys(cells);
  const map: DatasetMap = {
    id: 's/t',
    source: 's',
    dataset: 't',
    role: 'customer',
    recordClass: 'account',
    key: [],
    fields: columns.map((name) => ({
      name,
      type: 'text',
      category: CATEGORIES.has(name) ? (name as FieldCategory) : null,
      sensitivity: 'none',
      confidence: 1,
      evidence: [],
    })),
    links: [],
    clocks: {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: null,
    rows: 1,
    confidence: 1,
    evidence: [],
    ...more,
  };
  const recognise = (category: FieldCategory, text: string) =>
    (category === 'company_name' && text.endsWith('有限公司')) ||
    (category === 'name' && text.length === 3) ||
    (category === 'credit_code' && text === '91350100M000100Y43') ||
    (category === 'bank_card' && text === '4111111111111111');
  return [...signReader({ map, columns, inventoryKey: KEY, today: TODAY, recognise })(Object.values(cells))];
}
const codes = (cells: Record<string, string | null>, more: Partial<DatasetMap> = {}) => signs(cells, more).map((s) => s.split('|')[0]);

describe('what a row says of whose it is', () => {
  test.each<[Record<string, string | null>, string[]]>([
    [{ name: '测试甲' }, ['name-person']],
    [{ name: '示例贸易有限公司' }, ['name-company']],
    [{ name: 'x' }, ['name']],
    [{ name: '测**' }, []],
    [{ id_card: '11010519491231002X' }, ['person-number', 'birth', 'adult']],
    [{ passport: 'E00000000' }, ['person-number']],
    [{ credit_code: '91350100M000100Y43' }, ['org-number']],
    [{ company_name: '示例贸易有限公司' }, ['company']],
    [{ birth_date: '2012-10-21' }, ['birth', 'under-14']],
    [{ birth_date: '2012-10-20' }, ['birth', 'under-18']],
    [{ birth_date: '2008-10-21' }, ['birth', 'under-18']],
    [{ birth_date: '2008-10-20' }, ['birth', 'adult']],
    [{ age: '13' }, ['under-14']],
    [{ customer_type: '企业' }, ['org-type']],
    [{ cust_kind: 'personal' }, ['person-type']],
    [{ customer_type: '3' }, []],
    [{ remark: '企业' }, []],
    [{ name: null, phone: '' }, []],
  ])('%j', (cells, expected) => expect(codes(cells)).toEqual(expected));

  test('two spellings of one name compare, and nothing can be read', () => {
    const [a, b, c] = [{ name: '测试甲' }, { name: ' 测试 甲先生' }, { name: '测试乙' }].map((cells) => signs(cells)[0]!.split('|')[2]);
    expect(a).toMatch(/^[0-9a-f]{13}$/);
    expect([b === a, c === a]).toEqual([true, false]);
    expect(signs({ name: '测试甲（婚礼）' })[0]!.split('|')[2]).toBe(a);
  });

  test('a birth day and the one in the identity number compare as one claim', () => {
    expect(codes({ id_card: '11010519491231002X', birth_date: '1949-12-31' })).toEqual(['person-number', 'birth', 'adult']);
  });
});

describe('what is wrong in a row', () => {
  test.each<[Record<string, string | null>, string[]]>([
    [{ id_card: '110105194912310021' }, ['!check-digit']],
    [{ id_card: '一二三' }, ['!form']],
    [{ id_card: '1101051949****002X' }, ['!masked']],
    [{ phone: '139****0000' }, ['!masked']],
    [{ phone: '无' }, ['!placeholder']],
    [{ phone: '00000000000' }, ['!placeholder']],
    [{ phone: '13900000000' }, []],
    [{ email: 'nobody' }, ['!form']],
    [{ credit_code: '91350100M000100Y44' }, ['!check-digit']],
    [{ bank_card: '4111111111111112' }, ['!check-digit']],
    [{ bank_card: '4111111111111111' }, []],
    [{ birth_date: '2020-02-30' }, ['!impossible-date']],
    [{ birth_date: '0000-00-00' }, ['!impossible-date']],
    [{ birth_date: '2027-01-01' }, ['!future-birth']],
    [{ birth_date: '1899-12-30' }, ['!old-birth']],
  ])('%j', (cells, expected) => expect(codes(cells)).toEqual(expected));

  test('a birth day that contradicts the identity number', () => {
    expect(signs({ id_card: '11010519491231002X', birth_date: '1950-01-01' })).toContain('!birth-against-number|1');
  });

  test('an identity number whose day is none still identifies', () => {
    expect(codes({ id_card: '110105194902310026' })).toEqual(['person-number', '!number-day']);
  });

  test('an end before its start, and a day that stands for none', () => {
    const more = { clocks: { 'record.created': 'signed', 'contract.ended': 'ended' } } as const;
    expect(codes({ signed: '2024-05-01', ended: '2024-04-30' }, more)).toEqual(['!end-before-start']);
    expect(codes({ signed: '2024-05-01', ended: '2024-05-01' }, more)).toEqual([]);
    expect(codes({ signed: '1900-01-01', ended: '9999-12-31' }, more)).toEqual(['!placeholder-date', '!placeholder-date']);
    expect(codes({ signed: '1899-12-30', ended: '2024-04-30' }, more)).toEqual(['!placeholder-date']);
  });
});

describe('identifiers', () => {
  test.each<[FieldCategory, string, string | null]>([
    ['id_card', '110105491231002', '11010519491231002X'],
    ['id_card', '110105493231002', null],
    ['id_card', '110105194902310026', '110105194902310026'],
    ['customer_no', '0', null],
    ['customer_no', '1000', '1000'],
    ['customer_no', 'N/A', null],
    ['phone', '11111111111', null],
    ['phone', '+86 139-0000-0000', '13900000000'],
    ['credit_code', ' 91350100m000100y43', '91350100M000100Y43'],
  ])('%s %s → %s', (category, value, normal) => expect(normaliseIdentifier(category, value)).toBe(normal));

  test('what stands for nothing, and what is masked', () => {
    expect(['无', 'NULL', '-', '000', '暂无'].map(isPlaceholder)).toEqual([true, true, true, true, true]);
    expect(['10', '100200', '王', 'C000'].map(isPlaceholder)).toEqual([false, false, false, false]);
    expect(['138****0000', '138xxxx0000', '13800000000', 'xx@example.com'].map(isMasked)).toEqual([true, true, false, false]);
  });
});
