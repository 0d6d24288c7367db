// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type TimestampEvidence, parseTimestampQuery, timestampQueryBytes, verifyTimestamp } from '../src/index.ts';
import { type Authority, GEN_TIME, POLICY, TIME_STAMPING, authority, certify, derOf, revoke, stamp } from './support/make-authority.ts';
import { seedOf } from './support/make-bundle.ts';

const data = new TextEncoder().encode('a checkpoint\n');
const good = await authority('One');
const other = await authority('Two');
const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const query = { imprint: seedOf('a checkpoint\n'), nonce, policy: null };
const rootsOf = (...from: Authority[]) => ({ name: 'one', policy: null, roots: from.map((a) => derOf(a.root)) });

const evidence = (response: Uint8Array, changes: Partial<TimestampEvidence> = {}): TimestampEvidence => ({
  response,
  data,
  query: null,
  chain: [],
  revocations: null,
  authority: rootsOf(good),
  ...changes,
});
const verify = (response: Uint8Array, changes: Partial<TimestampEvidence> = {}) => verifyTimestamp(evidence(response, changes));
const refused = (what: string) => ({ code: 'bad-timestamp', detail: what });

afterEach(() => vi.useRealTimers());

describe('a good token', () => {
  it('says when, by whom, under which policy, and that it is nobody’s demo', async () => {
    expect(await verify(await stamp(good, data))).toMatchObject({
      at: GEN_TIME.toISOString(),
      policy: POLICY,
      signer: 'One signer',
      demo: false,
      trusted: true,
    });
  });

  it('is good without the root in it, with nonce and policy as asked, and with the older signing-certificate attribute', async () => {
    const response = await stamp(good, data, { certificates: [good.signer], nonce });
    const asked = parseTimestampQuery(timestampQueryBytes({ ...query, policy: POLICY }));
    expect(asked).toEqual({ ...query, policy: POLICY });
    expect(await verify(response, { query: asked, authority: { ...rootsOf(good), policy: POLICY } })).toMatchObject({ trusted: true });
    expect(await verify(await stamp(good, data, { v1: true }))).toMatchObject({ trusted: true });
  });

  it('is still good twelve years later, when its certificates have expired', async () => {
    const response = await stamp(good, data);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2038-11-24T00:00:00Z') });
    expect(new Date().getFullYear()).toBe(2038);
    expect(await verify(response)).toMatchObject({ trusted: true });
  });

  it('with an intermediate is good when that one is in the token or beside it, and not without', async () => {
    const intermediate = await certify({ name: 'One intermediate', serial: 5 }, good.root);
    const signer = await certify({ name: 'x', ca: null, usage: { purposes: [TIME_STAMPING], critical: true } }, intermediate);
    const long = { root: good.root, signer };
    expect(await verify(await stamp(long, data, { certificates: [signer, intermediate] }))).toMatchObject({ trusted: true });
    const bare = await stamp(long, data, { certificates: [signer] });
    expect(await verify(bare, { chain: [derOf(intermediate)] })).toMatchObject({ trusted: true });
    await expect(verify(bare)).rejects.toMatchObject(refused('chain'));
  });

  it('is vouched for by nobody when no authority is given, though its root lies in it', async () => {
    expect(await verify(await stamp(good, data), { authority: null })).toMatchObject({ trusted: false });
  });

  it('of a demonstration is called one, by its certificates and not by the name that somebody gave it', async () => {
    const demo = await authority('Real Looking', { root: { organisation: 'shanhou.example/demo' } });
    expect(await verify(await stamp(demo, data), { authority: rootsOf(demo) })).toMatchObject({ demo: true });
  });
});

