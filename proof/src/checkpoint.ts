// SPDX-License-Identifier: Apache-2.0
import { fromBase64, toBase64, utf8 } from './encoding.ts';
import { ProofError } from './error.ts';
import { HASH } from './merkle.ts';
import { type Note, type NoteKey, parseNote, signNote, verifyNote } from './note.ts';

/** A log's head (C2SP tlog-checkpoint): whose log, how many leaves, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The note text: origin, size, root, one a line. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** Signs a checkpoint with the log's seed; the key name is the origin. */
export function signCheckpoint(checkpoint: Checkpoint, seed: Uint8Array): string {
  return signNote(checkpointText(checkpoint), checkpoint.origin, seed);
}

/** Reads a note text as a checkpoint. Extension lines are allowed by the format and refused here. Throws ProofError `bad-checkpoint`. */
export function parseCheckpointText(text: string): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n$/.exec(text);
  if (!match) throw new ProofError('bad-checkpoint');
  const size = Number(match[2]);
  const root = fromBase64(match[3]!);
  if (!Number.isSafeInteger(size) || root.length !== HASH) throw new ProofError('bad-checkpoint');
  return { origin: match[1]!, size, root };
}

/** The checkpoint of a signed note, after its signature was verified with the key. Throws ProofError `bad-note`, `bad-checkpoint`, `bad-signature`. */
export function openCheckpoint(bytes: Uint8Array | string, key: NoteKey): { readonly checkpoint: Checkpoint; readonly note: Note } {
  const note = parseNote(typeof bytes === 'string' ? utf8(bytes) : bytes);
  if (!verifyNote(note, key)) throw new ProofError('bad-signature', 'checkpoint');
  const checkpoint = parseCheckpointText(note.text);
  if (checkpoint.origin !== key.name) throw new ProofError('bad-checkpoint', 'origin');
  return { checkpoint, note };
}
