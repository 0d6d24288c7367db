// SPDX-License-Identifier: Apache-2.0
export { sumOf } from './amount.ts';
export { ownerOf } from './owner-of.ts';
export type { OwnedConflict, StandingBasis, SubjectStanding } from './ports.ts';
export { debtCode, standingOf } from './standing-of.ts';
