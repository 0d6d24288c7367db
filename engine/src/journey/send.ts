// SPDX-License-Identifier: Apache-2.0
import { sha256, readSealed } from '../kit/index.ts';
import { type Letter, type MailSettings, batchPath, messageIdOf, sendNotices } from '../tell/notify/index.ts';
import { type CaseContext, entry, folders } from './context.ts';
import { JourneyError } from './error.ts';
import { caseMailer, mailSettings } from './mail.ts';
import type { NoticeRow } from './ports.ts';

/** Sends every notice that waits, batch by batch from the sealed outbox. Throws NotifyError when the server cannot be used. */
export async function sendWaiting(ctx: CaseContext, settings: MailSettings): Promise<void> {
  const at = () => ctx.clock.now().toISOString();
  // Whoever sent before us is dead: we hold the case. What it had begun is not known to have arrived.
  await ctx.store.loseIntended(at());
  const batches = [...(await ctx.store.noticeBatches())].toSorted((a, b) => a - b);
  const mailer = caseMailer(ctx, settings);
  const total = (await ctx.store.notices()).reduce((n, c) => n + (c.channel === 'email' ? c.count : 0), 0);
  let done = 0;
  try {
    for (const batch of batches) {
      const rows = await ctx.store.noticesOf(batch);
      const waiting = new Map(rows.filter((r) => r.channel === 'email' && r.state === 'prepared').map((r) => [r.id, r.attempts]));
      done += rows.filter((r) => r.channel === 'email').length - waiting.size;
      try {
        if (waiting.size > 0)
          await sendNotices({
            letters: readSealed(batchPath(folders(ctx).outbox, batch), ctx.keys.get('contacts')) as Iterable<Letter>,
            waiting,
            mailer,
            date: ctx.clock.now(),
            crash: ctx.crash,
            sent: (letters) => ctx.progress({ step: 'notify', unit: 'smtp', done: (done += letters), total }),
            ports: { intend: (ids) => ctx.store.intendNotices(ids), settle: (outcomes) => ctx.store.settleNotices(outcomes, at()) },
          });
      } finally {
        await recordDelivery(ctx, batch);
      }
    }
  } finally {
    mailer.close();
  }
}

/** What became of a batch, into the evidence: counts by state, and a hash that binds every single notice's state. Once for each change. */
async function recordDelivery(ctx: CaseContext, batch: number): Promise<void> {
  const rows = (await ctx.store.noticesOf(batch)).filter((r) => r.channel === 'email');
  const states: Record<string, number> = {};
  for (const r of rows) states[r.state] = (states[r.state] ?? 0) + 1;
  const body = { batch, states, sha256: sha256(rows.map((r) => `${r.id} ${r.state}\n`).join('')) };
  const name = `notice-delivery ${batch}`;
  if ((await ctx.store.report<typeof body>(name))?.sha256 === body.sha256) return;
  await ctx.store.saveReport(name, body, [entry(ctx, 'notice.delivered', body)]);
}

/** Notices of which nobody knows whether they arrived, by their Message-ID: it can be looked up in the mail server's own log. */
export async function unknownNotices(ctx: CaseContext): Promise<{ readonly id: string; readonly messageId: string }[]> {
  const domain = (await mailSettings(ctx))?.domain ?? '';
  return (await ctx.store.unknownNotices()).map((n: NoticeRow) => ({ id: n.id, messageId: messageIdOf(n.id, domain) }));
}

/** A person has decided that these may be sent again. `ids`: see unknownNotices; null = all. Throws JourneyError `unknown-notice`. */
export async function resend(ctx: CaseContext, ids: readonly string[] | null): Promise<void> {
  await ctx.store.loseIntended(ctx.clock.now().toISOString());
  const known = new Set((await ctx.store.unknownNotices()).map((n) => n.id));
  const stranger = ids?.find((id) => !known.has(id));
  if (stranger !== undefined) throw new JourneyError('unknown-notice', stranger);
  await ctx.store.resendNotices(ids);
}
