// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { type PayloadKind, type Signing, type Verify, payloadBytes } from '../../../src/decide/approve/index.ts';
import type { Officer } from '../../../src/model/case.ts';
import type { Department } from '../../../src/model/department.ts';

/* Officers with keys of their own, and a signature format that shares no code with the product's envelopes. */
export const CASE = 'CASE-1';

export interface Person {
  readonly officer: Officer;
  /** Signs with this person's key whatever it is given. */
  signs<K extends PayloadKind>(kind: K, payload: Parameters<typeof payloadBytes<K>>[1]): Signing;
}

export function person(
  department: Department,
  label = `${department}-1`,
  keys = generateKeyPairSync('ed25519'),
): Person & { keys: typeof keys } {
  const publicKey = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
  const officer: Officer = { id: `id-${label}`, department, label, publicKey };
  return {
    officer,
    keys,
    signs(kind, payload) {
      const bytes = Buffer.from(payloadBytes(kind, payload));
      const envelope = { payload: bytes.toString('base64'), sig: signBytes(null, bytes, keys.privateKey).toString('base64') };
      return { officerId: officer.id, envelope };
    },
  };
}

/** The same question is asked again and again of a growing list. */
const known = new Map<string, Uint8Array | null>();

export const verify: Verify = (envelope, publicKey) => {
  const { payload, sig } = envelope as { payload: string; sig: string };
  const question = `${publicKey} ${payload} ${sig}`;
  const answer = known.get(question);
  if (answer !== undefined) return answer;
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const bytes = Buffer.from(payload, 'base64');
  const good = verifyBytes(null, bytes, key, Buffer.from(sig, 'base64')) ? new Uint8Array(bytes) : null;
  known.set(question, good);
  return good;
};
