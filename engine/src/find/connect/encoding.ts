// SPDX-License-Identifier: Apache-2.0
import type { TextEncoding } from './csv-parser.ts';

export interface Encoding {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark. */
  readonly start: number;
}

/** Text that is in none of our encodings; `line` is the first physical line that is not. */
export interface NoEncoding {
  readonly line: number;
  readonly reason: 'bytes of no known encoding' | 'NUL bytes: not text, or UTF-16 without byte order mark';
}

/**
 * The encoding of a whole text: by its byte order mark, else UTF-8 if every byte fits, else GB18030 (which holds GBK and GB 2312) if
 * every byte fits. Never a guess on a part: one wrong byte at the end of a file would garble a name that must be found.
 * `open` starts reading the file from its beginning each time it is called; memory is bounded by its chunks.
 */
export async function detectEncoding(open: () => AsyncIterable<Uint8Array>): Promise<Encoding | NoEncoding> {
  const marked = byMark(await firstBytes(open));
  const candidates: readonly Encoding[] = marked === null ? GUESSES : [marked];
  let failed = 0;
  for (const candidate of candidates) {
    const line = await firstBadLine(open, candidate);
    if (line === null) return candidate;
    if (line < 0) return { line: -line, reason: 'NUL bytes: not text, or UTF-16 without byte order mark' };
    failed = line;
  }
  return { line: failed, reason: 'bytes of no known encoding' };
}

const GUESSES: readonly Encoding[] = [
  { encoding: 'utf-8', start: 0 },
  { encoding: 'gb18030', start: 0 },
];

function byMark(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', start: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', start: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', start: 2 };
  return null;
}

async function firstBytes(open: () => AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const head: number[] = [];
  for await (const chunk of open()) {
    head.push(...chunk.subarray(0, 3));
    if (head.length >= 3) break;
  }
  return Uint8Array.from(head);
}

/** First line that does not decode; null when all do; negative for a line with a NUL byte. */
async function firstBadLine(open: () => AsyncIterable<Uint8Array>, { encoding }: Encoding): Promise<number | null> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const wide = encoding.startsWith('utf-16');
  let line = 1;
  for await (const chunk of open()) {
    const nul = wide ? -1 : chunk.indexOf(0);
    if (nul >= 0) return -(line + lineEnds(chunk.subarray(0, nul)));
    if (!decodes(decoder, chunk)) return wide ? line : lineInside(chunk, encoding, line);
    line += lineEnds(chunk);
  }
  return decodes(decoder, null) ? null : line;
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null): boolean {
  try {
    if (chunk === null) decoder.decode();
    else decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The bad line within a chunk. What precedes the chunk's first line end may have begun before it, so that line is judged last. */
function lineInside(chunk: Uint8Array, encoding: TextEncoding, first: number): number {
  let line = first;
  let start = chunk.indexOf(0x0a) + 1;
  while (start > 0) {
    line += 1;
    const end = chunk.indexOf(0x0a, start);
    const whole = end >= 0;
    const decoder = new TextDecoder(encoding, { fatal: true });
    if (!decodes(decoder, chunk.subarray(start, whole ? end : chunk.length)) || (whole && !decodes(decoder, null))) return line;
    start = end + 1;
  }
  return first;
}

function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
