// SPDX-License-Identifier: Apache-2.0
export { type Answer, type Question, applicable, conditionsOf } from './applicable.ts';
export { LAW_ERROR_CODES, LawError } from './error.ts';
export { checkPack, loadPack, packDigest } from './load-pack.ts';
export { validateRule } from './validate-rule.ts';
