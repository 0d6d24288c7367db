// SPDX-License-Identifier: Apache-2.0
import { concat } from './encoding.ts';
import { ProofError } from './error.ts';

/** Where a bundle's files come from: a folder, a browser's file list, memory. Paths use `/` and start inside the bag. */
export interface BundleFiles {
  /** Every file, also hidden ones; anything that is no plain file must be listed too, so that it is refused. */
  list(): AsyncIterable<string> | Promise<readonly string[]>;
  read(path: string): AsyncIterable<Uint8Array>;
}

/** Files that are read whole must fit into memory. */
const MAX_WHOLE = 32 * 1024 * 1024;
/** A leaf is one line. */
export const MAX_LINE = 16 * 1024 * 1024;
const LF = 10;

/** All names, sorted. */
export async function listFiles(files: BundleFiles): Promise<readonly string[]> {
  const names: string[] = [];
  const listed = files.list();
  if (Symbol.asyncIterator in listed) for await (const name of listed) names.push(name);
  else names.push(...(await listed));
  return names.toSorted();
}

/** A small file as one array. Throws ProofError `too-large`. */
export async function readWhole(files: BundleFiles, path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of files.read(path)) {
    size += part.length;
    if (size > MAX_WHOLE) throw new ProofError('too-large', path);
    parts.push(part);
  }
  return concat(...parts);
}

/**
 * The lines of a file without their LF. A last line without LF, an empty line and a line of more than 16 MiB are refused.
 * Throws ProofError `bad-line`, `too-large`. A line is valid until the next one is taken.
 */
export async function* readLines(files: BundleFiles, path: string): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const part of files.read(path)) {
    const chunk = rest.length === 0 ? part : concat(rest, part);
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      if (end === start) throw new ProofError('bad-line', path);
      if (end - start > MAX_LINE) throw new ProofError('too-large', path);
      yield chunk.subarray(start, end);
      start = end + 1;
    }
    rest = chunk.subarray(start);
    if (rest.length > MAX_LINE) throw new ProofError('too-large', path);
  }
  if (rest.length > 0) throw new ProofError('bad-line', path);
}
