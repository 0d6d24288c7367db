// SPDX-License-Identifier: Apache-2.0
import { realpathSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { ExecuteError, stateOf } from '../error.ts';

/** Where a record or table lies: a file on disk and, within archives, the members on the way. */
export interface Place {
  /** Real path: a link stays, what it points to is handled. */
  readonly file: string;
  readonly members: readonly string[];
}

/** A file source: one file, or a folder with everything below it. */
export interface Site {
  /** Real path of the file or folder. */
  readonly root: string;
  readonly isFolder: boolean;
  /** Name of the one file as the inventory states it. */
  readonly name: string;
}

/** Throws ExecuteError `source-unreachable`, `permission-denied`. */
export function siteOf(locator: string, source: string): Site {
  try {
    const root = realpathSync(locator);
    return { root, isFolder: statSync(root).isDirectory(), name: basename(locator) };
  } catch (error) {
    const state = stateOf(error);
    throw new ExecuteError(state === 'EACCES' ? 'permission-denied' : 'source-unreachable', { source, state });
  }
}

/**
 * The place of a path as the inventory states it (docs/reference/files-as-datasets.md); null when no such file is there,
 * 'outside' when it is a link that leads out of the source.
 */
export function placeOf(site: Site, path: string): Place | 'outside' | null {
  const parts = path.split('!/');
  // `!/` may stand in the name of a real folder: the first prefix that is a file is the file.
  for (let taken = 1; taken <= parts.length; taken++) {
    const outer = parts.slice(0, taken).join('!/');
    const file = fileAt(site, outer);
    if (file === 'outside') return file;
    if (file !== null) return { file, members: parts.slice(taken) };
  }
  return null;
}

function fileAt(site: Site, path: string): string | 'outside' | null {
  if (!site.isFolder) return path === site.name ? site.root : null;
  if (path.split('/').includes('..')) return 'outside';
  try {
    const file = realpathSync(join(site.root, path));
    if (!file.startsWith(site.root + sep)) return 'outside';
    return statSync(file).isFile() ? file : null;
  } catch (error) {
    const state = stateOf(error);
    if (state === 'ENOENT' || state === 'ENOTDIR' || state === 'ENAMETOOLONG') return null;
    throw new ExecuteError(state === 'EACCES' || state === 'EPERM' ? 'permission-denied' : 'file-unreadable', { state });
  }
}
