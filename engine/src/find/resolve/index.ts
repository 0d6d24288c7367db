// SPDX-License-Identifier: Apache-2.0
export { CLAIM, type ClaimKind } from './claims.ts';
export { type KindFound, type SaidSign, kindOf } from './kind-of.ts';
export { type Pair, type Resolution, type ResolveInput, Resolver, type Review, resolve } from './resolve.ts';
