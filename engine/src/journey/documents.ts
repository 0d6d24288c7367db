// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { type Language, type PlanDocument, renderDisposalList, renderPlan } from '../tell/documents/index.ts';
import { sha256, writeDurable } from '../kit/index.ts';
import { type CaseContext, folders } from './context.ts';
import { planFacts } from './document-facts.ts';
import { disposalGroups } from './disposal-groups.ts';

export interface WrittenDocument {
  readonly schema: 'shanhou.document.v1';
  readonly kind: 'plan' | 'disposal-list';
  readonly file: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  readonly state: PlanDocument['plan']['state'];
  readonly pages: number | null;
}

/**
 * Writes the latest plan as PDF: a draft, approved or void. `file` null = into the case's own folder. Can be repeated at any time and
 * changes no state. Throws JourneyError `not-planned`, DocumentError.
 */
export async function writePlanDocument(ctx: CaseContext, lang: Language, file: string | null): Promise<WrittenDocument> {
  const doc = await planFacts(ctx);
  const { bytes, pages } = renderPlan(doc, lang);
  return written('plan', doc, pages, bytes, file ?? nameOf(ctx, doc, `plan`, `${lang}.pdf`));
}

/** Writes the disposal list of the latest plan as xlsx; else as `writePlanDocument`. */
export async function writeDisposalList(ctx: CaseContext, lang: Language, file: string | null): Promise<WrittenDocument> {
  const doc = await planFacts(ctx);
  const { groups, byYear } = await disposalGroups(ctx, doc);
  const bytes = await renderDisposalList({ ...doc, groups }, byYear, lang);
  return written('disposal-list', doc, null, bytes, file ?? nameOf(ctx, doc, 'disposal-list', `${lang}.xlsx`));
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
