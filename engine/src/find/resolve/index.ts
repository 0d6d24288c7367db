// SPDX-License-Identifier: Apache-2.0
export { type Resolution, type ResolveInput, type Review, resolve } from './resolve.ts';
