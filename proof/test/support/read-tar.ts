// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Where published test vectors lie, when they are there: beside the repository. */
export function vectorFile(name: string): string | null {
  const path = fileURLToPath(new URL(`../../../../shared/real/vectors/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** The plain files of a .tar.gz (ustar, with GNU and pax long names), in memory. */
export function readTar(path: string): Map<string, Uint8Array> {
  const tar = gunzipSync(readFileSync(path));
  const files = new Map<string, Uint8Array>();
  let longName: string | null = null;
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const text = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const type = text(156, 1);
    const body = tar.subarray(at + 512, at + 512 + size);
    if (type === 'L') longName = body.toString('utf8').replace(/\0.*$/s, '');
    else if (type === 'x') longName = /\d+ path=([^\n]*)\n/.exec(body.toString('utf8'))?.[1] ?? null;
    else {
      const prefix = text(345, 155);
      if (type === '0' || type === '') files.set(longName ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100)), Uint8Array.from(body));
      longName = null;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
