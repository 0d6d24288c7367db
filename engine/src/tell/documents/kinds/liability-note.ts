// SPDX-License-Identifier: Apache-2.0
import type { Block, Sheet } from '../block.ts';
import type { CaseDocument } from '../case-document.ts';
import { type Cite, citeBlocks } from '../cite.ts';
import { number } from '../format.ts';
import { type AllWords, framed, signatures, stepTable, wordsFor } from '../frame.ts';
import type { Language } from '../ports.ts';
import { fill, printable } from '../words.ts';
import { type Capacity, liabilityWords } from './liability-words.ts';

export const CAPACITIES = ['director', 'shareholder', 'liquidator'] as const;

/** `director-1`: a capacity and a number, never a name. Null for what is no such code. */
export function capacityOf(party: string): Capacity | null {
  const [, capacity] = /^(director|shareholder|liquidator)-\d{1,3}$/.exec(party) ?? [];
  return (capacity as Capacity | undefined) ?? null;
}

/** 剩余责任说明 for one director, shareholder or member of the liquidation group: provisions by capacity, facts of the case, what to do. It judges nobody. */
export function liabilityNote(doc: CaseDocument, lang: Language, party: string): Sheet {
  const w = wordsFor(lang, liabilityWords);
  const { own } = w;
  const capacity = capacityOf(party) ?? 'director';
  const who = fill(own.who, { code: printable(party), capacity: own.capacities[capacity] });
  const about = { ...own, subtitle: liabilityWords[lang === 'zh' ? 'en' : 'zh'].title, reader: who };
  const blocks: Block[] = [
    ...facts(doc, w),
    ...remains(doc, w),
    { kind: 'heading', text: own.advice },
    { kind: 'list', items: own.adviceItems },
    ...citeBlocks(doc, w, citesFor(doc, capacity), own.cites),
    { kind: 'heading', text: own.fill },
    { kind: 'text', text: own.fillIntro },
    { kind: 'form', rows: own.questions[capacity].map((q) => [q, ''] as const) },
    ...signatures(w, own.receipt, [who, own.byLegal]),
  ];
  return framed(doc, w, about, blocks, { rests: false });
}

/**
 * Which provisions are shown to whom. Those on the duty to liquidate are taken as of the cause of dissolution: another version of the Company
 * Law names other people. Simplified and forced deregistration have provisions of their own.
 */
function citesFor(doc: CaseDocument, capacity: Capacity): Cite[] {
  const on = doc.facts.dissolution ?? doc.asOf;
  const then = (id: string): Cite => ({ id, on });
  const route = doc.facts.route === 'simplified' ? ['co-240'] : doc.facts.route === 'forced' ? ['co-241', 'fd-13'] : [];
  const data = ['pipl-66', 'pipl-69', 'cl-253'];
  const of: Record<Capacity, Cite[]> = {
    director: [then('co-232'), then('co-238'), 'cc-70', 'ji2-18', 'ji2-19', ...route, 'cl-162', ...data],
    shareholder: [then('co-232'), 'co-23', 'ji2-18', 'ji2-19', ...route, ...data],
    liquidator: [then('co-238'), 'co-234', 'ji2-11', 'ji2-19', ...route, 'cl-162', ...data],
  };
  return [...of[capacity], 'cc-59', 'cc-188'];
}

function facts(doc: CaseDocument, w: AllWords<(typeof liabilityWords)['zh']>): Block[] {
  const { own, all } = w;
  return [
    { kind: 'heading', text: own.facts },
    {
      kind: 'facts',
      rows: [
        [all.facts.route, all.routes[doc.facts.route]],
        [all.facts.dissolution, doc.facts.dissolution ?? all.unknown],
        [own.records, number(doc.ledger.reduce((n, l) => n + l.own, 0))],
      ],
    },
    stepTable(doc, w),
  ];
}

/** What is still there when the company is not: kept records, open items, stores nobody verified. */
function remains(doc: CaseDocument, w: AllWords<(typeof liabilityWords)['zh']>): Block[] {
  const { own, all } = w;
  const sum = (d: 'archive' | 'hold' | 'gap') => doc.ledger.reduce((n, l) => n + l.by[d], 0);
  const last = doc.groups
    .flatMap((g) => (g.disposition === 'archive' ? (g.until ?? []) : []))
    .toSorted()
    .at(-1);
  const open = doc.stores.filter((s) => (s.state.verified?.count ?? 0) < s.state.units).length;
  const rows = [
    [all.dispositions.archive, number(sum('archive')), last === undefined ? '—' : fill(own.lastDay, { day: last })],
    [all.dispositions.hold, number(sum('hold')), own.holdNote],
    [all.dispositions.gap, number(sum('gap')), own.gapNote],
    [own.items, number(doc.openItems.length), own.itemsNote],
    [own.stores, number(open), own.storesNote],
    [own.evidence, doc.evidence?.verdict ?? w.frame.notYet, own.evidenceNote],
  ];
  return [
    { kind: 'heading', text: own.remains },
    {
      kind: 'table',
      columns: [
        { title: own.what2, width: 1.6 },
        { title: own.howMuch, width: 1, align: 'right' },
        { title: own.meaning, width: 4 },
      ],
      rows,
    },
  ];
}
