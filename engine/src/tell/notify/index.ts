// SPDX-License-Identifier: Apache-2.0
export { dkimRecord, newDkimKey } from './dkim.ts';
export { NOTIFY_ERROR_CODES, NotifyError } from './error.ts';
export { judgeAnswer } from './judge-answer.ts';
export { type MailSettings, checkMailSettings } from './mail-settings.ts';
export { type Mailer, openMailer } from './mailer.ts';
export { messageIdOf } from './notice-id.ts';
export { objectionToHold } from './objection.ts';
export { type Answer, messageIdIn, parseAnswer } from './parse-answer.ts';
export type { Held, Incoming, Letter, NoticeOutcome, NoticePorts, NoticeSubject, RecordedNotice, SendPorts } from './ports.ts';
export { type PrepareArgs, type Prepared, batchPath, prepareNotices } from './prepare-notices.ts';
export { readImap } from './read-imap.ts';
export { readMailbox } from './read-mailbox.ts';
export { type SendArgs, sendNotices } from './send-notices.ts';
export { writeMessage } from './write-message.ts';
