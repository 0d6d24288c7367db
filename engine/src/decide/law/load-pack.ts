// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from '../../kit/index.ts';
import type { Rule } from '../../model/law.ts';
import { checkPack } from './check-pack.ts';
import { CN_PACK } from './packs/cn/index.ts';

let shipped: readonly Rule[] | undefined;

/** The rules that ship with the product, ordered by id; checked once. Throws LawError when one is malformed or an id occurs twice. */
export function loadPack(): readonly Rule[] {
  shipped ??= checkPack(CN_PACK);
  return shipped;
}

/** SHA-256 (hex) over the canonical JSON of the rules in id order: the same rules give the same digest whatever order they come in. */
export function packDigest(rules: readonly Rule[]): string {
  return sha256(canonicalJson(rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))));
}
