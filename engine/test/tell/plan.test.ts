// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DocumentError, renderPlan } from '../../src/tell/documents/index.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { annexes, draftDocument, longDocument, planDocument } from './plan-document.ts';

const text = async (bytes: Uint8Array) => (await pdfPages(bytes)).join('');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function failure(work: () => unknown): DocumentError {
  try {
    work();
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the plan as PDF', () => {
  test('keeps rare characters and 客户 intact for whoever searches the file, and is two to ten pages long', async () => {
    const { bytes, pages } = renderPlan(planDocument(), 'zh');
    const read = await pdfPages(bytes);
    expect(read).toHaveLength(pages);
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(10);
    expect(read[0]).toContain('䶮𠅤客户服务有限公司（虚构）');
    expect(read[0]).toContain('客户信息处置方案');
  });

  test.each(['zh', 'en'] as const)('says in %s what is held, what becomes of it, by which rule, and who signed', async (lang) => {
    const all = await text(renderPlan(planDocument(), lang).bytes);
    for (const said of [
      '0123456789abcdef'.repeat(4),
      'FIXTURE-2026',
      'shop/customers',
      'buyer_birth_date',
      '2056-12-31',
      'acct-t1',
      '2016-01-01',
      'legal-1',
      'liquidation-1',
      '2026-10-20 10:02:00',
      'soft_delete',
      '987',
    ])
      expect(all, said).toContain(said);
    expect(all).toContain(lang === 'zh' ? '没有其他副本' : 'no other copy');
    expect(all).toContain(lang === 'zh' ? '至少 30 年，自会计年度终了起' : 'at least 30 years');
    expect(all).toContain(lang === 'zh' ? 'legal-1 确认，2026-10-20' : 'confirmed bylegal-1,2026-10-20');
  });

  test.each(['zh', 'en'] as const)(
    'has the timeline and the risks as annexes in %s, and leaves them out where there are none',
    async (lang) => {
      const all = await text(renderPlan(planDocument({ ...annexes() }), lang).bytes);
      const said =
        lang === 'zh'
          ? ['附一 注销时间表', '组成清算组', '2026-09-15', '已核条文', '附二 风险', '敏感或高风险字段', '涉1,000 条记录', '2057-01-01']
          : [
              'Annex A Timeline',
              'Liquidation group formed',
              '2026-09-15',
              'text read',
              'Annex B Risks',
              'high-risk columns',
              '1,000 records',
              '2057-01-01',
            ];
      for (const words of said) expect(all.replaceAll(' ', ''), words).toContain(words.replaceAll(' ', ''));
      expect(await text(renderPlan(planDocument(), lang).bytes)).not.toContain(lang === 'zh' ? '附一' : 'Annex');
    },
  );

  test('names case, digest and page number at the foot of every page', async () => {
    const pages = await pdfPages(renderPlan(planDocument(), 'zh').bytes);
    pages.forEach((page, i) => {
      expect(page).toContain('案件 FIXTURE-2026 · 方案摘要 0123456789abcdef');
      expect(page).toContain(`第 ${i + 1} 页，共 ${pages.length} 页`);
    });
  });

  test('is PDF/A-2a with its fonts embedded', () => {
    const raw = Buffer.from(renderPlan(planDocument(), 'zh').bytes).toString('latin1');
    expect(raw).toMatch(/pdfaid:part>2<[\s\S]*pdfaid:conformance>A</);
    expect(raw.match(/\/FontFile2 /g)?.length).toBeGreaterThanOrEqual(2);
  });

  test('is the same bytes for the same plan, whatever was set in between, and other bytes for another plan', () => {
    const first = hash(renderPlan(planDocument(), 'zh').bytes);
    const other = hash(renderPlan(planDocument({ caseCode: 'OTHER-2026' }), 'zh').bytes);
    expect(hash(renderPlan(planDocument(), 'zh').bytes)).toBe(first);
    expect(other).not.toBe(first);
  });

  test('marks a draft on every page and leaves its signature lines empty', async () => {
    const approved = await text(renderPlan(planDocument(), 'zh').bytes);
    expect(approved).not.toContain('草案');
    const pages = await pdfPages(renderPlan(draftDocument(), 'zh').bytes);
    for (const page of pages) expect(page.replace('草案，尚未批准', '')).toContain('草案');
    expect(pages.join('')).toContain('批准之前不得据此处置任何数据');
    expect(pages.join('')).not.toContain('it-1');
  });

  test('marks a void plan on every page and says why', async () => {
    const doc = planDocument();
    const pages = await pdfPages(renderPlan({ ...doc, plan: { ...doc.plan, state: 'void', voidReason: 'rules-changed' } }, 'zh').bytes);
    for (const page of pages) expect(page.split('已作废').length).toBeGreaterThanOrEqual(3);
    expect(pages[0]).toContain('法务对规则的确认有变化');
  });

  test('shows a ledger that does not balance as not to be approved', async () => {
    const doc = planDocument();
    const all = await text(renderPlan({ ...doc, groups: doc.groups.slice(1) }, 'zh').bytes);
    expect(all).toContain('≠');
    expect(all).toContain('：不得批准');
    expect(await text(renderPlan(doc, 'zh').bytes)).not.toContain('：不得批准');
  });

  test('says so when the rules of today are not those of the plan', async () => {
    expect(await text(renderPlan(planDocument({ samePack: false }), 'zh').bytes)).toContain('规则包在方案编制之后已更新');
  });

  test('repeats the head of a table that goes over pages, and says how much it leaves to the list', async () => {
    const { bytes, pages } = renderPlan(longDocument(150), 'zh');
    const read = await pdfPages(bytes);
    expect(read).toHaveLength(pages);
    const withRows = read.filter((page) => /partition_0\d\d\d/.test(page));
    expect(withRows.length).toBeGreaterThan(5);
    for (const page of withRows) expect(page).toMatch(/数据集|所在/);
    expect(read.join('')).toContain('另有 30 组、30,004,035 条记录');
    expect(read.join('')).toContain('另有 70 项');
    for (const i of ['0000', '0077', '0149']) expect(read.join(''), i).toContain(`partition_${i}`);
  });

  test('sets a row that names hundreds of columns, and loses none of them', async () => {
    // The number is one piece of the name, so that no page break can part it.
    const fields = Array.from({ length: 400 }, (_, i) => ({
      dataset: 'shop/public.wide',
      field: `a_very_long_name_of_a_column_n${i}q_that_nobody_would_want_to_read_aloud_or_print`,
      kept: 0,
      gone: 1,
    }));
    const read = await text(renderPlan(planDocument({ fields }), 'en').bytes);
    for (let i = 0; i < 400; i++) expect(read.includes(`n${i}q`), String(i)).toBe(true);
  });

  test('names datasets without records in one line instead of one row each', async () => {
    const doc = planDocument();
    const empty = Array.from({ length: 40 }, (_, i) => ({ ...doc.datasets[0]!, dataset: `shop/empty_${i}`, records: 0 }));
    const pages = await pdfPages(renderPlan({ ...doc, datasets: [...doc.datasets, ...empty] }, 'zh').bytes);
    expect(pages[0]).toContain('另有 40 个数据集没有记录：shop/empty_0、');
    expect(pages.join('').split('shop/empty_39').length).toBe(2);
  });
});

