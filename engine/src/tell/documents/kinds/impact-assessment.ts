// SPDX-License-Identifier: Apache-2.0
import { CATEGORY_WORDS } from '../../../model/category-words.ts';
import { DISPOSITIONS } from '../../../model/disposition.ts';
import type { OpenItemKind } from '../../../model/open-item.ts';
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { citeBlocks, ruleOn } from '../cite.ts';
import { concerned, datasetName, number, period } from '../format.ts';
import { type AllWords, framed, signatures, stepTime, wordsFor } from '../frame.ts';
import type { Language } from '../ports.ts';
import { fill } from '../words.ts';
import { impactAssessmentWords } from './impact-assessment-words.ts';

type W = AllWords<(typeof impactAssessmentWords)['zh']>;

/** 个人信息保护影响评估 (PIPL 55, 56): what, why, how sensitive, risks and measures from the case; judgement is left to people. */
export function impactAssessment(doc: CaseDocument, lang: Language): Sheet {
  const w = wordsFor(lang, impactAssessmentWords);
  const { own } = w;
  const kept = ruleOn(doc, 'pipl-56', doc.asOf);
  const keep = kept === null ? w.frame.toFill : period({ rule: kept, records: 0, until: null, verdict: null }, w.all);
  const about = { ...own, subtitle: impactAssessmentWords[lang === 'zh' ? 'en' : 'zh'].title, asked: fill(own.asked, { keep }) };
  const blocks: Block[] = [
    ...triggers(doc, w),
    ...handled(doc, w),
    ...sensitivity(doc, w),
    ...risks(doc, w),
    ...measures(doc, w),
    { kind: 'heading', text: own.fill },
    { kind: 'text', text: own.fillIntro },
    { kind: 'form', rows: own.questions.map((q) => [q, ''] as const) },
    ...signatures(w, own.conclusion, own.signers).toSpliced(1, 0, { kind: 'text', text: `${own.conclude}${own.choices}` }),
    ...citeBlocks(doc, w, ['pipl-55', 'pipl-56', 'pipl-47', 'pipl-47-2', 'pipl-28', 'pipl-31', 'pipl-51', 'pipl-73', 'ndsr-12'], own.cites),
  ];
  return framed(doc, w, about, blocks, { rests: false, unfinished: own.unsigned });
}

function triggers(doc: CaseDocument, w: W): Block[] {
  const { own, frame } = w;
  const stated = (condition: string) =>
    doc.facts.conditions.includes(condition) ? 'yes' : doc.facts.notConditions.includes(condition) ? 'no' : 'unknown';
  const sensitive = doc.categories.filter((c) => c.sensitive).reduce((n, c) => n + c.columns, 0);
  const processors = doc.stores.filter((s) => s.form.medium === 'processor').length + (doc.facts.processors ?? []).length;
  const moved = sum(doc, 'transfer') + sum(doc, 'handOver');
  // What is found in the case counts, whatever was stated.
  const held = (found: number, condition: string) => frame.conditions[found > 0 ? 'yes' : stated(condition)];
  const withSensitive = doc.datasets.filter((d) => d.sensitive > 0).length;
  return [
    { kind: 'heading', text: own.triggers },
    { kind: 'text', text: own.triggersIntro },
    {
      kind: 'table',
      columns: [
        { title: own.trigger, width: 2 },
        { title: own.inCase, width: 1 },
        { title: own.because, width: 4 },
      ],
      rows: [
        [
          own.sensitive,
          held(sensitive, 'sensitive-pi'),
          fill(own.sensitiveFact, { n: number(sensitive), datasets: number(withSensitive) }),
        ],
        [own.entrusts, held(processors, 'entrusts-processor'), fill(own.entrustsFact, { n: number(processors) })],
        [own.thirdParty, held(moved, 'third-party-transfer'), fill(own.thirdPartyFact, { n: number(moved) })],
        [own.crossBorder, frame.conditions[stated('cross-border')], '—'],
        [own.automated, '', own.byPerson],
        [own.publication, '', own.byPerson],
      ],
    },
  ];
}

