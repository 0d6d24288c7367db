// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { VERIFIER_FOLDER } from '@shanhou/proof';

const FOLDER = dirname(createRequire(import.meta.url).resolve('@shanhou/proof/second/check.py'));

/** Paths in the bundle of the second checker's files, sorted: whoever has only the bundle and Python can come to a verdict. */
export const VERIFIER_FILES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.py'))
  .toSorted()
  .map((name) => VERIFIER_FOLDER + name);

/** The bytes of one of `VERIFIER_FILES`. Throws what the file system throws. */
export function verifierBytes(path: string): Uint8Array {
  return readFileSync(join(FOLDER, path.slice(VERIFIER_FOLDER.length)));
}
