// SPDX-License-Identifier: Apache-2.0
export { type Answer, type Question, applicable, conditionsOf, liesIn } from './applicable.ts';
export { checkPack } from './check-pack.ts';
export { type RuleChange, comparePacks } from './compare-packs.ts';
export { LAW_ERROR_CODES, LawError } from './error.ts';
export { explainRule } from './explain-rule.ts';
export { conditionHolds } from './known-facts.ts';
export { loadPack, packDigest } from './load-pack.ts';
export { validateRule } from './validate-rule.ts';
