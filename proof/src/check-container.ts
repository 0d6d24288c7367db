// SPDX-License-Identifier: Apache-2.0
import { sha512 } from '@noble/hashes/sha2.js';
import {
  BAGIT_TXT,
  type BagInfo,
  type ManifestLine,
  parseBagInfo,
  parseCanonicalManifest,
  renderBagInfo,
  renderManifest,
} from './bagit.ts';
import { REQUIRED_FILES, TAG_FILES, TAG_MANIFEST, commitmentsFile, entriesFile, isKnownFile } from './bundle.ts';
import { fromUtf8, toHex, utf8 } from './encoding.ts';
import { type BundleFiles, listFiles, readWhole } from './files.ts';

export interface Container {
  /** Payload paths, sorted. */
  readonly payload: readonly string[];
  readonly info: BagInfo;
  readonly entries: number;
  readonly commitments: number;
}

/**
 * Checks the bag: only files the format knows, none missing, and tag files that are, byte for byte, what the payload gives.
 * Every file is read once. Returns the problem as text, or what the container holds. Throws ProofError for a malformed tag file.
 */
export async function checkContainer(files: BundleFiles): Promise<Container | string> {
  const names = await listFiles(files);
  const tags: readonly string[] = [...TAG_FILES, TAG_MANIFEST];
  const payload = names.filter((name) => !tags.includes(name));
  const wrong = names.find((name, i) => name === names[i - 1]) ?? payload.find((name) => !isKnownFile(name));
  if (wrong !== undefined) return `unknown file ${printable(wrong)}`;
  const entries = payload.filter((name) => name.startsWith('data/log/entries/')).length;
  const commitments = payload.filter((name) => name.endsWith('.bin')).length;
  const needed = [...tags, ...REQUIRED_FILES, ...numbered(Math.max(entries, 1), entriesFile), ...numbered(commitments, commitmentsFile)];
  const absent = needed.find((name) => !names.includes(name));
  if (absent !== undefined) return `missing file ${absent}`;

  const { lines, bytes } = await digests(files, payload);
  if (fromUtf8(await readWhole(files, 'bagit.txt')) !== BAGIT_TXT) return 'bagit.txt';
  const info = parseBagInfo(await readWhole(files, 'bag-info.txt'));
  if (info.payloadBytes !== bytes || info.payloadFiles !== payload.length) return 'changed file bag-info.txt';
  const problem =
    difference(parseCanonicalManifest(await readWhole(files, 'manifest-sha512.txt'), 'data'), lines) ??
    difference(parseCanonicalManifest(await readWhole(files, TAG_MANIFEST), 'tag'), tagLines(info, lines));
  return problem ?? { payload, info, entries, commitments };
}

/** The lines of the tag manifest for these tag files. */
export function tagLines(info: BagInfo, lines: readonly ManifestLine[]): readonly ManifestLine[] {
  const texts = { 'bag-info.txt': renderBagInfo(info), 'bagit.txt': BAGIT_TXT, 'manifest-sha512.txt': renderManifest(lines) };
  return TAG_FILES.map((path) => ({ path, digest: toHex(sha512(utf8(texts[path]))) }));
}

async function digests(files: BundleFiles, payload: readonly string[]) {
  const lines: ManifestLine[] = [];
  let bytes = 0;
  for (const path of payload) {
    const hash = sha512.create();
    for await (const part of files.read(path)) {
      hash.update(part);
      bytes += part.length;
    }
    lines.push({ path, digest: toHex(hash.digest()) });
  }
  return { lines, bytes };
}

/** The path of the first line that is in one list and not in the other. */
function difference(said: readonly ManifestLine[], found: readonly ManifestLine[]): string | null {
  const known = new Map(found.map((line) => [line.path, line.digest]));
  const wrong = said.find((line) => known.get(line.path) !== line.digest);
  if (wrong) return `changed file ${printable(wrong.path)}`;
  const told = new Set(said.map((line) => line.path));
  const untold = found.find((line) => !told.has(line.path));
  return untold ? `file not in manifest ${untold.path}` : null;
}

function numbered(count: number, name: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => name(i));
}

/** A name from outside, shown without control characters. */
function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}
