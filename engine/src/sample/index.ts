// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { makeEstate } from './estate.ts';
import type { MariadbServer } from './mariadb-server.ts';
import { writeCrm, writeGbkList, writeSales } from './write-files.ts';
import { membersOf, writeMembers } from './write-members.ts';
import { writeOrders } from './write-orders.ts';

export { makeEstate } from './estate.ts';
export { SMALL_OFFLINE, smallCorrections, writeSmall } from './small/write-small.ts';
export { type MariadbServer, openMariadb } from './mariadb-server.ts';
export { type DemoAuthorities, openDemoAuthorities } from './timestamp-authority.ts';
export { type MailHost, openMailHost } from './mail-host.ts';

export interface SampleOptions {
  readonly folder: string;
  readonly customers: number;
  readonly seed: number;
  /** An empty database; its public schema is made anew. */
  readonly ordersDatabase: { readonly host: string; readonly user: string; readonly database: string };
  /** Null: this machine has no MariaDB, and the company no membership programme. */
  readonly members: MariadbServer | null;
  /** YYYY-MM-DD */
  readonly today: string;
}

/** Makes the sample company's four stores, or five. The same seed gives the same company. Returns the rows of each dataset. */
export async function generateSample(options: SampleOptions): Promise<{ readonly rows: Readonly<Record<string, number>> }> {
  const estate = makeEstate(options.customers, options.seed, options.today);
  await writeOrders({ ...options.ordersDatabase }, estate.orders);
  const members = options.members === null ? {} : membersOf(estate.orders);
  if (options.members !== null) await writeMembers(options.members, membersOf(estate.orders));
  writeCrm(join(options.folder, 'crm.db'), estate.crm);
  writeGbkList(join(options.folder, 'marketing.csv'), estate.marketing);
  await writeSales(join(options.folder, 'sales-leads.xlsx'), estate.sales);
  const count = (source: string, tables: object) =>
    Object.entries(tables).map(([name, rows]) => [`${source}/${name}`, (rows as unknown[]).length] as const);
  return {
    rows: Object.fromEntries([
      ...count('orders', estate.orders),
      ...count('crm', estate.crm),
      ...count('members', members),
      ['marketing', estate.marketing.length],
      ['sales', estate.sales.length],
    ]),
  };
}

/** What a person would correct in the data map that the product proposes for this company (a data map file). */
export function sampleCorrections(withMembers: boolean): object {
  const person = '开票人当时为营销而收集，不属于发票内容';
  return {
    version: 1,
    datasets: {
      'orders/public.addresses': { disableTriggers: ['addresses_soft_delete'] },
      'orders/public.order_items': { role: 'customer', recordClass: 'order', anonymiseTo: ['sku', 'quantity', 'unit_price'] },
      'orders/public.invoices': { fields: { buyer_birth_date: { drop: true, reason: person } } },
      'sales/sales-leads.xlsx#客户跟进': { recordClass: 'marketing' },
      ...(withMembers ? MEMBERS : {}),
    },
  };
}

const link = (columns: string[], to: string, toColumns: string[], evidence: string) => [{ columns, to, toColumns, evidence }];
const MEMBERS = {
  'members/membership.members': {
    role: 'customer',
    recordClass: 'account',
    clocks: {},
    standing: [],
    links: link(['customer_no'], 'orders/public.accounts', ['customer_no'], 'person'),
  },
  'members/membership.points': {
    role: 'customer',
    recordClass: 'account',
    clocks: {},
    standing: [],
    links: link(['member_id'], 'members/membership.members', ['id'], 'foreign-key'),
  },
  'members/service.after_sales': { role: 'customer', recordClass: 'order', clocks: {}, standing: [] },
};