describe('refused', () => {
  it('another authority, also one whose root only the token brings along', async () => {
    await expect(verify(await stamp(other, data))).rejects.toMatchObject(refused('chain'));
    await expect(verify(await stamp(good, data), { authority: rootsOf(other) })).rejects.toMatchObject(refused('chain'));
  });

  it('a root of the same name with another key', async () => {
    const twin = await authority('One');
    await expect(verify(await stamp(twin, data))).rejects.toMatchObject(refused('chain'));
  });

  it('an authority that signed itself', async () => {
    const self = await certify({ name: 'Self', ca: null, usage: { purposes: [TIME_STAMPING], critical: true } });
    const response = await stamp({ root: self, signer: self }, data, { certificates: [self] });
    await expect(verify(response)).rejects.toMatchObject(refused('chain'));
  });

  it.each([
    ['no extended key usage', null],
    ['one that is not critical', { purposes: [TIME_STAMPING], critical: false }],
    ['another one', { purposes: ['1.3.6.1.5.5.7.3.1'], critical: true }],
    ['one purpose too many', { purposes: [TIME_STAMPING, '1.3.6.1.5.5.7.3.1'], critical: true }],
  ])('a signer with %s', async (_, usage) => {
    const wrong = await authority('Wrong', { signer: { usage } });
    await expect(verify(await stamp(wrong, data), { authority: rootsOf(wrong) })).rejects.toMatchObject(refused('extended-key-usage'));
    await expect(verify(await stamp(wrong, data), { authority: null })).rejects.toMatchObject(refused('extended-key-usage'));
  });

  it('a critical extension that nobody understands', async () => {
    const odd = await authority('Odd', { signer: { criticalExtension: true } });
    await expect(verify(await stamp(odd, data), { authority: rootsOf(odd) })).rejects.toMatchObject(refused('critical-extension'));
  });

  it('a token with a critical extension', async () => {
    await expect(verify(await stamp(good, data, { criticalExtension: true }))).rejects.toMatchObject(refused('critical-extension'));
  });

  it('certificates that issued each other, and ends', async () => {
    const b = await certify({ name: 'B' });
    const a = await certify({ name: 'A', serial: 2 }, b);
    const again = await certify({ name: 'B', serial: 3, keys: b.keys }, a);
    const signer = await certify({ name: 'x', ca: null, usage: { purposes: [TIME_STAMPING], critical: true } }, a);
    const response = await stamp({ root: a, signer }, data, { certificates: [signer, a, again] });
    await expect(verify(response)).rejects.toMatchObject(refused('chain'));
  });

  it.each([
    ['before the signer was valid', new Date('2025-12-31T00:00:00Z')],
    ['after it had expired', new Date('2036-01-02T00:00:00Z')],
  ])('a time %s', async (_, at) => {
    await expect(verify(await stamp(good, data, { at }))).rejects.toMatchObject(refused('validity'));
  });

  it('an intermediate that is no authority, and a path longer than the root allows', async () => {
    const usage = { purposes: [TIME_STAMPING], critical: true };
    for (const [ca, rootCa] of [
      [null, undefined],
      [undefined, 0],
    ] as const) {
      const root = await certify({ name: 'Short root', serial: 1, ca: rootCa });
      const middle = await certify({ name: 'Middle', serial: 2, ca }, root);
      const signer = await certify({ name: 'Leaf', ca: null, usage }, middle);
      const response = await stamp({ root, signer }, data, { certificates: [signer, middle] });
      await expect(verify(response, { authority: rootsOf({ root, signer }) })).rejects.toMatchObject(refused('chain'));
    }
  });

  it('other data, another imprint, another nonce or none, another policy, a refusal', async () => {
    const response = await stamp(good, data, { nonce });
    await expect(verify(response, { data: seedOf('other') })).rejects.toMatchObject(refused('imprint'));
    await expect(verify(await stamp(good, data, { imprint: seedOf('x') }))).rejects.toMatchObject(refused('imprint'));
    await expect(verify(response, { query: { ...query, nonce: Uint8Array.of(9) } })).rejects.toMatchObject(refused('nonce'));
    await expect(verify(await stamp(good, data), { query })).rejects.toMatchObject(refused('nonce'));
    await expect(verify(response, { query: { ...query, imprint: seedOf('x') } })).rejects.toMatchObject(refused('query'));
    await expect(verify(response, { authority: { ...rootsOf(good), policy: '1.2.3' } })).rejects.toMatchObject(refused('policy'));
    await expect(verify(response, { query: { ...query, policy: '1.2.3' } })).rejects.toMatchObject(refused('policy'));
    await expect(verify(await stamp(good, data, { status: 2 }))).rejects.toMatchObject(refused('refused'));
  });

  it('a signing-certificate attribute that is absent or names another certificate of the same key', async () => {
    const twin = await certify(
      { name: 'One signer', ca: null, usage: { purposes: [TIME_STAMPING], critical: true }, keys: good.signer.keys, serial: 8 },
      good.root,
    );
    await expect(verify(await stamp(good, data, { named: null }))).rejects.toMatchObject(refused('signing-certificate'));
    await expect(verify(await stamp(good, data, { named: twin }))).rejects.toMatchObject(refused('signing-certificate'));
    await expect(verify(await stamp(good, data, { named: twin, v1: true }))).rejects.toMatchObject(refused('signing-certificate'));
  });

  it('a signature by another key, a missing signer, another content type', async () => {
    const forged = { root: good.root, signer: { certificate: good.signer.certificate, keys: other.signer.keys } };
    await expect(verify(await stamp(forged, data))).rejects.toMatchObject(refused('signature'));
    await expect(verify(await stamp(good, data, { certificates: [good.root] }))).rejects.toMatchObject(refused('signature'));
    await expect(verify(await stamp(good, data, { contentType: '1.2.840.113549.1.7.1' }))).rejects.toMatchObject(refused('signature'));
  });

  it('a token that was cut anywhere or has bytes behind it', async () => {
    const response = await stamp(good, data);
    for (let length = 0; length < response.length; length++)
      await expect(verify(response.subarray(0, length))).rejects.toMatchObject(refused('form'));
    await expect(verify(Uint8Array.from([...response, 0]))).rejects.toMatchObject(refused('form'));
    await expect(verify(Uint8Array.from([...response, ...response]))).rejects.toMatchObject(refused('form'));
  });

  it('anything else, with an error of ours and never with a crash', async () => {
    const response = await stamp(good, data);
    const changed = fc.tuple(fc.nat(response.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const bytes = Uint8Array.from(response);
      bytes[at]! ^= mask;
      return bytes;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, fc.uint8Array({ maxLength: 400 })), async (bytes) => {
        const error: unknown = await verify(bytes).then(
          () => null,
          (e: unknown) => e,
        );
        expect(error === null || (error as Error).name === 'ProofError', String(error)).toBe(true);
      }),
      { numRuns: 400 },
    );
    await expect(verify(new Uint8Array(100_000))).rejects.toMatchObject({ code: 'too-large' });
    const nested = Uint8Array.from({ length: 60_000 }, (_, i) => (i % 2 === 0 ? 0x30 : 0x80));
    await expect(verify(nested)).rejects.toMatchObject(refused('form'));
  });
});

