// SPDX-License-Identifier: Apache-2.0
/** Bytes of a quoted-printable text (RFC 2045 §6.7); what is not an escape stays as it is. `text` holds a byte a sign. */
export function quotedPrintable(text: string): Buffer {
  const plain = text.replace(/[ \t]+(?=\r?\n|$)/g, '').replace(/=\r?\n|=\r|=$/g, '');
  return Buffer.from(
    plain.replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}

/** Bytes between `begin` and `end` of a uuencoded text; null where there is no `begin`. A line that is cut off gives what it has. */
export function uudecode(text: string): Buffer | null {
  const begin = /^begin [0-7]{3,4} [^\r\n]*\r?\n/m.exec(text);
  if (begin === null) return null;
  const out: number[] = [];
  for (const line of text.slice(begin.index + begin[0].length).split(/\r?\n/)) {
    if (line === 'end') break;
    const length = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
    const bytes: number[] = [];
    for (let at = 1; at < line.length && bytes.length < length; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((i) => ((at + i < line.length ? line.charCodeAt(at + i) : 32) - 32) & 63);
      bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    for (const byte of bytes.slice(0, length)) out.push(byte & 255);
  }
  return Buffer.from(out);
}
