// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetRole, RowRole } from '../../model/data-map.ts';
import type { DatasetShape } from '../../model/source.ts';

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
