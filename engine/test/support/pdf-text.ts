// SPDX-License-Identifier: Apache-2.0
import { extractText, getDocumentProxy } from 'unpdf';

/** The text of a PDF, page by page, by a reader that shares no code with the product. Line ends are taken out: a word may be broken. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return text.map((page) => page.replaceAll('\n', ''));
}
