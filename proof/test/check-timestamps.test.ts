// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  type Report,
  checkBundle,
  parseTrust,
  pemOf,
  renderReport,
  renderTrust,
  signTimestampList,
  timestampQueryBytes,
  utf8,
} from '../src/index.ts';
import { type Authority, POLICY, authority, certify, derOf, stamp } from './support/make-authority.ts';
import { type Files, draftBundle, memoryFiles, putTimestamps, rebag, render, seedOf, sha256Hex, vkeyOf } from './support/make-bundle.ts';

const draft = draftBundle();
const plain = render(draft);
const checkpoint = plain.get('data/log/checkpoint')!;
const [one, two] = [await authority('One'), await authority('Two')];
const [ofOne, ofTwo] = [await stamp(one, checkpoint), await stamp(two, checkpoint)];
const trusted = (name: string, from: Authority, policy: string | null = null) => ({ name, policy, roots: [derOf(from.root)] });
const both = [trusted('one', one), trusted('two', two)];

const check = (stamps: Readonly<Record<string, Uint8Array>>, authorities = both, quorum = 2) =>
  checkFiles(putTimestamps(plain, draft, stamps), authorities, quorum);
const checkFiles = (files: Files, authorities = both, quorum = 2) =>
  checkBundle(memoryFiles(files), { logs: [vkeyOf(draft)], timestamps: { quorum, authorities } });
const failed = (report: Report) => report.steps.filter((s) => s.state === 'failed').map((s) => `${s.step} ${s.detail}`);
const missing = (report: Report) => report.steps.filter((s) => s.state === 'missing').map((s) => `${s.step} ${s.detail}`);
const states = (report: Report) => report.timestamps.tokens.map((t) => `${t.name} ${t.state}`);

