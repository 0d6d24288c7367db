// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadPack } from '../../src/decide/law/index.ts';
import {
  type CaseDocument,
  DOCUMENT_NAMES,
  type DocumentName,
  addresseeOf,
  partiesOf,
  renderDocument,
  renderPlan,
  writeDocument,
  writePlan,
} from '../../src/tell/documents/index.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { unzip } from '../support/raw-stores.ts';
import { caseDocument, earlyCase } from './case-document.ts';
import { planDocument } from './plan-document.ts';

/** A party for each document that goes to one. */
const PARTY: Partial<Record<DocumentName, string>> = {
  'processor-letter': 'courier',
  confidentiality: 'E0037',
  'liability-note': 'director-1',
};
const party = (name: DocumentName) => PARTY[name] ?? null;

/** What must stand in each document, in both languages: its title, what the case says in it, and the provisions it cites. */
const EXPECTED: Record<DocumentName, { zh: readonly string[]; en: readonly string[]; cites: readonly string[] }> = {
  'impact-assessment': {
    zh: [
      '个人信息保护影响评估',
      '1 个字段属敏感或按高风险对待',
      '身份证号 敏感或高风险 1',
      '客户 987 位，其中未成年人 6 位',
      '剩余风险，由谁接受',
      '至少 3 年',
    ],
    en: [
      'Personal Information Protection Impact Assessment',
      'columns sensitive or treated as high-risk: 1',
      'Remaining risk, and who accepts it',
      'at least 3 years',
    ],
    cites: ['pipl-55', 'pipl-56', 'pipl-47-2', 'ndsr-12'],
  },
  'rules-annex': {
    zh: ['规则附件', '据二手来源核对', 'legal-1 认为不适用', '个人信息保护法 第 47(1)(2) 条'],
    en: ['Rules Annex', 'checked against a secondary source', 'held inapplicable by legal-1', 'art. 47(1)(2)'],
    cites: ['pipl-47', 'acct-t1', 'child-20'],
  },
  'processor-letter': {
    zh: [
      '关于返还或者删除个人信息的通知',
      '䶮𠅤快递有限公司（虚构）',
      '收件人信息（运单）',
      '返还或者删除确认书',
      '规则库没有载明期限，由法务按合同填写',
    ],
    en: ['Notice to Return or Delete Personal Information', 'Confirmation of Return or Deletion', 'the rule base states no period'],
    cites: ['pipl-21', 'pipl-59', 'ndsr-12'],
  },
  confidentiality: {
    zh: ['员工保密协议', '在劳动关系终止之后、公司注销登记之后继续有效', 'E0037', '身份证号、姓名、手机号'],
    en: ['Lasting Staff Confidentiality Agreement', 'last after the employment and after the deregistration', 'E0037'],
    cites: ['pipl-51', 'aucl-10', 'cl-253', 'csl-42'],
  },
  'liquidation-annex': {
    zh: [
      '清算报告附件',
      '删除或者匿名化 988 条；依法归档 300 条',
      '合计 1,300 988 300 9 3 ✓',
      '对方已确认 11 / 12',
      '服务器已接收 940',
      '是否处理重要数据 未查明',
    ],
    en: ['Annex to the Liquidation Report', 'Deleted or anonymised: 988; archived by law: 300', 'confirmed by the holder 11 / 12'],
    cites: ['co-239', 'ndsr-32', 'merr-46', 'ji2-19'],
  },
  'hand-over-list': {
    zh: ['移交清单', 'invoice-2056-12-31 发票 2056-12-31 3 300', '2 箱 封存保管 2056-12-31', 'VALID'],
    en: ['Hand-over List', 'seal and keep', 'Who hands over'],
    cites: ['pipl-22', 'ndsr-14', 'acct-20'],
  },
  'liability-note': {
    zh: ['注销后剩余责任说明', '董事（代号 director-1，姓名由法务填写）', '最晚保存至 2056-12-31', '不是法律意见'],
    en: ['Note on Liability that Remains', 'director (code director-1; Legal enters the name)', 'no legal advice'],
    cites: ['co-232', 'co-238', 'pipl-66', 'pipl-69', 'ji2-18'],
  },
};

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
const pdfText = async (bytes: Uint8Array) => flat((await pdfPages(bytes)).join(' '));
const parts = (bytes: Uint8Array) => unzip(Buffer.from(bytes));
const docxText = (bytes: Uint8Array) =>
  flat(
    parts(bytes)
      .get('word/document.xml')!
      .toString('utf8')
      .replaceAll(/<\/w:(tc|p)>/g, ' ')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"'),
  );
