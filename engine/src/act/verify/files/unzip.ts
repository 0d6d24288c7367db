// SPDX-License-Identifier: Apache-2.0
import { crc32, inflateRawSync } from 'node:zlib';
import { VerifyError } from '../error.ts';

/** Parts larger than this once opened are refused, and parts that swell: a small file that does is an attack, not a spreadsheet. */
const LARGEST = 256 << 20;
const SWELLING = 200;
const MOST = 10_000;

/** The parts of a zip file by name, opened when asked for (APPNOTE 6.3: end record → central directory → local header). */
export function unzip(bytes: Buffer, file: string): ReadonlyMap<string, () => Buffer> {
  const broken = (state: string) => new VerifyError('file-unreadable', { file, state });
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) throw broken('not-a-zip');
  const parts = new Map<string, () => Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST) throw broken('more members than allowed');
  for (let left = count; left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken('central-directory');
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const name = nameOf(
      bytes.subarray(at + 46, at + 46 + nameLength),
      bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extra),
      flags,
    );
    if (parts.has(name)) throw broken('two members of one name');
    parts.set(name, () => {
      if (flags & 1) throw broken('encrypted');
      if (size > LARGEST || (size > 1 << 20 && size > packed * SWELLING) || local + 30 > bytes.length) throw broken('limit');
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const body = bytes.subarray(start, start + packed);
      if (method === 0) return body;
      if (method !== 8) throw broken(`method ${method}`);
      try {
        return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
      } catch {
        throw broken(name);
      }
    });
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

/** Info-ZIP's Unicode path, UTF-8, or GB18030 where the name is neither marked nor valid as UTF-8. */
function nameOf(raw: Buffer, extra: Buffer, flags: number): string {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2)));
  const path = fields.get(0x7075);
  if (path && path.length > 4 && path[0] === 1 && path.readUInt32LE(1) === crc32(raw)) return path.toString('utf8', 5);
  try {
    return new TextDecoder('utf-8', { fatal: (flags & 0x800) === 0, ignoreBOM: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}
