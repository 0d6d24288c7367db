// SPDX-License-Identifier: Apache-2.0
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Anchors, type Report, checkBundle } from '@shanhou/proof';

/**
 * Checks a bundle in a folder with the same checker that the auditor runs. Throws ProofError `bad-vkey` for a malformed anchor and what
 * the file system throws.
 */
export function checkFolder(folder: string, anchors: Anchors): Promise<Report> {
  return checkBundle(
    {
      async list() {
        const found = await readdir(folder, { recursive: true, withFileTypes: true });
        return found
          .filter((item) => !item.isDirectory())
          .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join('/') + (item.isFile() ? '' : '@'));
      },
      read: (path) => createReadStream(join(folder, ...path.split('/')), { highWaterMark: 1024 * 1024 }),
    },
    anchors,
  );
}