const without = (text: string) => text.replaceAll(/\s/g, '');

afterEach(() => vi.useRealTimers());

describe.each(DOCUMENT_NAMES)('%s', (name) => {
  const { zh, en, cites } = EXPECTED[name];

  test.each(['zh', 'en'] as const)(
    'says in %s what it is, for whom, by whom, as of when and what is asked, and what the case knows',
    async (lang) => {
      const { bytes, pages } = renderDocument(name, caseDocument(), lang, party(name));
      const text = await pdfText(bytes);
      const about =
        lang === 'zh'
          ? ['这是什么', '给谁', '由谁出具', '事实截至 2026-11-24', '请您做']
          : ['What this is', 'For ', 'Issued by', 'Facts as of 2026-11-24', 'Asked of you'];
      expect(pages).toBeGreaterThan(1);
      for (const words of [...about, ...(lang === 'zh' ? zh : en), ...cites, '䶮𠅤客户服务有限公司（虚构）', 'FIXTURE-2026'])
        expect(without(text), words).toContain(without(words));
      expect(text).not.toMatch(/\{\w+\}/);
    },
  );

  test('says the same as a Word file', async () => {
    for (const [lang, expected] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      const text = docxText(await writeDocument(name, caseDocument(), lang, party(name)));
      for (const words of [...expected, ...cites]) expect(without(text), words).toContain(without(words));
    }
  });

  test('is made on the first day of a case as well, and then claims nothing', async () => {
    const early = name === 'processor-letter' ? '某短信平台（虚构）' : party(name);
    const text = await pdfText(renderDocument(name, earlyCase(), 'zh', early).bytes);
    expect(text).not.toContain('undefined');
    if (name === 'liquidation-annex' || name === 'hand-over-list') expect(text).toContain('尚未');
    expect(docxText(await writeDocument(name, earlyCase(), 'zh', early))).not.toContain('undefined');
  });

  test('is the same bytes for the same facts, at any moment', async () => {
    const pdf = Buffer.from(renderDocument(name, caseDocument(), 'zh', party(name)).bytes);
    const docx = Buffer.from(await writeDocument(name, caseDocument(), 'zh', party(name)));
    vi.useFakeTimers({ now: new Date('2031-03-04T05:06:07Z'), toFake: ['Date'] });
    expect(pdf.equals(Buffer.from(renderDocument(name, caseDocument(), 'zh', party(name)).bytes))).toBe(true);
    expect(docx.equals(Buffer.from(await writeDocument(name, caseDocument(), 'zh', party(name))))).toBe(true);
    const later = await writeDocument(name, caseDocument({ asOf: '2026-11-25' }), 'zh', party(name));
    expect(docx.equals(Buffer.from(later))).toBe(false);
  });

  test('is archival: it claims PDF/A-2a, names its colours and embeds its fonts', () => {
    const raw = Buffer.from(renderDocument(name, caseDocument(), 'en', party(name)).bytes).toString('latin1');
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(raw).toContain('/OutputIntents');
    expect(raw).toContain('/MarkInfo');
    expect(raw.match(/\/FontDescriptor/g)?.length ?? 0).toBeGreaterThan(0);
  });
});

test('the plan is a Word file too, and a draft is marked in its header', async () => {
  const doc = planDocument();
  const draft = await writePlan({ ...doc, plan: { ...doc.plan, state: 'draft' } }, 'zh');
  expect(docxText(draft)).toContain('客户信息处置方案');
  expect(parts(draft).get('word/header1.xml')!.toString('utf8')).toContain('草案');
  expect(docxText(await writePlan(doc, 'en'))).toContain('Asked of you');
  expect(await pdfText(renderPlan(doc, 'zh').bytes)).toContain('请您做');
});

