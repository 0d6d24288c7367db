// SPDX-License-Identifier: Apache-2.0
import { CATEGORY_WORDS } from '../../../model/category-words.ts';
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { citation, citeBlocks } from '../cite.ts';
import { framed, signatures, wordsFor } from '../frame.ts';
import type { Language } from '../ports.ts';
import { fill, printable } from '../words.ts';

const zh = {
  title: '员工保密协议（离职及公司注销后继续有效）',
  what: '公司与接触客户信息的员工之间的保密协议文本。约定的内容由双方签订；引用的规定见末节。',
  reader: '接触过客户信息的员工：{who}；人力资源部门（存档）',
  asked: '通读，把空白填写完整，有不明白的问法务；同意的签字，一式两份，双方各执一份。',
  anybody: '姓名由本人填写',
  code: '工号或代号 {code}，姓名由本人填写',
  parties: '1 双方',
  partyRows: [
    ['甲方', '{company}'],
    ['乙方（姓名、身份证明，由本人填写）', '{code}'],
    ['部门、岗位、任职期间', ''],
    ['公司注销后代甲方主张权利的人（保管人、清算组或者股东，由法务填写）', ''],
  ] as (readonly [string, string])[],
  clauses: [
    [
      '2 保密信息',
      '乙方因工作知悉或者持有的客户信息，不论载体：{kinds}；以及客户名单、交易与价格、投诉与争议、系统账号和口令、本次注销中的清单、归档与证据。乙方自己的手机、微信、邮箱、网盘、纸张上的也在内。',
    ],
    [
      '3 义务',
      '（一）只为本职工作和本次注销使用，不查看与工作无关的记录；（二）不复制、不截屏、不外发、不带走，不提供给任何人，包括新的雇主；（三）不删除、不改动方案没有要求处置的记录；（四）发现泄露、遗失、误删，立即告知法务和 IT。',
    ],
    [
      '4 离开时',
      '乙方离职或者公司停止办公之前，交回设备、账号、纸件，并就自己持有的客户信息填写清单：在哪里、多少、已交回还是已删除。甲方查验之后双方签字。乙方不得自行保留备份。',
    ],
    [
      '5 期限',
      '第 2 至 3 条在劳动关系终止之后、公司注销登记之后继续有效，直到该信息已经合法公开，或者法律要求披露。个人信息部分不因时间经过而解除。甲方不因此支付竞业限制补偿，本协议也不限制乙方择业。',
    ],
    ['6 例外', '依法向监管、司法机关作证、举报违法，或者为维护自己的合法权益所必需的，不违反本协议；可以告知法务的，事先告知。'],
    ['7 责任', '违反本协议造成损失的，依法承担责任。具体的数额、计算方式、管辖由法务填写：'],
    ['8 培训', '乙方已经接受本次注销的客户信息保护说明，日期与内容由人力资源填写：'],
  ] as (readonly [string, string])[],
  comma: '、',
  noKinds: '数据地图所列的个人信息',
  more: '等',
  laws: '与本协议有关的规定：{rules}。',
  blanks: [
    ['责任的数额、计算方式、管辖（法务）', ''],
    ['培训日期与内容（人力资源）', ''],
    ['乙方交回清单（另附页数）', ''],
  ] as (readonly [string, string])[],
  sign: '9 签字',
  signers: ['甲方（盖章）', '乙方', '人力资源（见证）'],
  cites: '10 引用的规定',
};
const en: typeof zh = {
  title: 'Lasting Staff Confidentiality Agreement',
  what: 'Text of a confidentiality agreement between the company and staff who handle customer information; it lasts after leaving and after deregistration. The parties agree on its content; the provisions cited stand at the end.',
  reader: 'Staff who had access to customer information: {who}; HR (for the files)',
  asked: 'Read it all, complete the blanks, ask Legal what is unclear; if you agree, sign two copies, one for each side.',
  anybody: 'name to be entered by the person',
  code: 'staff code {code}, name to be entered by the person',
  parties: '1 Parties',
  partyRows: [
    ['Party A', '{company}'],
    ['Party B (name and proof of identity, entered by the person)', '{code}'],
    ['Department, post, period of service', ''],
    ['Who acts for Party A after deregistration (custodian, liquidation group or shareholders; Legal fills in)', ''],
  ],
  clauses: [
    [
      '2 Confidential information',
      'Customer information that Party B learned or holds through the work, on any medium: {kinds}; and customer lists, dealings and prices, complaints and disputes, accounts and passwords, and the lists, archives and evidence of this deregistration. What lies on phones, WeChat, mailboxes, cloud drives or paper of Party B is included.',
    ],
    [
      '3 Duties',
      '(1) Use it only for the work and this deregistration; look at no record without need. (2) Do not copy, photograph, send or take it away, or give it to anybody, a new employer included. (3) Do not delete or change records that the plan does not dispose of. (4) Tell Legal and IT at once of any leak, loss or wrong deletion.',
    ],
    [
      '4 On leaving',
      'Before leaving, or before the company stops working, Party B gives back devices, accounts and papers and lists the customer information held: where, how much, given back or deleted. Party A checks and both sign. Party B keeps no backup.',
    ],
    [
      '5 Duration',
      'Sections 2 and 3 last after the employment and after the deregistration of the company, until the information has lawfully become public or the law requires disclosure. For personal information, time alone ends nothing. This is no covenant not to compete: no compensation is due for one, and the choice of work is free.',
    ],
    [
      '6 Exceptions',
      'Testimony to authorities and courts, reports of wrongdoing, and what the defence of own lawful rights needs are no breach; where Legal may be told, Legal is told first.',
    ],
    ['7 Liability', 'Who causes loss by a breach is liable under the law. Amounts, computation and jurisdiction are filled in by Legal:'],
    ['8 Training', 'Party B was instructed on the protection of customer information in this deregistration; HR fills in day and content:'],
  ],
  comma: ', ',
  noKinds: 'the personal information of the data map',
  more: ' and others',
  laws: 'Provisions that bear on this agreement: {rules}.',
  blanks: [
    ['Liability: amounts, computation, jurisdiction (Legal)', ''],
    ['Training: day and content (HR)', ''],
    ['What Party B gave back (pages attached)', ''],
  ],
  sign: '9 Signatures',
  signers: ['Party A (seal)', 'Party B', 'HR (witness)'],
  cites: '10 Provisions cited',
};
const words = { zh, en };
const LAWS = ['pipl-51', 'cc-1034', 'cpl-29', 'csl-42', 'aucl-10', 'cl-253'];

