// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { APPROVAL_PAYLOAD_TYPE, fromHex, pae, toHex } from '@shanhou/proof';
import { newOfficerKey, officerPublicKey, signEnvelope, verifyEnvelope } from '../../src/prove/evidence/index.ts';
import { hasOpenssl } from '../support/openssl.ts';

/* Officers' SM2 signatures (GB/T 32918 over SM3) against openssl, in both directions. */
const folder = mkdtempSync(join(tmpdir(), 'shsm2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const random = (n: number) => new Uint8Array(randomBytes(n));
const payload = new TextEncoder().encode('{"方案":"摘要"}');
const signed = pae(APPROVAL_PAYLOAD_TYPE, payload);

function officer() {
  const key = newOfficerKey('sm2', random);
  return { key, id: 'o-1', publicKey: officerPublicKey(key, 'sm2') };
}
const signatureOf = (envelope: { signatures: readonly [{ sig: string }] }) => Buffer.from(envelope.signatures[0].sig, 'base64');

test('an SM2 signature is verified with the key that made it and no other, and not over other bytes', () => {
  const [one, other] = [officer(), officer()];
  const envelope = signEnvelope(payload, one.key, one);
  expect(verifyEnvelope(envelope, one.publicKey)).toEqual(payload);
  expect(verifyEnvelope(envelope, other.publicKey)).toBeNull();
  expect(verifyEnvelope({ ...envelope, payload: Buffer.from('{}').toString('base64') }, one.publicKey)).toBeNull();
});

test.each<[string, (sig: Buffer) => Buffer]>([
  ['cut short', (s) => s.subarray(0, -1)],
  ['longer', (s) => Buffer.concat([s, Buffer.of(0)])],
  ['with a padded number', (s) => Buffer.concat([Buffer.of(0x30, s[1]! + 1, 0x02, s[3]! + 1, 0), s.subarray(4)])],
  ['of zeros', () => Buffer.from('3006020100020100', 'hex')],
  ['empty', () => Buffer.alloc(0)],
])('a signature %s is none', (_, spoil) => {
  const one = officer();
  const envelope = signEnvelope(payload, one.key, one);
  const sig = spoil(signatureOf(envelope)).toString('base64');
  expect(verifyEnvelope({ ...envelope, signatures: [{ keyid: 'o-1', sig }] }, one.publicKey)).toBeNull();
});

test('a private key lies in the range of the curve', () => {
  const zeros = [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(32).fill(1)];
  expect(newOfficerKey('sm2', () => zeros.shift()!)).toEqual(new Uint8Array(32).fill(1));
});

const DIGEST = ['-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
const openssl = (...args: string[]) => spawnSync('openssl', args);

describe.skipIf(!hasOpenssl())('openssl (skipped where it is not installed)', () => {
  test('verifies what we sign, and refuses it over other bytes', () => {
    const one = officer();
    const point = Buffer.from(one.publicKey, 'hex');
    const spki = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'), point]);
    const key = file('officer.der', spki);
    const signature = file('officer.sig', signatureOf(signEnvelope(payload, one.key, one)));
    const verifies = (bytes: Uint8Array) =>
      openssl(
        'pkeyutl',
        '-verify',
        '-pubin',
        '-keyform',
        'DER',
        '-inkey',
        key,
        '-rawin',
        '-in',
        file('signed', bytes),
        '-sigfile',
        signature,
        ...DIGEST,
      ).status;
    expect(verifies(signed)).toBe(0);
    expect(verifies(payload)).not.toBe(0);
  });

  test('signs what we verify', () => {
    const key = join(folder, 'openssl.pem');
    const out = join(folder, 'openssl.sig');
    const der = join(folder, 'openssl.der');
    expect(openssl('genpkey', '-algorithm', 'SM2', '-out', key).status).toBe(0);
    expect(openssl('pkey', '-in', key, '-pubout', '-outform', 'DER', '-out', der).status).toBe(0);
    expect(openssl('pkeyutl', '-sign', '-inkey', key, '-rawin', '-in', file('signed', signed), '-out', out, ...DIGEST).status).toBe(0);
    const publicKey = toHex(fromHex(readFileSync(der).subarray(-65).toString('hex')));
    const envelope = {
      payload: Buffer.from(payload).toString('base64'),
      payloadType: APPROVAL_PAYLOAD_TYPE,
      signatures: [{ keyid: 'o-1', sig: readFileSync(out).toString('base64') }],
    };
    expect(verifyEnvelope(envelope, publicKey)).toEqual(payload);
  });
});
