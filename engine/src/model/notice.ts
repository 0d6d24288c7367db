// SPDX-License-Identifier: Apache-2.0
/**
 * States of a notice. `prepared`: it lies in the sealed outbox, nobody has been told. `intended`: its hand-over has begun and no answer
 * is recorded yet. Then one of: `handed-over` (a mail server took it over: 250), `rejected` (refused: nobody has it), `unknown` (the
 * connection was lost after the message was begun: perhaps taken over, perhaps not; never sent again by itself). From handed-over or
 * unknown: `bounced`, `answered`.
 */
export const NOTICE_STATES = ['prepared', 'intended', 'handed-over', 'rejected', 'unknown', 'bounced', 'answered'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** What an incoming message is. `unclear` is what a person must read; so is every objection and correction. */
export const ANSWER_KINDS = [
  'bounce-hard',
  'bounce-soft',
  'delay',
  'auto-reply',
  'acknowledgement',
  'objection',
  'correction',
  'unclear',
  'too-large',
] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];
