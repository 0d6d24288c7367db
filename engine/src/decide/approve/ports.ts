// SPDX-License-Identifier: Apache-2.0
/** Signs the bytes of an approval and gives back the signed envelope (DSSE); made by whoever holds the officer's key. */
export type Sign<Envelope> = (payload: Uint8Array) => Envelope;

/** The bytes that were signed, when the envelope carries a good signature by this Ed25519 key (hex); else null. */
export type Verify = (envelope: unknown, publicKey: string) => Uint8Array | null;
