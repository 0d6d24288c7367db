// SPDX-License-Identifier: Apache-2.0
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LEAVES_PER_FILE } from '@shanhou/proof';
import { syncDirectory } from '../../kit/index.ts';
import { EvidenceError } from './error.ts';

/*
 * Leaves in `NNNNNN.ndjson`, 10,000 lines a file. A file is synced before the next one is created, so only the last one can be torn.
 * Leaves are final once `sync` returned.
 */
const LF = 10;
const CHUNK = 256 * 1024;
const BUFFERED = 1024 * 1024;

export function leafFile(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(6, '0')}.ndjson`);
}

/** Appends lines; opened at the place where the last one ended. */
export class LeafWriter {
  readonly #folder: string;
  #size: number;
  #fd: number | null = null;
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  constructor(folder: string, size: number) {
    this.#folder = folder;
    this.#size = size;
  }

  write(leaf: Uint8Array): void {
    if (this.#size % LEAVES_PER_FILE === 0) this.sync();
    this.#fd ??= this.#open();
    this.#waiting.push(leaf, Uint8Array.of(LF));
    this.#bytes += leaf.length + 1;
    this.#size += 1;
    if (this.#bytes >= BUFFERED) this.#flush();
  }

  /** Makes everything written so far permanent. Throws what the file system throws. */
  sync(): void {
    if (this.#fd === null) return;
    this.#flush();
    fsyncSync(this.#fd);
    this.close();
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const fd = openSync(leafFile(this.#folder, Math.floor(this.#size / LEAVES_PER_FILE)), 'a', 0o600);
    syncDirectory(this.#folder);
    return fd;
  }

  #flush(): void {
    const data = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#bytes = 0;
    for (let at = 0; at < data.length;) at += writeSync(this.#fd!, data, at);
  }
}

/**
 * All leaves in order, from the first; a tail that a crash tore off is cut away. Throws EvidenceError `log-damaged` when anything but the tail is wrong.
 */
export function* recoverLeaves(folder: string): Generator<Uint8Array> {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  for (const [number, name] of names.entries()) {
    const path = leafFile(folder, number);
    if (join(folder, name) !== path) throw new EvidenceError('log-damaged', { file: name });
    const isLast = number === names.length - 1;
    let lines = 0;
    let good = 0;
    for (const { line, ended } of linesOf(path)) {
      if (!ended || line.includes(0)) {
        if (!isLast) throw new EvidenceError('log-damaged', { file: name });
        cut(path, good);
        break;
      }
      yield line;
      lines += 1;
      good += line.length + 1;
    }
    if (isLast ? lines > LEAVES_PER_FILE : lines !== LEAVES_PER_FILE) throw new EvidenceError('log-damaged', { file: name });
  }
}

/** Leaves `from` … `to - 1` of a sound log. */
export function* readLeaves(folder: string, from: number, to: number): Generator<Uint8Array> {
  let place = Math.floor(from / LEAVES_PER_FILE) * LEAVES_PER_FILE;
  while (place < to) {
    const start = place;
    for (const { line } of linesOf(leafFile(folder, Math.floor(place / LEAVES_PER_FILE)))) {
      if (place >= to) return;
      if (place >= from) yield line;
      place += 1;
    }
    if (place !== start + LEAVES_PER_FILE && place < to) throw new EvidenceError('log-damaged', { leaf: place });
  }
}

function* linesOf(path: string): Generator<{ readonly line: Uint8Array; readonly ended: boolean }> {
  const fd = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const n = readSync(fd, chunk, 0, CHUNK, null);
      if (n === 0) break;
      const data = Buffer.concat([rest, chunk.subarray(0, n)]);
      let start = 0;
      for (let end = data.indexOf(LF); end >= 0; end = data.indexOf(LF, start)) {
        yield { line: data.subarray(start, end), ended: true };
        start = end + 1;
      }
      rest = data.subarray(start);
    }
    if (rest.length > 0) yield { line: rest, ended: false };
  } finally {
    closeSync(fd);
  }
}

function cut(path: string, length: number): void {
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, length);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
