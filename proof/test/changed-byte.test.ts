// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBundle, pemOf, timestampQueryBytes, utf8 } from '../src/index.ts';
import { authority, derOf, revoke, stamp } from './support/make-authority.ts';
import { type Files, draftBundle, memoryFiles, putTimestamps, rebag, render, seedOf, vkeyOf } from './support/make-bundle.ts';

const draft = draftBundle();
const plain = render(draft);
const checkpoint = plain.get('data/log/checkpoint')!;
const [one, two] = [await authority('One'), await authority('Two')];
const nonce = Uint8Array.of(1, 2, 3);
const bundle = putTimestamps(plain, draft, {
  'one.tsr': await stamp(one, checkpoint, { nonce }),
  'one.tsq': timestampQueryBytes({ imprint: seedOf(new TextDecoder().decode(checkpoint)), nonce, policy: null }),
  'two.tsr': await stamp(two, checkpoint),
  'two.pem': utf8(pemOf(derOf(two.root), 'CERTIFICATE')),
  'two.crl': await revoke(two, new Date('2030-01-01T00:00:00Z'), 5),
});
const timestamps = {
  quorum: 2,
  authorities: [
    { name: 'one', policy: null, roots: [derOf(one.root)] },
    { name: 'two', policy: null, roots: [derOf(two.root)] },
  ],
};
const anchors = { logs: [vkeyOf(draft)], timestamps };

async function verdictWith(path: string, place: number, value: number, manifests: 'kept' | 'recomputed'): Promise<string> {
  const changed = Uint8Array.from(bundle.get(path)!);
  changed[place] = value;
  const files: Files = new Map(bundle).set(path, changed);
  return (await checkBundle(memoryFiles(manifests === 'kept' ? files : rebag(files, draft)), anchors)).verdict;
}

/** A place in a file and another value for it. */
const change = (path: string) =>
  fc
    .tuple(fc.nat(bundle.get(path)!.length - 1), fc.integer({ min: 1, max: 255 }))
    .map(([place, mask]) => ({ place, value: bundle.get(path)![place]! ^ mask }));

it('unchanged, the bundle is VALID', async () => {
  expect((await checkBundle(memoryFiles(bundle), anchors)).verdict).toBe('VALID');
});

describe('one changed byte', () => {
  it.each([...bundle.keys()])('anywhere in %s makes the bundle INVALID', async (path) => {
    await fc.assert(
      fc.asyncProperty(change(path), async ({ place, value }) => (await verdictWith(path, place, value, 'kept')) === 'INVALID'),
      { numRuns: 40 },
    );
  });

  it.each([
    'bagit.txt',
    'bag-info.txt',
    'manifest-sha512.txt',
    'tagmanifest-sha512.txt',
    'data/log/checkpoint',
    'data/policy',
    'data/timestamps/list',
  ])('at each place of %s makes the bundle INVALID', async (path) => {
    const bytes = bundle.get(path)!;
    for (let place = 0; place < bytes.length; place++)
      expect(await verdictWith(path, place, bytes[place]! ^ (1 << (place % 8)), 'kept')).toBe('INVALID');
  });

  it.each([...bundle.keys()].filter((path) => path.startsWith('data/')))(
    'in %s is found even when the manifests were computed again',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(change(path), async ({ place, value }) => (await verdictWith(path, place, value, 'recomputed')) === 'INVALID'),
        { numRuns: 5 },
      );
    },
  );

  it.each([...bundle.keys()].filter((path) => path.startsWith('data/timestamps/')))(
    'at any place of %s, manifests computed again, fails at the step of time stamps',
    async (path) => {
      const bytes = bundle.get(path)!;
      for (let place = 0; place < bytes.length; place += 41) {
        const files: Files = new Map(bundle).set(
          path,
          Uint8Array.from(bytes, (b, i) => (i === place ? b ^ (1 << (place % 8)) : b)),
        );
        const report = await checkBundle(memoryFiles(rebag(files, draft)), anchors);
        expect(report.steps.filter((s) => s.state === 'failed').map((s) => s.step)).toEqual(['timestamp']);
      }
    },
  );

  it('more or one less at the end of any file makes the bundle INVALID', async () => {
    for (const [path, bytes] of bundle) {
      for (const other of [bytes.slice(0, -1), Uint8Array.from([...bytes, 10])]) {
        const files: Files = new Map(bundle).set(path, other);
        expect((await checkBundle(memoryFiles(files), anchors)).verdict).toBe('INVALID');
        if (path.startsWith('data/')) expect((await checkBundle(memoryFiles(rebag(files, draft)), anchors)).verdict).toBe('INVALID');
      }
    }
  });
});
