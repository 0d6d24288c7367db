// SPDX-License-Identifier: Apache-2.0
export const NOTIFY_ERROR_CODES = [
  'bad-mail-setting',
  'mail-server-unreachable',
  'mail-login-refused',
  'mail-tls-refused',
  'mail-sender-refused',
  'mailbox-unreadable',
  'mailbox-login-refused',
] as const;

/** Mail cannot be sent or read at all. `detail` names a setting, a server's reply code or a path; never an address of a customer. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly code: (typeof NOTIFY_ERROR_CODES)[number];
  readonly detail: string;
  constructor(code: NotifyError['code'], detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
    this.detail = detail;
  }
}
