// SPDX-License-Identifier: Apache-2.0
export const PLAN_ERROR_CODES = ['not-a-day', 'not-a-period', 'not-a-literal', 'duplicate-dataset', 'not-anonymous'] as const;

/** The plan cannot be stated. `details.what` is the offending day, period, dataset id or field. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code: (typeof PLAN_ERROR_CODES)[number];
  readonly details: { readonly what: string };
  constructor(code: PlanError['code'], what: string, cause?: unknown) {
    super(`${code}: ${what}`, { cause });
    this.code = code;
    this.details = { what };
  }
}
