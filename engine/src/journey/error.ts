// SPDX-License-Identifier: Apache-2.0
export const JOURNEY_ERROR_CODES = [
  'no-sources',
  'no-data-map',
  'not-inventoried',
  'not-planned',
  'plan-void',
  'not-approved',
  'not-notified',
  'answers-unread',
  'objections-open',
  'unknown-answer',
  'answer-without-customer',
  'no-mailbox-login',
  'unknown-notice',
  'not-executed',
  'not-verified',
  'wrong-confirmation',
  'already-executed',
  'unknown-officer',
  'unknown-record',
  'unknown-store',
  'unknown-source',
  'sources-changed',
  'evidence-invalid',
  'source-name-taken',
  'rehearsal-failed',
  'canary-not-found',
  'bad-authority',
  'unknown-word',
  'unknown-rule',
  'hold-on-nobody',
  'unknown-party',
  'no-party',
  'several-parties',
  'list-unreadable',
  'list-of-another-plan',
  'unknown-correction',
  'own-correction',
  'corrections-open',
  'unknown-day',
  'unknown-subject',
  'unknown-review',
  'several-meant',
  'already-told',
  'reason-names-somebody',
  'unknown-column',
  'bad-tier-rule',
] as const;

/** A step cannot be taken now. `detail` says what is missing; never personal data. */
export class JourneyError extends Error {
  override readonly name = 'JourneyError';
  readonly code: (typeof JOURNEY_ERROR_CODES)[number];
  readonly detail: string;
  constructor(code: JourneyError['code'], detail = '', cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
  }
}
