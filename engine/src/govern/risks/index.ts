// SPDX-License-Identifier: Apache-2.0
export type { CountedDataset, RiskQuestion } from './ports.ts';
export { viewRisks } from './view-risks.ts';
