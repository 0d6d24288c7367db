// SPDX-License-Identifier: Apache-2.0
import {
  article,
  byOwner,
  checked,
  datasetName,
  detail,
  keptUntil,
  lawName,
  period,
  place,
  stateLine,
  summary,
  verdict,
} from './format.ts';
import { choices, rowCode } from './list-columns.ts';
import type { Language, PlanDocument } from './ports.ts';
import { type ListSheet, workbook } from './workbook.ts';
import { fill, wordsOf } from './words.ts';
import type { Words } from './words-zh.ts';

/**
 * The disposal list (信息处置清单) as xlsx: what becomes of the records, group by group, the rules, and what is still to be done. It lists
 * groups, never people, so its size follows the data map and not the customers. Its last columns take corrections, which come back by
 * `readCorrections`. `byYear`: the groups' days were merged by year. The same input gives the same bytes.
 */
export function renderDisposalList(doc: PlanDocument, byYear: boolean, lang: Language): Promise<Uint8Array> {
  const words = wordsOf(lang);
  const intro = fill(words.listIntro, {
    company: doc.company,
    case: doc.caseCode,
    version: doc.plan.version,
    state: stateLine(doc, words),
    digest: doc.plan.digest,
  });
  const demo = doc.demo ? ` · ${words.demo}` : '';
  return workbook({ title: words.listTitle, author: doc.company, day: doc.facts.today }, [
    summarySheet(doc, `${intro}${byYear ? ` · ${words.byYear}` : ''}${demo} · ${words.howToCorrect}`, words),
    ruleSheet(doc, intro + demo, words, lang),
    openSheet(doc, intro + demo, words),
    choiceSheet(words),
  ]);
}

function summarySheet(doc: PlanDocument, intro: string, words: Words): ListSheet {
  const { columns } = words;
  const about = new Map(doc.datasets.map((d) => [d.dataset, d]));
  return {
    name: words.sheets.summary,
    intro,
    columns: [
      [columns.dataset, 34],
      [columns.role, 12],
      [columns.recordClass, 18],
      [columns.disposition, 12],
      [columns.until, 12],
      [columns.rules, 22],
      [columns.records, 12],
      [columns.why, 42],
      [columns.rowCode, 15],
      [columns.toDisposition, 24],
      [columns.toRole, 18],
      [columns.toClass, 24],
      [columns.because, 42],
    ],
    toFill: 4,
    choices: choiceRanges(words),
    rows: doc.groups.map((g) => {
      const d = about.get(g.dataset);
      return [
        datasetName(g.dataset),
        d ? words.roles[d.role] : '',
        d ? words.recordClasses[d.recordClass] : '',
        words.dispositions[g.disposition],
        keptUntil(g, words, ''),
        g.rules.join(' '),
        g.records,
        words.reasons[g.reason],
        rowCode(doc.plan.digest, g),
        '',
        '',
        '',
        '',
      ];
    }),
  };
}

function ruleSheet(doc: PlanDocument, intro: string, words: Words, lang: Language): ListSheet {
  const { columns } = words;
  return {
    name: words.sheets.rules,
    intro,
    columns: [
      [columns.rule, 14],
      [columns.lawName, 30],
      [columns.article, 14],
      [columns.says, 44],
      [columns.period, 24],
      [columns.from, 12],
      [columns.checked, 18],
      [columns.confirmed, 24],
      [columns.records, 12],
      [columns.until, 12],
      [columns.proof, 40],
    ],
    rows: doc.rules.map((r) => [
      r.rule.id,
      lawName(r, lang),
      article(r, words),
      summary(r, lang),
      period(r, words),
      r.rule.inForceFrom ?? '',
      checked(r, words),
      verdict(r, words),
      r.records,
      r.until ?? '',
      r.rule.source,
    ]),
  };
}

function openSheet(doc: PlanDocument, intro: string, words: Words): ListSheet {
  const { columns } = words;
  return {
    name: words.sheets.open,
    intro,
    columns: [
      [columns.owner, 14],
      [columns.item, 26],
      [columns.where, 36],
      [columns.count, 12],
      [columns.detail, 48],
    ],
    rows: byOwner(doc).map((i) => [words.departments[i.owner], words.openKinds[i.kind], place(i), i.count, detail(i, words)]),
  };
}

/** Where on the choices sheet the words of each column stand. */
function choiceRanges(words: Words): Record<number, string> {
  const { toDisposition, toRole, toClass } = choices(words);
  const range = (letter: string, { size }: ReadonlyMap<string, string>) => `'${words.sheets.choices}'!$${letter}$3:$${letter}$${size + 2}`;
  return { 10: range('A', toDisposition), 11: range('B', toRole), 12: range('C', toClass) };
}

/** What the cells to be filled in take. */
function choiceSheet(words: Words): ListSheet {
  const { toDisposition, toRole, toClass } = choices(words);
  const columns = [[...toDisposition.keys()], [...toRole.keys()], [...toClass.keys()]];
  return {
    name: words.sheets.choices,
    intro: words.choicesIntro,
    columns: [
      [words.columns.toDisposition, 24],
      [words.columns.toRole, 18],
      [words.columns.toClass, 24],
    ],
    rows: columns[2]!.map((_, i) => columns.map((c) => c[i] ?? '')),
  };
}
