// SPDX-License-Identifier: Apache-2.0
export { CITED } from './cited.ts';
export { type CompileInput, compilePlan } from './compile-plan.ts';
export { PLAN_ERROR_CODES, PlanError } from './error.ts';
export { type EvaluateInput, type Evaluation, type Step, evaluate } from './evaluate.ts';
export { type Language, explain } from './explain.ts';
export { archivedFields, keptFields } from './kept-fields.ts';
export { type PlanParts, planDigest } from './plan-digest.ts';
export type { Applicable, Successor } from './ports.ts';
