// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { BoundFile } from '@shanhou/proof';
import type { EvidenceEntry } from '../../model/evidence.ts';
import { type BundleInput, boundPayload } from './bundle-input.ts';

/**
 * The entry that binds every file of the bundle outside the log: path, SHA-256, size. The journey appends it as the last leaf and
 * then builds the bundle from the same input. `at`: ISO 8601 instant. Throws EvidenceError `file-unknown`, `file-missing`, `inventory-differs`.
 */
export async function sealEntry(input: BundleInput, at: string): Promise<EvidenceEntry> {
  const files: BoundFile[] = [];
  for await (const file of boundPayload(input)) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of file.bytes instanceof Uint8Array ? [file.bytes] : file.bytes()) {
      hash.update(part);
      bytes += part.length;
    }
    files.push({ path: file.path, sha256: hash.digest('hex'), bytes });
  }
  return { kind: 'evidence.sealed', at, body: sealedBody(files) };
}

/** Body of `evidence.sealed`: files sorted by path. */
export function sealedBody(files: readonly BoundFile[]): { readonly files: readonly BoundFile[] } {
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}
