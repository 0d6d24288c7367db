// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, assemble } from '../../src/assemble.ts';
import {
  type CaseContext,
  addOfficer,
  addSource,
  approve,
  caseSummary,
  decideRules,
  discoverSources,
  type DecisionCount,
  makePlan,
  object,
  openCase,
  writeDisposalList,
  writePlanDocument,
} from '../../src/journey/index.ts';
import { disposalGroups } from '../../src/journey/disposal-groups.ts';
import { planFacts } from '../../src/journey/document-facts.ts';
import { pdfPages } from '../support/pdf-text.ts';

/* A small case from no plan to a void one; after each step the documents are read by readers that are not the product's. */
const folder = mkdtempSync(join(tmpdir(), 'shdoc-'));
const CUSTOMERS = 60;
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

beforeAll(async () => {
  const db = new DatabaseSync(join(folder, 'shop.db'));
  db.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, customer_name TEXT, phone TEXT, email TEXT, birthday TEXT, created_at TEXT);
    CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), invoice_no TEXT, buyer_name TEXT, amount TEXT, issued_on TEXT)`);
  for (let i = 1; i <= CUSTOMERS; i++) {
    db.prepare('INSERT INTO customers VALUES (?,?,?,?,?,?)').run(i, name(i), phone(i), email(i), '1990-01-01', '2020-05-01');
    db.prepare('INSERT INTO invoices VALUES (?,?,?,?,?,?)').run(i, i, `INV-${i}`, name(i), '10.00', `${2018 + (i % 5)}-03-0${1 + (i % 9)}`);
  }
  db.close();
  assembly = await assemble({ settings, env: {}, crash: () => undefined, progress: () => undefined });
  await openCase(assembly.directory, assembly.clock, {
    code: 'DOC-2026',
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
    },
    demo: false,
    clockStart: '2026-10-20T09:00:00+08:00',
  });
  ctx = await assembly.context('DOC-2026', 'p');
  await addSource(ctx, { name: 'shop', kind: 'sqlite', locator: join(folder, 'shop.db'), credentials: {} });
  for (const department of ['legal', 'it', 'liquidation'] as const)
    await addOfficer(ctx, department, `${department}-1`, assembly.officerKeys('DOC-2026', `o-${department}`));
  await decideRules(ctx, { rules: ['acct-t1', 'acct-19'], verdict: 'confirmed', by: 'legal-1' });
}, 120_000);

afterAll(async () => {
  await assembly.close();
  rmSync(folder, { recursive: true, force: true });
});

const name = (i: number) => `虚构客户${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'子丑寅卯辰巳'[Math.floor(i / 10)]}`;
const phone = (i: number) => `199${String(i).padStart(8, '0')}`;
const email = (i: number) => `person${i}@example.com`;
const pdfText = async (file: string) => (await pdfPages(readFileSync(file))).join('');

async function listed(file: string): Promise<{ cells: string; records: number }> {
  const book = new Workbook();
  await book.xlsx.load(readFileSync(file));
  const cells: string[] = [];
  let records = 0;
  for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text)));
  book.getWorksheet('汇总')!.eachRow((row, at) => (records += at > 2 ? Number(row.getCell(7).value) : 0));
  return { cells: cells.join('\n'), records };
}

describe('documents of a case', () => {
  test('cannot be written before there is a plan', async () => {
    await expect(writePlanDocument(ctx, 'zh', null)).rejects.toMatchObject({ name: 'JourneyError', code: 'not-planned' });
    await expect(writeDisposalList(ctx, 'zh', null)).rejects.toMatchObject({ code: 'not-planned' });
    expect((await caseSummary(ctx)).documents).toEqual([]);
  });

  test('are a draft once the plan is made, and say how every record of the source ends', async () => {
    await discoverSources(ctx, (draft) => draft);
    await makePlan(ctx, 'case-lead');
    const plan = await writePlanDocument(ctx, 'zh', null);
    const list = await writeDisposalList(ctx, 'zh', null);
    expect(plan).toMatchObject({
      state: 'draft',
      kind: 'plan',
      sha256: createHash('sha256').update(readFileSync(plan.file)).digest('hex'),
    });
    const text = await pdfText(plan.file);
    expect(text).toContain('草案：尚缺部门签字');
    expect(text).toContain('䶮𠅤客户服务有限公司（虚构）');
    expect(text).toContain(`shop/customers ${CUSTOMERS} `);
    expect(text).toContain('各数据集的源计数与各处置之和相等');
    expect(text).toContain('legal-1 确认，2026-10-20');
    expect((await listed(list.file)).records).toBe(2 * CUSTOMERS);
    expect((await caseSummary(ctx)).documents).toEqual([list.file, plan.file]);
  });

  test('are the same bytes when nothing has changed, wherever they are written', async () => {
    const first = await writePlanDocument(ctx, 'zh', null);
    const again = await writePlanDocument(ctx, 'zh', join(folder, 'out', 'plan.pdf'));
    expect(again).toEqual({ ...first, file: join(folder, 'out', 'plan.pdf') });
    expect(readFileSync(again.file).equals(readFileSync(first.file))).toBe(true);
  });

  test('hold none of the people of the source', async () => {
    const texts = [
      await pdfText((await writePlanDocument(ctx, 'zh', null)).file),
      await pdfText((await writePlanDocument(ctx, 'en', null)).file),
      (await listed((await writeDisposalList(ctx, 'zh', null)).file)).cells,
    ];
    for (const text of texts) {
      expect(text, 'the search sees the text at all').toContain('shop/customers');
      for (let i = 1; i <= CUSTOMERS; i++) for (const value of [name(i), phone(i), email(i), `INV-${i}`]) expect(text).not.toContain(value);
    }
  });

  test('merge the days of a year when there are too many lines, and lose no record', async () => {
    const doc = await planFacts(ctx);
    const daily = await disposalGroups(ctx, doc);
    const yearly = await disposalGroups(ctx, doc, daily.groups.length - 1);
    const sum = (groups: readonly { records: number }[]) => groups.reduce((n, g) => n + g.records, 0);
    expect([daily.byYear, yearly.byYear]).toEqual([false, true]);
    expect([sum(daily.groups), sum(yearly.groups)]).toEqual([2 * CUSTOMERS, 2 * CUSTOMERS]);
    expect(daily.groups.filter((g) => g.until !== null).length).toBeGreaterThan(1);
  });

  test('are approved when all three departments have signed, and name an objection', async () => {
    for (const department of ['legal', 'it', 'liquidation'] as const) {
      await approve(ctx, `${department}-1`, assembly.officerKeys('DOC-2026', `o-${department}`));
      const { state, file } = await writePlanDocument(ctx, 'zh', null);
      expect(state).toBe(department === 'liquidation' ? 'approved' : 'draft');
      expect(await pdfText(file)).toContain(`${department}-1 2026-10-20 09:0`);
    }
    const counts = (await ctx.store.plan())!.body['counts'] as DecisionCount[];
    await object(ctx, counts.find((c) => c.dataset === 'shop/invoices' && c.disposition === 'archive')!.example, 'objection');
    const text = await pdfText((await writePlanDocument(ctx, 'zh', null)).file);
    expect(text).toContain('客户异议 2026-10-20 1 ');
    expect(text).not.toContain('草案');
  });

  test('are void when Legal changes its mind, with the groups that were signed', async () => {
    const before = await planFacts(ctx);
    await decideRules(ctx, { rules: ['acct-t1'], verdict: 'refused', by: 'legal-1' });
    const { state, file } = await writePlanDocument(ctx, 'zh', null);
    expect(state).toBe('void');
    const text = await pdfText(file);
    expect(text).toContain('已作废（法务对规则的确认有变化）');
    expect(text).toContain(before.plan.digest);
    expect(text).toContain('legal-1 确认，2026-10-20');
    const list = await writeDisposalList(ctx, 'zh', null);
    expect((await listed(list.file)).records).toBe(2 * CUSTOMERS);
    expect((await listed(list.file)).cells).toContain('已作废');
  });

  test('speak of the new plan afterwards, as its second version', async () => {
    await makePlan(ctx, 'case-lead');
    const { file, state } = await writePlanDocument(ctx, 'zh', null);
    expect(state).toBe('draft');
    expect(file).toContain('plan-v2-');
    expect(await pdfText(file)).toContain('legal-1 认为不适用，2026-10-20');
  });
});
