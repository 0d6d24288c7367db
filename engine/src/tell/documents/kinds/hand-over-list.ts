// SPDX-License-Identifier: Apache-2.0
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { type Cite, citeBlocks } from '../cite.ts';
import { number } from '../format.ts';
import { type AllWords, framed, signatures, wordsFor } from '../frame.ts';
import type { Language } from '../ports.ts';
import { storeTable } from '../stores.ts';
import { printable } from '../words.ts';

const zh = {
  title: '移交清单',
  what: '公司注销时，依法须继续保存的客户信息及其证据交给保管人的清单。本清单只列箱、文件和数量，不载任何客户的信息。',
  reader: '移交人（清算组）、接收人（保管人或者承接方）、监交人',
  asked: '当面逐项核对数量与摘要，在“核对”一栏打勾，不符的写明；三方签字，各执一份。',
  unfinished: '尚未完成处置与复核：数量以复核之后重新出具的清单为准。',
  archives: '1 加密归档',
  archivesIntro:
    'age 格式，按保存类别分开；到期销毁该类的密钥即销毁该类。摘要是该类全部文件的 SHA-256 依次相接之后的 SHA-256，取前 32 位。',
  cls: '保存类别',
  files: '文件数',
  digest: '摘要（前 32 位）',
  check: '核对',
  noArchives: '没有加密归档。',
  stores: '2 线下存放',
  noStores: '没有须封存保管的线下存放。',
  things: '3 随同移交',
  thingRows: [
    ['证据包（BagIt），与其核验结论', '{verdict}'],
    ['归档密钥（口令另行交付，不与本清单同交）', '按保管方案的份数与门限'],
    ['已签署的处置方案与信息处置清单', '摘要 {digest}'],
    ['受托方确认书、线下存放确认文件', '{confirmed} 份'],
    ['个人信息保护影响评估（已签署）', ''],
    ['未决事项清单与接手人', '{items} 项'],
  ] as (readonly [string, string])[],
  thing: '物品',
  inCase: '本案',
  parties: '4 接收人',
  partyRows: [
    ['接收人名称', ''],
    ['接收人联系方式（须告知客户的，以此为准）', ''],
    ['接收的身份：保管人 / 承接方 / 破产管理人 / 主管部门指定', ''],
    ['是否已告知客户接收人的名称和联系方式；日期', ''],
    ['费用、保管地点、届期销毁由谁执行', ''],
    ['会计档案、病历等另有移交规定的，移交给谁（由法务填写）', ''],
  ] as (readonly [string, string])[],
  sign: '5 签字',
  signers: ['移交人（清算组）', '接收人', '监交人'],
  cites: '6 引用的规定',
};
const en: typeof zh = {
  title: 'Hand-over List',
  what: 'What is handed to the custodian in a deregistration: customer information that the law keeps, and its evidence. It lists boxes, files and quantities and holds no information on any customer.',
  reader: 'Who hands over (liquidation group), who receives (custodian or successor), who witnesses',
  asked: 'Compare quantities and digests together, item by item; tick "checked", write down what differs; all three sign, one copy each.',
  unfinished: 'Disposal and verification are not finished: the quantities of the list issued after verification count.',
  archives: '1 Encrypted archives',
  archivesIntro:
    'In age format, one set for each retention class; destroying the key of a class at its term destroys the class. The digest is SHA-256 over the SHA-256 of all files of the class, one after another; its first 32 digits.',
  cls: 'Retention class',
  files: 'Files',
  digest: 'Digest (first 32 digits)',
  check: 'Checked',
  noArchives: 'There are no encrypted archives.',
  stores: '2 Offline stores',
  noStores: 'No offline store has to be sealed and kept.',
  things: '3 Handed over with it',
  thingRows: [
    ['Evidence bundle (BagIt) and its verdict', '{verdict}'],
    ['Archive keys (passphrases by another way, not with this list)', 'shares and threshold of the custody plan'],
    ['Signed plan and disposal list', 'digest {digest}'],
    ['Confirmations of processors and of offline stores', '{confirmed}'],
    ['Impact assessment (signed)', ''],
    ['List of open items and who takes them over', '{items}'],
  ],
  thing: 'Thing',
  inCase: 'In this case',
  parties: '4 The recipient',
  partyRows: [
    ['Name of the recipient', ''],
    ['Contact (the one that customers are told, where they must be)', ''],
    ['Capacity: custodian / successor / bankruptcy administrator / named by the authority', ''],
    ['Were customers told name and contact of the recipient; when', ''],
    ['Costs, place, who destroys at term', ''],
    ['Accounting archives, medical records and the like with rules of their own: to whom (Legal fills in)', ''],
  ],
  sign: '5 Signatures',
  signers: ['Hands over (liquidation group)', 'Receives', 'Witnesses'],
  cites: '6 Provisions cited',
};
const words = { zh, en };

