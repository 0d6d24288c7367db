// SPDX-License-Identifier: Apache-2.0
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Durable file: temp → write → sync → rename → sync directory. Until `commit` returns, nobody sees the file;
 * afterwards it survives power loss. A crash leaves at most `<path>.part-<pid>`, which a later run may delete.
 */
export class DurableWriter {
  readonly path: string;
  #part: string;
  #fd: number | null;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.path = path;
    this.#part = `${path}.part-${process.pid}`;
    this.#fd = openSync(this.#part, 'w', 0o600);
  }

  write(data: Uint8Array | string): void {
    if (this.#fd === null) throw new Error('the file is closed');
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
  }

  /** Makes the content permanent under its name. `beforeRename` is a crash point: the full temp file exists, the name does not. */
  commit(beforeRename: () => void = () => undefined): void {
    if (this.#fd === null) throw new Error('the file is closed');
    fsyncSync(this.#fd);
    closeSync(this.#fd);
    this.#fd = null;
    beforeRename();
    renameSync(this.#part, this.path);
    syncDirectory(dirname(this.path));
  }

  abandon(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    rmSync(this.#part, { force: true });
  }
}

/** Writes one durable file. Throws what the file system throws (ENOSPC…); then the old content, if any, is untouched. */
export function writeDurable(path: string, data: Uint8Array | string): void {
  const writer = new DurableWriter(path);
  try {
    writer.write(data);
    writer.commit();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** As `writeDurable`, but other work goes on while the disk syncs. */
export async function writeDurably(path: string, data: Uint8Array): Promise<void> {
  const part = `${path}.part-${process.pid}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes names created, renamed or removed in a folder permanent. */
export function syncDirectory(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
