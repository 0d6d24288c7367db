// SPDX-License-Identifier: Apache-2.0
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256, syncDirectory } from '../../../kit/index.ts';
import { ExecuteError, stateOf } from '../error.ts';
import type { EraseJob } from '../ports.ts';

/*
 * A file is replaced, never edited: replacement written beside it, synced and read back → intent (ours) → rename or unlink (theirs) →
 * folder synced. Killed at any moment, the old file or the new one has the name, never a torn one.
 */

/**
 * Brings a file to its new content; null = the file goes. `before` = SHA-256 of what the new content was made from.
 * `intend` records the intent and is awaited before anything changes under the file's name.
 * Throws ExecuteError `file-changed` when somebody wrote to it meanwhile, `permission-denied`, `source-error`; then it is untouched.
 */
export async function putInPlace(
  job: EraseJob,
  file: string,
  before: string,
  replacement: Uint8Array | null,
  intend: () => Promise<void>,
): Promise<void> {
  const part = partOf(file);
  try {
    if (replacement) writePart(file, replacement);
    job.crash('file.replacement-written');
    await intend();
    if (sha256(readBytes(file)) !== before) throw new ExecuteError('file-changed', { dataset: job.map.id });
    attempt(() => (replacement ? renameSync(part, file) : rmSync(file)));
  } catch (error) {
    if (error instanceof ExecuteError) rmSync(part, { force: true });
    throw error;
  }
  syncDirectory(dirname(file));
  job.crash('file.replaced');
}

/** Takes away what a killed run left beside the file; the name is ours alone. */
export function dropPart(file: string): void {
  attempt(() => rmSync(partOf(file), { force: true }));
}

/** Throws ExecuteError `permission-denied`, `source-unreachable`, `file-unreadable`. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const state = stateOf(error);
    throw new ExecuteError(denied(state) ? 'permission-denied' : state === 'ENOENT' ? 'source-unreachable' : 'file-unreadable', { state });
  }
}

function denied(state: string): boolean {
  return state === 'EACCES' || state === 'EPERM' || state === 'EROFS';
}

function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    const state = stateOf(error);
    throw new ExecuteError(denied(state) ? 'permission-denied' : 'source-error', { state });
  }
}

function partOf(file: string): string {
  return `${file}.shanhou-part`;
}

/** The replacement beside the file, with its mode and, where we may, its owner, read back. It holds only what stays. */
function writePart(file: string, bytes: Uint8Array): void {
  attempt(() => {
    const { mode, uid, gid } = statSync(file);
    let fd: number | null = null;
    try {
      fd = openSync(partOf(file), 'w', 0o600);
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      try {
        fchownSync(fd, uid, gid);
      } catch {
        // Not ours to give: the file then belongs to the account that erases.
      }
      fchmodSync(fd, mode & 0o7777);
      fsyncSync(fd);
    } catch (error) {
      rmSync(partOf(file), { force: true });
      throw error;
    } finally {
      if (fd !== null) closeSync(fd);
    }
  });
  if (sha256(readBytes(partOf(file))) !== sha256(bytes)) throw new ExecuteError('source-error', { state: 'read-back-differs' });
}