/** 移交清单: archives by retention class with digests, sealed stores, evidence and papers. What is there is counted, not promised. */
export function handOverList(doc: CaseDocument, lang: Language): Sheet {
  const w = wordsFor(lang, words);
  const { own } = w;
  const bankrupt: Cite[] = doc.facts.route === 'bankruptcy' ? ['co-237', 'eb-13', 'eb-127'] : [];
  const medical: Cite[] = doc.facts.sectors.includes('medical') ? ['med-30'] : [];
  const about = { ...own, subtitle: words[lang === 'zh' ? 'en' : 'zh'].title };
  const blocks: Block[] = [
    ...archives(doc, w),
    ...stores(doc, w),
    ...things(doc, w),
    { kind: 'heading', text: own.parties },
    { kind: 'form', rows: own.partyRows.map(([q, a], i) => [q, i < 2 ? recipient(doc, i) : a] as const) },
    ...signatures(w, own.sign, own.signers),
    ...citeBlocks(doc, w, ['pipl-22', 'ndsr-14', 'pipl-47-2', 'acct-20', 'acct-t5', ...bankrupt, ...medical], own.cites),
  ];
  return framed(doc, w, about, blocks, { unfinished: doc.final ? null : own.unfinished });
}

/** The successor as Legal entered it, if there is one. */
const recipient = (doc: CaseDocument, at: number) => printable((at === 0 ? doc.facts.successor?.name : doc.facts.successor?.contact) ?? '');

function archives(doc: CaseDocument, w: AllWords<typeof zh>): Block[] {
  const { own, all, frame } = w;
  const heading: Block = { kind: 'heading', text: own.archives };
  if (doc.archives.length === 0) return [heading, { kind: 'text', text: own.noArchives }];
  const sum = (of: 'files' | 'records') => number(doc.archives.reduce((n, a) => n + a[of], 0));
  return [
    heading,
    { kind: 'text', text: own.archivesIntro },
    {
      kind: 'table',
      total: true,
      columns: [
        { title: own.cls, width: 2, code: true },
        { title: all.columns.recordClass, width: 1.4 },
        { title: frame.until, width: 0 },
        { title: own.files, width: 0, align: 'right' },
        { title: all.columns.records, width: 0, align: 'right' },
        { title: own.digest, width: 2.4, code: true },
        { title: own.check, width: 0, align: 'center' },
      ],
      rows: [
        ...doc.archives.map((a) => [
          a.name,
          all.recordClasses[a.recordClass],
          a.until ?? all.startEvents.permanent,
          number(a.files),
          number(a.records),
          a.sha256.slice(0, 32),
          '□',
        ]),
        [all.total, '', '', sum('files'), sum('records'), '', ''],
      ],
    },
  ];
}

function stores(doc: CaseDocument, w: AllWords<typeof zh>): Block[] {
  const kept = doc.stores.filter((s) => s.until !== null);
  return [{ kind: 'heading', text: w.own.stores }, kept.length === 0 ? { kind: 'text', text: w.own.noStores } : storeTable(kept, w)];
}

function things(doc: CaseDocument, w: AllWords<typeof zh>): Block[] {
  const { own, frame } = w;
  const values: Record<string, string> = {
    verdict: doc.evidence?.verdict ?? frame.notYet,
    digest: doc.plan.digest.slice(0, 32),
    confirmed: number(doc.stores.filter((s) => s.state.confirmed !== null).length),
    items: number(doc.openItems.length),
  };
  return [
    { kind: 'heading', text: own.things },
    {
      kind: 'table',
      columns: [
        { title: own.thing, width: 3 },
        { title: own.inCase, width: 3, code: true },
        { title: own.check, width: 0, align: 'center' },
      ],
      rows: own.thingRows.map(([thing, value]) => [thing, value.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? ''), '□']),
    },
  ];
}
