// SPDX-License-Identifier: Apache-2.0
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * A whole text: by its byte order mark, else UTF-8 if every byte fits, else UTF-16 where the zero bytes say so, else GB18030 (which holds GBK and GB 2312) if
 * every byte fits; null for what is no text. Never a guess on a part: one wrong byte at the end of a file would garble a name that must be found.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const marked = byMark(bytes);
  if (marked !== null) {
    const text = decodeAs(bytes.subarray(marked.start), marked.encoding);
    return text === null ? null : { text, encoding: marked.encoding };
  }
  const hasZero = bytes.includes(0);
  for (const encoding of hasZero ? wideGuesses(bytes) : (['utf-8', 'gb18030'] as const)) {
    const text = decodeAs(bytes, encoding);
    if (text !== null && !BINARY.test(text)) return { text, encoding };
  }
  return null;
}

/** Signs that no text has: a file with them is something else that happens to decode. */
// oxlint-disable-next-line no-control-regex
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/;

function byMark(head: Uint8Array): { encoding: TextEncoding; start: number } | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && head.length % 4 === 0) return { encoding: 'utf-32le', start: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', start: 4 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', start: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', start: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', start: 2 };
  return null;
}

/** In UTF-16 the zero halves of ASCII signs (commas, digits, line ends) all stand on one side. */
function wideGuesses(bytes: Uint8Array): readonly TextEncoding[] {
  if (bytes.length % 2 !== 0) return [];
  let even = 0;
  let odd = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > even * 8) return ['utf-16le'];
  return even > odd * 8 ? ['utf-16be'] : [];
}

function decodeAs(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeWide(bytes, encoding === 'utf-32le');
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeWide(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) text += String.fromCodePoint(view.getUint32(at, little));
  return text;
}