test('a Word file keeps no time but its day, and no text from outside becomes markup', async () => {
  const company = '<w:p> & "䶮𠅤" =1+1 \u202e x';
  const files = parts(await writeDocument('hand-over-list', caseDocument({ company }), 'zh', null));
  const core = files.get('docProps/core.xml')!.toString('utf8');
  expect(core).toContain('>2026-11-24T00:00:00Z<');
  expect(core).toContain('<dc:creator>&lt;w:p&gt; &amp; "䶮𠅤" =1+1 \\u202e x</dc:creator>');
  expect(files.get('word/document.xml')!.toString('utf8')).toContain('&lt;w:p&gt; &amp;');
});

test('every provision cited is in the rule base, and its words are those of the rule base', async () => {
  const pack = new Map(loadPack().map((r) => [r.id, r]));
  for (const [name, { cites }] of Object.entries(EXPECTED) as [DocumentName, { cites: readonly string[] }][]) {
    const text = without(docxText(await writeDocument(name, caseDocument(), 'zh', party(name))));
    for (const id of cites) expect(text, `${name} ${id}`).toContain(without(pack.get(id)!.summaryZh));
    expect(text, name).not.toContain('规则库没有在');
  }
});

describe('what the rule base lacks', () => {
  test('is left to Legal and not invented', async () => {
    const doc = caseDocument({ pack: loadPack().filter((r) => r.id !== 'pipl-21') });
    expect(await pdfText(renderDocument('processor-letter', doc, 'zh', 'courier').bytes)).toContain(
      '规则库没有在 2026-11-24 施行的文本：由法务填写',
    );
  });

  test('a duty to liquidate is cited as the law stood when the cause arose', async () => {
    const doc = caseDocument();
    const before = { ...doc, facts: { ...doc.facts, dissolution: '2024-05-31' } };
    const text = await pdfText(renderDocument('liability-note', before, 'zh', 'shareholder-2').bytes);
    expect(text).toContain('co-232@');
    expect(text).toContain('有限公司由股东组成');
    expect(await pdfText(renderDocument('liability-note', doc, 'zh', 'shareholder-2').bytes)).not.toContain('co-232@');
  });

  test.each([
    ['simplified', 'co-240'],
    ['forced', 'co-241'],
  ] as const)('the %s route has its own provision', async (route, id) => {
    const doc = caseDocument();
    const text = await pdfText(renderDocument('liability-note', { ...doc, facts: { ...doc.facts, route } }, 'zh', 'shareholder-1').bytes);
    expect(text).toContain(id);
    expect(await pdfText(renderDocument('liability-note', doc, 'zh', 'shareholder-1').bytes)).not.toContain(id);
  });
});

describe('for whom a document is made', () => {
  const of = (name: DocumentName, named: readonly string[], doc: CaseDocument = caseDocument()) => partiesOf(name, doc, named);

  test('a letter goes to every processor, declared or only named', () => {
    const doc = caseDocument();
    const known = { ...doc, facts: { ...doc.facts, processors: ['courier', '䶮𠅤快递有限公司（虚构）', '某短信平台（虚构）'] } };
    expect(of('processor-letter', [], known).parties).toEqual(['courier', '某短信平台（虚构）']);
    expect(of('processor-letter', ['boxes'], known)).toEqual({ parties: ['boxes'], wrong: ['boxes'] });
    expect(of('processor-letter', [], { ...doc, stores: [] }).parties).toEqual([]);
  });

  test('a person is a code; a name is refused', () => {
    expect(of('liability-note', ['director-1', 'shareholder-12', 'liquidator-1']).wrong).toEqual([]);
    expect(of('liability-note', ['张三', 'director', 'ceo-1']).wrong).toEqual(['张三', 'director', 'ceo-1']);
    expect(of('confidentiality', ['E0037', '测试甲']).wrong).toEqual(['测试甲']);
    expect(of('confidentiality', []).parties).toEqual([null]);
    expect(of('liability-note', []).parties).toEqual([]);
  });

  test('a document of the case has no party', () => {
    for (const name of DOCUMENT_NAMES.filter((n) => addresseeOf(n) === 'case')) {
      expect(of(name, [])).toEqual({ parties: [null], wrong: [] });
      expect(of(name, ['director-1']).wrong).toEqual(['director-1']);
    }
  });
});
