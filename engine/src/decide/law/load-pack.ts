// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from '../../kit/index.ts';
import type { Rule } from '../../model/law.ts';
import { LawError } from './error.ts';
import { CN_PACK } from './packs/cn/index.ts';
import { validateRule } from './validate-rule.ts';

/** The rules that ship with the product, ordered by id. Throws LawError when one is malformed or an id occurs twice. */
export function loadPack(): readonly Rule[] {
  return checkPack(CN_PACK);
}

/** Any pack of rules given as data, checked and ordered by id. Throws LawError. */
export function checkPack(pack: readonly unknown[]): readonly Rule[] {
  const rules = pack.map(validateRule).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  rules.forEach((rule, i) => {
    if (rules[i - 1]?.id === rule.id) throw new LawError('duplicate-rule', rule.id, 'id');
  });
  return rules;
}

/** SHA-256 (hex) over the canonical JSON of the rules in id order: the same rules give the same digest whatever order they come in. */
export function packDigest(rules: readonly Rule[]): string {
  return sha256(canonicalJson(rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))));
}