function handled(doc: CaseDocument, w: W): Block[] {
  const { own, all } = w;
  const { dissolution, route } = doc.facts;
  const when = dissolution === null ? own.notDissolved : fill(own.dissolved, { day: dissolution });
  const personal = doc.datasets.filter((d) => d.records > 0 && (d.personal > 0 || d.role === 'customer'));
  const ends = DISPOSITIONS.filter((d) => doc.groups.some((g) => g.disposition === d));
  return [
    { kind: 'heading', text: own.what2 },
    {
      kind: 'facts',
      rows: [
        [own.purpose, fill(own.purposeFact, { route: all.routes[route], dissolution: when })],
        [own.people, concerned(doc, all)],
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: all.columns.dataset, width: 3, code: true },
        { title: all.columns.role, width: 1 },
        { title: all.columns.recordClass, width: 1.6 },
        { title: all.columns.records, width: 0, align: 'right' },
        { title: all.columns.personal, width: 0, align: 'right' },
        { title: all.columns.sensitive, width: 0, align: 'right' },
      ],
      rows: personal.map((d) => [
        datasetName(d.dataset),
        all.roles[d.role],
        all.recordClasses[d.recordClass],
        number(d.records),
        number(d.personal),
        number(d.sensitive),
      ]),
    },
    {
      kind: 'table',
      columns: [
        { title: own.dispositions, width: 1 },
        { title: all.columns.records, width: 0, align: 'right' },
        { title: own.grounds, width: 5 },
      ],
      rows: ends.map((d) => {
        const of = doc.groups.filter((g) => g.disposition === d);
        const reasons = [...new Set(of.map((g) => all.reasons[g.reason]))];
        return [all.dispositions[d], number(of.reduce((n, g) => n + g.records, 0)), reasons.join(all.comma)];
      }),
    },
  ];
}

function sensitivity(doc: CaseDocument, w: W): Block[] {
  const { own } = w;
  const heading: Block = { kind: 'heading', text: own.sensitivity };
  if (doc.categories.length === 0) return [heading, { kind: 'text', text: own.noPersonal }];
  return [
    heading,
    { kind: 'text', text: own.sensitivityIntro },
    {
      kind: 'table',
      columns: [
        { title: own.category, width: 3 },
        { title: own.level, width: 2 },
        { title: own.columns, width: 1, align: 'right' },
        { title: own.datasets, width: 1, align: 'right' },
      ],
      rows: doc.categories.map((c) => [
        CATEGORY_WORDS[c.category][w.lang === 'zh' ? 0 : 1],
        own.levels[c.sensitive ? 'sensitive' : 'general'],
        number(c.columns),
        number(c.datasets),
      ]),
    },
  ];
}

function risks(doc: CaseDocument, w: W): Block[] {
  const { own } = w;
  const items = (...kinds: OpenItemKind[]) => doc.openItems.filter((i) => kinds.includes(i.kind));
  const many = (...kinds: OpenItemKind[]) => number(items(...kinds).length);
  const values = {
    sensitive: number(doc.categories.filter((c) => c.sensitive).reduce((n, c) => n + c.columns, 0)),
    stores: number(doc.stores.filter((s) => (s.state.verified?.count ?? 0) < s.state.units).length),
    archived: number(sum(doc, 'archive')),
    until:
      doc.groups
        .flatMap((g) => (g.disposition === 'archive' ? (g.until ?? []) : []))
        .toSorted()
        .at(-1) ?? '—',
    hits: doc.verification === null ? own.unknownNumber : number(doc.verification.hits),
    unreadable: many('source-unreadable', 'source-unreachable'),
    hazards: many('hazard'),
    gaps: number(sum(doc, 'gap')),
    held: number(sum(doc, 'hold')),
    exceptions: number(doc.exceptions.length),
    untold: many('no-contact', 'notice-bounced', 'notice-rejected', 'notice-unknown', 'notice-unsent'),
    unread: many('answer-unread'),
    minors: doc.subjects === null ? own.unknownNumber : number(doc.subjects.minors),
    guardians: many('guardian-notice'),
  };
  return [
    { kind: 'heading', text: own.risks },
    {
      kind: 'table',
      columns: [
        { title: own.risk, width: 1 },
        { title: own.raisedBy, width: 4 },
      ],
      rows: Object.values(own.riskRows).map(([risk = '', facts = '']) => [risk, fill(facts, values)]),
    },
  ];
}

function measures(doc: CaseDocument, w: W): Block[] {
  const { own, frame } = w;
  return [
    { kind: 'heading', text: own.measures },
    {
      kind: 'table',
      columns: [
        { title: own.measure, width: 4 },
        { title: frame.when, width: 1.5 },
      ],
      rows: (Object.keys(own.measureRows) as (keyof typeof own.measureRows)[]).map((step) => [
        own.measureRows[step],
        stepTime(doc, w, step),
      ]),
    },
  ];
}

const sum = (doc: CaseDocument, disposition: 'archive' | 'gap' | 'hold' | 'transfer' | 'handOver') =>
  doc.ledger.reduce((n, l) => n + l.by[disposition], 0);
