// SPDX-License-Identifier: Apache-2.0
import { closeSync, existsSync, openSync, readSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sha256, syncDirectory, writeDurable } from '../../../kit/index.ts';
import { ExecuteError, stateOf } from '../error.ts';
import { CANARY_KINDS, type CanaryKind, canaryFile, canaryKind, markOf } from './canary-files.ts';
import { isGzip, openGzip } from './gzip-bytes.ts';
import type { Site } from './place.ts';
import { readBytes } from './put-in-place.ts';
import { type TextForm, textFormOf } from './text-form.ts';
import { isZip, openZip } from './zip-bytes.ts';

const PREFIX = 'shanhou-canary';
const DEEPEST = 3;

/** Writes a canary for every kind of file that is in the source, or in an archive of it. Throws ExecuteError. */
export async function plantFiles(site: Site, source: string, marks: readonly string[]): Promise<void> {
  const { folder, name } = canaryPlace(site, source);
  for (const [kind, file] of kindsIn(site)) {
    const { form, mark } = formOf(file);
    const bytes = await canaryFile(kind, marks, form, mark);
    attempt(() => writeDurable(join(folder, `${name}.${kind}`), bytes));
  }
}

/** Takes all canaries of the source away. */
export function unplantFiles(site: Site, source: string): void {
  const { folder, name } = canaryPlace(site, source);
  const there = CANARY_KINDS.map((kind) => join(folder, `${name}.${kind}`)).filter((path) => existsSync(path));
  for (const path of there) attempt(() => rmSync(path));
  if (there.length > 0) syncDirectory(folder);
}

/** In a folder; beside a file, under a name of its own, because other sources may lie beside it. */
function canaryPlace(site: Site, source: string): { readonly folder: string; readonly name: string } {
  return site.isFolder
    ? { folder: site.root, name: PREFIX }
    : { folder: dirname(site.root), name: `${PREFIX}.${sha256(source).slice(0, 8)}` };
}

/** Kinds of file in the source, each with one file on disk of that kind, where it is not only in archives; a folder always has text. */
function kindsIn(site: Site): ReadonlyMap<CanaryKind, string | null> {
  const kinds = new Map<CanaryKind, string | null>(site.isFolder ? [['txt', null]] : []);
  for (const file of site.isFolder ? filesIn(site.root) : [site.root]) {
    kinds.set(canaryKind(site.isFolder ? file : site.name), file);
    for (const inner of kindsInArchive(file)) if (!kinds.has(inner)) kinds.set(inner, null);
  }
  return kinds;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith(`${PREFIX}.`))
    .map((entry) => join(entry.parentPath, entry.name));
}

function kindsInArchive(file: string): ReadonlySet<CanaryKind> {
  const kinds = new Set<CanaryKind>();
  tolerant(() => {
    if (isPacked(headOf(file))) collectKinds(readBytes(file), basename(file), kinds, 1);
  });
  return kinds;
}

/** An archive or member that cannot be opened holds nothing that anybody could search; it is reported by those who read it. */
function tolerant(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ExecuteError)) throw error;
  }
}

function isPacked(bytes: Uint8Array): boolean {
  return isGzip(bytes) || isZip(bytes);
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(32);
  let fd: number | null = null;
  try {
    fd = openSync(file, 'r');
    return head.subarray(0, readSync(fd, head));
  } catch (error) {
    throw new ExecuteError('file-unreadable', { state: stateOf(error) });
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** Names in archives, of archives in them too. A zip that is a document has parts, not members. */
function collectKinds(bytes: Uint8Array, name: string, kinds: Set<CanaryKind>, depth: number): void {
  const see = (inner: string, read: () => Uint8Array) => {
    kinds.add(canaryKind(inner));
    if (depth >= DEEPEST) return;
    tolerant(() => {
      const content = read();
      if (isPacked(content)) collectKinds(content, inner, kinds, depth + 1);
    });
  };
  if (isGzip(bytes)) return see(basename(name).replace(/\.gz$/i, ''), () => openGzip(bytes, name));
  const zip = openZip(bytes, name);
  if (zip.members.some((member) => OFFICE.test(member.name))) return;
  for (const member of zip.members) if (!member.name.endsWith('/')) see(member.name, () => zip.read(member));
}

const OFFICE = /^(?:xl|word|ppt)\/|^(?:\[Content_Types\]\.xml|OFD\.xml|META-INF\/manifest\.xml)$/;

/** How a text file of this kind is written, so that the control covers its encoding. */
function formOf(file: string | null): { readonly form: TextForm | null; readonly mark: Uint8Array } {
  if (file === null) return { form: null, mark: new Uint8Array() };
  try {
    const bytes = readBytes(file);
    const form = textFormOf(bytes, file);
    return { form, mark: markOf(bytes, form) };
  } catch (error) {
    if (!(error instanceof ExecuteError)) throw error;
    return { form: null, mark: new Uint8Array() };
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    const state = stateOf(error);
    throw new ExecuteError(['EACCES', 'EPERM', 'EROFS'].includes(state) ? 'permission-denied' : 'source-error', { state });
  }
}
