// SPDX-License-Identifier: Apache-2.0
import { concat, fromHex, fromUtf8, toBase64 } from './encoding.ts';
import { ProofError } from './error.ts';
import { type NoteKey, parseNote, signNote, verifyNote } from './note.ts';

/*
 * data/timestamps/list: which files of time stamps belong to the bundle, signed with the log's key (C2SP signed-note). They come after
 * `evidence.sealed` and cannot be bound by it, and a token has bytes that its own signature does not cover. The first line is
 * `<log name>/timestamps`, so that the note can never be read as a checkpoint.
 */

/** One file beside the list. */
export interface TimestampFile {
  /** Inside data/timestamps: `NAME.tsr`. */
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}

/** The signed list. `seed`: the log's. */
export function signTimestampList(files: readonly TimestampFile[], logName: string, seed: Uint8Array): string {
  return signNote(listText(files, logName), logName, seed);
}

/** The files of a list that this key signed and `signTimestampList` spelled. Throws ProofError `bad-timestamp`, `bad-note`, `bad-signature`. */
export function openTimestampList(bytes: Uint8Array, key: NoteKey): readonly TimestampFile[] {
  const note = parseNote(bytes);
  if (!verifyNote(note, key)) throw new ProofError('bad-signature', 'list');
  const signature = note.signatures[0];
  if (!signature || note.signatures.length !== 1) throw new ProofError('bad-timestamp', 'list');
  const files = note.text
    .split('\n')
    .slice(1, -1)
    .map((line) => ({ sha256: line.slice(0, 64), name: line.slice(66) }));
  const spelled = `${listText(files, key.name)}\n— ${key.name} ${toBase64(concat(fromHex(key.keyId), signature.signature))}\n`;
  if (spelled !== fromUtf8(bytes)) throw new ProofError('bad-timestamp', 'list');
  return files;
}

function listText(files: readonly TimestampFile[], logName: string): string {
  const lines = files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((file) => `${file.sha256}  ${file.name}\n`);
  return `${logName}/timestamps\n${lines.join('')}`;
}
