// SPDX-License-Identifier: Apache-2.0
import {
  APPROVAL_PAYLOAD_TYPE,
  type Envelope,
  ProofError,
  asEnvelope,
  fromHex,
  isSm2PrivateKey,
  noteKeyOf,
  openEnvelope,
  signEnvelope as signEd25519,
  signEnvelopeSm2,
  sm2PublicKey,
  toHex,
} from '@shanhou/proof';

export const SIGNATURE_PROFILES = ['ed25519', 'sm2'] as const;
/** How an officer signs: Ed25519, or SM2 over SM3 where Chinese cryptography is asked for (GB/T 32918). A public key's length tells which. */
export type SignatureProfile = (typeof SIGNATURE_PROFILES)[number];

/** A new private key of 32 bytes, from as many random bytes as `random` gives. */
export function newOfficerKey(profile: SignatureProfile, random: (bytes: number) => Uint8Array): Uint8Array {
  for (;;) {
    const key = random(32);
    if (profile === 'ed25519' || isSm2PrivateKey(key)) return key;
  }
}

/** The public key (hex) of a 32-byte private key. */
export function officerPublicKey(key: Uint8Array, profile: SignatureProfile): string {
  return toHex(profile === 'sm2' ? sm2PublicKey(key) : noteKeyOf('officer', key).publicKey);
}

/** An officer's own DSSE envelope over what they sign. `payload`: canonical JSON bytes; the profile is that of the officer's public key. */
export function signEnvelope(payload: Uint8Array, key: Uint8Array, officer: { readonly id: string; readonly publicKey: string }): Envelope {
  const sign = officer.publicKey.length === 130 ? signEnvelopeSm2 : signEd25519;
  return sign(APPROVAL_PAYLOAD_TYPE, payload, key, officer.id);
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
