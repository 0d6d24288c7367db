// SPDX-License-Identifier: Apache-2.0
import type { Block } from './block.ts';
import { beijingTime, byOwner, datasetName, detail, number, place } from './format.ts';
import type { PlanDocument } from './ports.ts';
import { fill, printable } from './words.ts';
import type { Words } from './words-zh.ts';

const MOST_ITEMS = 80;

/** 6: gaps and open items, by the department that must settle them. */
export function openBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns } = words;
  const items = byOwner(doc);
  const heading: Block = { kind: 'heading', text: words.sections.open };
  if (items.length === 0) return [heading, { kind: 'text', text: words.none }];
  return [
    heading,
    { kind: 'text', text: words.openIntro },
    {
      kind: 'table',
      columns: [
        { title: columns.owner, width: 1.1 },
        { title: columns.item, width: 2 },
        { title: columns.where, width: 2.6, code: true },
        { title: columns.count, width: 0.8, align: 'right' },
        { title: columns.detail, width: 3, code: true },
      ],
      rows: items
        .slice(0, MOST_ITEMS)
        .map((i) => [words.departments[i.owner], words.openKinds[i.kind], place(i) || '—', number(i.count), detail(i, words)]),
    },
    ...(items.length > MOST_ITEMS ? [{ kind: 'note' as const, text: fill(words.openMore, { n: number(items.length - MOST_ITEMS) }) }] : []),
  ];
}

/** 7: what the plan holds, and who was taken out of destruction since. */
export function holdBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns } = words;
  const held = doc.groups.filter((g) => g.disposition === 'hold');
  const reasons = [...new Set(held.map((g) => g.reason))];
  const blocks: Block[] = [{ kind: 'heading', text: words.sections.holds }];
  if (held.length === 0 && doc.exceptions.length === 0) return [...blocks, { kind: 'text', text: words.none }];
  if (held.length > 0) {
    const of = (reason: string) => held.filter((g) => g.reason === reason);
    blocks.push(
      { kind: 'text', text: words.holdsIntro },
      {
        kind: 'table',
        columns: [
          { title: columns.why, width: 2 },
          { title: columns.dataset, width: 5, code: true },
          { title: columns.records, width: 1, align: 'right' },
        ],
        rows: reasons.map((r) => [
          words.reasons[r],
          [...new Set(of(r).map((g) => datasetName(g.dataset)))].join(words.comma),
          number(of(r).reduce((n, g) => n + g.records, 0)),
        ]),
      },
    );
  }
  if (doc.exceptions.length > 0) {
    blocks.push(
      { kind: 'text', text: words.exceptionsIntro },
      {
        kind: 'table',
        columns: [
          { title: columns.why, width: 4 },
          { title: columns.subjects, width: 1, align: 'right' },
          { title: words.moved, width: 1.5, align: 'right' },
        ],
        rows: doc.exceptions.map((e) => [exceptionText(e.reason, words), number(e.subjects), e.records === null ? '—' : number(e.records)]),
      },
    );
  }
  return blocks;
}

/** `objection 2026-10-20` in words. */
function exceptionText(reason: string, words: Words): string {
  const [kind = '', ...rest] = reason.split(' ');
  return [words.exceptionKinds[kind] ?? printable(kind), ...rest.map(printable)].join(' ');
}

/** 8: who signed the digest, or the lines where they will. */
export function approvalBlocks(doc: PlanDocument, words: Words): Block[] {
  const { columns } = words;
  return [
    { kind: 'heading', text: words.sections.approvals },
    { kind: 'text', text: words.approvalsIntro },
    { kind: 'note', text: fill(words.signed, { digest: doc.plan.digest }) },
    {
      kind: 'table',
      tall: true,
      columns: [
        { title: columns.department, width: 1.2 },
        { title: columns.officer, width: 2 },
        { title: columns.time, width: 2 },
        { title: columns.key, width: 3 },
      ],
      rows: doc.approvals.map((a) => [
        words.departments[a.department],
        a.label === null ? '' : printable(a.label),
        a.at === null ? '' : beijingTime(a.at),
        a.key === null ? '' : a.key.slice(0, 32),
      ]),
    },
  ];
}

/** 9: what this document does not prove. */
export function statementBlocks(words: Words): Block[] {
  return [
    { kind: 'heading', text: words.sections.statement },
    { kind: 'list', items: words.statement },
  ];
}
