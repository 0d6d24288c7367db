// SPDX-License-Identifier: Apache-2.0
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument, StoreLine } from '../case-document.ts';
import { citation, citeBlocks } from '../cite.ts';
import { number } from '../format.ts';
import { type AllWords, framed, signatures, wordsFor } from '../frame.ts';
import type { Language } from '../ports.ts';
import { fill, printable } from '../words.ts';

const zh = {
  title: '关于返还或者删除个人信息的通知',
  what: '委托人公司注销，要求受托方返还或者删除受托处理的个人信息的函，附确认书。',
  reader: '受托方：{place}',
  asked: '在期限之前返还或者删除，不得保留副本；填写所附确认书，签字盖章后交回。',
  facts: '1 要求返还或者删除的信息',
  undeclared: '本案只登记了受托方的名称，没有申报其持有的内容：发出之前由业务部门填写，并以 shanhou offline add 申报。',
  deadline: '期限',
  deadlineFill: '　　　　年　　月　　日之前（规则库没有载明期限，由法务按合同填写）',
  contract: '委托合同',
  contractFill: '编号、日期：',
  demand: '2 请求',
  demands: [
    '返还或者删除第 1 节所列的全部个人信息，包括副本、备份、测试与开发环境、日志和转存到其他系统的部分。二者选一，在确认书上写明。',
    '不得保留。法律要求你方自己保存的，写明规定、范围、期限，并停止除存储和必要安全保护之外的处理。',
    '有转委托的，列出每一个再受托方，并由你方取得其确认。',
    '返还的，用加密方式交付，交付与口令分开；交付前与我方联系人约定格式与接收人。',
    '不能按期完成的，先书面说明余下的数量、所在、原因、何时完成。',
  ],
  basis: '依据：{rules}。',
  form: '返还或者删除确认书',
  formIntro: '由受托方填写并盖章。本案把“已下达指令”“对方已确认”“我方已核验”分别登记；收到本确认书只表示对方已确认，我方仍将核验。',
  formRows: [
    ['受托方（全称、统一社会信用代码）', ''],
    ['对应的通知', ''],
    ['处理的方式（在其一前打勾）', '□ 已返还　□ 已删除　□ 一部分返还，其余删除'],
    ['数量（与通知所列的单位一致）', ''],
    ['返还给谁、何时、以什么介质；或者删除的方法与达到的层级（逻辑删除、物理清除、副本过期、密钥销毁、介质清除）', ''],
    ['备份中的副本何时消失', ''],
    ['是否转委托；再受托方及其确认', ''],
    ['是否有依法自行保存的部分：规定、范围、期限', ''],
    ['没有完成的：数量、所在、原因、何时完成', ''],
    ['经办人、监销人', ''],
    ['声明', '我方除上面写明的以外不再保留受托处理的个人信息。'],
  ] as (readonly [string, string])[],
  signers: ['受托方（盖章）', '经办人', '监销人'],
  sign: '3 签发',
  formSign: '签字与盖章',
  issuers: ['{company}（盖章）', '清算组负责人', '我方联系人及联系方式'],
  cites: '4 引用的规定',
};
const en: typeof zh = {
  title: 'Notice to Return or Delete Personal Information',
  what: 'The principal is being deregistered and asks its processor to return or delete the personal information processed on its behalf; a confirmation form is attached.',
  reader: 'The processor: {place}',
  asked: 'Return or delete before the deadline and keep no copy; fill in the attached form, sign and seal it, and send it back.',
  facts: '1 What is to be returned or deleted',
  undeclared:
    'The case knows only the name of this processor, not what it holds: the department fills this in before sending and declares it with shanhou offline add.',
  deadline: 'Deadline',
  deadlineFill: 'before ____-__-__ (the rule base states no period; Legal fills it in from the contract)',
  contract: 'Contract',
  contractFill: 'number, date:',
  demand: '2 What we ask',
  demands: [
    'Return or delete all personal information of section 1, with copies, backups, test and development systems, logs, and what went on to other systems. State in the form which of the two.',
    'Keep none of it. Where the law makes you keep something of your own, state the provision, the extent and the period, and stop all processing but storage and necessary protection.',
    'If you passed it on to sub-processors, list each and obtain its confirmation.',
    'Returned information is delivered encrypted, with the passphrase by another way; agree format and recipient with our contact first.',
    'If it cannot be done in time, say in writing beforehand how much is left, where, why, and when it will be done.',
  ],
  basis: 'Basis: {rules}.',
  form: 'Confirmation of Return or Deletion',
  formIntro:
    'For the processor to fill in and seal. The case records "instructed", "confirmed by the holder" and "verified by us" apart; this form makes it confirmed, and we shall still verify.',
  formRows: [
    ['Processor (full name, credit code)', ''],
    ['The notice it answers', ''],
    ['What was done (tick one)', '□ returned　□ deleted　□ part returned, the rest deleted'],
    ['Quantity (in the unit of the notice)', ''],
    [
      'Returned to whom, when, on what medium; or how it was deleted and how far (logical deletion, physical rewrite, copies expired, keys destroyed, media sanitised)',
      '',
    ],
    ['When the copies in backups will be gone', ''],
    ['Sub-processors, and their confirmations', ''],
    ['What the law makes you keep: provision, extent, period', ''],
    ['What is not done: quantity, place, reason, when it will be', ''],
    ['Who did it, who watched', ''],
    ['Statement', 'Apart from what is stated above we keep no personal information processed on behalf of the principal.'],
  ],
  signers: ['Processor (seal)', 'Done by', 'Watched by'],
  sign: '3 Issued',
  formSign: 'Signature and seal',
  issuers: ['{company} (seal)', 'Head of the liquidation group', 'Our contact'],
  cites: '4 Provisions cited',
};
const words = { zh, en };

