// SPDX-License-Identifier: Apache-2.0
/** The bytes that were signed, when the envelope carries a good signature by this key (hex; Ed25519 or SM2 by its length); else null. */
export type Verify = (envelope: unknown, publicKey: string) => Uint8Array | null;

/** What an officer signed, as it is kept. */
export interface Signing {
  readonly officerId: string;
  readonly envelope: unknown;
}
