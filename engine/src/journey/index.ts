// SPDX-License-Identifier: Apache-2.0
export { addOfficer, approve, passWhenApproved } from './approve.ts';
export { type CaseContext, type Progress, folders, today } from './context.ts';
export { JOURNEY_ERROR_CODES, JourneyError } from './error.ts';
export { dryRun, execute } from './execute.ts';
export { type Correct, discoverSources, saveDataMap } from './find.ts';
export { type Judged, judgeCase } from './judge-case.ts';
export { nextGate } from './gates.ts';
export { takeInventory } from './inventory.ts';
export { classifyText, scoreShape } from '../find/classify/index.ts';
export { addSource, decideRules, openCase } from './open-case.ts';
export { type DecisionCount, firstPlanned, makePlan } from './plan.ts';
export { explainRecord } from './explain.ts';
export type { CaseDirectory, CaseStore } from './ports.ts';
export { makeEvidence } from './prove.ts';
export { caseSummary } from './status.ts';
export { notifySubjects, object } from './tell.ts';
export { type WorkedCase, readWorkedCase } from './worked-case.ts';
export { verify } from './verify.ts';
