// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { objectionToHold, prepareNotices } from '../tell/notify/index.ts';
import { readSealed } from '../kit/index.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { JourneyError } from './error.ts';
import { documentsAboutOthers } from './documents.ts';
import { openCaseInventory } from './inventory.ts';
import { passWhenApproved, validPlan } from './approve.ts';

/** Writes a notice for every customer with a contact into the encrypted outbox; resumes at the first batch not recorded. */
export async function notifySubjects(ctx: CaseContext): Promise<void> {
  // A run that died between the last signature and the gate is finished here.
  if ((await ctx.store.plan()) && !(await ctx.store.gates()).has('approved')) await passWhenApproved(ctx);
  const gates = await ctx.store.gates();
  if (!gates.has('approved')) throw new JourneyError('not-approved');
  if (gates.has('notified')) return;
  await validPlan(ctx);
  const record = await ctx.store.record();
  const inventory = await openCaseInventory(ctx);
  try {
    const contacts = await bestContacts(ctx, inventory);
    const sql = `SELECT s.subject AS subject, bool_or(coalesce(r.minor, false)) AS minor, to_json(histogram(p.disposition)) AS outcome
                 FROM subjects s JOIN records r USING (idx) JOIN plan p USING (idx)
                 WHERE s.subject IS NOT NULL GROUP BY s.subject HAVING bool_or(p.disposition <> 'exclude') ORDER BY s.subject`;
    const subjects = async function* () {
      for await (const row of inventory.query<{ subject: number; minor: boolean; outcome: string }>(sql)) {
        const c = contacts.get(row.subject);
        yield {
          subject: row.subject,
          contact: c?.phone ? { c: 'phone' as const, v: c.phone } : c?.email ? { c: 'email' as const, v: c.email } : null,
          name: c?.name ?? null,
          minor: row.minor,
          outcome: JSON.parse(row.outcome) as Record<string, number>,
        };
      }
    };
    const recorded = await ctx.store.noticeBatches();
    const result = await prepareNotices({
      subjects: subjects(),
      company: record.company,
      caseCode: ctx.code,
      legalDay: today(ctx),
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
    await ctx.store.replaceOpenItems('notify', result.openItems);
    await ctx.store.passGate('notified', { notices: result.notices, batches: result.batches }, []);
  } finally {
    await inventory.close();
  }
}

/**
 * An answer from the customer behind a record: an objection or a correction takes all of that customer's records out of destruction. Behind a document there may be
 * several: which of them spoke, nobody knows, so it counts for each.
 */
export async function object(ctx: CaseContext, index: number, kind: 'objection' | 'correction'): Promise<number> {
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  const inventory = await openCaseInventory(ctx);
  try {
    const behind: number[] = [];
    const sql = 'SELECT subject FROM subjects WHERE idx = $1 AND subject IS NOT NULL ORDER BY subject';
    for await (const row of inventory.query<{ subject: number }>(sql, [index])) behind.push(row.subject);
    const [first] = behind;
    if (first === undefined) throw new JourneyError('unknown-record', String(index));
    for (const subject of behind) {
      const hold = objectionToHold({ subject, kind, date: today(ctx) });
      await ctx.store.addException(hold.subject, hold.reason, [
        entry(ctx, 'exception.added', { subject: hold.subject, reason: hold.reason }),
      ]);
    }
    return first;
  } finally {
    await inventory.close();
  }
}

interface Contact {
  phone?: string;
  email?: string;
  name?: string;
}

/** One contact for each subject: the first of its kind in inventory order. Lives in memory only, one small object a subject. */
async function bestContacts(ctx: CaseContext, inventory: Awaited<ReturnType<typeof openCaseInventory>>): Promise<Map<number, Contact>> {
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
