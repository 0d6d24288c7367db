// SPDX-License-Identifier: Apache-2.0
import { type MailSettings, type Mailer, checkMailSettings, dkimRecord, newDkimKey, openMailer } from '../tell/notify/index.ts';
import type { CaseContext } from './context.ts';

/** How the case sends mail, if that has been set. */
export function mailSettings(ctx: CaseContext): Promise<MailSettings | null> {
  return ctx.store.report<MailSettings>('mail-settings');
}

/** Sets how the case sends mail and makes its signing key. Throws NotifyError `bad-mail-setting`. */
export async function setMail(ctx: CaseContext, settings: MailSettings): Promise<void> {
  const checked = checkMailSettings(settings);
  if (!ctx.keys.has('dkim')) ctx.keys.put('dkim', newDkimKey());
  await ctx.store.saveReport('mail-settings', checked, []);
}

/** The DNS record to publish before the first notice goes out; null where no mail is set. */
export async function mailDnsRecord(ctx: CaseContext): Promise<{ readonly name: string; readonly value: string } | null> {
  const settings = await mailSettings(ctx);
  return settings === null ? null : dkimRecord(ctx.keys.get('dkim'), settings.domain);
}

export function caseMailer(ctx: CaseContext, settings: MailSettings): Mailer {
  return openMailer({ settings, login: ctx.secret(settings.user ?? undefined), dkim: ctx.keys.get('dkim') });
}