describe('a revocation list beside the token', () => {
  const later = new Date(GEN_TIME.getTime() + 86_400_000);
  const before = new Date(GEN_TIME.getTime() - 86_400_000);

  it.each([
    ['before the stamp', before, 4, 'revoked'],
    ['later, because the key was compromised', later, 1, 'revoked'],
    ['later, for no reason given', later, 0, 'revoked'],
    ['later, because it was superseded', later, 4, null],
    ['later, because the authority closed', later, 5, null],
  ])('says that the signer was revoked %s', async (_, at, reason, problem) => {
    const checked = verify(await stamp(good, data), { revocations: await revoke(good, at, reason) });
    if (problem === null) expect(await checked).toMatchObject({ trusted: true });
    else await expect(checked).rejects.toMatchObject(refused(problem));
  });

  it('must be the issuer’s own', async () => {
    const response = await stamp(good, data);
    await expect(verify(response, { revocations: await revoke(other, before, 4) })).rejects.toMatchObject(refused('revocation-list'));
    const forged = await revoke({ root: { ...good.root, keys: other.root.keys }, signer: good.signer }, before, 4);
    await expect(verify(response, { revocations: forged })).rejects.toMatchObject(refused('revocation-list'));
    await expect(verify(response, { revocations: Uint8Array.of(1, 2) })).rejects.toMatchObject(refused('revocation-list'));
  });
});