/** Names of those to whom a letter goes: declared stores at processors, and processors of whom only a name is known. */
export function processors(doc: CaseDocument): readonly string[] {
  const declared = doc.stores.filter((s) => s.form.medium === 'processor');
  const places = new Set(declared.flatMap((s) => [s.name, s.form.place]));
  return [...declared.map((s) => s.name), ...(doc.facts.processors ?? []).filter((p) => !places.has(p))];
}

/** The letter to one processor (PIPL 21), with the form it sends back on a page of its own. */
export function processorLetter(doc: CaseDocument, lang: Language, party: string): Sheet {
  const w = wordsFor(lang, words);
  const { own } = w;
  const store = doc.stores.find((s) => s.name === party && s.form.medium === 'processor');
  const place = printable(store?.form.place ?? party);
  const about = { ...own, subtitle: words[lang === 'zh' ? 'en' : 'zh'].title, reader: fill(own.reader, { place }) };
  return framed(doc, w, about, [
    ...what(w, store),
    { kind: 'heading', text: own.demand },
    { kind: 'text', text: fill(own.basis, { rules: citation(doc, w, 'pipl-21') }) },
    { kind: 'list', items: own.demands },
    ...signatures(
      w,
      own.sign,
      own.issuers.map((i) => fill(i, { company: printable(doc.company) })),
    ),
    ...citeBlocks(doc, w, ['pipl-21', 'pipl-59', 'ndsr-12', 'pipl-47-2'], own.cites),
    { kind: 'page' },
    { kind: 'heading', text: own.form },
    { kind: 'text', text: own.formIntro },
    { kind: 'form', rows: own.formRows.map(([q, a], i) => [q, i === 0 ? place : i === 1 ? notice(doc, party) : a] as const) },
    ...signatures(w, own.formSign, own.signers),
  ]);
}

const notice = (doc: CaseDocument, party: string) =>
  printable(`${doc.caseCode} · ${party} · ${doc.asOf} · ${doc.plan.digest.slice(0, 16)}`);

function what(w: AllWords<typeof zh>, store: StoreLine | undefined): Block[] {
  const { own, frame } = w;
  const ask: (readonly [string, string])[] = [
    [own.contract, own.contractFill],
    [own.deadline, own.deadlineFill],
  ];
  if (store === undefined)
    return [
      { kind: 'heading', text: own.facts },
      { kind: 'warning', text: own.undeclared },
      { kind: 'form', rows: [[frame.content, ''], [frame.quantity, ''], ...ask] },
    ];
  const { form } = store;
  return [
    { kind: 'heading', text: own.facts },
    {
      kind: 'form',
      rows: [
        [frame.store, printable(store.name)],
        [
          frame.content,
          `${printable(form.about)}${w.lang === 'zh' ? `（${w.all.recordClasses[form.recordClass]}）` : ` (${w.all.recordClasses[form.recordClass]})`}`,
        ],
        [frame.quantity, `${number(form.units)} ${printable(form.unit)}`],
        ...ask,
      ],
    },
  ];
}
