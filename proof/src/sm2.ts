// SPDX-License-Identifier: Apache-2.0
import { sm2 } from 'sm-crypto-v2';
import { fromHex, toHex } from './encoding.ts';

/** The user id that GM/T 0009 gives for those who have agreed on no other; openssl calls it `distid`. */
export const SM2_USER_ID = '1234567812345678';

/** The order of the curve's base point (GB/T 32918.5): a private key lies between 1 and n − 2. */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/** Whether 32 bytes are a private key. */
export function isSm2PrivateKey(key: Uint8Array): boolean {
  const d = BigInt(`0x${toHex(key)}`);
  return key.length === 32 && d >= 1n && d <= ORDER - 2n;
}

/** The public key as an uncompressed point, 65 bytes: 04 ‖ x ‖ y. */
export function sm2PublicKey(privateKey: Uint8Array): Uint8Array {
  return fromHex(sm2.getPublicKeyFromPrivateKey(toHex(privateKey)));
}

/** Signs with SM2 over SM3 (GB/T 32918.2): DER of r and s, as openssl writes it. */
export function signSm2(message: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const publicKey = toHex(sm2PublicKey(privateKey));
  return fromHex(sm2.doSignature(message, toHex(privateKey), { hash: true, der: true, publicKey, userId: SM2_USER_ID }));
}

/** Whether a DER signature is the key's over the message; false for anything malformed, also for other spellings of the same numbers. */
export function verifySm2(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    if (publicKey.length !== 65 || publicKey[0] !== 4 || !isStrictDer(signature)) return false;
    return sm2.doVerifySignature(message, toHex(signature), toHex(publicKey), { hash: true, der: true, userId: SM2_USER_ID });
  } catch {
    return false;
  }
}

/** SEQUENCE of exactly two positive INTEGERs of at most 33 bytes, in shortest form, nothing behind. */
function isStrictDer(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2 || bytes.length > 72) return false;
  let at = 2;
  for (let i = 0; i < 2; i++) {
    const length = bytes[at + 1] ?? 0;
    const first = bytes[at + 2] ?? 0x80;
    const padded = first === 0 && ((bytes[at + 3] ?? 0) & 0x80) === 0;
    if (bytes[at] !== 0x02 || length < 1 || length > 33 || first >= 0x80 || padded) return false;
    at += 2 + length;
  }
  return at === bytes.length;
}
