// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurable } from '../../kit/index.ts';
import type { CaseFacts } from '../../model/case.ts';
import { type Session, UsageError } from '../session.ts';
import { type DemoCompany, OPENED } from './company.ts';

const FACTS: CaseFacts = {
  sectors: ['retail-b2c', 'e-commerce-seller'],
  route: 'liquidation',
  today: OPENED.slice(0, 10),
  dissolution: '2026-08-31',
  role: 'controller',
  conditions: ['consumer', 'network-operator', 'invoice-issuer', 'prepaid', 'purpose-ended'],
  notConditions: [
    'unsettled-claim',
    'merger-or-split',
    'bankruptcy',
    'archive-appraisal-done',
    'employer',
    'cross-border',
    'unlawful-processing',
    'third-party-transfer',
    'transfer-needed',
    'processor-role',
    'statutory-period-running',
    'retention-expired',
    'consent-based',
    'sensitive-pi',
    'public-venue-cctv',
    'counter-terror-key-target',
    'biometric',
    'important-data',
    'pi-10m',
    'pi-1m',
    'no-successor',
    'deceased',
  ],
  confirmed: [],
  refused: [],
};

const CREDENTIALS = { read: 'env:SHANHOU_DEMO_READ', erase: 'env:SHANHOU_DEMO_ERASE', verify: 'env:SHANHOU_DEMO_VERIFY' };

type Members = NonNullable<Awaited<ReturnType<Session['sample']['openMariadb']>>>;

/** The whole server: the programme has two databases. */
const membersAt = ({ socket }: Members) => `mysql:///?socket=${encodeURIComponent(socket)}`;

/** A retailer: orders in PostgreSQL, a CRM in SQLite, lists in CSV and Excel, and members in MariaDB where the machine has one. */
export const retailer: DemoCompany = {
  code: 'DEMO-RETAIL-2026',
  company: '示例零售有限公司（虚构）',
  facts: FACTS,
  confirmed: ['acct-t1', 'acct-t4', 'acct-19'],
  refused: ['child-20', 'child-23'],
  officers: [
    ['legal', 'legal-1'],
    ['it', 'it-1'],
    ['liquidation', 'liquidation-1'],
  ],
  mail: { from: '示例零售清算组 <notice@shop.example>', domain: 'shop.example' },
  customers: { usual: 5_000, least: 20 },
  async open(s, folder, remembered) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const cluster = await s.sample.openCluster(join(folder, 'pg'));
    // SHANHOU_SAMPLE_MARIADB=off leaves the membership programme out. What the first run found is what the company has.
    const wanted = remembered.members ?? s.env['SHANHOU_SAMPLE_MARIADB'] !== 'off';
    const members = wanted ? await s.sample.openMariadb(join(folder, 'mariadb')) : null;
    const close = async () => {
      await members?.close();
      await cluster.close();
    };
    if (remembered.members === true && members === null) {
      await close();
      throw new UsageError(s.terminal.text.demo.membersGone);
    }
    await cluster.ensureDatabase('orders', 'sample_owner');
    const locator = `postgres:///orders?host=${encodeURIComponent(cluster.host)}`;
    writeDurable(join(folder, 'orders.txt'), `${locator}\n`);
    return {
      remember: { members: members !== null },
      secrets: {
        SHANHOU_DEMO_READ: 'sample_read:sample',
        SHANHOU_DEMO_ERASE: 'sample_erase:sample',
        SHANHOU_DEMO_VERIFY: 'sample_verify:sample',
      },
      offline: {},
      async generate(customers, seed) {
        const ordersDatabase = { host: cluster.host, user: cluster.superuser, database: 'orders' };
        const report = await s.sample.generate({ folder, customers, seed, ordersDatabase, members, today: OPENED.slice(0, 10) });
        return { ...report, database: locator, ...(members ? { members: membersAt(members) } : {}) };
      },
      sources: () => [
        { name: 'orders', kind: 'postgres', locator: readFileSync(join(folder, 'orders.txt'), 'utf8').trim(), credentials: CREDENTIALS },
        { name: 'crm', kind: 'sqlite', locator: join(folder, 'crm.db'), credentials: {} },
        { name: 'marketing', kind: 'files', locator: join(folder, 'marketing.csv'), credentials: {} },
        { name: 'sales', kind: 'files', locator: join(folder, 'sales-leads.xlsx'), credentials: {} },
        ...(members ? [{ name: 'members', kind: 'mysql' as const, locator: membersAt(members), credentials: CREDENTIALS }] : []),
      ],
      corrections: () => s.sample.corrections(members !== null),
      act: () => Promise.resolve(),
      leftOut: members === null ? [s.terminal.text.demo.noMembers] : [],
      close,
    };
  },
};

/** Whether a folder holds this company's servers; they are stopped before it is cleared away. */
export async function stopRetailer(s: Session, folder: string): Promise<void> {
  if (existsSync(join(folder, 'pg'))) await (await s.sample.openCluster(join(folder, 'pg'))).close();
  if (existsSync(join(folder, 'mariadb'))) await (await s.sample.openMariadb(join(folder, 'mariadb')))?.close();
}
