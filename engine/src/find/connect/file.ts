// SPDX-License-Identifier: Apache-2.0
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { ConnectError } from './error.ts';

/** The first `length` bytes of a file and its size. Throws ConnectError: bad-locator, not-found, unreadable. */
export function headOfFile(source: string, path: string, length: number): { readonly head: Buffer; readonly size: number } {
  if (!isAbsolute(path)) throw new ConnectError('bad-locator', { source, remedy: 'fix-locator', reason: 'path is not absolute' });
  try {
    const fd = openSync(path, 'r');
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) throw new ConnectError('bad-locator', { source, remedy: 'fix-path', reason: 'not a file' });
      const head = Buffer.alloc(Math.min(length, stat.size));
      let filled = 0;
      while (filled < head.length) {
        const got = readSync(fd, head, filled, head.length - filled, filled);
        if (got === 0) break;
        filled += got;
      }
      return { head: head.subarray(0, filled), size: stat.size };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileFailure(error, source);
  }
}

/** A file system error as ours. Errors that are already ours pass; anything without an errno is a defect and passes too. */
export function fileFailure(error: unknown, source: string): unknown {
  if (error instanceof ConnectError || !(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
  return missing
    ? new ConnectError('not-found', { source, remedy: 'fix-path', reason: error.code })
    : new ConnectError('unreadable', { source, remedy: 'grant-read', reason: error.code });
}
