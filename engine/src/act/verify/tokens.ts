// SPDX-License-Identifier: Apache-2.0

/** One spelling for comparing: compatibility forms (full-width digits and letters) folded, lower case, no space around. */
export function canonical(text: string): string {
  return (/[^ -~]/.test(text) ? text.normalize('NFKC') : text).trim().toLowerCase();
}

const WORD = /[a-z0-9_-]{5,}/g;
const MAIL = /[a-z0-9._%+'-]+@[a-z0-9.-]+[a-z0-9]/g;
/** Digit groups with at most two separators between them: 138-1234-5678, 138 1234 5678, (0571) 8888 8888. */
const DIGITS = /\d+(?:[ ().\-–—]{1,2}\d+)*x?/g;
const LONGEST = 32;

/**
 * Every piece of a cell that could be an identifier, canonical: words, e-mail addresses, digit runs as they stand and with their
 * separators taken out, with and without the country code 86. Cuts at digits' borders, so that a phone inside a longer number is not one.
 */
export function* tokens(cell: string): Generator<string> {
  const text = canonical(unwrapped(cell));
  if (text.length <= 64) yield text;
  if (/\d/.test(text)) for (const [run] of text.matchAll(DIGITS)) yield* digitTokens(run);
  for (const [word] of text.matchAll(WORD)) {
    yield word;
    if (/[_-]/.test(word)) for (const part of word.split(/[_-]+/)) yield part;
  }
  if (text.includes('@')) for (const [mail] of text.matchAll(MAIL)) yield mail.replace(/^['.]+/, '');
}

function* digitTokens(run: string): Generator<string> {
  const tail = run.endsWith('x') ? 'x' : '';
  const groups = run.split(/[^\d]+/).filter((group) => group !== '');
  for (let from = 0; from < groups.length; from++) {
    let joined = '';
    for (let to = from; to < groups.length && joined.length + groups[to]!.length <= LONGEST; to++) {
      joined += groups[to]!;
      yield joined;
      if (tail && to === groups.length - 1) yield joined + tail;
      const local = /^(?:00)?86(1\d{10})$/.exec(joined);
      if (local) yield local[1]!;
    }
  }
}

/** Bytes shown as hex, and escapes of JSON and URLs, are opened first. */
function unwrapped(cell: string): string {
  let text = cell;
  if (text.startsWith('\\x') && /^\\x(?:[0-9a-f]{2})+$/.test(text)) text = Buffer.from(text.slice(2), 'hex').toString('utf8');
  if (text.includes('\\u'))
    text = text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (text.includes('%40')) text = text.replaceAll('%40', '@');
  return text;
}

/** The canonical spellings of a needle: as it is, and a phone without its country code. */
export function needleForms(needle: string): string[] {
  const plain = canonical(needle);
  const compact = /^[+\d][\d ().\-–—]*x?$/.test(plain) ? plain.replace(/[^\dx]/g, '') : plain;
  const local = /^(?:00)?86(1\d{10})$/.exec(compact);
  return local ? [compact, local[1]!] : [compact];
}
