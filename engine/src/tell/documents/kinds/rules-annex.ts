// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../../model/law.ts';
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { ruleOn } from '../cite.ts';
import { article, checked, lawName, number, period, summary, verdict } from '../format.ts';
import { type AllWords, framed, signatures, wordsFor } from '../frame.ts';
import type { Language, RuleLine } from '../ports.ts';
import { fill } from '../words.ts';

const zh = {
  title: '规则附件：依据、条文与核实程度',
  what: '客户信息处置方案所依据的每一条规则：哪部法律哪一条、说什么、何时起施行、核实到什么程度、法务怎么说、裁决了多少条记录。',
  reader: '法务（确认）；清算组、审计人、主管部门（查阅）',
  asked: '法务逐条对照条文原文，特别是“据二手来源核对”和“未核实”的；不适用的，用 shanhou law refuse 写明理由，方案随之作废重编。',
  how: '1 怎样读',
  howItems: [
    '“内容”是规则库对条文的摘要，不是条文原文；引用以官方文本为准。',
    '已核对法条文本：编者读过所列出处的条文。据二手来源核对：只见过官方通告、报道或者引述该条的网页。未核实：凭记忆，没有核对；软件不凭它放行任何处置。',
    '一条记录按它形成之日施行的版本判断；旧版本的编号带 @年份。',
  ],
  counts: '核实程度',
  rules: '规则数',
  records: '裁决的记录数',
  decided: '2 裁决了记录的规则',
  ruled: '3 法务表过态、但没有裁决记录的规则',
  sources: '4 施行时间、出处与衔接',
  inForce: '施行',
  source: '出处',
  transition: '衔接与说明',
  until: '至 {day}',
  sign: '5 法务签字',
  signers: ['法务（已逐条核对，例外另附）'],
};
const en: typeof zh = {
  title: 'Rules Annex: Basis and Verification',
  what: 'Every rule the plan rests on: which law and article, what it says, since when, how far it was checked, what Legal said, how many records it decided.',
  reader: 'Legal (to confirm); liquidation group, auditors, authorities (to read)',
  asked:
    'Legal compares each rule with the text of the law, first of all those checked against secondary sources or not at all; what does not apply is refused with its reason by shanhou law refuse, and the plan is void and made again.',
  how: '1 How to read this',
  howItems: [
    'What a rule says is the summary of the rule base, not the text of the law; the official text prevails.',
    'Checked against the statute: the editors read the article at the source named. Against a secondary source: only official notices, press or pages that quote it. Not verified: from memory; software lets nothing pass on its strength.',
    'A record is judged by the version in force on the day it was made; an earlier version has @year in its id.',
  ],
  counts: 'How far checked',
  rules: 'Rules',
  records: 'Records decided',
  decided: '2 Rules that decided records',
  ruled: '3 Rules that Legal spoke on and that decided no record',
  sources: '4 In force, sources and transitions',
  inForce: 'In force',
  source: 'Source',
  transition: 'Transition and notes',
  until: 'to {day}',
  sign: '5 Signature of Legal',
  signers: ['Legal (compared each rule; exceptions attached)'],
};
const words = { zh, en };
type W = AllWords<typeof zh>;

/** The rules of the plan with citation, source and verification state; a version that came before stands beside the one it gave way to. */
export function rulesAnnex(doc: CaseDocument, lang: Language): Sheet {
  const w = wordsFor(lang, words);
  const { own, all } = w;
  const about = { ...own, subtitle: words[lang === 'zh' ? 'en' : 'zh'].title };
  const decided = doc.rules.filter((r) => r.records > 0);
  const ruled = doc.rules.filter((r) => r.records === 0);
  const notes = doc.samePack ? [] : [all.otherPack];
  const blocks: Block[] = [
    { kind: 'heading', text: own.how },
    { kind: 'list', items: [...own.howItems, ...notes] },
    counts(doc.rules, w),
    { kind: 'heading', text: own.decided },
    decided.length === 0 ? { kind: 'text', text: all.none } : saying(decided, w),
    { kind: 'heading', text: own.ruled },
    ruled.length === 0 ? { kind: 'text', text: all.none } : saying(ruled, w),
    { kind: 'heading', text: own.sources },
    sources(doc, w),
    ...signatures(w, own.sign, own.signers),
  ];
  return framed(doc, w, about, blocks);
}

function counts(lines: readonly RuleLine[], w: W): Block {
  const states = [...new Set(lines.map((l) => checked(l, w.all)))];
  return {
    kind: 'table',
    columns: [
      { title: w.own.counts, width: 3 },
      { title: w.own.rules, width: 1, align: 'right' },
      { title: w.own.records, width: 1, align: 'right' },
    ],
    rows: states.map((state) => {
      const of = lines.filter((l) => checked(l, w.all) === state);
      return [state, number(of.length), number(of.reduce((n, l) => n + l.records, 0))];
    }),
  };
}

function saying(lines: readonly RuleLine[], w: W): Block {
  const { columns } = w.all;
  return {
    kind: 'table',
    columns: [
      { title: columns.rule, width: 1.2, code: true },
      { title: columns.law, width: 2.2 },
      { title: columns.says, width: 3.4 },
      { title: columns.period, width: 1.7 },
      { title: columns.checked, width: 1.4 },
      { title: columns.confirmed, width: 1.6 },
      { title: columns.records, width: 0, align: 'right' },
    ],
    rows: lines.map((l) => [
      l.rule.id,
      `${lawName(l, w.lang)} ${article(l, w.all)}`,
      summary(l, w.lang),
      period(l, w.all) || '—',
      checked(l, w.all),
      verdict(l, w.all),
      number(l.records),
    ]),
  };
}

function sources(doc: CaseDocument, w: W): Block {
  const { own, all } = w;
  const noted = (r: Rule) =>
    (w.lang === 'zh' ? [r.transitionZh, r.noteZh] : [r.transitionEn, r.noteEn, r.periodRule])
      .filter((t) => typeof t === 'string')
      .join(' ');
  return {
    kind: 'table',
    columns: [
      { title: all.columns.rule, width: 1.2, code: true },
      { title: own.inForce, width: 1.4 },
      { title: own.source, width: 3, code: true },
      { title: own.transition, width: 3.4 },
    ],
    rows: doc.rules.map(({ rule }) => {
      const now = ruleOn(doc, rule.id.split('@')[0]!, doc.asOf);
      const newer = now === null || now.id === rule.id ? '' : `→ ${now.id}`;
      const to = rule.inForceTo === null ? '' : ` ${fill(own.until, { day: rule.inForceTo })}`;
      return [rule.id, `${rule.inForceFrom ?? '—'}${to}`, rule.source, [newer, noted(rule)].filter(Boolean).join(' ') || '—'];
    }),
  };
}
