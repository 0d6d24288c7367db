// SPDX-License-Identifier: Apache-2.0

/**
 * A text of unknown encoding: by its mark; else as UTF-16 where zero bytes stand on one side, UTF-8 where every byte fits, GB18030 where
 * every byte fits. Null for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (mark === 'fffe0000' && bytes.length % 4 === 0) return wide(bytes.subarray(4), true);
  if (mark === '0000feff') return wide(bytes.subarray(4), false);
  if (mark.startsWith('efbbbf')) return strictly('utf-8', bytes.subarray(3));
  if (mark.startsWith('fffe')) return strictly('utf-16le', bytes.subarray(2));
  if (mark.startsWith('feff')) return strictly('utf-16be', bytes.subarray(2));
  const text = bytes.includes(0) ? zeroSided(bytes) : (strictly('utf-8', bytes) ?? strictly('gb18030', bytes));
  return text !== null && CONTROL.test(text) ? null : text;
}

/** Signs that stand in no text. */
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function zeroSided(bytes: Uint8Array): string | null {
  if (bytes.length % 2 === 1) return null;
  const sides = [0, 0];
  for (const [at, byte] of bytes.entries()) if (byte === 0) sides[at % 2]! += 1;
  const [left = 0, right = 0] = sides;
  if (right > left * 8) return strictly('utf-16le', bytes);
  return left > right * 8 ? strictly('utf-16be', bytes) : null;
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function wide(bytes: Uint8Array, little: boolean): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codes = Array.from({ length: Math.floor(bytes.length / 4) }, (_, n) => view.getUint32(n * 4, little));
  if (codes.some((code) => code > 0x10ffff)) return null;
  return codes.map((code) => String.fromCodePoint(code)).join('');
}

/** Text by the name of its charset, or as `decodeText` finds it, or byte by byte. */
export function decodeNamed(bytes: Uint8Array, charset: string | undefined): string {
  if (charset !== undefined) {
    try {
      return new TextDecoder(/^gb/i.test(charset) ? 'gb18030' : charset).decode(bytes);
    } catch {
      // A charset that nobody knows: the bytes say what they can.
    }
  }
  return decodeText(bytes) ?? Buffer.from(bytes).toString('latin1');
}

/** Runs of readable ASCII in bytes of any kind, in one-byte and in both two-byte spellings: identifiers are ASCII. */
export function readableRuns(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const narrow = text.match(/[\x20-\x7e]{5,}/g) ?? [];
  const double = text.match(/(?:[\x20-\x7e]\x00){5,}/g) ?? [];
  const mirrored = text.match(/(?:\x00[\x20-\x7e]){5,}/g) ?? [];
  return [...narrow, ...[...double, ...mirrored].map((run) => run.replaceAll('\0', ''))].join('\n');
}
