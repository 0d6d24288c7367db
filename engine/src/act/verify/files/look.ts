// SPDX-License-Identifier: Apache-2.0
import { existsSync, lstatSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../../kit/index.ts';
import type { Source } from '../../../model/source.ts';
import { VerifyError, stateOf } from '../error.ts';
import { type Kind, kindOf } from './kinds.ts';
import { unzip } from './unzip.ts';

export const LIMITS = { file: 50 << 20, nesting: 3, swelling: 200 } as const;
const CANARY = 'shanhou-canary.';

/** A file, or a member of an archive, as it is now. */
export interface Found {
  /** As the inventory names it. */
  readonly path: string;
  readonly kind: Kind;
  readonly bytes: Buffer;
  readonly isCanary: boolean;
  /** Why it, or what is in it, cannot be looked into; null = it can. */
  readonly problem: string | null;
}

/** Everything in a source of files, archives opened, one file on disk in memory at a time. Throws VerifyError `source-unreachable`. */
export function* look(source: Source): Generator<Found> {
  for (const { file, path, isCanary } of filesOf(source)) yield* lookAt(readWhole(file, source), path, isCanary, 0);
}

/** The file on disk in whose name a table's name begins, and what is in it; nothing where there is none. */
export function* lookInto(source: Source, dataset: string): Generator<Found> {
  const root = rootOf(source);
  if (!lstatSync(root).isDirectory()) return yield* lookAt(readWhole(root, source), basename(source.locator), false, 0);
  const ends = [...dataset.matchAll(/!\/|#|$/g)].map((match) => match.index);
  for (const end of ends) {
    const path = dataset.slice(0, end);
    const file = join(root, path);
    // A name that climbs, or a folder on the way that is a link, leads somewhere else.
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true || realpathSync(file) !== `${root}${sep}${path}`) continue;
    yield* lookAt(readWhole(file, source), path, false, 0);
  }
}

function rootOf(source: Source): string {
  try {
    return realpathSync(source.locator);
  } catch (error) {
    throw new VerifyError('source-unreachable', { source: source.name, state: stateOf(error) });
  }
}

/** What a file's bytes are and hold; also used for attachments. `depth` counts the archives around it. */
export function* lookAt(bytes: Buffer | string, path: string, isCanary: boolean, depth: number): Generator<Found> {
  if (typeof bytes === 'string') return yield { path, kind: 'opaque', bytes: Buffer.alloc(0), isCanary, problem: bytes };
  const { kind, members, problem } = opened(bytes, path, depth);
  yield { path, kind, bytes, isCanary, problem };
  for (const [name, read] of members) {
    let content: Buffer | string;
    try {
      content = read();
      if (content.length > LIMITS.file) content = 'limit';
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      content = error.details['state'] ?? 'damaged';
    }
    yield* lookAt(content, `${path}!/${name}`, isCanary, depth + 1);
  }
}

interface Opened {
  readonly kind: Kind;
  readonly members: Iterable<readonly [name: string, read: () => Buffer]>;
  readonly problem: string | null;
}

function opened(bytes: Buffer, path: string, depth: number): Opened {
  try {
    let parts: ReadonlyMap<string, () => Buffer> = new Map();
    const kind = kindOf(bytes, path, () => {
      parts = unzip(bytes, path);
      return [...parts.keys()];
    });
    if (kind !== 'zip' && kind !== 'gz')
      return { kind, members: [], problem: kind === 'opaque' || kind === 'office' ? 'unsupported' : null };
    if (depth >= LIMITS.nesting) return { kind, members: [], problem: 'limit' };
    if (kind === 'gz') return { kind, members: [[gzipName(path), () => gunzipped(bytes, path)]], problem: null };
    return { kind, members: [...parts].filter(([name]) => !name.endsWith('/')), problem: null };
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    return { kind: 'opaque', members: [], problem: error.details['state'] ?? 'damaged' };
  }
}

function gzipName(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.tgz$/i, '.tar');
}

function gunzipped(bytes: Buffer, file: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(LIMITS.file, Math.max(1 << 20, bytes.length * LIMITS.swelling)) });
  } catch {
    throw new VerifyError('file-unreadable', { file, state: 'gzip' });
  }
}

/** Files on disk: a file and the canaries beside it, or all of a folder; links are not followed. */
function* filesOf(source: Source): Generator<{ readonly file: string; readonly path: string; readonly isCanary: boolean }> {
  const root = rootOf(source);
  try {
    if (lstatSync(root).isDirectory()) {
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        if (entry.isDirectory() || entry.isSymbolicLink()) continue;
        const file = join(entry.parentPath, entry.name);
        yield { file, path: file.slice(root.length + 1), isCanary: entry.parentPath === root && entry.name.startsWith(CANARY) };
      }
      return;
    }
    yield { file: root, path: basename(source.locator), isCanary: false };
    const own = `${CANARY}${sha256(source.name).slice(0, 8)}.`;
    for (const name of readdirSync(dirname(root)).filter((n) => n.startsWith(own)))
      yield { file: join(dirname(root), name), path: name, isCanary: true };
  } catch (error) {
    if (error instanceof VerifyError) throw error;
    throw new VerifyError('source-unreachable', { source: source.name, state: stateOf(error) });
  }
}

/** The file's bytes; a word instead where it cannot be read. */
function readWhole(file: string, source: Source): Buffer | string {
  try {
    const stat = lstatSync(file);
    if (!stat.isFile()) return 'unsupported';
    if (stat.size > LIMITS.file) return 'limit';
    return readFileSync(file);
  } catch (error) {
    if (!existsSync(source.locator)) throw new VerifyError('source-unreachable', { source: source.name, state: stateOf(error) });
    return 'unreadable';
  }
}
