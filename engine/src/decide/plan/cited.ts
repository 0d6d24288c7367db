// SPDX-License-Identifier: Apache-2.0
/** Provisions that decide by their meaning rather than by a period, so the plan names them. A test checks that the pack has each. */
export const CITED = {
  serviceCeased: 'pipl-47',
  purposeEnded: 'pipl-47-1a',
  retentionExpired: 'pipl-47-1e',
  transfer: 'pipl-22',
  processor: 'pipl-21',
  anonymise: 'ndsr-24',
  limitation: 'cc-188',
  prepaid: 'cplr-22',
} as const;

/** Conditions under which what is owed is prepaid money of consumers (消保法实施条例 22). */
export const PREPAID_CONDITIONS = ['prepaid', 'consumer'] as const;

/** A hold that only the limitation period of claims would carry; until Legal approves it, it is a question, not a hold. */
export const LIMITATION_HOLD = 'limitation-evidence';
/** The person concerned objects: the record rests, whoever approved what. */
export const OBJECTION_HOLD = 'objection';
