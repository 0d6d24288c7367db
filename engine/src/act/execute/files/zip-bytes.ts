// SPDX-License-Identifier: Apache-2.0
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { ExecuteError } from '../error.ts';

/*
 * Zip (APPNOTE 6.3) as places in its bytes: members that stay keep their bytes, local headers and order; only the central directory is
 * built anew, with the same entries at their new places.
 */
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Limits of docs/reference/files-as-datasets.md. */
const LARGEST_MEMBER = 50 << 20;
const MOST_MEMBERS = 10_000;

export interface ZipMember {
  readonly name: string;
  /** The central directory's entry, whole. */
  readonly entry: Buffer;
  /** From the local header to the next one. */
  readonly start: number;
  readonly end: number;
}

export interface ZipFile {
  readonly members: readonly ZipMember[];
  /** Why it may not be rewritten: `archive-encrypted`, `archive-zip64`, `archive-signed`, `archive-overlaps`; null = it may. */
  readonly refused: string | null;
  /** Bytes of a member, opened. Throws ExecuteError `file-unreadable`. */
  read(member: ZipMember): Buffer;
  /** The archive with members taken out (null) or with other content. */
  rewrite(changes: ReadonlyMap<ZipMember, Uint8Array | null>): Buffer;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 22 && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7);
}

/** `largest`: bytes that a member may have. Throws ExecuteError `file-unreadable` for a file that is no whole zip or beyond the limits. */
export function openZip(source: Uint8Array, file: string, largest = LARGEST_MEMBER): ZipFile {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const broken = (state: string) => new ExecuteError('file-unreadable', { file, state });
  const end = endRecord(bytes);
  if (end < 0) throw broken('not-a-zip');
  const [count, size, directory] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  if (count === 0xffff || size === 0xffffffff || directory === 0xffffffff)
    return { members: [], refused: 'archive-zip64', ...closed(broken) };
  if (count > MOST_MEMBERS) throw broken('too-many-members');
  const entries: Buffer[] = [];
  let at = directory;
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) throw broken('central-directory');
    const length = 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (at + length > end) throw broken('central-directory');
    entries.push(bytes.subarray(at, at + length));
    at += length;
  }
  const offsets = [...new Set(entries.map((e) => e.readUInt32LE(42)))].toSorted((a, b) => a - b);
  const members = entries.map((entry): ZipMember => {
    const start = entry.readUInt32LE(42);
    return { name: nameOf(entry), entry, start, end: offsets[offsets.indexOf(start) + 1] ?? directory };
  });
  const extentOf = ({ entry, start }: ZipMember) => {
    if (start + 30 > directory || bytes.readUInt32LE(start) !== LOCAL) throw broken('local-header');
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    return { from, to: from + entry.readUInt32LE(20) };
  };
  return {
    members,
    refused: refusal(members, offsets.length, at !== end, extentOf),
    read(member) {
      const { entry } = member;
      const { from, to } = extentOf(member);
      if (entry.readUInt16LE(8) & 1 || to > member.end) throw broken('member');
      return opened(bytes.subarray(from, to), entry, largest, broken);
    },
    rewrite(changes) {
      const pieces: Buffer[] = [bytes.subarray(0, offsets[0] ?? directory)];
      let length = pieces[0]!.length;
      const placed = new Map<ZipMember, Buffer>();
      for (const member of members.toSorted((a, b) => a.start - b.start)) {
        const change = changes.get(member);
        if (change === null) continue;
        const [local, entry] = change
          ? packed(bytes.subarray(member.start, extentOf(member).from), member.entry, change)
          : [bytes.subarray(member.start, member.end), Buffer.from(member.entry)];
        entry.writeUInt32LE(length, 42);
        pieces.push(local);
        length += local.length;
        placed.set(member, entry);
      }
      const central = Buffer.concat(members.flatMap((member) => placed.get(member) ?? []));
      const tail = Buffer.from(bytes.subarray(end));
      tail.writeUInt16LE(placed.size, 8);
      tail.writeUInt16LE(placed.size, 10);
      tail.writeUInt32LE(central.length, 12);
      tail.writeUInt32LE(length, 16);
      return Buffer.concat([...pieces, central, tail]);
    },
  };
}

