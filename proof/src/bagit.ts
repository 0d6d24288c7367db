// SPDX-License-Identifier: Apache-2.0
import { fromUtf8 } from './encoding.ts';
import { ProofError } from './error.ts';

/* BagIt 1.0 (RFC 8493). We write one spelling only, and the checker wants the bytes of that spelling. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** One line of a manifest: path inside the bag with `/`, digest in lower-case hex. */
export interface ManifestLine {
  readonly path: string;
  readonly digest: string;
}

/** A manifest or tag manifest: lines sorted by path, two spaces, LF; `%`, CR and LF of a path are percent-encoded (RFC 8493 §2.1.3). */
export function renderManifest(lines: Iterable<ManifestLine>): string {
  return [...lines]
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map((line) => `${line.digest}  ${line.path.replace(/[%\r\n]/g, percent)}\n`)
    .join('');
}

/**
 * Reads a manifest as RFC 8493 §2.1.3 allows it, and refuses what could make two readers disagree: a path that leaves the bag,
 * a path twice (also when only case or Unicode form differ), a digest of another length. `digits`: hex digits of the digest (SHA-512: 128).
 * Throws ProofError `bad-bag`.
 */
export function parseManifest(bytes: Uint8Array, digits: number, inside: 'data' | 'tag'): readonly ManifestLine[] {
  const seen = new Set<string>();
  return fromUtf8(bytes)
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^([0-9A-Fa-f]+)[ \t]+\*?(.+)$/.exec(line);
      if (!match || match[1]!.length !== digits) throw new ProofError('bad-bag', 'manifest line');
      const path = decodePath(match[2]!);
      if (!isInside(path, inside)) throw new ProofError('bad-bag', 'path outside the bag');
      const folded = path.normalize('NFC').toLowerCase();
      if (seen.has(folded)) throw new ProofError('bad-bag', 'path twice');
      seen.add(folded);
      return { path, digest: match[1]!.toLowerCase() };
    });
}

/** Reads a manifest that must be exactly what `renderManifest` writes, with SHA-512. Throws ProofError `bad-bag`. */
export function parseCanonicalManifest(bytes: Uint8Array, inside: 'data' | 'tag'): readonly ManifestLine[] {
  const lines = parseManifest(bytes, 128, inside);
  if (renderManifest(lines) !== fromUtf8(bytes)) throw new ProofError('bad-bag', 'manifest spelling');
  return lines;
}

/** What bag-info.txt says; every element can be derived from the rest of the bundle. */
export interface BagInfo {
  /** YYYY-MM-DD */
  readonly date: string;
  /** The case code. */
  readonly identifier: string;
  readonly payloadBytes: number;
  readonly payloadFiles: number;
}

/** bag-info.txt with its four elements, in this order. */
export function renderBagInfo(info: BagInfo): string {
  return [
    'Bag-Software-Agent: shanhou',
    `Bagging-Date: ${info.date}`,
    `External-Identifier: ${info.identifier}`,
    `Payload-Oxum: ${info.payloadBytes}.${info.payloadFiles}`,
    '',
  ].join('\n');
}

/** Reads a bag-info.txt that `renderBagInfo` wrote. Throws ProofError `bad-bag`. */
export function parseBagInfo(bytes: Uint8Array): BagInfo {
  const text = fromUtf8(bytes);
  const match = /^Bagging-Date: (\d{4}-\d\d-\d\d)\nExternal-Identifier: ([^\n]+)\nPayload-Oxum: (\d+)\.(\d+)$/m.exec(text);
  if (!match) throw new ProofError('bad-bag', 'bag-info.txt');
  const info = { date: match[1]!, identifier: match[2]!, payloadBytes: Number(match[3]), payloadFiles: Number(match[4]) };
  if (renderBagInfo(info) !== text) throw new ProofError('bad-bag', 'bag-info.txt');
  return info;
}

/** RFC 8493 §2.1.3: only `%0A`, `%0D` and `%25` are decoded; §5.1.3: nothing may point out of the bag. */
function decodePath(path: string): string {
  return path.replace(/%(0A|0D|25)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function isInside(path: string, inside: 'data' | 'tag'): boolean {
  const parts = path.replace(/^\.\//, '').split('/');
  if (path.includes('\\') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) return false;
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return false;
  return inside === 'data' ? parts[0] === 'data' && parts.length > 1 : parts[0] !== 'data';
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
