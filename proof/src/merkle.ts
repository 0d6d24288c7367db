// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from './encoding.ts';

/** Bytes of a hash. */
export const HASH = 32;
/** Trees have at most 2^53 leaves: that many levels of frontier. */
const LEVELS = 54;

/** Hash of a leaf's bytes: SHA-256(0x00 ‖ data) (RFC 6962 §2.1). */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = new Uint8Array(data.length + 1);
  input.set(data, 1);
  return sha256(input);
}

/** Hash of two subtrees: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
}

/** Root over leaf hashes given one after the other (RFC 6962 §2.1). Memory is one hash for each level of the tree. */
export class MerkleRoot {
  /** Roots of the perfect subtrees that cover the leaves so far, largest first, in one flat array. */
  readonly #frontier = new Uint8Array(LEVELS * HASH);
  readonly #node = new Uint8Array(1 + 2 * HASH).fill(1, 0, 1);
  #height = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds the hash of the next leaf (32 bytes). Throws RangeError for any other length. */
  add(hash: Uint8Array): void {
    if (hash.length !== HASH) throw new RangeError('a leaf hash has 32 bytes');
    this.#frontier.set(hash, this.#height * HASH);
    this.#height += 1;
    for (let n = this.#size; n % 2 === 1; n = (n - 1) / 2) {
      const at = (this.#height - 2) * HASH;
      this.#node.set(this.#frontier.subarray(at, at + 2 * HASH), 1);
      this.#frontier.set(sha256(this.#node), at);
      this.#height -= 1;
    }
    this.#size += 1;
  }

  /** The root over the leaves so far; the hash of nothing for an empty tree. More leaves may follow. */
  root(): Uint8Array {
    if (this.#height === 0) return sha256(new Uint8Array());
    let root = this.#at(this.#height - 1);
    for (let i = this.#height - 2; i >= 0; i--) root = nodeHash(this.#at(i), root);
    return root;
  }

  #at(i: number): Uint8Array {
    return this.#frontier.slice(i * HASH, (i + 1) * HASH);
  }
}

/** True when `proof` shows that the leaf with this hash has place `index` in the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(index: number, size: number, hash: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size || !areHashes([hash, root, ...proof])) return false;
  let place = index;
  let last = size - 1;
  let computed = hash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      computed = nodeHash(sibling, computed);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      computed = nodeHash(computed, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(computed, root);
}

/** True when `proof` shows that the tree of `size2` leaves with `root2` continues the tree of `size1` leaves with `root1` (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  size1: number,
  size2: number,
  root1: Uint8Array,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isPlace(size1) || !isPlace(size2) || size1 > size2 || !areHashes([root1, root2, ...proof])) return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  if (size1 === 0) return false;
  const path = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  const first = path[0];
  if (!first || proof.length === 0) return false;
  let place = size1 - 1;
  let last = size2 - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [old, young] = [first, first];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      old = nodeHash(sibling, old);
      young = nodeHash(sibling, young);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      young = nodeHash(young, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(old, root1) && equalBytes(young, root2);
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isPlace(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH);
}

function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
