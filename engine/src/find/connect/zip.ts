// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

/** All parts together, unpacked. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
/** Worksheets of real people pack 5 to 40 times; a bomb packs a thousand times. */
const MAX_RATIO = 250;
const RATIO_APPLIES_FROM_BYTES = 1024 * 1024;
const MAX_PARTS = 10_000;

export class ZipProblem extends Error {
  override readonly name = 'ZipProblem';
  readonly kind: 'damaged' | 'limit' | 'encrypted';

  constructor(kind: 'damaged' | 'limit' | 'encrypted', what: string) {
    super(what);
    this.kind = kind;
  }
}

export interface ZipPart {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly header: number;
}

/**
 * The parts of a zip archive by name, from its central directory (APPNOTE 6.3, §4.3.12). Refuses encrypted parts, archives that
 * promise to unpack to more than our limits, and two parts of one name. Throws ZipProblem.
 */
export function zipParts(file: Buffer): ReadonlyMap<string, ZipPart> {
  const parts = new Map<string, ZipPart>();
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > file.length) throw new ZipProblem('damaged', 'no end of central directory');
  const count = file.readUInt16LE(end + 10);
  if (count > MAX_PARTS) throw new ZipProblem('limit', 'too many parts');
  let at = file.readUInt32LE(end + 16);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new ZipProblem('damaged', 'central directory');
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, nameEnd);
    const part = {
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      header: file.readUInt32LE(at + 42),
    };
    if ((file.readUInt16LE(at + 8) & 1) !== 0) throw new ZipProblem('encrypted', 'encrypted part');
    total += part.unpacked;
    const bomb = part.unpacked > RATIO_APPLIES_FROM_BYTES && part.unpacked > part.packed * MAX_RATIO;
    if (bomb || total > MAX_UNPACKED_BYTES) throw new ZipProblem('limit', 'unpacks to too much');
    if (parts.has(name)) throw new ZipProblem('damaged', 'two parts of one name');
    parts.set(name, part);
    at = nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

/** Unpacks one part as a stream; its length and checksum must be what the directory says. Throws ZipProblem. */
export async function* unpack(file: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  if (part.header + 30 > file.length || file.readUInt32LE(part.header) !== 0x04034b50) throw new ZipProblem('damaged', 'part header');
  const start = part.header + 30 + file.readUInt16LE(part.header + 26) + file.readUInt16LE(part.header + 28);
  const packed = file.subarray(start, start + part.packed);
  if (packed.length !== part.packed) throw new ZipProblem('damaged', 'part is cut off');
  let length = 0;
  let crc = 0;
  for await (const chunk of inflated(packed, part.method)) {
    length += chunk.length;
    if (length > part.unpacked) throw new ZipProblem('damaged', 'part is longer than it says');
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (length !== part.unpacked || crc !== part.crc) throw new ZipProblem('damaged', 'checksum');
}

async function* inflated(packed: Buffer, method: number): AsyncGenerator<Buffer> {
  if (method === 0) {
    yield packed;
    return;
  }
  if (method !== 8) throw new ZipProblem('damaged', 'unknown compression');
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  Readable.from([packed]).pipe(inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new ZipProblem('damaged', 'deflate');
    throw error;
  } finally {
    inflate.destroy();
  }
}
