// SPDX-License-Identifier: Apache-2.0
import { DISPOSITIONS, type Disposition } from '../../model/disposition.ts';
import type { Block } from './block.ts';
import { beijingTime, concerned, datasetName, number, stateLine } from './format.ts';
import type { PlanDocument } from './ports.ts';
import { fill, printable } from './words.ts';
import type { Words } from './words-zh.ts';

/** Title block. */
export function titleBlocks(doc: PlanDocument, words: Words): Block[] {
  const { head } = words;
  const notes = [...(doc.demo ? [words.demo] : []), ...(doc.injectedClock ? [words.injected] : [])];
  return [
    {
      kind: 'facts',
      rows: [
        [head.company, printable(doc.company)],
        [head.case, printable(doc.caseCode)],
        [head.version, String(doc.plan.version)],
        [head.state, stateLine(doc, words)],
        [head.prepared, fill(words.preparedBy, { by: printable(doc.plan.preparedBy), at: beijingTime(doc.plan.preparedAt) })],
        [head.day, doc.facts.today],
        [head.digest, doc.plan.digest],
        [head.reader, head.readers],
        [head.asked, head.ask],
      ],
    },
    ...(doc.plan.state === 'approved' ? [] : [{ kind: 'warning' as const, text: words.warnings[doc.plan.state] }]),
    ...(notes.length > 0 ? [{ kind: 'note' as const, text: notes.join(words.space) }] : []),
  ];
}

/** 1: facts of the case, sources, datasets, who is concerned. */
export function scopeBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns, facts } = words;
  const empty = doc.datasets.filter((d) => d.records === 0);
  const list = (items: readonly string[]) => (items.length === 0 ? words.unknown : items.map(printable).join(words.comma));
  return [
    { kind: 'heading', text: words.sections.scope },
    {
      kind: 'facts',
      rows: [
        [facts.route, words.routes[doc.facts.route]],
        [facts.dissolution, doc.facts.dissolution ?? words.unknown],
        [facts.handling, words.handling[doc.facts.role]],
        [facts.sectors, list(doc.facts.sectors)],
        [facts.conditions, list(doc.facts.conditions)],
        [facts.subjects, concerned(doc, words)],
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: columns.source, width: 2, code: true },
        { title: columns.kind, width: 2 },
        { title: columns.datasets, width: 1, align: 'right' },
        { title: columns.records, width: 1, align: 'right' },
      ],
      rows: doc.sources.map((s) => [printable(s.name), printable(s.kind), number(s.datasets), number(s.records)]),
    },
    {
      kind: 'table',
      columns: [
        { title: columns.dataset, width: 3, code: true },
        { title: columns.role, width: 1.1 },
        { title: columns.recordClass, width: 1.8 },
        { title: columns.records, width: 1, align: 'right' },
        { title: columns.personal, width: 1.4, align: 'right' },
        { title: columns.sensitive, width: 1.3, align: 'right' },
      ],
      rows: doc.datasets
        .filter((d) => d.records > 0)
        .map((d) => [
          datasetName(d.dataset),
          words.roles[d.role],
          words.recordClasses[d.recordClass],
          number(d.records),
          number(d.personal),
          number(d.sensitive),
        ]),
    },
    ...(empty.length > 0
      ? [
          {
            kind: 'note' as const,
            text: fill(words.empty, { n: empty.length, names: empty.map((d) => datasetName(d.dataset)).join(words.comma) }),
          },
        ]
      : []),
  ];
}

/** 2: for each dataset that has records the source's own count and the sum of dispositions. Dispositions that nothing gets have no column. */
export function ledgerBlocks(doc: PlanDocument, words: Words): Block[] {
  const counts = new Map<string, Record<Disposition, number>>();
  for (const g of doc.groups) {
    const line = counts.get(g.dataset) ?? (Object.fromEntries(DISPOSITIONS.map((d) => [d, 0])) as Record<Disposition, number>);
    line[g.disposition] += g.records;
    counts.set(g.dataset, line);
  }
  const lines = doc.datasets.map((d) => {
    const by = counts.get(d.dataset);
    const each = DISPOSITIONS.map((x) => by?.[x] ?? 0);
    return { name: datasetName(d.dataset), own: d.records, each, balanced: each.reduce((a, b) => a + b, 0) === d.records };
  });
  const shown = lines.filter((l, i) => doc.datasets[i]!.records > 0 || !l.balanced);
  const used = DISPOSITIONS.map((_, i) => i).filter((i) => lines.some((l) => l.each[i]! > 0));
  const balanced = lines.every((l) => l.balanced);
  const mark = (ok: boolean) => (ok ? '✓' : '≠');
  const sum = (of: (line: (typeof lines)[number]) => number) => number(lines.reduce((n, l) => n + of(l), 0));
  return [
    { kind: 'heading', text: words.sections.ledger },
    { kind: 'text', text: `${words.ledgerIntro}${words.space}${balanced ? words.balanced : words.unbalanced}` },
    {
      kind: 'table',
      total: true,
      columns: [
        { title: words.columns.dataset, width: 1, code: true },
        { title: words.columns.own, width: 0, align: 'right' },
        ...used.map((i) => ({ title: words.dispositions[DISPOSITIONS[i]!], width: 0, align: 'right' as const })),
        { title: words.columns.balanced, width: 0, align: 'center' },
      ],
      rows: [
        ...shown.map((l) => [l.name, number(l.own), ...used.map((i) => number(l.each[i]!)), mark(l.balanced)]),
        [words.total, sum((l) => l.own), ...used.map((i) => sum((l) => l.each[i]!)), mark(balanced)],
      ],
    },
  ];
}
