// SPDX-License-Identifier: Apache-2.0
import { Workbook } from '@cj-tech-master/excelts';
import { describe, expect, test } from 'vitest';
import {
  type ListSheetRead,
  type PlanDocument,
  ROW_REFUSALS,
  readCorrections,
  renderDisposalList,
} from '../../src/tell/documents/index.ts';
import { planDocument } from './plan-document.ts';

/* The list is written, filled in as a person would, and read back. The reading room gets what a reader of workbooks gives: titles and texts. */
const DATASETS = 9;
/** Rows of the fixture: customers delete, hold, gap; invoices archive. */
const [DELETED, HELD, GAP, ARCHIVED] = [3, 4, 5, 6];

async function sheetOf(
  doc: PlanDocument,
  lang: 'zh' | 'en',
  edit: (cell: (row: number, title: string) => { value: unknown }) => void,
): Promise<ListSheetRead> {
  const book = new Workbook();
  await book.xlsx.load(await renderDisposalList(doc, false, lang));
  const sheet = book.worksheets[0]!;
  const titles = (sheet.getRow(2).values as string[]).slice(1);
  edit((row, title) => {
    const at = titles.findIndex((t) => t.includes(title));
    expect(at, title).toBeGreaterThanOrEqual(0);
    return sheet.getRow(row).getCell(at + 1) as unknown as { value: unknown };
  });
  const again = new Workbook();
  await again.xlsx.load(await book.xlsx.writeBuffer());
  const rows: { row: number; cells: (string | null)[] }[] = [];
  again.worksheets[0]!.eachRow((row, at) => {
    if (at > 2) rows.push({ row: at, cells: titles.map((_, i) => row.getCell(i + 1).text || null) });
  });
  return { columns: titles, rows };
}

const named = (text: string) => text.includes('张三');
const read = async (edit: Parameters<typeof sheetOf>[2], doc = planDocument(), lang: 'zh' | 'en' = 'zh') =>
  readCorrections(await sheetOf(doc, lang, edit), doc, named)!;
const refusal = async (edit: Parameters<typeof sheetOf>[2], doc = planDocument()) => {
  const { corrections, refused } = await read(edit, doc);
  expect(corrections).toEqual([]);
  expect(refused).toHaveLength(1);
  return refused[0]!;
};

describe('a list that comes back', () => {
  test('untouched asks for nothing', async () => {
    expect(await read(() => undefined)).toEqual({ corrections: [], refused: [], untouched: 4 });
  });

  test('gives its good rows, in either language, and refuses the bad ones by row and reason', async () => {
    const { corrections, refused, untouched } = await read((cell) => {
      cell(DELETED, '更正：处置').value = '保全';
      cell(DELETED, '理由').value = '';
      cell(DELETED, '更正：理由').value = '两起诉讼尚未了结';
      cell(ARCHIVED, '更正：处置').value = '删除';
      cell(ARCHIVED, '更正：理由').value = '不想留';
    });
    expect(corrections.map(({ row, group, asks, because }) => [row, group.dataset, asks, because])).toEqual([
      [DELETED, 'shop/public.customers', { kind: 'hold' }, '两起诉讼尚未了结'],
    ]);
    expect(refused).toEqual([{ row: ARCHIVED, refusal: 'floor', detail: 'acct-t1 2056-12-31' }]);
    expect(untouched).toBe(2);
    const english = await read(
      (cell) => {
        cell(ARCHIVED, 'Correct: record class').value = 'marketing';
        cell(ARCHIVED, 'Correct: reason').value = 'price lists, not invoices';
      },
      planDocument(),
      'en',
    );
    expect(english.corrections.map((c) => c.asks)).toEqual([{ kind: 'record-class', to: 'marketing' }]);
  });

  test('is known by row code, so sorting, filtering and deleting rows does no harm', async () => {
    const sheet = await sheetOf(planDocument(), 'zh', (cell) => {
      cell(ARCHIVED, '更正：处置').value = '保全';
      cell(ARCHIVED, '更正：理由').value = '税务检查未结';
    });
    const moved = { ...sheet, rows: sheet.rows.toReversed().slice(0, 2) };
    expect(readCorrections(moved, planDocument(), named)!.corrections.map((c) => c.group.dataset)).toEqual(['shop/public.invoices']);
  });

  test('of another plan, or no list at all, is refused as a whole', async () => {
    const sheet = await sheetOf(planDocument(), 'zh', () => undefined);
    const other = planDocument();
    expect(readCorrections(sheet, { ...other, plan: { ...other.plan, digest: 'f'.repeat(64) } }, named)).toBeNull();
    expect(readCorrections({ ...sheet, columns: sheet.columns.map((c) => `${c}?`) }, other, named)).toBeNull();
  });

  test('asks for one thing a dataset: rows that contradict each other are all refused, the same thing twice counts once', async () => {
    const { corrections, refused } = await read((cell) => {
      for (const [row, to] of [
        [DELETED, '员工'],
        [HELD, '供应商'],
        [ARCHIVED, '员工'],
      ] as const) {
        cell(row, '更正：属于').value = to;
        cell(row, '更正：理由').value = '核对过';
      }
    });
    expect(corrections.map((c) => c.row)).toEqual([ARCHIVED]);
    expect(refused.map((r) => [r.row, r.refusal])).toEqual([
      [DELETED, 'contradiction'],
      [HELD, 'contradiction'],
    ]);
    const same = await read((cell) => {
      for (const row of [DELETED, HELD, GAP]) {
        cell(row, '更正：属于').value = '员工';
        cell(row, '更正：理由').value = '核对过';
      }
    });
    expect([same.corrections.length, same.refused]).toEqual([1, []]);
  });
});

