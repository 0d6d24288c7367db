// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { StandingColumns } from '../../model/data-map.ts';
import { endCause } from './end-cause.ts';
import { standingFacts } from './standing-facts.ts';

const key = new Uint8Array(32).fill(7);
const read = (columns: StandingColumns, row: Record<string, string | null>) =>
  standingFacts([columns], new Map(Object.keys(row).map((name, i) => [name, i])), Object.values(row), key);

test.each<[why: string, columns: Partial<StandingColumns>, cell: string | null, said: object | null]>([
  ['an amount', { kind: 'prepaid' }, '¥1,360.10', { value: 'open', amount: '1360.10' }],
  ['a full-width amount', { kind: 'deposit' }, '２００元', { value: 'open', amount: '200' }],
  ['nothing left', { kind: 'prepaid' }, '0.00', null],
  ['an empty cell', { kind: 'refund' }, ' ', null],
  ['no cell', { kind: 'refund' }, null, null],
  ['an amount nobody can read', { kind: 'prepaid' }, '约三百', { value: 'unknown' }],
  ['an overdrawn account', { kind: 'prepaid' }, '-5', { value: 'open', amount: '5', by: 'customer' }],
  ['a credit on what the customer owes', { kind: 'payment' }, '-5', { value: 'open', amount: '5', by: 'company' }],
  ['a state that is open', { kind: 'goods', endedValues: ['已签收'], activeValues: ['待发货'] }, '待发货', { value: 'open' }],
  ['a state that is settled', { kind: 'goods', endedValues: ['已签收'], activeValues: ['待发货'] }, '已签收', null],
  ['a state nobody knows', { kind: 'goods', endedValues: ['已签收'], activeValues: ['待发货'] }, '拒收', { value: 'unknown' }],
  ['a dispute in any other state', { kind: 'dispute', endedValues: ['closed'] }, '调解中', { value: 'open' }],
  ['the last day of a warranty', { kind: 'warranty' }, '2027年1月31日', { value: 'open', endedOn: '2027-01-31' }],
  ['a warranty without a day', { kind: 'warranty' }, '终身', { value: 'unknown' }],
])('%s is read', (_, columns, cell, said) => {
  const facts = read({ column: 'x', ...columns } as StandingColumns, { x: cell });
  expect(facts).toEqual(said === null ? [] : [{ kind: columns.kind, endedOn: null, cause: 'none', ...said }]);
});

test('systems that give the same contract number are known by the same mark, which does not show it', () => {
  const of = (no: string) => read({ kind: 'prepaid', column: 'x', contractColumn: 'no' }, { x: '0', no })[0];
  expect(of('ht-001')).toEqual(of(' ＨＴ-001 '));
  expect(of('ht-001')!.value).toBe('closed');
  expect(of('ht-001')!.contract).not.toEqual(of('ht-002')!.contract);
  expect(JSON.stringify(of('ht-001'))).not.toMatch(/ht-001/i);
});

test.each([
  ['到期', 'expired'],
  ['因合同期限届满终止', 'expired'],
  ['协商解除', 'rescinded.agreed'],
  ['约定解除', 'rescinded.ground-agreed'],
  ['对方根本违约，法定解除', 'rescinded.statutory'],
  ['随时解除', 'rescinded.at-will'],
  ['自动解除', 'rescinded.automatic'],
  ['客户退订', 'rescinded'],
  ['债务抵销后终止', 'set-off'],
  ['已提存', 'deposited'],
  ['免除债务', 'released'],
  ['混同', 'merged'],
  ['公司停业', 'service.ceased'],
  ['已终止', 'unknown'],
])('“%s” means %s', (words, cause) => expect(endCause(words)).toBe(cause));

test('the data map’s own words come first', () => {
  expect(endCause('R7', { R7: 'rescinded.statutory' })).toBe('rescinded.statutory');
});
