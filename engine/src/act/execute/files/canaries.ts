// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sha256, syncDirectory, writeDurable } from '../../../kit/index.ts';
import { ExecuteError, stateOf } from '../error.ts';
import { CANARY_KINDS, type CanaryKind, canaryFile, canaryKind, markOf } from './canary-files.ts';
import { isGzip, openGzip } from './gzip-bytes.ts';
import type { Site } from './place.ts';
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

/** Kinds of file in the source, each with one file on disk of that kind, where it is not only in archives. */
function kindsIn(site: Site): ReadonlyMap<CanaryKind, string | null> {
  const kinds = new Map<CanaryKind, string | null>();
  for (const file of site.isFolder ? filesIn(site.root) : [site.root]) {
    const kind = canaryKind(site.isFolder ? file : site.name);
    if (kind !== null) kinds.set(kind, file);
    if (kind === 'zip' || kind === 'gz') for (const inner of kindsInArchive(file)) if (!kinds.has(inner)) kinds.set(inner, null);
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
  try {
    collectKinds(readFileSync(file), basename(file), kinds, 1);
  } catch (error) {
    // An archive that cannot be opened holds nothing that anybody could search; it is reported by those who read it.
    if (!(error instanceof ExecuteError)) throw error;
  }
  return kinds;
}

function collectKinds(bytes: Uint8Array, name: string, kinds: Set<CanaryKind>, depth: number): void {
  const see = (inner: string, read: () => Uint8Array) => {
    const kind = canaryKind(inner);
    if (kind !== null) kinds.add(kind);
    if ((kind === 'zip' || kind === 'gz') && depth < DEEPEST) collectKinds(read(), inner, kinds, depth + 1);
  };
  if (isGzip(bytes)) see(name.replace(/\.gz$/i, ''), () => openGzip(bytes, name));
  else if (isZip(bytes)) {
    const zip = openZip(bytes, name);
    for (const member of zip.members) see(member.name, () => zip.read(member));
  }
}

/** How a text file of this kind is written, so that the control covers its encoding. */
function formOf(file: string | null): { readonly form: TextForm | null; readonly mark: Uint8Array } {
  if (file === null) return { form: null, mark: new Uint8Array() };
  try {
    const bytes = readFileSync(file);
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
