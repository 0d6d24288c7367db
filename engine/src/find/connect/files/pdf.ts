// SPDX-License-Identifier: Apache-2.0
import { LIMITS } from './limits.ts';
import { Unreadable } from './unreadable.ts';

/**
 * The words of a PDF (ISO 32000-2): text of each page, forms and notes too. Throws Unreadable: encrypted where it asks for a password, image-only where at least
 * half of the pages show pictures and no word, damaged.
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  // Loaded when the first PDF comes: it is large.
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf');
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject, OPS.paintImageXObjectRepeat]);
  const pages: string[] = [];
  let scanned = 0;
  try {
    // pdf.js takes the buffer for itself.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0, stopAtErrors: false });
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent({ includeMarkedContent: false });
      const words = content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
      const notes = (await page.getAnnotations()).flatMap(annotationWords).join('\n');
      if (words.trim() === '' && notes.trim() === '') {
        const { fnArray } = await page.getOperatorList();
        if (fnArray.some((operator) => pictures.has(operator))) scanned += 1;
      }
      pages.push(`${words}\n${notes}`);
      page.cleanup();
    }
    await pdf.cleanup();
  } catch (error) {
    throw pdfFailure(error);
  }
  const text = pages.join('\n');
  if (scanned * 2 >= pages.length && (scanned > 0 || text.trim() === '')) throw new Unreadable('image-only', 'pdf: no text on the pages');
  return text;
}

function annotationWords(annotation: Record<string, unknown>): string[] {
  const contents = annotation['contentsObj'] as { str?: unknown } | undefined;
  return [annotation['fieldValue'], contents?.str, annotation['url'], annotation['unsafeUrl']].flatMap((value) =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [],
  );
}

/** pdf.js names its errors; their messages may quote the file and are not kept. */
function pdfFailure(error: unknown): Unreadable {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new Unreadable('encrypted', 'pdf: password');
  if (name === 'RangeError') return new Unreadable('limit', `pdf: over ${LIMITS.heapMegabytes} MB`);
  return new Unreadable('damaged', 'pdf');
}
