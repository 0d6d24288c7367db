// SPDX-License-Identifier: Apache-2.0
import { loadPack } from '../../src/decide/law/index.ts';
import type { Disposition } from '../../src/model/disposition.ts';
import type { CaseDocument, StoreLine } from '../../src/tell/documents/index.ts';
import { planDocument } from './plan-document.ts';

const none = { delete: 0, anonymise: 0, archive: 0, transfer: 0, handOver: 0, hold: 0, exclude: 0, gap: 0 } satisfies Record<
  Disposition,
  number
>;

const store = (name: string, more: Partial<StoreLine['form']>, state: Partial<StoreLine['state']>): StoreLine => ({
  name,
  form: {
    medium: 'paper',
    holder: 'sales',
    place: '二号仓库',
    units: 12,
    unit: '箱',
    about: '2019–2024 年客户合同原件',
    recordClass: 'contract',
    clocks: {},
    ...more,
  },
  state: { units: more.units ?? 12, action: null, instructed: null, confirmed: null, verified: null, ...state },
  until: null,
  rules: ['pipl-47'],
});

/** An invented case after verification, with something in every section of every document; `more` replaces parts of it. */
export function caseDocument(more: Partial<CaseDocument> = {}): CaseDocument {
  const at = '2026-10-20T02:00:00.000Z';
  const letter = 'a'.repeat(64);
  return {
    ...planDocument(),
    asOf: '2026-11-24',
    pack: loadPack(),
    steps: {
      planned: at,
      approved: '2026-10-20T03:00:00.000Z',
      notified: '2026-10-21T01:00:00.000Z',
      archived: '2026-11-20T01:00:00.000Z',
      executed: '2026-11-21T01:00:00.000Z',
      verified: '2026-11-22T01:00:00.000Z',
    },
    ledger: [
      { dataset: 'shop/public.customers', own: 1_000, by: { ...none, delete: 988, hold: 9, gap: 3 } },
      { dataset: 'shop/public.invoices', own: 300, by: { ...none, archive: 300 } },
    ],
    final: true,
    categories: [
      { category: 'id_card', sensitive: true, columns: 1, datasets: 1 },
      { category: 'name', sensitive: false, columns: 2, datasets: 2 },
      { category: 'phone', sensitive: false, columns: 2, datasets: 1 },
    ],
    stores: [
      store('boxes', {}, { action: 'destroy', instructed: { at, letter }, confirmed: { at, count: 11, by: 'sales-1', document: letter } }),
      {
        ...store(
          'vouchers',
          { holder: 'it', place: '档案室', units: 2, about: '记账凭证', recordClass: 'accounting-voucher' },
          { action: 'keep-until', instructed: { at, letter } },
        ),
        until: '2056-12-31',
        rules: ['acct-t1'],
      },
      store(
        'courier',
        {
          medium: 'processor',
          holder: 'support',
          place: '䶮𠅤快递有限公司（虚构）',
          units: 1,
          unit: '套',
          about: '收件人信息',
          recordClass: 'waybill',
        },
        { action: 'return-or-delete', instructed: { at, letter } },
      ),
    ],
    archives: [
      { name: 'invoice-2056-12-31', recordClass: 'invoice', until: '2056-12-31', files: 3, records: 300, sha256: 'c0ffee'.padEnd(64, '0') },
    ],
    notices: [
      { channel: 'email', state: 'handed-over', count: 940 },
      { channel: 'email', state: 'bounced', count: 12 },
    ],
    verification: { passed: true, hits: 0, notSearched: 2, canaries: 'found' },
    evidence: { verdict: 'VALID' },
    ...more,
  };
}

/** The same case on the day of its draft plan: nothing is signed, told, archived or done, and nobody knows what the law asks of it. */
export function earlyCase(more: Partial<CaseDocument> = {}): CaseDocument {
  const doc = caseDocument();
  return {
    ...doc,
    plan: { ...doc.plan, state: 'draft' },
    facts: { ...doc.facts, conditions: [], dissolution: null, processors: ['某短信平台（虚构）'] },
    approvals: doc.approvals.map((a) => ({ ...a, label: null, at: null, key: null })),
    steps: {},
    final: false,
    categories: [],
    stores: [],
    archives: [],
    notices: [],
    openItems: [],
    verification: null,
    evidence: null,
    ...more,
  };
}
