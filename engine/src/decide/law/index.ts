// SPDX-License-Identifier: Apache-2.0
export { type Answer, type Question, applicable, conditionsOf, liesIn } from './applicable.ts';
export { checkPack } from './check-pack.ts';
export { LAW_ERROR_CODES, LawError } from './error.ts';
export { conditionHolds } from './known-facts.ts';
export { loadPack, packDigest } from './load-pack.ts';
export { validateRule } from './validate-rule.ts';
