// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { writeDurable } from '../../kit/index.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import { VaultError } from './error.ts';

export interface SealedClass {
  readonly archiveClass: string;
  /** Payload files: path inside the bag with `/`, SHA-512 of the ciphertext (hex), size in bytes. */
  readonly files: readonly { readonly path: string; readonly sha512: string; readonly bytes: number }[];
  readonly bytes: number;
  /** SHA-512 of `manifest-sha512.txt`, hex: the one number that stands for the archive of this class. */
  readonly manifest: string;
}

/**
 * Closes the bag of a retention class (BagIt 1.0, RFC 8493): manifest over the ciphertext, bag-info, tag manifest, so that fixity
 * can be checked by anybody without a key. Writing it again over the same files gives the same bytes.
 * `info`: bag-info elements, for example Source-Organization, Bagging-Date (YYYY-MM-DD). Throws VaultError `archive-damaged` for an empty class.
 */
export function sealClass(args: {
  readonly folder: string;
  readonly archiveClass: string;
  readonly info: Readonly<Record<string, string>>;
  readonly crash: CrashPoint;
}): SealedClass {
  const root = join(args.folder, args.archiveClass);
  const files = payload(join(root, 'data')).map((path) => {
    const data = readFileSync(path);
    return { path: relative(root, path).split(sep).join('/'), sha512: sha512(data), bytes: data.length };
  });
  if (files.length === 0) throw new VaultError('archive-damaged', { path: root });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const manifest = files.map((file) => manifestLine(file.sha512, file.path)).join('');
  const tags: Readonly<Record<string, string>> = {
    'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    'bag-info.txt': Object.entries({ ...args.info, 'Payload-Oxum': `${bytes}.${files.length}` })
      .map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}\n`)
      .join(''),
    'manifest-sha512.txt': manifest,
  };
  for (const [name, text] of Object.entries(tags)) writeDurable(join(root, name), text);
  const tagManifest = Object.entries(tags)
    .map(([name, text]) => manifestLine(sha512(text), name))
    .join('');
  writeDurable(join(root, 'tagmanifest-sha512.txt'), tagManifest);
  args.crash('vault.sealed');
  return { archiveClass: args.archiveClass, files, bytes, manifest: sha512(manifest) };
}

/** Every file below data/, sorted; a temp file that a killed run left is no part of the bag and is removed. */
function payload(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const isTemp = (path: string) => /\.part-\d+$/.test(path);
  for (const path of all.filter(isTemp)) rmSync(path);
  return all.filter((path) => !isTemp(path)).toSorted();
}

/** RFC 8493 §2.1.3: LF, CR and % in a path are percent-encoded. */
function manifestLine(digest: string, path: string): string {
  return `${digest}  ${path.replace(/[%\r\n]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}\n`;
}

function sha512(data: Uint8Array | string): string {
  return hash('sha512', data, 'hex');
}