function closed(broken: (state: string) => ExecuteError): Pick<ZipFile, 'read' | 'rewrite'> {
  const refuse = () => {
    throw broken('zip64');
  };
  return { read: refuse, rewrite: refuse };
}

/** The end record whose comment reaches to the end of the file, or the last one before bytes that are none of the archive's. */
function endRecord(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (bytes.readUInt32LE(at) === END && at + 22 + bytes.readUInt16LE(at + 20) <= bytes.length) return at;
  return -1;
}

/** Info-ZIP's last Unicode path where it was made for this very name; else UTF-8, or GB18030 where it is not valid UTF-8 and the flag is not set. */
function nameOf(entry: Buffer): string {
  const nameEnd = 46 + entry.readUInt16LE(28);
  const raw = entry.subarray(46, nameEnd);
  let path: Buffer | null = null;
  for (let at = nameEnd; at + 4 <= nameEnd + entry.readUInt16LE(30); at += 4 + entry.readUInt16LE(at + 2))
    if (entry.readUInt16LE(at) === 0x7075) path = entry.subarray(at + 4, at + 4 + entry.readUInt16LE(at + 2));
  if (path && path.length >= 5 && path[0] === 1 && path.readUInt32LE(1) === crc32(raw)) return path.toString('utf8', 5);
  if (entry.readUInt16LE(8) & 0x800) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030', { ignoreBOM: true }).decode(raw);
  }
}

function refusal(
  members: readonly ZipMember[],
  places: number,
  tailed: boolean,
  extentOf: (member: ZipMember) => { readonly to: number },
): string | null {
  if (members.some(({ entry }) => entry.readUInt16LE(8) & 0x2041)) return 'archive-encrypted';
  const wide = ({ entry }: ZipMember) => [20, 24, 42].some((at) => entry.readUInt32LE(at) === 0xffffffff);
  if (members.some(wide)) return 'archive-zip64';
  if (places !== members.length || members.some((member) => extentOf(member).to > member.end)) return 'archive-overlaps';
  return tailed ? 'archive-signed' : null;
}

function opened(body: Buffer, entry: Buffer, largest: number, broken: (state: string) => ExecuteError): Buffer {
  const [method, size] = [entry.readUInt16LE(10), entry.readUInt32LE(24)];
  if (size > largest || size > Math.max(1 << 20, body.length * 200)) throw broken('member-too-large');
  if (method !== 0 && method !== 8) throw broken('method');
  let data = body;
  try {
    if (method === 8) data = inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw broken('member');
  }
  if (data.length !== size || crc32(data) !== entry.readUInt32LE(16)) throw broken('member');
  return data;
}

/** Local part and central entry of a member with other content: same name, time, attributes and method. */
function packed(header: Buffer, oldEntry: Buffer, data: Uint8Array): [local: Buffer, entry: Buffer] {
  const [local, entry] = [Buffer.from(header), Buffer.from(oldEntry)];
  const body = entry.readUInt16LE(10) === 8 ? deflateRawSync(data) : Buffer.from(data);
  // Bit 3 promises sizes after the data; they stand in the header now.
  for (const [part, flags, sums] of [
    [local, 6, 14],
    [entry, 8, 16],
  ] as const) {
    part.writeUInt16LE(part.readUInt16LE(flags) & ~8, flags);
    part.writeUInt32LE(crc32(data), sums);
    part.writeUInt32LE(body.length, sums + 4);
    part.writeUInt32LE(data.length, sums + 8);
  }
  return [Buffer.concat([local, body]), entry];
}
