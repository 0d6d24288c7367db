// SPDX-License-Identifier: Apache-2.0
import { inflateRawSync } from 'node:zlib';
import { VerifyError } from './error.ts';

/** Parts larger than this once opened are refused: a small file that swells is an attack, not a spreadsheet. */
const LARGEST = 1 << 30;

/** The parts of a zip file by name, opened when asked for (APPNOTE 6.3: end record → central directory → local header). */
export function unzip(bytes: Buffer, file: string): ReadonlyMap<string, () => Buffer> {
  const broken = (state: string) => new VerifyError('file-unreadable', { file, state });
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) throw broken('not-a-zip');
  const parts = new Map<string, () => Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken('central-directory');
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    parts.set(name, () => {
      if (flags & 1 || size > LARGEST || local + 30 > bytes.length) throw broken(name);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const body = bytes.subarray(start, start + packed);
      if (method === 0) return body;
      if (method !== 8) throw broken(`method ${method}`);
      try {
        return inflateRawSync(body, { maxOutputLength: LARGEST });
      } catch {
        throw broken(name);
      }
    });
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}
