// SPDX-License-Identifier: Apache-2.0
export { type Answer, objectionToHold } from './objection.ts';
export type { NoticePorts, NoticeSubject, RecordedNotice } from './ports.ts';
export { type PrepareArgs, type Prepared, prepareNotices } from './prepare-notices.ts';
export { writeMessage } from './write-message.ts';
