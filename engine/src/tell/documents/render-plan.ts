// SPDX-License-Identifier: Apache-2.0
import type { Sheet } from './block.ts';
import { fieldBlocks, groupBlocks, ruleBlocks } from './plan-basis.ts';
import { approvalBlocks, holdBlocks, openBlocks, statementBlocks } from './plan-open.ts';
import { riskBlocks } from './plan-risks.ts';
import { timelineBlocks } from './plan-timeline.ts';
import { ledgerBlocks, scopeBlocks, titleBlocks } from './plan-scope.ts';
import type { Language, PlanDocument } from './ports.ts';
import { typeset } from './typeset.ts';
import { fill, printable, wordsOf } from './words.ts';
import { writeDocx } from './write-docx.ts';

/**
 * The plan as an archival PDF (PDF/A-2a): what a department reads before it signs, and what a stranger reads afterwards. The same input
 * gives the same bytes. Unapproved it is marked as a draft, void as void. Throws DocumentError.
 */
export function renderPlan(doc: PlanDocument, lang: Language): { readonly bytes: Uint8Array; readonly pages: number } {
  return typeset(planSheet(doc, lang));
}

/** The plan as a Word document to work on; else as `renderPlan`. A missing glyph is no error here: the reader's machine brings the fonts. */
export function writePlan(doc: PlanDocument, lang: Language): Promise<Uint8Array> {
  return writeDocx(planSheet(doc, lang));
}

/** What stands in the plan, section by section. */
function planSheet(doc: PlanDocument, lang: Language): Sheet {
  const words = wordsOf(lang);
  const [company, code] = [printable(doc.company), printable(doc.caseCode)];
  return {
    lang,
    title: words.planTitle,
    subtitle: words.planSubtitle,
    author: company,
    mark: doc.plan.state === 'approved' ? null : words.marks[doc.plan.state],
    header: `${company} · ${words.planTitle} · ${words.states[doc.plan.state]}`,
    footer: fill(words.footer, { case: code, digest: doc.plan.digest.slice(0, 16) }),
    pageWord: words.page,
    day: doc.facts.today,
    blocks: [
      ...titleBlocks(doc, words),
      ...scopeBlocks(doc, words),
      ...ledgerBlocks(doc, words),
      ...ruleBlocks(doc, words, lang),
      ...groupBlocks(doc, words),
      ...fieldBlocks(doc, words),
      ...openBlocks(doc, words),
      ...holdBlocks(doc, words),
      ...approvalBlocks(doc, words),
      ...statementBlocks(words),
      ...timelineBlocks(doc, words, lang),
      ...riskBlocks(doc, words, lang),
    ],
  };
}
