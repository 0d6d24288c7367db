// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { LEAVES_PER_FILE, entriesFile } from './bundle.ts';
import { DISPOSITION_START, type DispositionLeaf, parseDisposition } from './disposition.ts';
import { asEnvelope } from './dsse.ts';
import { ProofError } from './error.ts';
import { type BundleFiles, readLines } from './files.ts';
import { parseCanonical } from './json.ts';
import { MerkleRoot, leafHash } from './merkle.ts';
import type { NoteKey } from './note.ts';
import { type Statement, openStatement } from './statement.ts';

/** Who is told of each leaf, in the order of the log. */
export interface LeafReader {
  statement(statement: Statement): void;
  disposition(place: number, leaf: DispositionLeaf): void;
  /** A leaf that is neither, or a statement that does not verify. */
  malformed(place: number, error: ProofError): void;
}

/**
 * Reads every leaf once: computes the root, verifies each statement and hands the leaf on. Memory is one line.
 * Throws ProofError `bad-line` when the files are not cut as the format says.
 */
export async function readLog(files: BundleFiles, count: number, key: NoteKey, reader: LeafReader): Promise<MerkleRoot> {
  const tree = new MerkleRoot();
  for (let number = 0; number < count; number++) {
    let lines = 0;
    for await (const line of readLines(files, entriesFile(number))) {
      const place = tree.size;
      tree.add(leafHash(line));
      readLeaf(line, place, key, reader);
      lines += 1;
    }
    if (number === count - 1 ? lines === 0 || lines > LEAVES_PER_FILE : lines !== LEAVES_PER_FILE)
      throw new ProofError('bad-line', entriesFile(number));
  }
  return tree;
}

function readLeaf(line: Uint8Array, place: number, key: NoteKey, reader: LeafReader): void {
  try {
    if (startsWith(line, DISPOSITION_START)) reader.disposition(place, parseDisposition(line));
    else {
      const statement = openStatement(asEnvelope(parseCanonical(line, 'bad-envelope')), key);
      if (statement.seq !== place) throw new ProofError('bad-statement', 'seq');
      reader.statement(statement);
    }
  } catch (error) {
    reader.malformed(place, error instanceof ProofError ? error : new ProofError('bad-statement', '', error));
  }
}

/** Root and number of the commitments in the bundle. Throws ProofError `bad-line` when a file is not cut as the format says. */
export async function readCommitments(files: BundleFiles, paths: readonly string[], perFile: number): Promise<MerkleRoot> {
  const tree = new MerkleRoot();
  for (const [number, path] of paths.entries()) {
    const before = tree.size;
    const held = new Uint8Array(32);
    let fill = 0;
    for await (const part of files.read(path)) {
      for (let at = 0; at < part.length;) {
        const take = Math.min(32 - fill, part.length - at);
        held.set(part.subarray(at, at + take), fill);
        at += take;
        fill += take;
        if (fill < 32) continue;
        tree.add(held);
        fill = 0;
      }
    }
    const rows = tree.size - before;
    const last = number === paths.length - 1;
    if (fill !== 0 || (last ? rows === 0 || rows > perFile : rows !== perFile)) throw new ProofError('bad-line', path);
  }
  return tree;
}

/** SHA-256 and size of a file. */
export async function fileDigest(files: BundleFiles, path: string): Promise<{ readonly sha256: Uint8Array; readonly bytes: number }> {
  const hash = sha256.create();
  let bytes = 0;
  for await (const part of files.read(path)) {
    hash.update(part);
    bytes += part.length;
  }
  return { sha256: hash.digest(), bytes };
}

function startsWith(line: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, i) => line[i] === byte);
}
