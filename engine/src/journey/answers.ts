// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { SealedWriter, keyedHash, readSealed, sha256 } from '../kit/index.ts';
import type { AnswerKind } from '../model/notice.ts';
import { type Answer, type Incoming, judgeAnswer, messageIdIn, parseAnswer, readImap, readMailbox } from '../tell/notify/index.ts';
import { type CaseContext, folders } from './context.ts';
import { JourneyError } from './error.ts';
import { executionBegun, holdOf } from './objection.ts';
import type { AnswerRow } from './ports.ts';
import { recordTelling } from './telling.ts';

/** Where answers come from: a path, or `imap(s)://host:port/FOLDER` with the reference to `user:password`. */
export interface AnswerSource {
  readonly from: string;
  readonly user: string | null;
}

/**
 * Reads what came back: bounces, automatic replies, customers' answers. Each message counts once, by its Message-ID. An objection or a
 * correction takes the customer's records out of destruction; once execution has begun it is an open item for Legal. What is not clearly
 * something else waits for a person, and nothing is executed before it is read. Returns how many messages were new, by kind.
 */
export async function readAnswers(ctx: CaseContext, source: AnswerSource): Promise<Readonly<Partial<Record<AnswerKind, number>>>> {
  await ctx.store.loseIntended(ctx.clock.now().toISOString());
  const found: Partial<Record<AnswerKind, number>> = {};
  const late = await executionBegun(ctx);
  try {
    for await (const message of incoming(ctx, source)) {
      const row = await takeIn(ctx, message, late);
      if (row) found[row.kind] = (found[row.kind] ?? 0) + 1;
    }
  } finally {
    await recordTelling(ctx);
  }
  return found;
}

function incoming(ctx: CaseContext, source: AnswerSource): AsyncIterable<Incoming> {
  if (!/^imaps?:\/\//.test(source.from)) return readMailbox(source.from);
  const login = ctx.secret(source.user ?? undefined);
  if (login === null || !URL.canParse(source.from)) throw new JourneyError('no-mailbox-login');
  return readImap(source.from, login);
}

async function takeIn(ctx: CaseContext, message: Incoming, late: boolean): Promise<AnswerRow | null> {
  const identity = message.bytes === null ? `where ${message.where}` : (messageIdIn(message.bytes) ?? sha256(message.bytes));
  const idHash = keyedHash(ctx.keys.get('inventory'), `answer:${identity}`);
  if (await ctx.store.answer(idHash)) return null;
  const answer = message.bytes === null ? null : await parseAnswer(message.bytes);
  const subject = answer === null ? null : await subjectOf(ctx, answer);
  const judged = answer === null ? { kind: 'too-large' as const, detail: '' } : judgeAnswer(answer);
  // Whose objection it is, only a person can find out.
  const kind = subject === null && (judged.kind === 'objection' || judged.kind === 'correction') ? 'unclear' : judged.kind;
  const asks = kind === 'objection' || kind === 'correction';
  const open = asks || kind === 'unclear' || kind === 'too-large';
  const detail = asks && late ? 'after-execution' : open && subject === null && answer !== null ? 'unmatched' : judged.detail;
  const sealed = answer !== null && open ? seal(ctx, idHash, answer) : null;
  const row: AnswerRow = { idHash, subject, kind, detail, state: open ? 'open' : 'settled', sealed, at: ctx.clock.now().toISOString() };
  const hold = asks && !late ? holdOf(ctx, subject!, kind) : null;
  await ctx.store.addAnswer(row, { noticeState: noticeState(row), exception: hold?.exception ?? null }, hold?.entries ?? []);
  ctx.crash('answers.recorded');
  return row;
}

/** What an answer says about its notice. A machine that answers proves no reader. */
function noticeState(row: AnswerRow): 'bounced' | 'answered' | null {
  if (row.subject === null) return null;
  if (row.kind === 'bounce-hard' || row.kind === 'bounce-soft') return 'bounced';
  return row.kind === 'objection' || row.kind === 'correction' || row.kind === 'unclear' || row.kind === 'acknowledgement'
    ? 'answered'
    : null;
}

async function subjectOf(ctx: CaseContext, answer: Answer): Promise<number | null> {
  for (const code of answer.codes) {
    const notice = await ctx.store.noticeByCode(code);
    if (notice) return notice.subject;
  }
  return null;
}

/** The words of an answer, sealed with the contacts key; once that is destroyed they stay in the mailbox only. Returns the file's name. */
function seal(ctx: CaseContext, idHash: string, answer: Answer): string | null {
  if (!ctx.keys.has('contacts')) return null;
  const name = `${idHash.slice(0, 32)}.sealed`;
  const writer = new SealedWriter(join(folders(ctx).answers, name), ctx.keys.get('contacts'));
  try {
    writer.line({ from: answer.from, title: answer.subject, text: answer.text, attachments: answer.attachments });
    writer.commit();
  } catch (error) {
    writer.abandon();
    throw error;
  }
  ctx.crash('answers.sealed');
  return name;
}

export interface AnswerText {
  readonly from: string;
  readonly title: string;
  readonly text: string;
  readonly attachments: number;
}

/** Answers as they are recorded, without their words. */
export function listAnswers(ctx: CaseContext): Promise<readonly AnswerRow[]> {
  return ctx.store.answers();
}

/** The words of one answer, for the person who must read them; null once they are kept nowhere but in the mailbox. `id`: the first digits of its hash. Throws JourneyError `unknown-answer`. */
export async function readAnswer(ctx: CaseContext, id: string): Promise<{ readonly row: AnswerRow; readonly text: AnswerText | null }> {
  const row = await pick(ctx, id);
  if (row.sealed === null || !ctx.keys.has('contacts')) return { row, text: null };
  const [text] = [...readSealed(join(folders(ctx).answers, row.sealed), ctx.keys.get('contacts'))];
  return { row, text: text as AnswerText };
}

/** A person has read an answer: nothing more is to be done, or (`hold`) it asks for what an objection asks for. */
export async function settleAnswer(ctx: CaseContext, id: string, hold: boolean): Promise<AnswerRow> {
  const row = await pick(ctx, id);
  if (hold && row.subject === null) throw new JourneyError('answer-without-customer', id);
  if (hold && (await executionBegun(ctx))) throw new JourneyError('already-executed');
  const held = hold ? holdOf(ctx, row.subject!, 'objection') : null;
  await ctx.store.settleAnswer(row.idHash, held?.exception ?? null, held?.entries ?? []);
  await recordTelling(ctx);
  return row;
}

async function pick(ctx: CaseContext, id: string): Promise<AnswerRow> {
  const rows = (await ctx.store.answers()).filter((a) => id.length >= 6 && a.idHash.startsWith(id));
  if (rows.length !== 1) throw new JourneyError('unknown-answer', id);
  return rows[0]!;
}
