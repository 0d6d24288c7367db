// SPDX-License-Identifier: Apache-2.0
import type { DebtKind } from '../../model/standing.ts';

/** Words of status columns, in lower case, and names of amount columns. */
export const ENDED: ReadonlySet<string> = new Set([
  'ended',
  'terminated',
  'closed',
  'expired',
  'cancelled',
  'canceled',
  'completed',
  '已终止',
  '终止',
  '已结束',
  '已到期',
  '到期',
  '已解除',
  '已注销',
  '履行完毕',
]);
export const ACTIVE: ReadonlySet<string> = new Set('active valid running open effective 生效 履行中 有效 正常 进行中'.split(' '));
export const SETTLED: ReadonlySet<string> = new Set('closed resolved none 已解决 已关闭 无'.split(' '));
export const CLOSED: ReadonlySet<string> = new Set('closed cancelled canceled 已关闭 已取消 取消 关闭'.split(' '));
export const DELIVERED: ReadonlySet<string> = new Set('completed delivered received fulfilled 已完成 已签收 已收货 已交付 完成'.split(' '));
export const TO_DELIVER: ReadonlySet<string> = new Set(
  'paid pending processing shipped unshipped 待发货 未发货 已付款 待收货 已发货 待交付 未交付'.split(' '),
);
export const PAID_BACK: ReadonlySet<string> = new Set('refunded completed rejected none closed 已退款 已退 已拒绝 无 无退款'.split(' '));
export const TO_PAY_BACK: ReadonlySet<string> = new Set('pending requested approved refunding 待退款 退款中 未退 申请中 已同意'.split(' '));

/** Columns that hold what is still owed; a deposit that was once paid is not one. */
export const AMOUNTS: readonly (readonly [RegExp, DebtKind])[] = [
  [/未退(?:押金|保证金|定金)|(?:deposit|保证金|押金)_?(?:balance|held|due|余额)/, 'deposit'],
  [/应退|未退款|待退(?:款)?金额|refund_?(?:due|owed)/, 'refund'],
  [/欠款|未付(?:款|金额)|应收(?:余额|款)|arrears|amount_?due|outstanding_?(?:amount|balance)/, 'payment'],
  [/points?_?balance|积分余额|(?:剩余|可用|未用)积分/, 'points'],
];
