// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { Workbook } from '@cj-tech-master/excelts';
import { describe, expect, test } from 'vitest';
import { renderDisposalList } from '../../src/tell/documents/index.ts';
import { planDocument } from './plan-document.ts';

async function read(bytes: Uint8Array): Promise<Workbook> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  return book;
}

const rows = (book: Workbook, name: string) => {
  const out: unknown[][] = [];
  book.getWorksheet(name)!.eachRow((row) => out.push((row.values as unknown[]).slice(1)));
  return out;
};

describe('the disposal list', () => {
  test('has a sheet for groups, rules and open items, with every group and its records', async () => {
    const book = await read(await renderDisposalList(planDocument(), false, 'zh'));
    expect(book.worksheets.map((s) => s.name)).toEqual(['汇总', '规则', '待办', '可填']);
    const groups = rows(book, '汇总');
    expect(groups[1]!.slice(0, 9)).toEqual(['数据集', '属于', '业务类别', '处置', '保存至', '依据', '记录数', '理由', '行码（勿改）']);
    expect(groups[1]!.slice(9)).toEqual(['更正：处置', '更正：属于', '更正：业务类别', '更正：理由']);
    expect(groups.slice(2).map((r) => r[6])).toEqual([990, 7, 3, 300]);
    expect(groups.at(-1)!.slice(0, 8)).toEqual(['shop/invoices', '客户', '发票', '归档', '2056-12-31', 'acct-t1', 300, '法定保存期未届满']);
    expect(
      rows(book, '规则')
        .slice(2)
        .map((r) => r[0]),
    ).toEqual(['pipl-47', 'acct-t1', 'child-20']);
    expect(rows(book, '待办').slice(2)).toEqual([
      ['IT', '隐患', 'shop/customers', 1, '有触发器 soft_delete'],
      ['销售', '无法裁决', 'shop/customers', 3, '各系统对合同状态说法不一'],
    ]);
    expect(String(groups[0]![0])).toContain(`䶮𠅤客户服务有限公司（虚构） · 案件 FIXTURE-2026 · 方案第 2 版 · 已批准`);
  });

  test('freezes the head, filters every column and is wide enough to read', async () => {
    const book = await read(await renderDisposalList(planDocument(), false, 'en'));
    for (const sheet of book.worksheets) {
      expect(sheet.views[0], sheet.name).toMatchObject({ state: 'frozen', ySplit: 2 });
      expect(sheet.autoFilter, sheet.name).toMatch(/^A2:[A-Z]\d+$/);
      sheet.columns.forEach((column) => expect(column.width).toBeGreaterThanOrEqual(12));
    }
  });

  test('says in its first line that a plan is void or a draft', async () => {
    const doc = planDocument();
    const first = async (state: 'draft' | 'void') =>
      String(
        rows(
          await read(await renderDisposalList({ ...doc, plan: { ...doc.plan, state, voidReason: 'superseded' } }, true, 'zh')),
          '汇总',
        )[0]![0],
      );
    expect(await first('draft')).toContain('草案，尚未批准');
    expect(await first('void')).toContain('已作废（已有新版本）');
    expect(await first('void')).toContain('按年归并');
  });

  test.each(['=HYPERLINK("http://a.example")', '+1', '-1', '@SUM(A1)', '＝1'])(
    'keeps a name that looks like a formula as text: %s',
    async (name) => {
      const doc = planDocument();
      const groups = [{ ...doc.groups[0]!, dataset: name }];
      const bytes = await renderDisposalList(
        { ...doc, company: name, groups, openItems: [{ ...doc.openItems[0]!, detail: name }] },
        false,
        'zh',
      );
      const book = await read(bytes);
      expect(rows(book, '汇总')[2]![0]).toBe(`'${name}`);
      expect(String(rows(book, '汇总')[0]![0])).toMatch(/^'/);
      expect(rows(book, '待办')[2]![4]).toBe(`'${name}`);
      for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
    },
  );

  test('is the same bytes for the same plan, in every time zone', async () => {
    const zone = process.env['TZ'];
    const hashes = new Set<string>();
    for (const tz of ['UTC', 'Asia/Shanghai', 'America/New_York', 'UTC']) {
      process.env['TZ'] = tz;
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(tz);
      hashes.add(
        createHash('sha256')
          .update(await renderDisposalList(planDocument(), false, 'zh'))
          .digest('hex'),
      );
    }
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(hashes.size).toBe(1);
    const other = await renderDisposalList(planDocument({ caseCode: 'OTHER-2026' }), false, 'zh');
    expect(hashes).not.toContain(createHash('sha256').update(other).digest('hex'));
  });
});
