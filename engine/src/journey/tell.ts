// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { readSealed } from '../kit/index.ts';
import type { DataMap } from '../model/data-map.ts';
import type { Disposition } from '../model/disposition.ts';
import type { RecordClass } from '../model/law.ts';
import { type Held, type NoticeSubject, prepareNotices } from '../tell/notify/index.ts';
import { passWhenApproved, validPlan } from './approve.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { JourneyError } from './error.ts';
import { documentsAboutOthers } from './document-subjects.ts';
import { type Inventory, openCaseInventory } from './inventory.ts';
import { mailSettings } from './mail.ts';
import { sendWaiting } from './send.ts';
import { openItem, recordTelling } from './telling.ts';

const ANSWERS_BY = [
  '公司清算组客服；直接回复本通知即可送达',
  'customer service of the liquidation group; a reply to this notice reaches it',
] as const;

/** Until when customers may object, by what they were told, YYYY-MM-DD. */
export interface ObjectionPeriod {
  readonly until: string;
}

/**
 * Writes a notice for every customer with a contact into the sealed outbox and, where mail is set, sends it. Resumes at the first batch
 * not recorded and at the first notice not sent. The gate is passed when no notice waits for the mail server any more.
 */
export async function notifySubjects(ctx: CaseContext): Promise<void> {
  // A run that died between the last signature and the gate is finished here.
  if ((await ctx.store.plan()) && !(await ctx.store.gates()).has('approved')) await passWhenApproved(ctx);
  const gates = await ctx.store.gates();
  if (!gates.has('approved')) throw new JourneyError('not-approved');
  const prepared = gates.has('notified') ? null : await prepareOutbox(ctx);
  const settings = await mailSettings(ctx);
  try {
    if (settings) await sendWaiting(ctx, settings);
  } finally {
    await recordTelling(ctx);
  }
  if (prepared === null) return;
  const waiting = (await ctx.store.notices()).some((n) => n.channel === 'email' && n.state === 'prepared');
  if (settings === null || !waiting) await ctx.store.passGate('notified', { ...prepared }, []);
}

async function prepareOutbox(ctx: CaseContext): Promise<{ notices: number; batches: number }> {
  const { digest } = await validPlan(ctx);
  const noticed = await ctx.store.report<{ digest: string }>('noticed-plan');
  if (noticed === null) await ctx.store.saveReport('noticed-plan', { digest }, []);
  const { company } = await ctx.store.record();
  const { map } = (await ctx.store.dataMap())!;
  const inventory = await openCaseInventory(ctx);
  try {
    const recorded = await ctx.store.noticeBatches();
    const result = await prepareNotices({
      subjects: noticeSubjects(ctx, inventory, map),
      company,
      caseCode: ctx.code,
      legalDay: today(ctx),
      answersBy: ANSWERS_BY,
      folder: folders(ctx).outbox,
      key: ctx.keys.ensure('contacts'),
      batchSize: 500,
      crash: ctx.crash,
      ports: {
        recorded: (batch) => recorded.has(batch),
        recordBatch: (batch, notices, sealed) =>
          ctx.store.addNotices(batch, notices, [entry(ctx, 'notice.batch', { batch, notices: notices.length, sha256: sealed })]),
      },
    });
    if (result.notices > 0) await ctx.store.saveReport('objections', { until: result.objectUntil } satisfies ObjectionPeriod, []);
    // Letters are written once. Where the plan has changed since, they say what is not going to happen: Legal must decide.
    const written = (await ctx.store.notices()).reduce((n, c) => n + c.count, 0);
    const outdated = noticed !== null && noticed.digest !== digest ? [openItem('notice-outdated', 'legal', written, 'plan-changed')] : [];
    await ctx.store.replaceOpenItems('notify', [...result.openItems, ...outdated]);
    return { notices: result.notices, batches: result.batches };
  } finally {
    await inventory.close();
  }
}

