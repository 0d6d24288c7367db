// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
  type DocumentName,
  type Language,
  type PlanDocument,
  partiesOf,
  renderDisposalList,
  renderDocument,
  renderPlan,
  writeDocument,
  writePlan,
} from '../tell/documents/index.ts';
import { sha256, writeDurable } from '../kit/index.ts';
import { type CaseContext, folders } from './context.ts';
import { caseFacts } from './document-case.ts';
import { planFacts } from './document-facts.ts';
import { disposalGroups } from './disposal-groups.ts';
import { JourneyError } from './error.ts';

export interface WrittenDocument {
  readonly schema: 'shanhou.document.v1';
  readonly kind: 'plan' | 'disposal-list' | DocumentName;
  /** The code of whom it was made for; left out where it is made for the case. */
  readonly party?: string;
  readonly file: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  readonly state: PlanDocument['plan']['state'];
  readonly pages: number | null;
}

/**
 * Writes the latest plan: a draft, approved or void; as archival PDF, or as docx to work on. `file` null = into the case's own folder. Can be
 * repeated at any time and changes no state. Throws JourneyError `not-planned`, DocumentError.
 */
export async function writePlanDocument(ctx: CaseContext, lang: Language, file: string | null, docx = false): Promise<WrittenDocument> {
  const doc = await planFacts(ctx);
  const { bytes, pages } = docx ? { bytes: await writePlan(doc, lang), pages: null } : renderPlan(doc, lang);
  return written('plan', doc, pages, bytes, file ?? nameOf(ctx, doc, `plan`, `${lang}.${docx ? 'docx' : 'pdf'}`));
}

/** Writes the disposal list of the latest plan as xlsx; else as `writePlanDocument`. */
export async function writeDisposalList(ctx: CaseContext, lang: Language, file: string | null): Promise<WrittenDocument> {
  const doc = await planFacts(ctx);
  const { groups, byYear } = await disposalGroups(ctx, doc);
  const bytes = await renderDisposalList({ ...doc, groups }, byYear, lang);
  return written('disposal-list', doc, null, bytes, file ?? nameOf(ctx, doc, 'disposal-list', `${lang}.xlsx`));
}

/**
 * Writes a document of the case, one file for each party: those named by code, or all that the case knows. `file` names the one file; with several
 * parties it is refused. Else as `writePlanDocument`. Throws JourneyError `unknown-party` for a code that is none, `no-party` when there is nobody.
 */
export async function writeCaseDocuments(
  ctx: CaseContext,
  name: DocumentName,
  o: { readonly lang: Language; readonly docx: boolean; readonly parties: readonly string[]; readonly file: string | null },
): Promise<readonly WrittenDocument[]> {
  const doc = await caseFacts(ctx);
  const { parties, wrong } = partiesOf(name, doc, o.parties);
  if (wrong.length > 0) throw new JourneyError('unknown-party', wrong.join(', '));
  if (parties.length === 0) throw new JourneyError('no-party', name);
  if (o.file !== null && parties.length > 1) throw new JourneyError('several-parties', parties.join(', '));
  const made: WrittenDocument[] = [];
  for (const party of parties) {
    const { bytes, pages } = o.docx
      ? { bytes: await writeDocument(name, doc, o.lang, party), pages: null }
      : renderDocument(name, doc, o.lang, party);
    const of = party === null ? name : `${name}-${party.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}`;
    const file = o.file ?? nameOf(ctx, doc, of, `${o.lang}.${o.docx ? 'docx' : 'pdf'}`);
    made.push({ ...written(name, doc, pages, bytes, file), ...(party === null ? {} : { party }) });
  }
  return made;
}

/** A draft never lies under the name of an approved document. */
function nameOf(ctx: CaseContext, { plan }: PlanDocument, kind: string, end: string): string {
  return join(folders(ctx).documents, `${kind}-v${plan.version}-${plan.digest.slice(0, 8)}-${plan.state}-${end}`);
}

function written(
  kind: WrittenDocument['kind'],
  { plan }: PlanDocument,
  pages: number | null,
  bytes: Uint8Array,
  file: string,
): WrittenDocument {
  writeDurable(file, bytes);
  return { schema: 'shanhou.document.v1', kind, file, sha256: sha256(bytes), state: plan.state, pages };
}
