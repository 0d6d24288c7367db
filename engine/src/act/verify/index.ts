// SPDX-License-Identifier: Apache-2.0
export { type Comparison, type ExpectedRecord, compareDataset } from './compare.ts';
export { VerifyError, type VerifyErrorCode } from './error.ts';
export { openProbe } from './open-probe.ts';
export type { Probe } from './ports.ts';
export { type ResidueHit, type ResidueReport, searchResidue } from './residue.ts';
export { smallGroups } from './small-groups.ts';
