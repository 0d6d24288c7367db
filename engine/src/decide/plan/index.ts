// SPDX-License-Identifier: Apache-2.0
export type { EvaluateInput, Step } from './ask.ts';
export { APPRAISED, CITED, REQUESTS } from './cited.ts';
export { isDissolving } from './case-rules.ts';
export { type CompileInput, compilePlan } from './compile-plan.ts';
export { PLAN_ERROR_CODES, PlanError } from './error.ts';
export { type Evaluation, evaluate } from './evaluate.ts';
export { type Language, explain } from './explain.ts';
export { opinion } from './opinion.ts';
export { archivedFields, keptFields } from './kept-fields.ts';
export { isDay } from './period.ts';
export { type PlanParts, planDigest } from './plan-digest.ts';
export type { Applicable, Successor } from './ports.ts';
