// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, syncDirectory, writeDurable } from '../../kit/index.ts';
import { seal, unsealBytes } from './age.ts';
import { VaultError } from './error.ts';

/*
 * What must be kept of a document or message is its bytes: an age file of its own beside the chunk's lines, named by the inventory index.
 * It counts as kept when it was opened from disk and its SHA-256 was the one that the record's `content` cell states.
 */

/** `dataFolder`: the dataset's folder in the bag of its class. */
export function keptFilePath(dataFolder: string, index: number): string {
  return join(dataFolder, `${index}.age`);
}

/**
 * Keeps the bytes of one record, `hash` = their SHA-256 in hex, and opens the file again. A file that is there and opens to the same
 * bytes is used; `read` is then not called. Returns false when the bytes as read now are not those of the inventory.
 * Throws VaultError `archive-differs`, and what the file system throws (ENOSPC…).
 */
export async function keepFile(args: {
  readonly dataFolder: string;
  readonly index: number;
  readonly hash: string;
  read(): Promise<Uint8Array>;
  readonly recipient: string;
  readonly identity: string;
}): Promise<boolean> {
  const path = keptFilePath(args.dataFolder, args.index);
  if (await holdsFile(path, args.hash, args.identity)) return true;
  const bytes = await args.read();
  if (sha256(bytes) !== args.hash) return false;
  writeDurable(path, await seal(bytes, args.recipient));
  if (!(await holdsFile(path, args.hash, args.identity))) throw new VaultError('archive-differs', { path });
  return true;
}

/** Whether a kept file opens to bytes of this SHA-256. */
export async function holdsFile(path: string, hash: string, identity: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    return sha256(await unsealBytes(readFileSync(path), identity)) === hash;
  } catch {
    // A wrong key, a cut or a changed file all mean the same here: these bytes are not kept.
    return false;
  }
}

/** Indexes of the kept files in a dataset's folder that lie between two indexes, both included. */
export function keptFiles(dataFolder: string, first: number, last: number): number[] {
  if (!existsSync(dataFolder)) return [];
  return readdirSync(dataFolder)
    .flatMap((name) => (/^\d+\.age$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .filter((index) => index >= first && index <= last);
}

/** Takes kept files away, without which no line speaks of them. */
export function dropFiles(dataFolder: string, indexes: readonly number[]): void {
  for (const index of indexes) rmSync(keptFilePath(dataFolder, index), { force: true });
  if (indexes.length > 0) syncDirectory(dataFolder);
}
