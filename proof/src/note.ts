// SPDX-License-Identifier: Apache-2.0
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './encoding.ts';
import { ProofError } from './error.ts';

/* C2SP signed-note v1.0: text, an empty line, signature lines `— <name> base64(key id ‖ signature)`. Only type 0x01, Ed25519. */
const ED25519 = 1;
const MAX_SIGNATURES = 100;

/** A key that signs notes. `fingerprint` is the whole SHA-256 whose first four bytes are the key ID. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
  /** Eight hex digits. */
  readonly keyId: string;
  /** 64 hex digits; what a newspaper or a register prints. */
  readonly fingerprint: string;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends with a newline; what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The key of a name and 32 bytes of Ed25519 public key. Throws ProofError `bad-vkey`. */
export function noteKey(name: string, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw new ProofError('bad-vkey');
  const fingerprint = toHex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)));
  return { name, publicKey, keyId: fingerprint.slice(0, 8), fingerprint };
}

/** The key that belongs to a 32-byte seed. */
export function noteKeyOf(name: string, seed: Uint8Array): NoteKey {
  return noteKey(name, ed25519.getPublicKey(seed));
}

/** `<name>+<key id>+<base64(type ‖ key)>`. */
export function encodeVkey(key: NoteKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concat(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** Reads a verifier key. Throws ProofError `bad-vkey` when the form, the type or the key ID is wrong. */
export function parseVkey(text: string): NoteKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!match) throw new ProofError('bad-vkey');
  const [, name, keyId, encoded] = match as unknown as [string, string, string, string];
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(encoded);
  } catch (error) {
    throw new ProofError('bad-vkey', '', error);
  }
  if (bytes.length !== 33 || bytes[0] !== ED25519) throw new ProofError('bad-vkey');
  const key = noteKey(name, bytes.slice(1));
  if (key.keyId !== keyId) throw new ProofError('bad-vkey');
  return key;
}

/** The signed form of a text (which ends with a newline). `seed`: 32 bytes. Throws ProofError `bad-note` for a text that cannot be a note. */
export function signNote(text: string, name: string, seed: Uint8Array): string {
  if (!isNoteText(text)) throw new ProofError('bad-note');
  const key = noteKeyOf(name, seed);
  return `${text}\n— ${name} ${toBase64(concat(fromHex(key.keyId), ed25519.sign(utf8(text), seed)))}\n`;
}

/** Reads a note without trusting it. Throws ProofError `bad-note`. */
export function parseNote(bytes: Uint8Array): Note {
  const source = fromUtf8(bytes);
  const split = source.lastIndexOf('\n\n');
  if (split < 0 || !source.endsWith('\n')) throw new ProofError('bad-note');
  const text = source.slice(0, split + 1);
  const lines = source.slice(split + 2, -1).split('\n');
  if (!isNoteText(text) || lines.length > MAX_SIGNATURES) throw new ProofError('bad-note');
  return { text, signatures: lines.map(parseSignature) };
}

/**
 * True when the note carries a valid signature of the key. Signatures of other keys are ignored (signed-note §Signatures);
 * a signature of this key that does not verify is not forgiven.
 */
export function verifyNote(note: Note, key: NoteKey): boolean {
  const own = note.signatures.filter((s) => s.name === key.name && s.keyId === key.keyId);
  return own.length > 0 && own.every((s) => verifyEd25519(s.signature, utf8(note.text), key.publicKey));
}

/** RFC 8032 verification with its strict rules; false for anything malformed. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return signature.length === 64 && publicKey.length === 32 && ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** True when two keys are one, in name and in bytes. */
export function sameKey(a: NoteKey, b: NoteKey): boolean {
  return a.name === b.name && equalBytes(a.publicKey, b.publicKey);
}

function parseSignature(line: string): NoteSignature {
  const match = /^— (\S+) (\S+)$/u.exec(line);
  if (!match || !isKeyName(match[1]!)) throw new ProofError('bad-note');
  try {
    const bytes = fromBase64(match[2]!);
    if (bytes.length <= 4) throw new ProofError('bad-note');
    return { name: match[1]!, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
  } catch (error) {
    throw new ProofError('bad-note', '', error);
  }
}

/** Non-empty, no plus, no Unicode space, no control character. */
function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name.isWellFormed() && /^[^+\s\u0000-\u001f\u007f\u0085\p{Z}]+$/u.test(name);
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return text.isWellFormed() && text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}
