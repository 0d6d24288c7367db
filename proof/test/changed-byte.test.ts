// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBundle } from '../src/index.ts';
import { type Files, draftBundle, memoryFiles, rebag, render, vkeyOf } from './support/make-bundle.ts';

const draft = draftBundle();
const bundle = render(draft);
const anchors = { logs: [vkeyOf(draft)] };

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

describe('one changed byte', () => {
  it.each([...bundle.keys()])('anywhere in %s makes the bundle INVALID', async (path) => {
    await fc.assert(
      fc.asyncProperty(change(path), async ({ place, value }) => (await verdictWith(path, place, value, 'kept')) === 'INVALID'),
      { numRuns: 40 },
    );
  });

  it.each(['bagit.txt', 'bag-info.txt', 'manifest-sha512.txt', 'tagmanifest-sha512.txt', 'data/log/checkpoint', 'data/policy'])(
    'at each place of %s makes the bundle INVALID',
    async (path) => {
      const bytes = bundle.get(path)!;
      for (let place = 0; place < bytes.length; place++)
        expect(await verdictWith(path, place, bytes[place]! ^ (1 << (place % 8)), 'kept')).toBe('INVALID');
    },
  );

  it.each([...bundle.keys()].filter((path) => path.startsWith('data/')))(
    'in %s is found even when the manifests were computed again',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(change(path), async ({ place, value }) => (await verdictWith(path, place, value, 'recomputed')) === 'INVALID'),
        { numRuns: 5 },
      );
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
