// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { RecordClass } from '../../model/law.ts';
import type { DatasetShape } from '../../model/source.ts';
import { standingOf } from './standing.ts';

/** Columns of one table with two rows of values. */
function found(recordClass: RecordClass, columns: Record<string, readonly [string | null, string | null]>) {
  const names = Object.keys(columns);
  const shape = { columns: names.map((name) => ({ name })) } as unknown as DatasetShape;
  return standingOf(
    shape,
    [0, 1].map((i) => names.map((n) => columns[n]![i] ?? null)),
    recordClass,
  );
}

test('a contract table: state, day, cause, value and number', () => {
  const columns = {
    contract_no: ['HT-1', 'HT-2'],
    status: ['ended', 'active'],
    ended_on: ['2025-01-31', null],
    end_reason: ['到期', null],
    amount: ['10', '20'],
  } as const;
  expect(found('contract', columns)).toEqual([
    {
      kind: 'contract',
      column: 'status',
      endedValues: ['ended'],
      activeValues: ['active'],
      endedOnColumn: 'ended_on',
      causeColumn: 'end_reason',
      amountColumn: 'amount',
      contractColumn: 'contract_no',
    },
  ]);
});

test.each([
  ['prepaid-balance', { 余额: ['1', '2'] }, 'prepaid'],
  ['account', { 未退押金: ['1', '0'] }, 'deposit'],
  ['order', { 应退金额: ['1', '0'] }, 'refund'],
  ['account', { 欠款: ['1', '0'] }, 'payment'],
  ['account', { points_balance: ['100', '0'] }, 'points'],
  ['order', { status: ['completed', '待发货'] }, 'goods'],
  ['order', { 退款状态: ['已退款', '退款中'] }, 'refund'],
  ['order', { 保修至: ['2027-01-01', null] }, 'warranty'],
  ['ticket', { dispute_status: ['open', 'closed'] }, 'dispute'],
] as const)('%s %j speaks of %s', (recordClass, columns, kind) => {
  expect(found(recordClass, columns).map((s) => s.kind)).toEqual([kind]);
});

test.each([
  ['a state with a value that nobody knows', 'order', { status: ['待发货', '特殊'] }],
  ['a state without anything open', 'order', { status: ['completed', 'completed'] }],
  ['a deposit that was once paid', 'contract', { deposit: ['100', '100'] }],
  ['points that were earned', 'account', { points: ['100', '100'] }],
] as const)('%s says nothing', (_, recordClass, columns) => {
  expect(found(recordClass, columns)).toEqual([]);
});
