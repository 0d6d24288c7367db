// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { StandingColumns } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import type { DatasetShape } from '../../model/source.ts';

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
