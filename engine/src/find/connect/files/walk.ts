// SPDX-License-Identifier: Apache-2.0
import { lstatSync, opendirSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { ConnectError } from '../error.ts';
import { fileFailure } from '../file.ts';

export interface FoundFile {
  /** On disk. */
  readonly file: string;
  /** As datasets name it: inside the folder with `/`, or the name of the one file. */
  readonly path: string;
  /** Changes when the file does. */
  readonly version: string;
}

/** Ours, not the company's: planted controls lie directly in the folder; a replacement that a killed run left may lie anywhere. */
const isOurs = (name: string, prefix: string) => (prefix === '' && name.startsWith('shanhou-canary.')) || name.endsWith('.shanhou-part');

/**
 * The files of a source, in the order of their paths (by UTF-16 unit), a folder's names in memory at a time. Links are not followed: what one inside points to
 * is met on its own, what lies outside is not of the source. Throws ConnectError: bad-locator, not-found, unreadable.
 */
export function* filesOf(source: string, locator: string): Generator<FoundFile> {
  if (!isAbsolute(locator)) throw new ConnectError('bad-locator', { source, remedy: 'fix-locator', reason: 'path is not absolute' });
  try {
    const found = versionOf(locator);
    if (found !== null) yield { file: locator, path: basename(locator), version: found };
    else yield* inFolder(locator, '');
  } catch (error) {
    throw fileFailure(error, source);
  }
}

function* inFolder(folder: string, prefix: string): Generator<FoundFile> {
  for (const { name, isFolder } of namesIn(folder)) {
    const file = join(folder, name);
    if (isOurs(name, prefix)) continue;
    if (isFolder) yield* inFolder(file, `${prefix}${name}/`);
    else yield { file, path: `${prefix}${name}`, version: versionOf(file) ?? '' };
  }
}

function namesIn(folder: string): { name: string; isFolder: boolean }[] {
  const names: { name: string; isFolder: boolean }[] = [];
  const open = opendirSync(folder);
  try {
    for (let entry = open.readSync(); entry !== null; entry = open.readSync())
      if (!entry.isSymbolicLink()) names.push({ name: entry.name, isFolder: entry.isDirectory() });
  } finally {
    open.closeSync();
  }
  // A folder stands where its path, which goes on with `/`, belongs.
  const rank = ({ name, isFolder }: { name: string; isFolder: boolean }) => (isFolder ? `${name}/` : name);
  return names.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Null for a folder. */
export function versionOf(file: string): string | null {
  const stat = lstatSync(file, { bigint: true });
  return stat.isDirectory() ? null : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.isFile() ? '' : 'special'}`;
}
