// SPDX-License-Identifier: Apache-2.0
import type { DatasetRole, RowRole, StandingColumns } from '../../model/data-map.ts';
import type { RecordClass, StartEvent } from '../../model/law.ts';
import type { ColumnShape, DatasetShape } from '../../model/source.ts';
import type { Row } from '../../model/cell.ts';
import { plainName } from '../../kit/index.ts';
import type { FieldMap } from '../../model/data-map.ts';

const CLASSES: readonly (readonly [RegExp, RecordClass])[] = [
  [/invoice|发票/, 'invoice'],
  [/prepaid|stored_?value|balance|wallet|储值|预付|余额/, 'prepaid-balance'],
  [/payment|pay_?record|refund|付款|支付/, 'payment'],
  [/login|log$|_log|logs$|日志/, 'log'],
  [/contract|agreement|合同|协议/, 'contract'],
  [/order|item|cart|订单/, 'order'],
  [/market|campaign|newsletter|subscriber|coupon|营销|推广|leads|lead|跟进表|客户跟进|线索/, 'marketing'],
  [/follow|correspond|message|chat|跟进|沟通/, 'correspondence'],
  [/complain|ticket|feedback|投诉|工单/, 'complaint'],
  [/voucher|凭证/, 'accounting-voucher'],
  [/address|account|user|member|customer|client|profile|contact|客户|会员|用户|账户|地址/, 'account'],
];

/** Record class by the dataset's name, comment and, at last, its columns. */
export function recordClassOf(shape: DatasetShape, _fields: readonly FieldMap[], role: DatasetRole): RecordClass {
  if (role !== 'none' && role !== 'customer') return 'any-data';
  const name = shape.dataset.toLowerCase();
  const byName = CLASSES.find(([p]) => p.test(name)) ?? (shape.comment ? CLASSES.find(([p]) => p.test(shape.comment!)) : undefined);
  return byName?.[1] ?? 'any-data';
}

const CLOCKS: readonly (readonly [RegExp, StartEvent])[] = [
  [/^(?:ended|end|terminated|expired)_?(?:on|at|date|time)$|终止日|到期日/, 'contract.ended'],
  [/^(?:completed|finished|paid|pay|deal|received)_?(?:on|at|date|time)$|完成时间|付款时间/, 'transaction.completed'],
  [/^(?:issued|invoice)_?(?:on|at|date|time)$|开票/, 'invoice.issued'],
  [/^closed_?(?:on|at|date|time)$|销户/, 'account.closed'],
  [
    /^(?:created|create|registered|register|added|logged|opened|followed|ordered|order|signed|consent)_?(?:on|at|date|time)$|创建时间|注册时间|同意日期/,
    'record.created',
  ],
];
const BOOKED: ReadonlySet<RecordClass> = new Set<RecordClass>(['invoice', 'payment', 'accounting-voucher', 'ledger']);

/** Columns that start statutory clocks, by their names. */
export function clocksOf(columns: readonly ColumnShape[], recordClass: RecordClass): Partial<Record<StartEvent, string>> {
  const clocks: Partial<Record<StartEvent, string>> = {};
  for (const column of columns) {
    const event = CLOCKS.find(([p]) => p.test(plainName(column.name)))?.[1];
    if (event && clocks[event] === undefined) clocks[event] = column.name;
  }
  const booked = clocks['invoice.issued'] ?? clocks['transaction.completed'] ?? clocks['record.created'];
  return BOOKED.has(recordClass) && booked ? { ...clocks, 'fiscal-year.ended': booked } : clocks;
}

const ENDED = [
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
];
const ACTIVE = ['active', 'valid', 'running', 'open', 'effective', '生效', '履行中', '有效', '正常', '进行中'];
const SETTLED = ['closed', 'resolved', 'none', '已解决', '已关闭', '无'];

/** Columns that speak about the standing of a contract, and which of their values mean what. */
export function standingOf(shape: DatasetShape, sample: readonly Row[], recordClass: RecordClass): StandingColumns[] {
  const out: StandingColumns[] = [];
  for (const [at, column] of shape.columns.entries()) {
    const name = plainName(column.name);
    const values = [...new Set(sample.flatMap((row) => row[at] ?? []))];
    if (/dispute|争议/.test(name))
      out.push({ kind: 'dispute', column: column.name, endedValues: values.filter((v) => SETTLED.includes(v.toLowerCase())) });
    else if (recordClass === 'prepaid-balance' && /balance|余额/.test(name)) out.push({ kind: 'balance', column: column.name });
    else if ((recordClass === 'contract' || recordClass === 'account') && /status|state|状态/.test(name) && values.length <= 12) {
      const ended = values.filter((v) => ENDED.includes(v.toLowerCase()));
      const active = values.filter((v) => ACTIVE.includes(v.toLowerCase()));
      if (ended.length + active.length === 0) continue;
      const prefix = name.replace(/_?(?:status|state)$/, '');
      const endedOn = shape.columns.find(
        (c) =>
          /end(?:ed)?_?(?:on|at|date)$|终止日/.test(plainName(c.name)) &&
          (prefix === '' || plainName(c.name).startsWith(prefix) || recordClass === 'contract'),
      );
      const cause = shape.columns.find((c) => /reason|cause|原因/.test(plainName(c.name)));
      out.push({
        kind: recordClass === 'contract' ? 'contract' : 'billing',
        column: column.name,
        endedValues: ended,
        activeValues: active,
        ...(endedOn ? { endedOnColumn: endedOn.name } : {}),
        ...(cause ? { causeColumn: cause.name } : {}),
      });
    }
  }
  return out;
}

const ROW_ROLES: Readonly<Record<string, DatasetRole>> = {
  customer: 'customer',
  client: 'customer',
  member: 'customer',
  客户: 'customer',
  会员: 'customer',
  staff: 'staff',
  employee: 'staff',
  员工: 'staff',
  内部员工: 'staff',
  supplier: 'supplier',
  vendor: 'supplier',
  供应商: 'supplier',
  merchant: 'merchant',
  商户: 'merchant',
};

/** A column that tells customers from staff and suppliers inside one table. */
export function rowRoleOf(shape: DatasetShape, sample: readonly Row[]): RowRole | null {
  for (const [at, column] of shape.columns.entries()) {
    if (!/kind|type|role|category|类型|类别|身份/.test(plainName(column.name))) continue;
    const values = [...new Set(sample.flatMap((row) => row[at] ?? []))];
    // A few staff among thousands of customers need not be in the sample: one word that is known makes the whole vocabulary count.
    if (values.length > 0 && values.length <= 8 && values.some((v) => ROW_ROLES[v.toLowerCase()] !== undefined))
      return { column: column.name, values: ROW_ROLES };
  }
  return null;
}
