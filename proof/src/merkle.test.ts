// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from './encoding.ts';
import { MerkleRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts';

describe('Merkle tree', () => {
  it('gives the hash of nothing for an empty tree', () => {
    expect(toHex(new MerkleRoot().root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('gives the root of RFC 6962 for any number of leaves', () => {
    for (let size = 0; size <= 70; size++) expect(toHex(rootOf(leaves(size)))).toBe(toHex(slowRoot(leaves(size))));
  });

  it('accepts every inclusion proof of every small tree, and none for another place', () => {
    for (let size = 1; size <= 33; size++) {
      const tree = leaves(size);
      const root = slowRoot(tree);
      for (let i = 0; i < size; i++) {
        const proof = inclusion(i, tree);
        expect(verifyInclusion(i, size, tree[i]!, proof, root)).toBe(true);
        expect(verifyInclusion((i + 1) % (size + 1), size, tree[i]!, proof, root)).toBe(false);
      }
    }
  });

  it('accepts every consistency proof of every small pair of trees, and none for another size', () => {
    for (let size = 2; size <= 33; size++) {
      const tree = leaves(size);
      for (let first = 1; first < size; first++) {
        const proof = consistency(first, tree, true);
        const old = slowRoot(tree.slice(0, first));
        expect(verifyConsistency(first, size, old, slowRoot(tree), proof)).toBe(true);
        expect(verifyConsistency(first - 1, size, old, slowRoot(tree), proof)).toBe(false);
        expect(verifyConsistency(first, size, slowRoot(tree), old, proof)).toBe(false);
      }
    }
  });

  it('rejects an inclusion proof with any one bit changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(7), (size, place, at, bit) => {
        const tree = leaves(size);
        const i = place % size;
        const proof = inclusion(i, tree);
        const flat = at % (proof.length * 32);
        proof[Math.floor(flat / 32)]![flat % 32]! ^= 1 << bit;
        return !verifyInclusion(i, size, tree[i]!, proof, slowRoot(tree));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses hashes that are not 32 bytes', () => {
    expect(verifyInclusion(0, 1, utf8('short'), [], utf8('short'))).toBe(false);
    expect(() => new MerkleRoot().add(utf8('short'))).toThrow(RangeError);
  });
});

const leaves = (n: number) => Array.from({ length: n }, (_, i) => leafHash(utf8(`leaf ${i}`)));

function rootOf(tree: readonly Uint8Array[]): Uint8Array {
  const root = new MerkleRoot();
  for (const leaf of tree) root.add(leaf);
  return root.root();
}

/** The definitions of RFC 6962 §2.1, word for word. */
const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1));
function slowRoot(tree: readonly Uint8Array[]): Uint8Array {
  if (tree.length === 0) return new MerkleRoot().root();
  if (tree.length === 1) return tree[0]!;
  const k = split(tree.length);
  return nodeHash(slowRoot(tree.slice(0, k)), slowRoot(tree.slice(k)));
}
function inclusion(i: number, tree: readonly Uint8Array[]): Uint8Array[] {
  if (tree.length === 1) return [];
  const k = split(tree.length);
  const [left, right] = [tree.slice(0, k), tree.slice(k)];
  return i < k ? [...inclusion(i, left), slowRoot(right).slice()] : [...inclusion(i - k, right), slowRoot(left).slice()];
}
function consistency(m: number, tree: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === tree.length) return whole ? [] : [slowRoot(tree)];
  const k = split(tree.length);
  const [left, right] = [tree.slice(0, k), tree.slice(k)];
  return m <= k ? [...consistency(m, left, whole), slowRoot(right)] : [...consistency(m - k, right, false), slowRoot(left)];
}
