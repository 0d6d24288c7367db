// SPDX-License-Identifier: Apache-2.0
import type { Block, Sheet } from './block.ts';
import { type CaseDocument, STEPS } from './case-document.ts';
import { beijingTime, stateLine } from './format.ts';
import { type FrameWords, frameEn, frameZh } from './frame-words.ts';
import type { Language } from './ports.ts';
import { fill, printable, wordsOf } from './words.ts';
import type { Words } from './words-zh.ts';

/** What a document says about itself before anything else. */
export interface About {
  readonly title: string;
  /** The title in the other language. */
  readonly subtitle: string;
  readonly what: string;
  readonly reader: string;
  readonly asked: string;
}

/** All words a document may use: those of the closed lists, of the plan, of the frame, and its own. */
export type AllWords<Own> = { readonly lang: Language; readonly all: Words; readonly frame: FrameWords; readonly own: Own };

export const wordsFor = <Own>(lang: Language, own: { readonly zh: Own; readonly en: Own }): AllWords<Own> => ({
  lang,
  all: wordsOf(lang),
  frame: lang === 'en' ? frameEn : frameZh,
  own: own[lang],
});

/**
 * A document of a case: title, what it is, for whom, by whom, as of when, what is asked of the reader, then its sections. One that rests on the
 * plan is marked while that is not approved; `unfinished` marks one that tells of what has not happened yet.
 */
export function framed(
  doc: CaseDocument,
  w: AllWords<unknown>,
  about: About,
  blocks: readonly Block[],
  { rests = true, unfinished = null }: { readonly rests?: boolean; readonly unfinished?: string | null } = {},
): Sheet {
  const { frame, all } = w;
  const company = printable(doc.company);
  const notes = [...(doc.demo ? [all.demo] : []), ...(doc.injectedClock ? [all.injected] : [])];
  const { state } = doc.plan;
  const warnings = [...(state === 'approved' || !rests ? [] : [all.warnings[state]]), ...(unfinished === null ? [] : [unfinished])];
  return {
    lang: w.lang,
    title: about.title,
    subtitle: about.subtitle,
    author: company,
    mark: rests && state === 'void' ? all.marks.void : warnings.length > 0 ? all.marks.draft : null,
    header: `${company} · ${about.title}`,
    footer: fill(all.footer, { case: printable(doc.caseCode), digest: doc.plan.digest.slice(0, 16) }),
    pageWord: all.page,
    day: doc.asOf,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [frame.what, about.what],
          [frame.reader, about.reader],
          [frame.issuer, fill(frame.issuedBy, { company, by: printable(doc.plan.preparedBy) })],
          [frame.day, doc.asOf],
          [
            frame.plan,
            fill(frame.planOf, {
              case: printable(doc.caseCode),
              version: doc.plan.version,
              state: stateLine(doc, all),
              digest: doc.plan.digest.slice(0, 16),
            }),
          ],
          [frame.asked, about.asked],
        ],
      },
      ...warnings.map((text) => ({ kind: 'warning' as const, text })),
      ...(notes.length > 0 ? [{ kind: 'note' as const, text: notes.join(all.space) }] : []),
      ...blocks,
    ],
  };
}

/** When a step was taken, in Beijing time. */
export function stepTime(doc: CaseDocument, w: AllWords<unknown>, step: keyof CaseDocument['steps']): string {
  const at = doc.steps[step];
  return at === undefined ? w.frame.notYet : at === null ? w.frame.done : beijingTime(at);
}

/** How far the case is. */
export const stepTable = (doc: CaseDocument, w: AllWords<unknown>): Block => ({
  kind: 'table',
  columns: [
    { title: w.frame.step, width: 2 },
    { title: w.frame.when, width: 2 },
  ],
  rows: STEPS.map((step) => [w.frame.steps[step], stepTime(doc, w, step)]),
});

/** Lines to sign on: one for each role. */
export function signatures(w: AllWords<unknown>, heading: string, roles: readonly string[]): Block[] {
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      tall: true,
      columns: [
        { title: w.frame.role, width: 2 },
        { title: w.frame.nameAndSeal, width: 3 },
        { title: w.frame.signedOn, width: 2 },
      ],
      rows: roles.map((role) => [role, '', '']),
    },
  ];
}
