// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

/** RSA-2048: every receiver checks it; Ed25519 (RFC 8463) many still do not. */
const BITS = 2048;
export const DKIM_SELECTOR = 'shanhou';

/** A new signing key as PKCS #8 DER, for the keyring's purpose `dkim`. */
export function newDkimKey(): Uint8Array {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
}

export function dkimPem(key: Uint8Array): string {
  return createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

/** What must stand in the DNS so that receivers can check the signature (RFC 6376 3.6.1). */
export function dkimRecord(key: Uint8Array, domain: string): { readonly name: string; readonly value: string } {
  const spki = createPublicKey(dkimPem(key)).export({ format: 'der', type: 'spki' });
  return { name: `${DKIM_SELECTOR}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${spki.toString('base64')}` };
}