describe('a bad row', () => {
  const because = (cell: (row: number, title: string) => { value: unknown }, row: number, text = '核对过') =>
    void (cell(row, '更正：理由').value = text);
  const cases: Record<(typeof ROW_REFUSALS)[number], () => Promise<{ row: number; refusal: string; detail: string }>> = {
    'unknown-row': () =>
      refusal((c) => {
        c(HELD, '行码').value = '0123456789ab';
        because(c, HELD);
      }),
    'row-twice': async () => {
      const { refused } = await read((c) => {
        for (const row of [DELETED, HELD]) {
          c(row, '更正：属于').value = '员工';
          because(c, row);
        }
        c(HELD, '行码').value = c(DELETED, '行码').value;
      });
      return refused[0]!;
    },
    'cell-changed': () =>
      refusal((c) => {
        c(DELETED, '记录数').value = 9_900;
        c(DELETED, '更正：处置').value = '保全';
        because(c, DELETED);
      }),
    'unknown-word': () =>
      refusal((c) => {
        c(DELETED, '更正：业务类别').value = '秘密';
        because(c, DELETED);
      }),
    'reason-missing': () => refusal((c) => void (c(DELETED, '更正：处置').value = '保全')),
    'reason-too-long': () =>
      refusal((c) => {
        c(DELETED, '更正：处置').value = '保全';
        because(c, DELETED, '长'.repeat(501));
      }),
    'reason-personal': () =>
      refusal((c) => {
        c(DELETED, '更正：处置').value = '保全';
        because(c, DELETED, '张三要求');
      }),
    floor: () =>
      refusal((c) => {
        c(ARCHIVED, '更正：处置').value = '匿名化';
        because(c, ARCHIVED);
      }),
    'not-by-list': () =>
      refusal((c) => {
        c(DELETED, '更正：处置').value = '归档';
        because(c, DELETED);
      }),
    'already-kept': () =>
      refusal((c) => {
        c(GAP, '更正：处置').value = '保全';
        because(c, GAP);
      }),
    'nothing-changed': () =>
      refusal((c) => {
        c(DELETED, '更正：属于').value = '客户';
        because(c, DELETED);
      }),
    contradiction: async () => {
      const { refused } = await read((c) => {
        c(DELETED, '更正：属于').value = '员工';
        c(HELD, '更正：属于').value = '无人';
        because(c, DELETED);
        because(c, HELD);
      });
      return refused[0]!;
    },
  };

  test.each(ROW_REFUSALS)('is refused with its number and %s', async (code) => {
    const { row, refusal: said, detail } = await cases[code]();
    expect(said).toBe(code);
    expect(row).toBeGreaterThanOrEqual(DELETED);
    expect(detail).not.toMatch(/张三|秘密/);
  });
});

describe('the sheet', () => {
  test('offers only the words that may be chosen', async () => {
    const book = new Workbook();
    await book.xlsx.load(await renderDisposalList(planDocument(), false, 'zh'));
    const [summary, , , offered] = book.worksheets;
    expect(summary!.getCell('J3').dataValidation).toMatchObject({ type: 'list', formulae: ["'可填'!$A$3:$A$3"] });
    expect(offered!.getCell('A3').text).toBe('保全');
    const roles = Array.from({ length: 5 }, (_, i) => offered!.getCell(`B${3 + i}`).text);
    expect(roles).toEqual(['客户', '员工', '供应商', '商户', '无人']);
    expect(summary!.getCell('L3').dataValidation).toMatchObject({ formulae: [`'可填'!$C$3:$C$${offered!.rowCount}`] });
    expect((summary!.getRow(2).values as string[]).length - 1).toBe(DATASETS + 4);
  });
});
