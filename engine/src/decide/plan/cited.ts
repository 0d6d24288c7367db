// SPDX-License-Identifier: Apache-2.0
/** Provisions that decide by their meaning rather than by a period, so the plan names them. A test checks that the pack has each. */
export const CITED = {
  serviceCeased: 'pipl-47',
  purposeEnded: 'pipl-47-1a',
  withdrawn: 'pipl-47-1c',
  unlawful: 'pipl-47-1d',
  retentionExpired: 'pipl-47-1e',
  transfer: 'pipl-22',
  provide: 'pipl-23',
  export: 'pipl-39',
  processor: 'pipl-21',
  anonymise: 'ndsr-24',
  access: 'pipl-44',
  limitation: 'cc-188',
  prepaid: 'cplr-22',
  unsettledVoucher: 'acct-19',
  appraisal: 'arc-24',
  administrator: 'eb-13',
  manyPersons: 'ndsr-28',
  manyInCars: 'ad-3',
} as const;

/** A hold that only the limitation period of claims would carry; until Legal approves it, it is a question, not a hold. */
export const LIMITATION_HOLD = 'limitation-evidence';
/** The person concerned objects: the record rests, whoever approved what. */
export const OBJECTION_HOLD = 'objection';
/** Requests of the person concerned that stand beside the holds. Access: answered before anything goes. The others only say why it goes. */
export const REQUESTS = { access: 'request-access', erase: 'request-erase', withdraw: 'request-withdraw' } as const;

/** The condition that an appraisal allows destruction (档案法实施条例 24). */
export const APPRAISED = 'archive-appraisal-done';
/** The condition that the period of the record is over: the plan counts that itself. */
export const EXPIRED = 'retention-expired';
