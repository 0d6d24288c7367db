// SPDX-License-Identifier: Apache-2.0
import { type FieldCategory, IDENTIFIER_CATEGORIES } from '../../model/category.ts';
import { classifyText } from './classify-text.ts';

/** What the words of one document say about persons. */
export interface PersonalFindings {
  /** Identifiers as they are written, each once. */
  readonly identifiers: readonly { readonly category: FieldCategory; readonly value: string }[];
  /** Whether there is any personal information at all, names and addresses too. */
  readonly personal: boolean;
}

const SLICE = 32_000;
/** Longer than any identifier, so that one at the cut is whole in one of the slices. */
const OVERLAP = 200;
const MOST_IDENTIFIERS = 10_000;

/** Identifiers in a text of any length, slice by slice. Pure; the work grows with the length, not faster. */
export function findPersonal(text: string): PersonalFindings {
  const found = new Map<string, { category: FieldCategory; value: string }>();
  let personal = false;
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += SLICE) {
    const slice = text.slice(at, at + SLICE + OVERLAP);
    for (const { start, end, category } of classifyText(slice)) {
      personal = true;
      const value = slice.slice(start, end);
      if (IDENTIFIER_CATEGORIES.has(category) && found.size < MOST_IDENTIFIERS) found.set(`${category}:${value}`, { category, value });
    }
  }
  return { identifiers: [...found.values()], personal };
}