/** One row for each subject with records that are not excluded, core customers first, each tier in the order of the numbers: a batch that is written again must be the same. */
export const NOTICE_SUBJECTS = `
  WITH parts AS (
    SELECT s.subject AS subject, p.dataset AS dataset, p.disposition AS disposition, count(*)::INTEGER AS n,
           CAST(CASE WHEN bool_and(p.until IS NOT NULL) THEN max(p.until) END AS VARCHAR) AS until, bool_or(coalesce(r.minor, false)) AS minor
    FROM subjects s JOIN records r USING (idx) JOIN plan p USING (idx) WHERE s.subject IS NOT NULL GROUP BY ALL)
  SELECT subject, bool_or(minor) AS minor,
         CAST(to_json(list({d: dataset, p: disposition, n: n, u: until} ORDER BY dataset, disposition)) AS VARCHAR) AS parts
  FROM parts LEFT JOIN customers c USING (subject) GROUP BY subject HAVING bool_or(disposition <> 'exclude')
  ORDER BY coalesce(any_value(c.tier), 'general') = 'core' DESC, subject`;

/** Everybody who has records that are not excluded, core customers first, with what is held by class and end. E-mail first: it can be answered. */
async function* noticeSubjects(ctx: CaseContext, inventory: Inventory, map: DataMap): AsyncGenerator<NoticeSubject> {
  const contacts = await bestContacts(ctx, inventory);
  const classOf = new Map(map.datasets.map((d) => [d.id, d.recordClass]));
  for await (const row of inventory.query<{ subject: number; minor: boolean; parts: string }>(NOTICE_SUBJECTS)) {
    const c = contacts.get(row.subject);
    yield {
      subject: row.subject,
      contact: c?.email ? { c: 'email', v: c.email } : c?.phone ? { c: 'phone', v: c.phone } : null,
      name: c?.name ?? null,
      minor: row.minor,
      held: heldByClass(JSON.parse(row.parts) as Part[], classOf),
    };
  }
}

interface Part {
  readonly d: string;
  readonly p: Disposition;
  readonly n: number;
  readonly u: string | null;
}

/** Datasets of one class and end are one line of the letter; the latest day counts, and no day at all (kept permanently) more than any. */
function heldByClass(parts: readonly Part[], classOf: ReadonlyMap<string, RecordClass>): Held[] {
  const out = new Map<string, Held>();
  for (const part of parts) {
    const recordClass = classOf.get(part.d) ?? 'any-pi';
    const key = `${recordClass} ${part.p}`;
    const seen = out.get(key);
    const days = [...(seen === undefined ? [] : [seen.until]), part.u];
    const known = days.filter((d) => d !== null);
    const until = known.length < days.length ? null : known.toSorted().at(-1)!;
    out.set(key, { recordClass, disposition: part.p, count: (seen?.count ?? 0) + part.n, until });
  }
  return [...out.values()];
}

interface Contact {
  phone?: string;
  email?: string;
  name?: string;
}

/** One contact for each subject: the first of its kind in inventory order. Lives in memory only, one small object a subject. */
async function bestContacts(ctx: CaseContext, inventory: Inventory): Promise<Map<number, Contact>> {
  const foreign = await documentsAboutOthers(inventory, (await ctx.store.dataMap())!.map);
  const subjects = new Map<number, number>();
  for await (const r of inventory.query<{ idx: number; subject: number }>('SELECT idx, subject FROM subjects WHERE subject IS NOT NULL'))
    if (!foreign.has(r.idx)) subjects.set(r.idx, r.subject);
  const found = new Map<number, Contact>();
  for (const { path } of await ctx.store.segments('contacts')) {
    for (const line of readSealed(join(folders(ctx).inventory, path), ctx.keys.get('contacts')) as Iterable<{
      i: number;
      c: keyof Contact;
      v: string;
    }>) {
      const subject = subjects.get(line.i);
      if (subject === undefined) continue;
      const contact = found.get(subject) ?? {};
      contact[line.c] ??= line.v;
      found.set(subject, contact);
    }
  }
  return found;
}
