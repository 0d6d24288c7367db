// SPDX-License-Identifier: Apache-2.0
import { NotifyError } from './error.ts';

/** How a case sends mail. Holds no secret: `user` is a reference to one (`user:password`). */
export interface MailSettings {
  /** `smtp://host:port` or `smtps://host:port`, without credentials. */
  readonly smtp: string;
  /** Sender as people see it: `Name <address>`; its domain is `domain`. */
  readonly from: string;
  /** The domain that signs (DKIM) and to which bounces and replies come back. */
  readonly domain: string;
  readonly user: string | null;
  readonly requireTls: boolean;
  /** Messages a second. */
  readonly rate: number;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Checks what a person entered. Throws NotifyError `bad-mail-setting` naming the setting. */
export function checkMailSettings(s: MailSettings): MailSettings {
  const url = smtpServer(s);
  if (!/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(s.domain))
    throw new NotifyError('bad-mail-setting', '--domain');
  if (!senderAddress(s.from).toLowerCase().endsWith(`@${s.domain}`)) throw new NotifyError('bad-mail-setting', '--from ≠ --domain');
  if (/[\r\n]/.test(s.from)) throw new NotifyError('bad-mail-setting', '--from');
  if (s.user !== null && !/^(env|file):./.test(s.user)) throw new NotifyError('bad-mail-setting', '--user-ref env:NAME | file:PATH');
  if (!(s.rate > 0 && s.rate <= 10_000)) throw new NotifyError('bad-mail-setting', '--rate 1…10000');
  // A password never travels in clear, except to this very machine.
  return { ...s, requireTls: s.requireTls || (s.user !== null && !LOOPBACK.test(url.host)) };
}

export function smtpServer(s: MailSettings): { readonly host: string; readonly port: number; readonly secure: boolean } {
  const url = URL.canParse(s.smtp) ? new URL(s.smtp) : null;
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    throw new NotifyError('bad-mail-setting', '--smtp smtp://host:port');
  const secure = url.protocol === 'smtps:';
  return { host: url.hostname, port: Number(url.port) || (secure ? 465 : 587), secure };
}

/** Whether a host is this machine: then nothing crosses a network in clear. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

function senderAddress(from: string): string {
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}
