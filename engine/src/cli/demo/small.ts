// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseContext, confirmOffline, offlineStores, verifyOffline } from '../../journey/index.ts';
import { writeDurable } from '../../kit/index.ts';
import { type DemoCompany, OPENED } from './company.ts';
import { retailer } from './retailer.ts';

const COMPANY = '示例活动策划工作室（虚构）';

/** A ten-person agency without a database: Excel lists, a WeChat export, a mailbox, contracts and scans in folders, two boxes of paper, one processor. */
export const small: DemoCompany = {
  code: 'DEMO-SMALL-2026',
  company: COMPANY,
  facts: { ...retailer.facts, sectors: ['retail-b2c'] },
  confirmed: retailer.confirmed,
  refused: retailer.refused,
  officers: [...retailer.officers, ['sales', 'sales-1'], ['support', 'support-1']],
  mail: { from: '示例工作室清算组 <notice@agency.example>', domain: 'agency.example' },
  customers: { usual: 30, least: 20 },
  async open(s, folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const office = join(folder, 'office');
    return Promise.resolve({
      remember: {},
      secrets: {},
      offline: s.sample.smallOffline,
      generate: (clients: number, seed: number) =>
        s.sample.writeSmall({ folder: office, clients, seed, today: OPENED.slice(0, 10), company: COMPANY }),
      sources: () => [{ name: 'office', kind: 'files' as const, locator: office, credentials: {} }],
      corrections: s.sample.smallCorrections,
      act: (ctx: CaseContext) => confirmAndLook(ctx, join(folder, 'confirmations')),
      leftOut: [],
      close: () => Promise.resolve(),
    });
  },
};

/** The holders send back signed papers; an officer of another department looks. What was looked at already is left as it is. */
async function confirmAndLook(ctx: CaseContext, folder: string): Promise<void> {
  for (const [name, { form, state }] of Object.entries(await offlineStores(ctx))) {
    if (state.instructed === null || state.verified !== null) continue;
    const document = join(folder, `${name}.txt`);
    writeDurable(document, `${form.place}：${form.about} ${form.units} ${form.unit}，已按处置指令办理。经办：示例经办；监销：示例监销。\n`);
    await confirmOffline(ctx, name, { count: form.units, by: form.holder === 'sales' ? 'sales-1' : 'support-1', document });
    await verifyOffline(ctx, name, { count: form.units, by: 'it-1', document: null });
  }
}