describe('time stamps over the checkpoint', () => {
  it('of two authorities that the reader trusts make the bundle VALID, and the report says who and when', async () => {
    const report = await check({ 'one.tsr': ofOne, 'two.tsr': ofTwo });
    expect(report.verdict).toBe('VALID');
    expect(report.timestamps).toMatchObject({ quorum: 2, counted: 2 });
    expect(report.timestamps.tokens[0]).toEqual({
      name: 'one',
      state: 'counted',
      at: '2026-11-24T03:00:00.000Z',
      policy: POLICY,
      signer: 'One signer',
      demo: false,
    });
    expect(renderReport(report, 'zh')).toMatch(/有效[^]*one {2}2026-11-24 11:00:00 北京时间[^]*签署者 One signer/);
    expect(renderReport(report, 'en')).toMatch(/VALID[^]*one {2}2026-11-24 03:00:00 UTC[^]*signed by One signer/);
  });

  it('are INCOMPLETE without a root from outside, though the roots lie in the bundle, and never VALID', async () => {
    const report = await check({ 'one.tsr': ofOne, 'two.tsr': ofTwo, 'two.pem': utf8(pemOf(derOf(two.root), 'CERTIFICATE')) }, []);
    expect([report.verdict, ...missing(report)]).toEqual([
      'INCOMPLETE',
      'timestamp 0 of 2; one: no-anchor; two: no-anchor; no authority given',
    ]);
    expect(renderReport(report, 'zh')).toContain('不能证明自己');
    const plainCall = await checkBundle(memoryFiles(putTimestamps(plain, draft, { 'one.tsr': ofOne })), { logs: [vkeyOf(draft)] });
    expect(plainCall.verdict).toBe('INCOMPLETE');
  });

  it('of one authority are INCOMPLETE and name the other, unless the reader wants only one', async () => {
    const report = await check({ 'one.tsr': ofOne });
    expect([report.verdict, ...missing(report)]).toEqual(['INCOMPLETE', 'timestamp 1 of 2; two: absent']);
    expect((await check({ 'one.tsr': ofOne }, both, 1)).verdict).toBe('VALID');
    expect((await check({ 'one.tsr': ofOne }, [both[0]!], 2)).verdict).toBe('INCOMPLETE');
  });

  it('twice of one authority count once', async () => {
    const again = await stamp(one, checkpoint);
    expect(states(await check({ 'one.tsr': ofOne, 'also-one.tsr': again }))).toEqual(['also-one no-anchor', 'one counted', 'two absent']);
    expect((await check({ 'one.tsr': ofOne, 'two.tsr': again })).verdict).toBe('INVALID');
    const secondRoot = await certify({ name: 'Another root', serial: 9 });
    const usage = { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true };
    const signer = await certify({ name: 'One signer', ca: null, usage, keys: one.signer.keys }, secondRoot);
    const crossed = { root: secondRoot, signer };
    const report = await check({ 'one.tsr': ofOne, 'two.tsr': await stamp(crossed, checkpoint) }, [
      trusted('one', one),
      trusted('two', crossed),
    ]);
    expect([report.verdict, ...states(report)]).toEqual(['INCOMPLETE', 'one counted', 'two same-signer']);
  });

  it('of an authority that the reader does not know must still be whole', async () => {
    const report = await check({
      'one.tsr': ofOne,
      'two.tsr': ofTwo,
      'x.tsr': await stamp(await authority('X'), seedOf('another checkpoint')),
    });
    expect(failed(report)).toEqual(['timestamp x: imprint']);
    expect((await check({ 'one.tsr': ofOne, 'two.tsr': ofTwo, 'x.tsr': await stamp(await authority('X'), checkpoint) })).verdict).toBe(
      'VALID',
    );
  });

  it.each<[string, () => Promise<Readonly<Record<string, Uint8Array>>>, string]>([
    ['of another checkpoint', async () => ({ 'one.tsr': await stamp(one, seedOf('x')) }), 'one: imprint'],
    ['of another root', async () => ({ 'one.tsr': ofTwo }), 'one: chain'],
    ['cut short', async () => ({ 'one.tsr': ofOne.slice(0, -1) }), 'one: form'],
    ['with a byte behind it', async () => ({ 'one.tsr': Uint8Array.from([...ofOne, 0]) }), 'one: form'],
    ['with another nonce than was asked for', async () => ({ 'one.tsr': ofOne, 'one.tsq': queryWith(Uint8Array.of(5)) }), 'one: nonce'],
    ['with a query that is none', async () => ({ 'one.tsr': ofOne, 'one.tsq': utf8('x') }), 'one: query'],
    ['with a chain that is none', async () => ({ 'one.tsr': ofOne, 'one.pem': utf8(pemOf(utf8('x'), 'CERTIFICATE')) }), 'one: certificate'],
    ['that was refused', async () => ({ 'one.tsr': await stamp(one, checkpoint, { status: 2 }) }), 'one: refused'],
  ])('%s are INVALID even when the log lists them', async (_, make, detail) => {
    const report = await check(await make());
    expect([report.verdict, ...failed(report)]).toEqual(['INVALID', `timestamp ${detail}`]);
  });

  it('must state the policy that the reader wants', async () => {
    expect(failed(await check({ 'one.tsr': ofOne }, [trusted('one', one, '1.2.3')]))).toEqual(['timestamp one: policy']);
  });

  it('of a demonstration say so behind the verdict, in both languages', async () => {
    const demo = await authority('Demo', { root: { organisation: 'shanhou.example/demo' } });
    const real = draftBundle();
    const report = await check({ 'one.tsr': await stamp(demo, checkpoint), 'two.tsr': ofTwo }, [trusted('one', demo), trusted('two', two)]);
    expect(report.verdict).toBe('VALID');
    expect(report.timestamps.tokens.map((t) => t.demo)).toEqual([true, false]);
    expect(real.demo).toBe(true);
    expect(renderReport(report, 'zh')).toMatch(/^证据包核验: 有效.*demo anchors.*\n.*示范锚点.*不具有任何外部效力/);
    expect(renderReport(report, 'en')).toMatch(/^Evidence bundle check: VALID.*demo anchors.*\n.*The anchors are demo anchors/);
  });

  it('long before the sealing are told, because one of the two clocks is wrong', async () => {
    const early = { at: new Date('2026-03-01T00:00:00Z') };
    const report = await check({ 'one.tsr': await stamp(one, checkpoint, early), 'two.tsr': await stamp(two, checkpoint, early) });
    expect(renderReport(report, 'en')).toContain('its clock was injected or wrong');
    expect(renderReport(await check({ 'one.tsr': ofOne, 'two.tsr': ofTwo }), 'en')).not.toContain('injected');
  });
});

