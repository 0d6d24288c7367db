// SPDX-License-Identifier: Apache-2.0
import { ed25519 } from '@noble/curves/ed25519.js';
import { concat, fromBase64, toBase64, utf8 } from './encoding.ts';
import { ProofError } from './error.ts';
import { canonicalJson, hasExactly } from './json.ts';
import { verifyEd25519 } from './note.ts';
import { signSm2, verifySm2 } from './sm2.ts';

/** A DSSE envelope (secure-systems-lab DSSE v1) with one signature. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly [{ readonly keyid: string; readonly sig: string }];
}

/** What is signed: `DSSEv1 <length> <type> <length> <payload>`. Lengths are in bytes. */
export function pae(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

/** Signs a payload with Ed25519. `seed`: 32 bytes; `keyid` is a hint for the reader and proves nothing. */
export function signEnvelope(payloadType: string, payload: Uint8Array, seed: Uint8Array, keyid: string): Envelope {
  const sig = toBase64(ed25519.sign(pae(payloadType, payload), seed));
  return { payload: toBase64(payload), payloadType, signatures: [{ keyid, sig }] };
}

/** The same with SM2 over SM3. `privateKey`: 32 bytes. */
export function signEnvelopeSm2(payloadType: string, payload: Uint8Array, privateKey: Uint8Array, keyid: string): Envelope {
  const sig = toBase64(signSm2(pae(payloadType, payload), privateKey));
  return { payload: toBase64(payload), payloadType, signatures: [{ keyid, sig }] };
}

/** The exact bytes of an envelope: canonical JSON. */
export function envelopeBytes(envelope: Envelope): Uint8Array {
  return utf8(canonicalJson(envelope));
}

/** Reads a parsed JSON value as an envelope with exactly one signature and no other field. Throws ProofError `bad-envelope`. */
export function asEnvelope(value: unknown): Envelope {
  if (!hasExactly(value, ['payload', 'payloadType', 'signatures'])) throw new ProofError('bad-envelope');
  const { payload, payloadType, signatures } = value;
  if (typeof payload !== 'string' || typeof payloadType !== 'string' || !Array.isArray(signatures) || signatures.length !== 1)
    throw new ProofError('bad-envelope');
  const signature: unknown = signatures[0];
  if (!hasExactly(signature, ['keyid', 'sig'])) throw new ProofError('bad-envelope');
  const { keyid, sig } = signature;
  if (typeof keyid !== 'string' || typeof sig !== 'string') throw new ProofError('bad-envelope');
  return { payload, payloadType, signatures: [{ keyid, sig }] };
}

/** The payload of an envelope whose signature verifies with the public key: Ed25519 with 32 bytes, SM2 with 65. Throws ProofError `bad-envelope`, `bad-base64`, `bad-signature`. */
export function openEnvelope(envelope: Envelope, payloadType: string, publicKey: Uint8Array): Uint8Array {
  if (envelope.payloadType !== payloadType) throw new ProofError('bad-envelope', 'payloadType');
  const payload = fromBase64(envelope.payload);
  const verifies = publicKey.length === 65 ? verifySm2 : verifyEd25519;
  if (!verifies(fromBase64(envelope.signatures[0].sig), pae(payloadType, payload), publicKey)) throw new ProofError('bad-signature');
  return payload;
}
