// SPDX-License-Identifier: Apache-2.0
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { type Allowance, LIMITS } from './limits.ts';
import { Unreadable } from './unreadable.ts';

export interface ZipPart {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly header: number;
}

const damaged = (what: string) => new Unreadable('damaged', `zip: ${what}`);

/**
 * The parts of a zip archive from its central directory, folders left out (APPNOTE 6.3.10, §4.3.12–16, §4.5.3, §4.6.9). Names are UTF-8, or GB18030 where they are not
 * valid UTF-8 and the flag is not set. Nothing is unpacked. Throws Unreadable: damaged, limit.
 */
export function zipParts(file: Buffer, allowance?: Allowance): ReadonlyMap<string, ZipPart> {
  const parts = new Map<string, ZipPart>();
  const directory = endRecord(file);
  let at = directory.start;
  for (let index = 0; index < directory.count; index += 1) {
    if (allowance !== undefined && (allowance.members += 1) > LIMITS.members)
      throw new Unreadable('limit', 'zip: more than 10,000 members');
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw damaged('central directory');
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    const extraEnd = nameEnd + file.readUInt16LE(at + 30);
    if (extraEnd > file.length) throw damaged('central directory is cut off');
    const flags = file.readUInt16LE(at + 8);
    const rawName = file.subarray(at + 46, nameEnd);
    const extra = extraFields(file.subarray(nameEnd, extraEnd));
    const part = { method: file.readUInt16LE(at + 10), flags, crc: file.readUInt32LE(at + 16), ...sizes(file, at, extra.get(0x0001)) };
    const name = unicodePath(rawName, extra.get(0x7075)) ?? memberName(rawName, (flags & 0x800) !== 0);
    at = extraEnd + file.readUInt16LE(at + 32);
    if (name.endsWith('/') && part.unpacked === 0) continue;
    if (parts.has(name)) throw damaged('two members of one name');
    parts.set(name, { name, ...part });
  }
  return parts;
}

/** Why a member's name is one that no honest packer writes; null for a plain one. It is never used as a path on disk all the same. */
export function nameTrouble(name: string): string | null {
  if (name.includes('\0')) return 'NUL in member name';
  if (name.includes('\\')) return 'invalid characters in member name';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'absolute path';
  return name.split('/').includes('..') ? 'relative path' : null;
}

function endRecord(file: Buffer): { count: number; start: number } {
  let end = -1;
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1) {
    if (file.readUInt32LE(at) === 0x06054b50 && at + 22 + file.readUInt16LE(at + 20) <= file.length) {
      end = at;
      break;
    }
  }
  if (end < 0) throw damaged('no end of central directory');
  const disk = file.readUInt16LE(end + 4);
  const count = file.readUInt16LE(end + 10);
  const start = file.readUInt32LE(end + 16);
  if (disk !== 0 && disk !== 0xffff) throw damaged('multi-disk archive');
  if (count !== 0xffff && start !== 0xffffffff) return { count, start };
  const locator = end - 20;
  if (locator < 0 || file.readUInt32LE(locator) !== 0x07064b50) return { count, start };
  const record = Number(file.readBigUInt64LE(locator + 8));
  if (record + 56 > file.length || file.readUInt32LE(record) !== 0x06064b50) throw damaged('zip64 end of central directory');
  return { count: Number(file.readBigUInt64LE(record + 32)), start: Number(file.readBigUInt64LE(record + 48)) };
}

function extraFields(extra: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  // Fewer than four bytes at the end are padding that some packers leave.
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) throw damaged('extra field');
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function sizes(file: Buffer, at: number, zip64: Buffer | undefined): { unpacked: number; packed: number; header: number } {
  const out = { unpacked: file.readUInt32LE(at + 24), packed: file.readUInt32LE(at + 20), header: file.readUInt32LE(at + 42) };
  if (zip64 === undefined && out.unpacked !== 0xffffffff && out.packed !== 0xffffffff && out.header !== 0xffffffff) return out;
  let next = 0;
  for (const field of ['unpacked', 'packed', 'header'] as const) {
    if (out[field] !== 0xffffffff) continue;
    if (zip64 === undefined || next + 8 > zip64.length) throw damaged('zip64 extra field');
    out[field] = Number(zip64.readBigUInt64LE(next));
    next += 8;
  }
  return out;
}

/** Info-ZIP Unicode Path (0x7075): it counts only where it was made for this very name. */
function unicodePath(raw: Buffer, field: Buffer | undefined): string | null {
  if (field === undefined || field.length < 5 || field[0] !== 1 || field.readUInt32LE(1) !== crc32(raw)) return null;
  return field.toString('utf8', 5);
}

function memberName(raw: Buffer, utf8: boolean): string {
  if (utf8) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

/** The packed bytes of a part, after all that can be known without unpacking is checked. Throws Unreadable. */
function packedBytes(file: Buffer, part: ZipPart, limit: number): Buffer {
  if ((part.flags & 0x41) !== 0) throw new Unreadable('encrypted', (part.flags & 0x40) !== 0 ? 'zip: strong encryption' : 'zip: password');
  if (part.method !== 0 && part.method !== 8) throw new Unreadable('unsupported', `zip: compression method ${part.method}`);
  if (part.header + 30 > file.length || file.readUInt32LE(part.header) !== 0x04034b50) throw damaged('member header');
  const start = part.header + 30 + file.readUInt16LE(part.header + 26) + file.readUInt16LE(part.header + 28);
  if (start + part.packed > file.length) throw damaged('member overflows the file');
  const suspicious = part.unpacked > LIMITS.ratioAppliesFromBytes && part.unpacked > part.packed * LIMITS.ratio;
  if (suspicious) throw new Unreadable('limit', 'zip: inflates more than 200 times');
  if (part.unpacked > limit) throw new Unreadable('limit', `zip: member over ${Math.round(limit / 1024 / 1024)} MiB`);
  if (part.method === 0 && part.packed !== part.unpacked) throw damaged('stored size');
  return file.subarray(start, start + part.packed);
}

/** One member, unpacked; its length and checksum must be what the directory says. Throws Unreadable. */
export function unpackWhole(file: Buffer, part: ZipPart, allowance: Allowance): Buffer {
  const packed = packedBytes(file, part, LIMITS.memberBytes);
  if ((allowance.unpacked += part.unpacked) > LIMITS.unpackedBytes) throw new Unreadable('limit', 'zip: unpacks to more than 512 MiB');
  let bytes: Buffer;
  try {
    bytes = part.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: part.unpacked + 1 });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw damaged(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'member is longer than it says' : 'deflate');
  }
  if (bytes.length !== part.unpacked)
    throw damaged(bytes.length > part.unpacked ? 'member is longer than it says' : 'member is shorter than it says');
  if (crc32(bytes) !== part.crc) throw damaged('checksum');
  return bytes;
}

/** Unpacks one part as a stream, for sheets that are long; checked as `unpackWhole`. Throws Unreadable. */
export async function* unpack(file: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  const packed = packedBytes(file, part, LIMITS.unpackedBytes / 2);
  let length = 0;
  let crc = 0;
  for await (const chunk of inflated(packed, part.method)) {
    length += chunk.length;
    if (length > part.unpacked) throw damaged('member is longer than it says');
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (length !== part.unpacked || crc !== part.crc) throw damaged('checksum');
}

async function* inflated(packed: Buffer, method: number): AsyncGenerator<Buffer> {
  if (method === 0) {
    yield packed;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  Readable.from([packed]).pipe(inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw damaged('deflate');
    throw error;
  } finally {
    inflate.destroy();
  }
}
