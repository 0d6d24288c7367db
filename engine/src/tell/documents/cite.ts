// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import type { Block } from './block.ts';
import type { CaseDocument } from './case-document.ts';
import { article, checked, lawName, period, summary } from './format.ts';
import type { AllWords } from './frame.ts';
import { fill } from './words.ts';

/** The version of a provision that was in force on a day (YYYY-MM-DD), from the case's packs; null where they have none. */
export function ruleOn(doc: CaseDocument, id: string, day: string): Rule | null {
  const of = doc.pack.filter((r) => r.id === id || r.id.startsWith(`${id}@`));
  return of.find((r) => (r.inForceFrom ?? '') <= day && (r.inForceTo === null || day <= r.inForceTo)) ?? null;
}

/** A provision that a document cites, judged on the day it asks about: the day of the document unless said otherwise. */
export type Cite = string | { readonly id: string; readonly on: string };

/** `个人信息保护法 第 21 条（pipl-21）`; a provision that the packs lack by its id and a note to Legal. */
export function citation(doc: CaseDocument, w: AllWords<unknown>, cite: Cite): string {
  const { id, on } = typeof cite === 'string' ? { id: cite, on: doc.asOf } : cite;
  const rule = ruleOn(doc, id, on);
  if (rule === null) return `${id} ${fill(w.frame.noText, { day: on })}`;
  const line = { rule, records: 0, until: null, verdict: null };
  return `${lawName(line, w.lang)} ${article(line, w.all)}${w.lang === 'zh' ? `（${rule.id}）` : ` (${rule.id})`}`;
}

/** The last section of a document: every provision it cites, what the rule base says it says, since when, and how far that was checked. */
export function citeBlocks(doc: CaseDocument, w: AllWords<unknown>, cites: readonly Cite[], heading = w.frame.cites): Block[] {
  const { columns } = w.all;
  return [
    { kind: 'heading', text: heading },
    { kind: 'note', text: w.frame.citesIntro },
    {
      kind: 'table',
      columns: [
        { title: columns.rule, width: 1.1, code: true },
        { title: columns.law, width: 2.4 },
        { title: columns.says, width: 3.8 },
        { title: columns.period, width: 1.5 },
        { title: columns.from, width: 0 },
        { title: columns.checked, width: 1.8 },
      ],
      rows: cites.map((cite) => {
        const { id, on } = typeof cite === 'string' ? { id: cite, on: doc.asOf } : cite;
        const rule = ruleOn(doc, id, on);
        if (rule === null) return [id, '', fill(w.frame.noText, { day: on }), '', '', ''];
        const line = { rule, records: 0, until: null, verdict: null };
        return [
          rule.id,
          `${lawName(line, w.lang)} ${article(line, w.all)}`,
          summary(line, w.lang),
          period(line, w.all) || '—',
          rule.inForceFrom ?? '—',
          checked(line, w.all),
        ];
      }),
    },
  ];
}
