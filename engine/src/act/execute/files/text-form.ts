// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import { ExecuteError } from '../error.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** How a text file is written; found from its bytes by the rules of docs/reference/files-as-datasets.md. */
export interface TextForm {
  readonly encoding: Encoding;
  /** Bytes of a code unit. */
  readonly unit: 1 | 2 | 4;
  /** Where the text begins: after the byte order mark. */
  readonly start: number;
}

const MARKS: readonly (readonly [mark: string, encoding: Encoding])[] = [
  ['fffe0000', 'utf-32le'],
  ['0000feff', 'utf-32be'],
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** Throws ExecuteError `file-unreadable` for bytes of no known encoding. `file` names the file in the error. */
export function textFormOf(bytes: Uint8Array, file: string): TextForm {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const marked = MARKS.find(([mark, encoding]) => head.startsWith(mark) && (encoding !== 'utf-32le' || bytes.length % 4 === 0));
  if (marked) return formOf(marked[1], marked[0].length / 2);
  const wide = widePattern(bytes);
  if (wide) return formOf(wide, 0);
  if (bytes.includes(0)) throw new ExecuteError('file-unreadable', { file, state: 'nul-byte' });
  return formOf(isUtf8(bytes) ? 'utf-8' : 'gb18030', 0);
}

function formOf(encoding: Encoding, start: number): TextForm {
  return { encoding, start, unit: encoding.startsWith('utf-32') ? 4 : encoding.startsWith('utf-16') ? 2 : 1 };
}

/** Without a mark: the zero halves of ASCII signs (commas, digits, line ends) all stand on one side of UTF-16. */
function widePattern(bytes: Uint8Array): Encoding | null {
  if (bytes.length % 2 !== 0) return null;
  const sides: [even: number, odd: number] = [0, 0];
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) sides[at & 1]! += 1;
  const [even, odd] = sides;
  if (odd > even * 8) return 'utf-16le';
  return even > odd * 8 ? 'utf-16be' : null;
}

/** The code unit at a place; −1 at the end. */
export function unitAt(bytes: Uint8Array, at: number, form: TextForm): number {
  if (at + form.unit > bytes.length) return -1;
  switch (form.encoding) {
    case 'utf-16le':
      return bytes[at]! | (bytes[at + 1]! << 8);
    case 'utf-16be':
      return (bytes[at]! << 8) | bytes[at + 1]!;
    case 'utf-32le':
      return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    case 'utf-32be':
      return (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    default:
      return bytes[at]!;
  }
}

/** Bytes to step over: in GB18030 later bytes of a character may look like `|`, `{` or `\`, so it is stepped over whole. */
export function stepAt(bytes: Uint8Array, at: number, form: TextForm): number {
  if (form.encoding !== 'gb18030' || bytes[at]! <= 0x80) return form.unit;
  const next = bytes[at + 1] ?? 0;
  return next >= 0x30 && next <= 0x39 ? 4 : 2;
}

/** A function that reads pieces of the file as text. Bytes that are no text become U+FFFD. */
export function decoderOf({ encoding }: TextForm): (bytes: Uint8Array) => string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return (bytes) => decode32(bytes, encoding === 'utf-32le');
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

function decode32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

/** ASCII text in the encoding of a file, without mark. */
export function encodeAscii(text: string, { encoding }: TextForm): Buffer {
  switch (encoding) {
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-32le':
    case 'utf-32be': {
      const out = Buffer.alloc(text.length * 4);
      for (let at = 0; at < text.length; at++) {
        if (encoding === 'utf-32le') out.writeUInt32LE(text.charCodeAt(at), at * 4);
        else out.writeUInt32BE(text.charCodeAt(at), at * 4);
      }
      return out;
    }
    default:
      return Buffer.from(text, 'latin1');
  }
}

/** The bytes without the slices, which are in order and do not overlap; `instead` stands in the place of a slice. */
export function cutOut(
  bytes: Uint8Array,
  slices: Iterable<{ readonly start: number; readonly end: number; readonly instead?: Uint8Array }>,
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const slice of slices) {
    pieces.push(bytes.subarray(from, slice.start));
    if (slice.instead) pieces.push(slice.instead);
    from = slice.end;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}
