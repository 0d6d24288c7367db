// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, assemble } from '../../src/assemble.ts';
import {
  type CaseContext,
  DOCUMENT_NAMES,
  addOfficer,
  addSource,
  approve,
  caseSummary,
  confirmOffline,
  corrections,
  decideRules,
  declareOffline,
  discoverSources,
  effectOf,
  execute,
  makePlan,
  notifySubjects,
  openCase,
  readDisposalList,
  settleCorrection,
  verify,
  verifyOffline,
  writeCaseDocuments,
  writeDisposalList,
  writePlanDocument,
} from '../../src/journey/index.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { unzip } from '../support/raw-stores.ts';

/* A small company: every document of its case as a draft and at the end; and a disposal list that is corrected, comes back and is settled. */
const folder = mkdtempSync(join(tmpdir(), 'shcasedoc-'));
const CUSTOMERS = 6;
const settings = {
  dataFolder: join(folder, 'data'),
  keysFolder: join(folder, 'keys'),
  databaseUrl: null,
  lang: 'zh',
  passphrase: 'p',
  officerPassphrase: 'o',
} as const;
let assembly: Assembly;
let ctx: CaseContext;

const OFFICERS = ['legal-1', 'legal-2', 'it-1', 'liquidation-1', 'sales-1', 'support-1'];
const name = (i: number) => `虚构客户${'甲乙丙丁戊己'[i % 6]}`;
const phone = (i: number) => `199${String(i).padStart(8, '0')}`;
const PEOPLE = Array.from({ length: CUSTOMERS }, (_, i) => [name(i + 1), phone(i + 1), `INV-${i + 1}`]).flat();
const flat = (text: string) => text.replaceAll(/\s+/g, '');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  const db = new DatabaseSync(join(folder, 'shop.db'));
  db.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, customer_name TEXT, phone TEXT, birthday TEXT, created_at TEXT);
    CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), invoice_no TEXT, buyer_name TEXT, amount TEXT, issued_on TEXT)`);
  for (let i = 1; i <= CUSTOMERS; i++) {
    db.prepare('INSERT INTO customers VALUES (?,?,?,?,?)').run(i, name(i), phone(i), '1990-01-01', '2020-05-01');
    db.prepare('INSERT INTO invoices VALUES (?,?,?,?,?,?)').run(i, i, `INV-${i}`, name(i), '10.00', '2021-03-01');
  }
  db.close();
  assembly = await assemble({ settings, env: {}, crash: () => undefined, progress: () => undefined });
  await openCase(assembly.directory, assembly.clock, {
    code: 'DOCS-2026',
    company: '䶮𠅤客户服务有限公司（虚构）',
    facts: {
      sectors: ['retail-b2c'],
      route: 'liquidation',
      today: '2026-10-20',
      dissolution: '2026-08-31',
      role: 'controller',
      conditions: ['consumer', 'invoice-issuer', 'purpose-ended'],
      notConditions: ['under-14', 'child-pi', 'unsettled-claim'],
      confirmed: [],
      refused: [],
      processors: ['某短信平台（虚构）'],
    },
    demo: false,
    clockStart: '2026-10-20T09:00:00+08:00',
  });
  ctx = await assembly.context('DOCS-2026', 'p');
  await addSource(ctx, { name: 'shop', kind: 'sqlite', locator: join(folder, 'shop.db'), credentials: {} });
  const clocks = {};
  await declareOffline(ctx, 'courier', {
    medium: 'processor',
    holder: 'support',
    place: '䶮𠅤快递（虚构）',
    units: 1,
    unit: '套',
    about: '收件人信息',
    recordClass: 'marketing',
    clocks,
  });
  await declareOffline(ctx, 'vouchers', {
    medium: 'paper',
    holder: 'it',
    place: '档案室',
    units: 2,
    unit: '箱',
    about: '记账凭证',
    recordClass: 'accounting-voucher',
    clocks: { 'fiscal-year.ended': '2025-12-31' },
  });
  for (const label of OFFICERS)
    await addOfficer(ctx, label.split('-')[0] as 'legal', label, assembly.officerKeys('DOCS-2026', `o-${label}`));
  await decideRules(ctx, { rules: ['acct-t1', 'acct-19'], verdict: 'confirmed', by: 'legal-1' });
  await discoverSources(ctx, (draft) => draft);
  await makePlan(ctx, 'case-lead');
}, 120_000);

afterAll(async () => {
  await assembly.close();
  rmSync(folder, { recursive: true, force: true });
});

async function textOf(file: string): Promise<string> {
  const bytes = readFileSync(file);
  if (file.endsWith('.pdf')) return flat((await pdfPages(bytes)).join(''));
  return flat([...unzip(bytes).values()].map((p) => p.toString('utf8').replaceAll(/<[^>]+>/g, ' ')).join('\n'));
}
const make = (
  which: (typeof DOCUMENT_NAMES)[number],
  more: { lang?: 'zh' | 'en'; docx?: boolean; parties?: string[]; file?: string } = {},
) => writeCaseDocuments(ctx, which, { lang: 'zh', docx: false, parties: [], file: null, ...more });
const PARTIES: Partial<Record<(typeof DOCUMENT_NAMES)[number], string[]>> = { 'liability-note': ['director-1', 'shareholder-1'] };

describe('on the day of the draft', () => {
  test('every document is made, in Chinese as PDF and in English as Word file, with none of the people in it', async () => {
    const made = [];
    for (const which of DOCUMENT_NAMES)
      for (const [lang, docx] of [
        ['zh', false],
        ['en', true],
      ] as const)
        made.push(...(await make(which, { lang, docx, parties: PARTIES[which] ?? [] })));
    made.push(await writePlanDocument(ctx, 'zh', null, true), await writeDisposalList(ctx, 'zh', null));
    expect(made.filter((m) => m.kind === 'processor-letter').map((m) => m.party)).toEqual(
      Array.from({ length: 2 }, () => ['courier', '某短信平台（虚构）']).flat(),
    );
    for (const m of made) {
      expect(m.state).toBe('draft');
      expect(sha256(readFileSync(m.file)), m.file).toBe(m.sha256);
      const text = await textOf(m.file);
      expect(text, m.file).toContain('䶮𠅤客户服务有限公司（虚构）');
      for (const who of PEOPLE) expect(text, m.file).not.toContain(who);
    }
    expect(new Set((await caseSummary(ctx)).documents)).toEqual(new Set(made.map((m) => m.file)));
    const assessment = await textOf(made.find((m) => m.kind === 'impact-assessment')!.file);
    expect(assessment).toContain('已申报的受托方2个');
    expect(assessment).toContain(`客户${CUSTOMERS}位，其中未成年人0位`);
    expect(assessment).not.toMatch(/\{\w+\}/);
    const letter = await textOf(made.find((m) => m.party === '某短信平台（虚构）' && m.file.endsWith('zh.pdf'))!.file);
    expect(letter).toContain('没有申报其持有的内容');
  });

  test('one for nobody, for a name, or for several in one file is refused', async () => {
    await expect(make('liability-note')).rejects.toMatchObject({ code: 'no-party' });
    await expect(make('liability-note', { parties: ['虚构客户甲'] })).rejects.toMatchObject({ code: 'unknown-party' });
    await expect(make('processor-letter', { file: join(folder, 'x.pdf') })).rejects.toMatchObject({ code: 'several-parties' });
    expect(await make('processor-letter', { parties: ['courier'], file: join(folder, 'x.pdf') })).toMatchObject([{ party: 'courier' }]);
  });
});

/** Fills cells of the present list in as a person would; a row is named by its dataset and disposition. */
async function corrected(
  rows: readonly (readonly [dataset: string, disposition: string, values: Readonly<Record<string, string>>])[],
): Promise<string> {
  const book = new Workbook();
  await book.xlsx.load(readFileSync((await writeDisposalList(ctx, 'zh', null)).file));
  const sheet = book.worksheets[0]!;
  const titles = (sheet.getRow(2).values as string[]).slice(1);
  for (const [dataset, disposition, values] of rows) {
    let found = 0;
    sheet.eachRow((row, at) => {
      if (found === 0 && at > 2 && row.getCell(1).text === dataset && row.getCell(4).text === disposition) found = at;
    });
    expect(found, `${dataset} ${disposition}`).toBeGreaterThan(2);
    for (const [title, value] of Object.entries(values)) sheet.getRow(found).getCell(titles.indexOf(title) + 1).value = value;
  }
  const file = join(folder, 'corrected.xlsx');
  writeFileSync(file, await book.xlsx.writeBuffer());
  return file;
}

describe('a corrected list', () => {
  const line = async (dataset: string) => (await caseSummary(ctx)).ledger.find((l) => l.dataset === dataset)!;
  const signed = async () => {
    for (const label of ['legal-1', 'it-1', 'liquidation-1']) await approve(ctx, label, assembly.officerKeys('DOCS-2026', `o-${label}`));
    await notifySubjects(ctx);
  };

  test('comes back row by row: good rows are proposed with their effect, bad ones refused with row and reason', async () => {
    const file = await corrected([
      ['shop/customers', '删除', { '更正：处置': '保全', '更正：理由': '一起诉讼未了，见法务台账' }],
      ['shop/invoices', '归档', { '更正：处置': '删除', '更正：理由': '不想留' }],
      ['vouchers/units', '归档', { '更正：业务类别': '营销', '更正：理由': '实为宣传册' }],
      ['courier/units', '删除', { '更正：处置': '保全', '更正：理由': `${phone(1)} 要求` }],
    ]);
    const { taken, refused } = await readDisposalList(ctx, file, 'sales-1');
    expect(taken.map((t) => [t.number, t.dataset, t.asks])).toEqual([
      [1, 'shop/customers', { kind: 'hold' }],
      [2, 'vouchers/units', { kind: 'record-class', to: 'marketing' }],
    ]);
    expect(await effectOf(ctx, taken[0]!)).toEqual({ moved: CUSTOMERS, harsher: 0 });
    expect(await effectOf(ctx, taken[1]!)).toEqual({ moved: 2, harsher: 2 });
    expect(refused.map((r) => r.refusal).toSorted()).toEqual(['floor', 'reason-personal']);
    expect(refused.every((r) => r.row > 2)).toBe(true);
    expect(JSON.stringify(refused)).not.toContain(phone(1));
    expect((await readDisposalList(ctx, file, 'sales-1')).taken, 'the same file proposes nothing twice').toEqual([]);
  });

  test('changes nothing by itself, and while it is open nothing is executed', async () => {
    expect(await line('shop/customers')).toMatchObject({ delete: CUSTOMERS, hold: 0 });
    expect((await caseSummary(ctx)).openItems.filter((i) => i.kind === 'correction-proposed')).toHaveLength(2);
    await signed();
    await expect(execute(ctx, 'DOCS-2026')).rejects.toMatchObject({ code: 'corrections-open', detail: '2' });
    await expect(settleCorrection(ctx, 1, { accept: true, by: 'sales-1' })).rejects.toMatchObject({ code: 'unknown-officer' });
    await expect(settleCorrection(ctx, 9, { accept: true, by: 'legal-1' })).rejects.toMatchObject({ code: 'unknown-correction' });
    await expect(readDisposalList(ctx, join(folder, 'shop.db'), 'sales-1')).rejects.toThrow();
    await expect(readDisposalList(ctx, await corrected([]), 'nobody')).rejects.toMatchObject({ code: 'unknown-officer' });
  });

  test('accepted by Legal it voids the plan; the new one holds what was asked and needs new signatures', async () => {
    expect(await settleCorrection(ctx, 1, { accept: true, by: 'legal-1' })).toMatchObject({ state: 'accepted', settledBy: 'legal-1' });
    expect(await settleCorrection(ctx, 2, { accept: false, by: 'legal-1' })).toMatchObject({ state: 'refused' });
    expect((await writePlanDocument(ctx, 'zh', null)).state).toBe('void');
    await expect(execute(ctx, 'DOCS-2026')).rejects.toMatchObject({ code: 'plan-void' });
    await makePlan(ctx, 'case-lead');
    expect(await line('shop/customers')).toMatchObject({ delete: 0, hold: CUSTOMERS });
    expect(await line('vouchers/units')).toMatchObject({ archive: 2 });
    expect((await caseSummary(ctx)).openItems.some((i) => i.kind === 'correction-proposed')).toBe(false);
    await expect(execute(ctx, 'DOCS-2026')).rejects.toMatchObject({ code: 'not-approved' });
  });

  test('of the data map is decided by the rules anew; who proposed it may not accept it; an old list is refused', async () => {
    const file = await corrected([['courier/units', '删除', { '更正：业务类别': '会计凭证', '更正：理由': '实为对账单' }]]);
    const { taken } = await readDisposalList(ctx, file, 'legal-1');
    expect(await effectOf(ctx, taken[0]!)).toEqual({ moved: 1, harsher: 0 });
    await expect(settleCorrection(ctx, 3, { accept: true, by: 'legal-1' })).rejects.toMatchObject({ code: 'own-correction' });
    await settleCorrection(ctx, 3, { accept: true, by: 'legal-2' });
    expect((await ctx.store.dataMap())!.map.datasets.find((d) => d.id === 'courier/units')).toMatchObject({
      recordClass: 'accounting-voucher',
      corrected: ['recordClass'],
    });
    await makePlan(ctx, 'case-lead');
    expect(await line('courier/units')).toMatchObject({ delete: 0, gap: 1 });
    await expect(readDisposalList(ctx, file, 'sales-1')).rejects.toMatchObject({ code: 'list-of-another-plan' });
    expect((await corrections(ctx)).map((c) => [c.state, c.settledBy])).toEqual([
      ['accepted', 'legal-1'],
      ['refused', 'legal-1'],
      ['accepted', 'legal-2'],
    ]);
  });

  test('with a formula in it is refused as a whole', async () => {
    const book = new Workbook();
    await book.xlsx.load(readFileSync((await writeDisposalList(ctx, 'zh', null)).file));
    book.worksheets[0]!.getCell('M3').value = { formula: 'A3', result: '核对过' };
    const file = join(folder, 'formula.xlsx');
    writeFileSync(file, await book.xlsx.writeBuffer());
    await expect(readDisposalList(ctx, file, 'sales-1')).rejects.toMatchObject({ code: 'list-unreadable' });
  });

  test('comes too late once something was destroyed; the documents then tell what really happened', async () => {
    await signed();
    await execute(ctx, 'DOCS-2026', 'test');
    const document = join(folder, 'confirmation.txt');
    writeFileSync(document, '已按指令办理');
    await confirmOffline(ctx, 'vouchers', { count: 2, by: 'it-1', document });
    await verifyOffline(ctx, 'vouchers', { count: 2, by: 'legal-1', document: null });
    expect((await verify(ctx)).passed).toBe(true);
    const [annex] = await make('liquidation-annex');
    const text = await textOf(annex!.file);
    expect(annex!.state).toBe('approved');
    expect(text).not.toContain('尚未通过复核');
    expect(text).toContain('复核之后的最终结果。各数据集的源计数与各处置之和相等。');
    expect(text).toContain(`保全${CUSTOMERS}条`);
    expect(text, 'by the clock of the case, not of the machine').toMatch(/方案编制2026-10-2\d.*归档并演练恢复已完成执行处置2026-10-2\d/);
    const handOver = await textOf((await make('hand-over-list'))[0]!.file);
    expect(handOver).toContain('vouchers纸质、档案室记账凭证2箱封存保管20');
    expect(handOver).toMatch(/invoice-20\d\d-12-31发票20\d\d-12-311?1?\d*6[0-9a-f]{12}/);
    const [first] = await make('hand-over-list', { docx: true, file: join(folder, 'a.docx') });
    expect((await make('hand-over-list', { docx: true, file: join(folder, 'b.docx') }))[0]!.sha256).toBe(first!.sha256);
    await expect(readDisposalList(ctx, await corrected([]), 'sales-1')).rejects.toMatchObject({ code: 'already-executed' });
  });
});
