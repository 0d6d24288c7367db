// SPDX-License-Identifier: Apache-2.0
import { countText, riskWords } from '../../model/words-risk.ts';
import { cite } from '../../model/words-timeline.ts';
import type { Block } from './block.ts';
import { latin } from './format.ts';
import type { Language, PlanDocument } from './ports.ts';
import { fill } from './words.ts';
import type { Words } from './words-zh.ts';

/** Annex: what raises which risk, by count; measure, owner, what remains. */
export function riskBlocks(doc: PlanDocument, words: Words, lang: Language): Block[] {
  if (!doc.risks) return [];
  const { lines, quiet, uncounted } = doc.risks;
  const w = riskWords(lang);
  const { columns } = w;
  const notes = [
    ...(quiet.length > 0 ? [fill(w.quiet, { kinds: quiet.map((k) => w.kinds[k]).join(w.comma) })] : []),
    ...(uncounted.length > 0 ? [fill(w.uncounted, { causes: uncounted.map((l) => w.causes[l.cause].cause).join(w.comma) })] : []),
  ];
  return [
    { kind: 'heading', text: `${w.annex} ${w.title}` },
    { kind: 'text', text: w.intro },
    {
      kind: 'table',
      columns: [
        { title: columns.kind, width: 0 },
        { title: columns.cause, width: 2 },
        { title: columns.counted, width: 1.5 },
        { title: columns.measure, width: 2.4 },
        { title: columns.owner, width: 0 },
        { title: columns.remains, width: 2 },
        { title: columns.basis, width: 1.6 },
      ],
      rows: lines.map((l) => [
        w.kinds[l.kind],
        w.causes[l.cause].cause,
        countText(l, lang),
        w.causes[l.cause].measure,
        words.departments[l.owner],
        w.causes[l.cause].remains,
        l.rules.length === 0 ? '—' : l.rules.map((r) => (lang === 'zh' ? cite(r, lang) : latin(cite(r, lang)))).join(w.stop),
      ]),
    },
    ...(notes.length > 0 ? [{ kind: 'note' as const, text: notes.join(words.space) }] : []),
  ];
}
