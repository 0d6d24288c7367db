// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { StandingColumns } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import type { DatasetShape } from '../../model/source.ts';
import { ACTIVE, AMOUNTS, CLOSED, DELIVERED, ENDED, PAID_BACK, SETTLED, TO_DELIVER, TO_PAY_BACK } from './standing-words.ts';

/** Columns that speak about the standing of a contract or about what is owed under it, and which of their values mean what. */
export function standingOf(shape: DatasetShape, sample: readonly Row[], recordClass: RecordClass): StandingColumns[] {
  const find = (pattern: RegExp) => shape.columns.find((c) => pattern.test(plainName(c.name)))?.name;
  const contract = find(/^contract_?(?:no|number|code|id)$|^合同(?:编号|号码?)$/);
  const numbered = contract === undefined ? {} : { contractColumn: contract };
  return shape.columns.flatMap((column, at): StandingColumns[] => {
    const name = plainName(column.name);
    const values = [...new Set(sample.flatMap((row) => row[at]?.trim() || []))];
    const those = (words: ReadonlySet<string>) => values.filter((v) => words.has(v.toLowerCase()));
    const debt = debtOf(name, recordClass, values, those);
    if (debt !== null) {
      const amount = debt.activeValues && debt.kind === 'refund' ? find(/refund.*(?:amount|fee)|退款金额/) : undefined;
      return [{ ...debt, column: column.name, ...numbered, ...(amount === undefined ? {} : { amountColumn: amount }) }];
    }
    if (!(recordClass === 'contract' || recordClass === 'account') || !/status|state|状态/.test(name) || values.length > 12) return [];
    const [ended, active] = [those(ENDED), those(ACTIVE)];
    if (ended.length + active.length === 0) return [];
    const prefix = name.replace(/_?(?:status|state)$/, '');
    const own = (c: string) => prefix === '' || c.startsWith(prefix) || recordClass === 'contract';
    const endedOn = shape.columns.find((c) => /end(?:ed)?_?(?:on|at|date)$|终止日/.test(plainName(c.name)) && own(plainName(c.name)));
    const cause = find(/reason|cause|原因/);
    const worth = recordClass === 'contract' ? find(/^(?:total_?|contract_?)?amount$|^(?:合同)?(?:金额|总额|价款)$/) : undefined;
    return [
      {
        kind: recordClass === 'contract' ? 'contract' : 'billing',
        column: column.name,
        endedValues: ended,
        activeValues: active,
        ...(endedOn ? { endedOnColumn: endedOn.name } : {}),
        ...(cause ? { causeColumn: cause } : {}),
        ...(worth ? { amountColumn: worth } : {}),
        ...numbered,
      },
    ];
  });
}

/** What is owed, told by a column's name; a state only where every value that was seen is understood, for the rest would stop every record. */
function debtOf(
  name: string,
  recordClass: RecordClass,
  values: readonly string[],
  those: (words: ReadonlySet<string>) => string[],
): Omit<StandingColumns, 'column'> | null {
  if (/dispute|争议/.test(name)) return { kind: 'dispute', endedValues: those(SETTLED) };
  if (recordClass === 'prepaid-balance' && /balance|余额/.test(name)) return { kind: 'prepaid' };
  const amount = AMOUNTS.find(([pattern]) => pattern.test(name));
  if (amount) return { kind: amount[1] };
  if (/warranty_?(?:until|end|expir)|(?:质保|保修)(?:期)?(?:至|到|截止|终止)/.test(name)) return { kind: 'warranty' };
  const states = (kind: 'refund' | 'goods', settled: ReadonlySet<string>, open: ReadonlySet<string>) => {
    const [endedValues, activeValues] = [those(settled), those(open)];
    return activeValues.length > 0 && endedValues.length + activeValues.length === values.length
      ? { kind, endedValues, activeValues }
      : null;
  };
  if (/refund_?(?:status|state)|退款状态/.test(name)) return states('refund', PAID_BACK, TO_PAY_BACK);
  if (
    /^(?:delivery|shipping|fulfil+ment)_?(?:status|state)$|发货状态|物流状态/.test(name) ||
    (recordClass === 'order' && /^(?:order_?)?(?:status|state)$|^(?:订单)?状态$/.test(name))
  )
    return states('goods', new Set([...DELIVERED, ...CLOSED]), TO_DELIVER);
  return null;
}
