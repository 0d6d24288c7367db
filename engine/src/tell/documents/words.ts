// SPDX-License-Identifier: Apache-2.0
import type { Language } from './ports.ts';
import { en } from './words-en.ts';
import { type Words, zh } from './words-zh.ts';

export const wordsOf = (lang: Language): Words => (lang === 'en' ? en : zh);

/** Fills `{name}` in a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/**
 * A name from outside as it may be printed: control, zero-width and direction-changing characters and broken surrogates become visible
 * escapes, because they would hide or reorder text on paper and damage it for whoever searches the file.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** How wide a text is, in half-width characters; a Chinese character is as wide as two. */
export function wideness(text: string): number {
  let wide = 0;
  for (const c of text) wide += c > '\u2e7f' ? 2 : 1;
  return wide;
}
