// SPDX-License-Identifier: Apache-2.0
import type { Sheet } from './block.ts';
import type { CaseDocument } from './case-document.ts';
import { confidentiality } from './kinds/confidentiality.ts';
import { handOverList } from './kinds/hand-over-list.ts';
import { impactAssessment } from './kinds/impact-assessment.ts';
import { capacityOf, liabilityNote } from './kinds/liability-note.ts';
import { liquidationAnnex } from './kinds/liquidation-annex.ts';
import { processorLetter, processors } from './kinds/processor-letter.ts';
import { rulesAnnex } from './kinds/rules-annex.ts';
import type { Language } from './ports.ts';
import { typeset } from './typeset.ts';
import { writeDocx } from './write-docx.ts';

/** A document that is made for the case, or once for each party: a processor, a member of staff (or none: a blank form), a director, shareholder or liquidator. */
type Kind =
  | { readonly to: 'case'; readonly sheet: (doc: CaseDocument, lang: Language) => Sheet }
  | { readonly to: 'processor' | 'person'; readonly sheet: (doc: CaseDocument, lang: Language, party: string) => Sheet }
  | { readonly to: 'staff'; readonly sheet: (doc: CaseDocument, lang: Language, party: string | null) => Sheet };

const KINDS = {
  'impact-assessment': { to: 'case', sheet: impactAssessment },
  'rules-annex': { to: 'case', sheet: rulesAnnex },
  'processor-letter': { to: 'processor', sheet: processorLetter },
  confidentiality: { to: 'staff', sheet: confidentiality },
  'liquidation-annex': { to: 'case', sheet: liquidationAnnex },
  'hand-over-list': { to: 'case', sheet: handOverList },
  'liability-note': { to: 'person', sheet: liabilityNote },
} as const satisfies Record<string, Kind>;

export type DocumentName = keyof typeof KINDS;
export const DOCUMENT_NAMES = Object.keys(KINDS) as readonly DocumentName[];

/** For whom a document is made. */
export const addresseeOf = (name: DocumentName): Kind['to'] => KINDS[name].to;

/**
 * The parties that a document goes to, by code: all that the case knows, or those named. Null stands for "nobody in particular". An empty list:
 * the case has no such party, or none was named where the case cannot know them. `wrong`: codes that are none of them.
 */
export function partiesOf(
  name: DocumentName,
  doc: CaseDocument,
  named: readonly string[],
): { readonly parties: readonly (string | null)[]; readonly wrong: readonly string[] } {
  switch (KINDS[name].to) {
    case 'case':
      return { parties: [null], wrong: named };
    case 'staff':
      return { parties: named.length === 0 ? [null] : named, wrong: named.filter((p) => !CODE.test(p)) };
    case 'person':
      return { parties: named, wrong: named.filter((p) => capacityOf(p) === null) };
    case 'processor': {
      const known = processors(doc);
      return { parties: named.length === 0 ? known : named, wrong: named.filter((p) => !known.includes(p)) };
    }
  }
}

/** A code of letters and digits with a number in it: `sales-12`, `E0037`. A name is not one. */
const CODE = /^(?=.*\d)[A-Za-z0-9_-]{1,20}$/;

/** One document as an archival PDF (PDF/A-2a). The same facts give the same bytes. Throws DocumentError. */
export function renderDocument(
  name: DocumentName,
  doc: CaseDocument,
  lang: Language,
  party: string | null,
): { readonly bytes: Uint8Array; readonly pages: number } {
  return typeset(sheetOf(name, doc, lang, party));
}

/** The same document as a Word file to work on. The same facts give the same bytes. */
export function writeDocument(name: DocumentName, doc: CaseDocument, lang: Language, party: string | null): Promise<Uint8Array> {
  return writeDocx(sheetOf(name, doc, lang, party));
}

function sheetOf(name: DocumentName, doc: CaseDocument, lang: Language, party: string | null): Sheet {
  const kind: Kind = KINDS[name];
  if (kind.to === 'case') return kind.sheet(doc, lang);
  return kind.to === 'staff' ? kind.sheet(doc, lang, party) : kind.sheet(doc, lang, party ?? '');
}
