// SPDX-License-Identifier: Apache-2.0
import { Unreadable } from './unreadable.ts';

export const COMPOUND_SIGNATURE = 'd0cf11e0a1b11ae1';
const END = 0xfffffffa;
const damaged = () => new Unreadable('damaged', 'compound file');

/** Streams of an OLE compound file by name (MS-CFB), read when asked for. Names in storages are not told apart. Throws Unreadable. */
export function compoundStreams(file: Buffer): ReadonlyMap<string, () => Buffer> {
  if (file.length < 512 || file.toString('hex', 0, 8) !== COMPOUND_SIGNATURE) throw damaged();
  const sectorShift = file.readUInt16LE(30);
  if (sectorShift !== 9 && sectorShift !== 12) throw damaged();
  const size = 1 << sectorShift;
  const sector = (number: number): Buffer => {
    const start = (number + 1) * size;
    if (number >= END || start >= file.length) throw damaged();
    return file.subarray(start, start + size);
  };
  const fat = readFat(file, size, sector);
  const chain = (first: number, next: (number: number) => number, read: (number: number) => Buffer): Buffer => {
    const out: Buffer[] = [];
    for (let at = first; at < END; at = next(at)) {
      // A chain longer than the file goes in a circle.
      if (out.length * 64 > file.length) throw damaged();
      out.push(read(at));
    }
    return Buffer.concat(out);
  };
  const nextSector = (number: number) => fat[number] ?? END;
  const entries = chain(file.readUInt32LE(48), nextSector, sector);
  const miniFat = chain(file.readUInt32LE(60), nextSector, sector);
  const root = entries.length >= 128 ? chain(entries.readUInt32LE(116), nextSector, sector) : Buffer.alloc(0);
  const streams = new Map<string, () => Buffer>();
  for (let at = 0; at + 128 <= entries.length; at += 128) {
    if (entries[at + 66] !== 2) continue;
    const name = entries.toString('utf16le', at, at + Math.max(0, Math.min(64, entries.readUInt16LE(at + 64)) - 2));
    const first = entries.readUInt32LE(at + 116);
    const length = entries.readUInt32LE(at + 120);
    const mini = (number: number) => root.subarray(number * 64, number * 64 + 64);
    const nextMini = (number: number) => (number * 4 + 4 <= miniFat.length ? miniFat.readUInt32LE(number * 4) : END);
    if (!streams.has(name))
      streams.set(name, () => (length < 4096 ? chain(first, nextMini, mini) : chain(first, nextSector, sector)).subarray(0, length));
  }
  return streams;
}

function readFat(file: Buffer, size: number, sector: (number: number) => Buffer): number[] {
  const places: number[] = [];
  for (let i = 0; i < 109; i += 1) places.push(file.readUInt32LE(76 + i * 4));
  let more = file.readUInt32LE(68);
  for (let turns = 0; more < END && turns <= file.length / size; turns += 1) {
    const block = sector(more);
    for (let i = 0; i + 8 <= block.length; i += 4) places.push(block.readUInt32LE(i));
    more = block.length === size ? block.readUInt32LE(size - 4) : END;
  }
  const fat: number[] = [];
  for (const place of places) {
    if (place >= END) continue;
    const block = sector(place);
    for (let i = 0; i + 4 <= block.length; i += 4) fat.push(block.readUInt32LE(i));
    if (fat.length * 128 > file.length + size * 128) break;
  }
  return fat;
}

/** What an old Office file is, and whether it is encrypted (MS-XLS §2.4.117 FilePass, MS-DOC §2.5.2 fEncrypted). Always thrown. */
export function oldOffice(streams: ReadonlyMap<string, () => Buffer>): Unreadable {
  const book = streams.get('Workbook') ?? streams.get('Book');
  if (book !== undefined) return hasFilePass(book()) ? new Unreadable('encrypted', 'xls: password') : new Unreadable('unsupported', 'xls');
  const document = streams.get('WordDocument')?.();
  if (document !== undefined) {
    const encrypted = document.length >= 12 && (document.readUInt16LE(10) & 0x0100) !== 0;
    return encrypted ? new Unreadable('encrypted', 'doc: password') : new Unreadable('unsupported', 'doc');
  }
  if (streams.has('PowerPoint Document')) return new Unreadable(streams.has('EncryptedSummary') ? 'encrypted' : 'unsupported', 'ppt');
  return new Unreadable('unsupported', streams.has('__properties_version1.0') ? 'msg' : 'compound file');
}

function hasFilePass(book: Buffer): boolean {
  let at = 0;
  for (let record = 0; record < 50 && at + 4 <= book.length; record += 1) {
    if (book.readUInt16LE(at) === 0x2f) return true;
    at += 4 + book.readUInt16LE(at + 2);
  }
  return false;
}
