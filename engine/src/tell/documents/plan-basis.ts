// SPDX-License-Identifier: Apache-2.0
import type { Block } from './block.ts';
import { article, checked, datasetName, keptUntil, lawName, number, period, summary, verdict } from './format.ts';
import type { Language, PlanDocument } from './ports.ts';
import { fill, printable } from './words.ts';
import type { Words } from './words-zh.ts';

/** A plan is read by people: beyond so many groups the rest is named as a number and stands in the disposal list. */
const MOST_GROUPS = 120;

/** 3: the rules with what they say, since when, how far verified, who confirmed them. */
export function ruleBlocks(doc: PlanDocument, words: Words, lang: Language): Block[] {
  const { columns } = words;
  const waiting = doc.groups.some((g) => g.reason === 'rule-unconfirmed');
  const notes = [words.rulesIntro, ...(waiting ? [words.rulesUnconfirmed] : []), ...(doc.samePack ? [] : [words.otherPack])];
  return [
    { kind: 'heading', text: words.sections.rules },
    { kind: 'text', text: notes.join(words.space) },
    {
      kind: 'table',
      columns: [
        { title: columns.rule, width: 1.1, code: true },
        { title: columns.law, width: 2.3 },
        { title: columns.says, width: 3.4 },
        { title: columns.period, width: 1.9 },
        { title: columns.from, width: 0 },
        { title: columns.checked, width: 1.5 },
        { title: columns.confirmed, width: 1.6 },
      ],
      rows: doc.rules.map((r) => [
        r.rule.id,
        `${lawName(r, lang)} ${article(r, words)}`,
        summary(r, lang),
        period(r, words) || '—',
        r.rule.inForceFrom ?? '—',
        checked(r, words),
        verdict(r, words),
      ]),
    },
  ];
}

/** 4: what becomes of the records of each dataset, until when, by which rules, why. */
export function groupBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns } = words;
  const shown = doc.groups.slice(0, MOST_GROUPS);
  const rest = doc.groups.slice(MOST_GROUPS);
  const records = rest.reduce((n, g) => n + g.records, 0);
  return [
    { kind: 'heading', text: words.sections.groups },
    { kind: 'text', text: words.groupsIntro },
    {
      kind: 'table',
      columns: [
        { title: columns.dataset, width: 2.6, code: true },
        { title: columns.disposition, width: 0 },
        { title: columns.until, width: 0 },
        { title: columns.rules, width: 1.4, code: true },
        { title: columns.records, width: 1, align: 'right' },
        { title: columns.why, width: 3 },
      ],
      rows: shown.map((g) => [
        datasetName(g.dataset),
        words.dispositions[g.disposition],
        keptUntil(g, words, '—'),
        g.rules.join(' ') || '—',
        number(g.records),
        words.reasons[g.reason],
      ]),
    },
    ...(rest.length > 0
      ? [{ kind: 'note' as const, text: fill(words.groupsMore, { n: number(rest.length), records: number(records) }) }]
      : []),
  ];
}

/** 5: fields that go while their record stays; fields of a dataset that share their numbers stand in one row. */
export function fieldBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns } = words;
  const rows = new Map<string, { dataset: string; fields: string[]; kept: number; gone: number }>();
  for (const { dataset, field, kept, gone } of doc.fields) {
    const key = `${dataset}\n${kept}\n${gone}`;
    const row = rows.get(key) ?? { dataset, fields: [], kept, gone };
    row.fields.push(field);
    rows.set(key, row);
  }
  const heading: Block = { kind: 'heading', text: words.sections.fields };
  if (rows.size === 0) return [heading, { kind: 'text', text: words.none }];
  return [
    heading,
    { kind: 'text', text: words.fieldsIntro },
    {
      kind: 'table',
      columns: [
        { title: columns.dataset, width: 2, code: true },
        { title: columns.fields, width: 3.5, code: true },
        { title: columns.kept, width: 0, align: 'right' },
        { title: columns.gone, width: 0, align: 'right' },
      ],
      rows: [...rows.values()].map((r) => [
        datasetName(r.dataset),
        r.fields.map(printable).join(words.comma),
        number(r.kept),
        number(r.gone),
      ]),
    },
  ];
}
