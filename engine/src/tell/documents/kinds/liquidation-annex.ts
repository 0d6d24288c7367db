// SPDX-License-Identifier: Apache-2.0
import { DISPOSITIONS } from '../../../model/disposition.ts';
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { type Cite, citeBlocks } from '../cite.ts';
import { datasetName, number } from '../format.ts';
import { type AllWords, framed, signatures, stepTable, wordsFor } from '../frame.ts';
import { openBlocks } from '../plan-open.ts';
import type { Language } from '../ports.ts';
import { storeTable } from '../stores.ts';
import { fill } from '../words.ts';
import { liquidationAnnexWords } from './liquidation-annex-words.ts';

type W = AllWords<(typeof liquidationAnnexWords)['zh']>;

/** 清算报告附件 on customer data: what was planned and what really became of every record, what is kept and by whom, what is still open. */
export function liquidationAnnex(doc: CaseDocument, lang: Language): Sheet {
  const w = wordsFor(lang, liquidationAnnexWords);
  const { own } = w;
  const report: Cite[] = ['ndsr-32', 'ndsr-28'];
  const blocks: Block[] = [
    ...conclusion(doc, w),
    ...ledger(doc, w),
    ...kept(doc, w),
    ...told(doc, w),
    ...stores(doc, w),
    ...openBlocks(doc, { ...w.all, sections: { ...w.all.sections, open: own.open } }),
    ...reporting(doc, w),
    { kind: 'heading', text: own.statement },
    { kind: 'list', items: own.statements },
    ...signatures(w, own.sign, own.signers),
    ...citeBlocks(doc, w, ['co-239', 'cc-59', 'pipl-47', 'pipl-47-2', 'pipl-69', ...report, 'merr-46', 'ji2-19', 'pipl-56'], own.cites),
  ];
  const about = { ...own, subtitle: liquidationAnnexWords[lang === 'zh' ? 'en' : 'zh'].title };
  return framed(doc, w, about, blocks, { unfinished: doc.final ? null : own.unfinished });
}

function conclusion(doc: CaseDocument, w: W): Block[] {
  const { own, all, frame } = w;
  const sum = (...of: (typeof DISPOSITIONS)[number][]) => number(doc.ledger.reduce((n, l) => n + of.reduce((m, d) => m + l.by[d], 0), 0));
  const values = {
    all: number(doc.ledger.reduce((n, l) => n + l.own, 0)),
    gone: sum('delete', 'anonymise'),
    archived: sum('archive'),
    moved: sum('transfer', 'handOver'),
    held: sum('hold'),
    gap: sum('gap'),
    excluded: sum('exclude'),
    items: number(doc.openItems.length),
  };
  const { verification: v, evidence } = doc;
  return [
    { kind: 'heading', text: own.conclusion },
    { kind: 'text', text: fill(doc.final ? own.concluded : own.planned, values) },
    {
      kind: 'facts',
      rows: [
        [all.facts.route, all.routes[doc.facts.route]],
        [all.facts.dissolution, doc.facts.dissolution ?? all.unknown],
        [
          own.verification,
          v === null ? frame.notYet : fill(v.passed ? own.passed : own.failed, { hits: number(v.hits), unread: number(v.notSearched) }),
        ],
        [own.evidence, evidence?.verdict ?? frame.notYet],
      ],
    },
    stepTable(doc, w),
  ];
}

function ledger(doc: CaseDocument, w: W): Block[] {
  const { own, all } = w;
  const used = DISPOSITIONS.filter((d) => doc.ledger.some((l) => l.by[d] > 0));
  const lines = doc.ledger.filter((l) => l.own > 0 || used.some((d) => l.by[d] > 0));
  const balanced = (l: (typeof lines)[number]) => DISPOSITIONS.reduce((n, d) => n + l.by[d], 0) === l.own;
  const total = (of: (l: (typeof lines)[number]) => number) => number(lines.reduce((n, l) => n + of(l), 0));
  return [
    { kind: 'heading', text: own.ledger },
    {
      kind: 'text',
      text: `${doc.final ? own.ledgerFinal : own.ledgerPlanned}${all.space}${lines.every(balanced) ? all.balanced : own.unbalanced}`,
    },
    {
      kind: 'table',
      total: true,
      columns: [
        { title: all.columns.dataset, width: 1, code: true },
        { title: all.columns.own, width: 0, align: 'right' },
        ...used.map((d) => ({ title: all.dispositions[d], width: 0, align: 'right' as const })),
        { title: all.columns.balanced, width: 0, align: 'center' },
      ],
      rows: [
        ...lines.map((l) => [datasetName(l.dataset), number(l.own), ...used.map((d) => number(l.by[d])), balanced(l) ? '✓' : '≠']),
        [all.total, total((l) => l.own), ...used.map((d) => total((l) => l.by[d])), lines.every(balanced) ? '✓' : '≠'],
      ],
    },
  ];
}

function kept(doc: CaseDocument, w: W): Block[] {
  const { own, all, frame } = w;
  const heading: Block = { kind: 'heading', text: own.kept };
  if (doc.archives.length === 0) return [heading, { kind: 'text', text: own.noneKept }];
  return [
    heading,
    { kind: 'text', text: own.keptIntro },
    {
      kind: 'table',
      columns: [
        { title: own.cls, width: 2, code: true },
        { title: all.columns.recordClass, width: 1.4 },
        { title: frame.until, width: 0 },
        { title: all.columns.records, width: 0, align: 'right' },
        { title: own.custodian, width: 2 },
      ],
      rows: doc.archives.map((a) => [
        a.name,
        all.recordClasses[a.recordClass],
        a.until ?? all.startEvents.permanent,
        number(a.records),
        '',
      ]),
    },
  ];
}

function told(doc: CaseDocument, w: W): Block[] {
  const { own, all } = w;
  const heading: Block = { kind: 'heading', text: own.told };
  if (doc.notices.length === 0) return [heading, { kind: 'text', text: own.nobodyTold }];
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { title: own.channel, width: 1 },
        { title: w.frame.state, width: 2 },
        { title: all.columns.count, width: 1, align: 'right' },
      ],
      rows: doc.notices.map((n) => [own.channels[n.channel], own.noticeStates[n.state], number(n.count)]),
    },
  ];
}

function stores(doc: CaseDocument, w: W): Block[] {
  return [
    { kind: 'heading', text: w.own.stores },
    doc.stores.length === 0 ? { kind: 'text', text: w.all.none } : storeTable(doc.stores, w),
  ];
}

/** Whether the disposal has to be reported first (NDSR 28, 32): what is stated of the case, never a guess. */
function reporting(doc: CaseDocument, w: W): Block[] {
  const { own, frame } = w;
  const stated = (c: string) =>
    frame.conditions[doc.facts.conditions.includes(c) ? 'yes' : doc.facts.notConditions.includes(c) ? 'no' : 'unknown'];
  return [
    { kind: 'heading', text: own.reporting },
    {
      kind: 'form',
      rows: [
        [own.important, stated('important-data')],
        [own.tenMillion, stated('pi-10m')],
        [own.reported, (doc.facts.reported ?? []).join(' ')],
      ],
    },
  ];
}
