// SPDX-License-Identifier: Apache-2.0
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A key pair of one retention class: `identity` (AGE-SECRET-KEY-1…) belongs in the keyring, `recipient` (age1…) may be shown. */
export interface ArchiveIdentity {
  readonly identity: string;
  readonly recipient: string;
}

/** Creates a new X25519 key pair in the age format (age-encryption.org/v1). */
export async function newArchiveIdentity(): Promise<ArchiveIdentity> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The public half of an identity. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}

export async function seal(data: string | Uint8Array, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(data);
}

/** Throws when the key is wrong or the file was cut or changed. */
export async function unseal(file: Uint8Array, identity: string): Promise<string> {
  return openerFor(identity).decrypt(file, 'text');
}

/** As `unseal`, for bytes. */
export async function unsealBytes(file: Uint8Array, identity: string): Promise<Uint8Array> {
  return openerFor(identity).decrypt(file);
}

function openerFor(identity: string): Decrypter {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter;
}