describe('somebody without the log key', () => {
  const stamped = putTimestamps(plain, draft, { 'one.tsr': ofOne, 'two.tsr': ofTwo });

  it('cannot add, take or change a file of time stamps', async () => {
    for (const change of [
      (f: Files) => f.set('data/timestamps/three.tsr', ofOne),
      (f: Files) => f.set('data/timestamps/one.crl', ofOne),
      (f: Files) => f.delete('data/timestamps/two.tsr'),
      (f: Files) => f.delete('data/timestamps/list'),
      (f: Files) => f.set('data/timestamps/list', utf8(signTimestampList([], 'shanhou.example/demo/DEMO-1', seedOf('another')))),
    ]) {
      const files = new Map(stamped);
      change(files);
      const report = await checkFiles(rebag(files, draft));
      expect([report.verdict, ...failed(report).map((f) => f.split(' ')[0])]).toEqual(['INVALID', 'timestamp']);
    }
  });

  it('who takes them all away leaves an INCOMPLETE bundle', async () => {
    const files = new Map([...stamped].filter(([path]) => !path.startsWith('data/timestamps/')));
    expect((await checkFiles(rebag(files, draft))).verdict).toBe('INCOMPLETE');
  });

  it('cannot pass the list off as a checkpoint', async () => {
    const files = new Map(stamped).set('data/log/checkpoint', stamped.get('data/timestamps/list')!);
    expect(failed(await checkFiles(rebag(files, draft)))[0]).toMatch(/^checkpoint/);
  });
});

describe('even the holder of the log key', () => {
  it('cannot list a file without a token, or nothing', async () => {
    expect(failed(await check({ 'one.tsr': ofOne, 'two.tsq': queryWith(null) }))).toEqual(['timestamp data/timestamps/two.tsq']);
    const files = new Map(plain).set('data/timestamps/list', utf8(signTimestampList([], 'shanhou.example/demo/DEMO-1', draft.seed)));
    expect((await checkFiles(rebag(files, draft))).verdict).toBe('INVALID');
  });
});

describe('a trust file', () => {
  const trust = { logs: [vkeyOf(draft)], quorum: 1, authorities: [trusted('one', one, POLICY), trusted('two', two)] };

  it('is read as it was written, comments and all', () => {
    expect(parseTrust(renderTrust(trust, ['a comment']))).toEqual(trust);
    expect(parseTrust('').quorum).toBe(2);
  });

  it.each([
    ['a word that it does not know', 'witness x\n'],
    ['a quorum of none', 'quorum 0\n'],
    ['two quorums', 'quorum 1\nquorum 2\n'],
    ['an authority without roots', 'authority one\n'],
    ['a root that is no certificate', `authority one\n${pemOf(utf8('x'), 'CERTIFICATE')}`],
    ['a certificate of nobody', pemOf(derOf(one.root), 'CERTIFICATE')],
    ['a certificate that does not end', `authority one\n${pemOf(derOf(one.root), 'CERTIFICATE').slice(0, -20)}\n`],
    ['an authority twice', `${renderTrust({ ...trust, authorities: [trust.authorities[0]!, { ...trust.authorities[1]!, name: 'one' }] })}`],
    ['one root under two names', renderTrust({ ...trust, authorities: [trusted('one', one), trusted('two', one)] })],
    ['a name that is a path', renderTrust({ ...trust, authorities: [trusted('../one', one)] })],
    ['a policy that is none', renderTrust({ ...trust, authorities: [trusted('one', one, 'x')] })],
  ])('is refused for %s', (_, text) => {
    expect(() => parseTrust(text)).toThrow(expect.objectContaining({ code: 'bad-trust' }));
  });

  it('is refused for a log key that is none', () => {
    expect(() => parseTrust('log x\n')).toThrow(expect.objectContaining({ code: 'bad-vkey' }));
  });
});

function queryWith(nonce: Uint8Array | null): Uint8Array {
  const imprint = Uint8Array.from(Buffer.from(sha256Hex(checkpoint), 'hex'));
  return timestampQueryBytes({ imprint, nonce, policy: null });
}
