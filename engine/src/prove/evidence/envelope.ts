// SPDX-License-Identifier: Apache-2.0
import {
  APPROVAL_PAYLOAD_TYPE,
  type Envelope,
  ProofError,
  asEnvelope,
  fromHex,
  noteKeyOf,
  openEnvelope,
  signEnvelope as sign,
  toHex,
} from '@shanhou/proof';

/** The Ed25519 public key (hex) of a 32-byte seed. */
export function officerPublicKey(seed: Uint8Array): string {
  return toHex(noteKeyOf('officer', seed).publicKey);
}

/** An officer's own DSSE envelope over an approval. `payload`: canonical JSON bytes; `keyId`: the officer's id. */
export function signEnvelope(payload: Uint8Array, seed: Uint8Array, keyId: string): Envelope {
  return sign(APPROVAL_PAYLOAD_TYPE, payload, seed, keyId);
}

/** The payload of an officer's envelope when its signature verifies with the public key (hex); null for anything else. */
export function verifyEnvelope(envelope: unknown, publicKey: string): Uint8Array | null {
  try {
    return openEnvelope(asEnvelope(envelope), APPROVAL_PAYLOAD_TYPE, fromHex(publicKey));
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}