describe('text from outside', () => {
  test('is shown, never evaluated', async () => {
    const company = '#eval("1+1") $x$ *粗* \\n `raw` <label> @ref';
    expect(await text(renderPlan(planDocument({ company }), 'zh').bytes)).toContain(company);
  });

  test('shows control, zero-width and direction-changing characters and broken surrogates as escapes', async () => {
    const all = await text(renderPlan(planDocument({ company: 'a\u0007b\u202ec\u200bd\ud800e' }), 'zh').bytes);
    expect(all).toContain('a\\u0007b\\u202ec\\u200bd\\ud800e');
  });

  test('with a character that the font lacks is an error that names the code point and the place, not the text', () => {
    const error = failure(() => renderPlan(planDocument({ company: '秘密公司😀' }), 'zh'));
    expect(error.code).toBe('character-missing');
    expect(error.detail).toMatch(/^U\+1F600 \(author\)$/);
    expect(error.detail + error.message).not.toMatch(/秘密|😀/);
  });

  test('names the place of a missing character in a table, and every such character once', () => {
    const doc = planDocument();
    const error = failure(() => renderPlan({ ...doc, fields: [{ dataset: 'shop/กข', field: 'ก', kept: 0, gone: 1 }] }, 'zh'));
    expect(error.code).toBe('character-missing');
    const points = error.detail.split(', ').map((p) => /^(U\+[0-9A-F]+) \((blocks\.\d+\.rows\.0\.\d)\)$/.exec(p)?.[1]);
    expect(new Set(points)).toEqual(new Set(['U+0E01', 'U+0E02']));
  });

  test('sets again after a failure', () => {
    failure(() => renderPlan(planDocument({ company: '😀' }), 'zh'));
    expect(renderPlan(planDocument(), 'zh').pages).toBeGreaterThan(1);
  });
});