/** 员工保密协议: it lasts after leaving and after the company is gone. `party`: a staff code, or null for a blank form. */
export function confidentiality(doc: CaseDocument, lang: Language, party: string | null): Sheet {
  const w = wordsFor(lang, words);
  const { own } = w;
  const company = printable(doc.company);
  const who = party === null ? own.anybody : fill(own.code, { code: printable(party) });
  const named = doc.categories
    .filter((c) => !c.category.endsWith('_may_contain'))
    .map((c) => CATEGORY_WORDS[c.category][lang === 'zh' ? 0 : 1]);
  const kinds = named.length === 0 ? own.noKinds : named.slice(0, 14).join(own.comma) + (named.length > 14 ? own.more : '');
  const clauses: Block[] = own.clauses.flatMap(([heading, text]): Block[] => [
    { kind: 'heading', text: heading },
    { kind: 'paragraph', text: fill(text, { kinds }) },
  ]);
  const about = { ...own, subtitle: words[lang === 'zh' ? 'en' : 'zh'].title, reader: fill(own.reader, { who }) };
  const blocks: Block[] = [
    { kind: 'heading', text: own.parties },
    { kind: 'form', rows: own.partyRows.map(([q, a]) => [q, fill(a, { company, code: party === null ? '' : printable(party) })] as const) },
    ...clauses,
    { kind: 'form', rows: own.blanks },
    ...signatures(w, own.sign, own.signers),
    { kind: 'note', text: fill(own.laws, { rules: LAWS.map((id) => citation(doc, w, id)).join(own.comma) }) },
    ...citeBlocks(doc, w, LAWS, own.cites),
  ];
  return framed(doc, w, about, blocks, { rests: false });
}
