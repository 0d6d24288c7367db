// SPDX-License-Identifier: Apache-2.0

/** Words of a PDF with those of its notes, forms and properties; a word why not where it cannot be read. */
export async function pdfWords(bytes: Buffer): Promise<{ readonly text: string; readonly problem: string | null }> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  try {
    const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
    const texts: string[] = [];
    const { text } = await extractText(document, { mergePages: true });
    for (let number = 1; number <= document.numPages; number++) {
      const notes = (await (await document.getPage(number)).getAnnotations()) as readonly Readonly<Record<string, unknown>>[];
      texts.push(...notes.flatMap((note) => Object.values(note).flatMap(spoken)));
    }
    const { info } = await document.getMetadata();
    texts.push(...Object.values(info as Readonly<Record<string, unknown>>).flatMap(spoken));
    return { text: [text, ...texts].join('\n'), problem: text.trim() === '' ? 'image-only' : null };
  } catch (error) {
    // The library's errors are many and say nothing that we could act on, except this one.
    return { text: '', problem: (error as Error).name === 'PasswordException' ? 'encrypted' : 'damaged' };
  }
}

/** Texts in a value of the library's, a level deep. */
function spoken(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((v): v is string => typeof v === 'string');
  return typeof value === 'object' && value !== null && 'str' in value && typeof value.str === 'string' ? [value.str] : [];
}
