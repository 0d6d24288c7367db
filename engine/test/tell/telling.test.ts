// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAnswers, readAnswer, readAnswers, settleAnswer } from '../../src/journey/answers.ts';
import { type CaseContext, folders } from '../../src/journey/context.ts';
import { mailSettings, setMail } from '../../src/journey/mail.ts';
import { resend, sendWaiting, unknownNotices } from '../../src/journey/send.ts';
import { notifySubjects } from '../../src/journey/tell.ts';
import { recordTelling, toldCounts } from '../../src/journey/telling.ts';
import { openKeyring } from '../../src/kit/index.ts';
import { caseDirectory, type Database, openDatabase } from '../../src/store/index.ts';
import { type NoticeSubject, prepareNotices } from '../../src/tell/notify/index.ts';
import { type Behaviour, type PostOffice, openPostOffice } from '../support/post-office.ts';

/*
 * A case's notices from the sealed outbox through a real mail server and back, with our own state in a real PostgreSQL: every state, a run
 * that dies at each step, and what answers do. The plan and its approval are not part of this; the demo has them.
 */
const AT = '2026-10-20T01:00:00.000Z';
const CODES = { dead: 'notify.intended', sent: 'notify.handed-over', told: 'notify.outcome-recorded' } as const;
let folder: string;
let database: Database;
let office: PostOffice;
let n = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sht-'));
  database = await openDatabase({ dataFolder: folder, databaseUrl: null });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
let behaviour: Behaviour;
beforeEach(async () => {
  behaviour = () => ({});
  office = await openPostOffice((to) => behaviour(to));
});
afterEach(() => office.close().catch(() => undefined));

/** A case with `people` notices in its outbox, the last of them to a phone only. */
async function caseWith(people: number): Promise<CaseContext> {
  n += 1;
  const code = `TELL-${n}`;
  const store = await caseDirectory(database).create(
    {
      id: `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`,
      code,
      company: '示例有限公司',
      demo: false,
      clockStart: null,
      at: AT,
      facts: {
        sectors: [],
        route: 'liquidation',
        today: '2026-10-20',
        dissolution: null,
        role: 'controller',
        conditions: [],
        notConditions: [],
        confirmed: [],
        refused: [],
      },
    },
    [],
  );
  const ctx: CaseContext = {
    code,
    store,
    folder: join(folder, code),
    keys: openKeyring(join(folder, 'keys', code), 'test'),
    clock: { now: () => new Date(AT) },
    crash: () => undefined,
    progress: () => undefined,
    secret: () => null,
    connection: {},
    askAuthority: () => Promise.reject(new Error('nobody stamps here')),
  };
  ctx.keys.ensure('inventory');
  await setMail(ctx, {
    smtp: office.url,
    from: 'a <notice@shop.example>',
    domain: 'shop.example',
    user: null,
    requireTls: false,
    rate: 1000,
  });
  await prepareNotices({
    subjects: (async function* (): AsyncGenerator<NoticeSubject> {
      for (let i = 1; i <= people; i++)
        yield {
          subject: i,
          contact: i === people ? { c: 'phone', v: '13900000001' } : { c: 'email', v: `customer${i}@example.com` },
          name: '示例甲',
          minor: false,
          held: [{ recordClass: 'order', disposition: 'delete', count: 1, until: null }],
        };
    })(),
    company: '示例有限公司',
    caseCode: code,
    legalDay: '2026-10-20',
    answersBy: ['清算组', 'the liquidation group'],
    folder: folders(ctx).outbox,
    key: ctx.keys.ensure('contacts'),
    batchSize: 30,
    crash: () => undefined,
    ports: { recorded: () => false, recordBatch: (batch, notices) => store.addNotices(batch, notices, []) },
  });
  return ctx;
}

const send = async (ctx: CaseContext) => {
  try {
    await sendWaiting(ctx, (await mailSettings(ctx))!);
  } finally {
    await recordTelling(ctx);
  }
};
const told = async (ctx: CaseContext) => toldCounts(await ctx.store.notices());
const items = async (ctx: CaseContext) => (await ctx.store.openItems()).map((i) => `${i.owner} ${i.kind} ${i.count} ${i.detail}`);
/** The context of a process that dies at a step: from then on it writes nothing, whatever it has still in hand. */
const dying = (ctx: CaseContext, name: string): CaseContext => {
  let dead = false;
  const alive = <T>(work: () => Promise<T>) => (dead ? Promise.reject(new Error('a dead process writes nothing')) : work());
  return {
    ...ctx,
    store: {
      ...ctx.store,
      settleNotices: (...args) => alive(() => ctx.store.settleNotices(...args)),
      saveReport: (...args) => alive(() => ctx.store.saveReport(...args)),
      replaceOpenItems: (...args) => alive(() => ctx.store.replaceOpenItems(...args)),
    },
    crash: (at) => {
      if (at !== name) return;
      dead = true;
      throw new Error(`died at ${at}`);
    },
  };
};
const perRecipient = () => {
  const count = new Map<string, number>();
  for (const { to } of office.taken) count.set(to, (count.get(to) ?? 0) + 1);
  return count;
};

/** Writes a message into the case's mailbox and reads the mailbox. */
async function answer(ctx: CaseContext, name: string, head: readonly string[], text: string) {
  const box = join(ctx.folder, 'mailbox');
  mkdirSync(box, { recursive: true });
  writeFileSync(
    join(box, `${name}.eml`),
    [`Message-ID: <${name}@example.com>`, 'Content-Type: text/plain; charset=utf-8', ...head, '', text, ''].join('\r\n'),
  );
  return readAnswers(ctx, { from: box, user: null });
}
const messageIdOf = (to: string) => /^Message-ID: (<[^>]+>)/im.exec(office.taken.find((m) => m.to === to)!.text)![1]!;
const replyTo = (to: string) => `To: ${/^Reply-To: (\S+)/im.exec(office.taken.find((m) => m.to === to)!.text)![1]!}`;

describe('sending', () => {
  test('every notice ends in one state, and only what the server took over counts as told', async () => {
    behaviour = (to) =>
      ({
        'customer2@example.com': { rcpt: 550 },
        'customer3@example.com': { data: 'break-after' as const },
        'customer4@example.com': { rcpt: 451 },
      })[to] ?? {};
    const ctx = await caseWith(45);
    await send(ctx);
    expect(await told(ctx)).toEqual({ told: 41, answered: 0, rejected: 1, unknown: 1, bounced: 0, unsent: 2 });
    expect((await items(ctx)).toSorted()).toEqual([
      'support notice-rejected 1 bad-mailbox',
      'support notice-unknown 1 shanhou notify --unknown',
      'support notice-unsent 1 deferred',
      'support notice-unsent 1 phone-only',
    ]);
    expect(office.taken.some((m) => m.to.includes('139'))).toBe(false);
    await send(ctx);
    expect([...perRecipient().values()].every((times) => times === 1)).toBe(true);
  });

  test('a server that always says "later" is believed three times', async () => {
    behaviour = (to) => (to === 'customer1@example.com' ? { rcpt: 451 } : {});
    const ctx = await caseWith(3);
    for (const state of ['prepared', 'prepared', 'rejected']) {
      await send(ctx);
      expect((await ctx.store.noticesOf(0)).find((r) => r.subject === 1)).toMatchObject({ state });
    }
    expect(await items(ctx)).toContain('support notice-rejected 1 deferred-too-often');
  });

  test('a server that is away leaves everything waiting, names itself, and the next run goes on', async () => {
    const ctx = await caseWith(45);
    await office.close();
    await expect(send(ctx)).rejects.toMatchObject({ code: 'mail-server-unreachable' });
    expect(await told(ctx)).toMatchObject({ told: 0, unknown: 0, unsent: 45 });
    office = await openPostOffice((to) => behaviour(to));
    await setMail(ctx, { ...(await mailSettings(ctx))!, smtp: office.url });
    await send(ctx);
    expect(await told(ctx)).toMatchObject({ told: 44, unknown: 0, unsent: 1 });
  });

  test.each(Object.values(CODES))('a run that dies at %s sends nobody a second letter; what it had begun is unknown', async (name) => {
    const ctx = await caseWith(45);
    await expect(send(dying(ctx, name))).rejects.toThrow();
    const recorded = (await told(ctx)).told;
    expect(recorded).toBeLessThan(20);
    await send(ctx);
    expect(await told(ctx)).toMatchObject({ told: 24 + recorded, unknown: 20 - recorded, unsent: 1 });
    const letters = perRecipient();
    expect([...letters.values()].every((times) => times === 1)).toBe(true);
    // Nobody whose turn had not come is left out.
    for (let i = 21; i < 45; i++) expect(letters.get(`customer${i}@example.com`)).toBe(1);
    if (name === CODES.dead) expect(letters.size).toBe(24);
  });

  test('a person may have unknown ones sent again, by id; nothing else can be', async () => {
    behaviour = (to) => (to === 'customer1@example.com' || to === 'customer2@example.com' ? { data: 'break-before' } : {});
    const ctx = await caseWith(5);
    await send(ctx);
    const lost = await unknownNotices(ctx);
    expect(lost).toHaveLength(2);
    expect(lost[0]!.messageId).toBe(`<${lost[0]!.id}@shop.example>`);
    const sent = (await ctx.store.noticesOf(0)).find((r) => r.state === 'handed-over')!;
    await expect(resend(ctx, [sent.id])).rejects.toMatchObject({ code: 'unknown-notice' });
    behaviour = () => ({});
    await resend(ctx, [lost[0]!.id]);
    await send(ctx);
    expect(await told(ctx)).toMatchObject({ told: 3, unknown: 1 });
  });

  test('leaves counts and hashes in the evidence, and no address anywhere in our own state', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    const entries = (await ctx.store.outbox()).filter((e) => e.kind === 'notice.delivered');
    expect(entries.map((e) => e.body)).toEqual([
      { batch: 0, states: { 'handed-over': 4 }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    await send(ctx);
    expect((await ctx.store.outbox()).filter((e) => e.kind === 'notice.delivered')).toHaveLength(1);
    expect(JSON.stringify([await ctx.store.noticesOf(0), await ctx.store.outbox(), await ctx.store.openItems()])).not.toContain(
      '@example.com',
    );
  });
});

describe('a plan that changed after its notices', () => {
  test('is an open item for Legal: the letters say what will not happen', async () => {
    const ctx = await caseWith(2);
    const plan = (digest: string) => ctx.store.savePlan({ digest, body: {}, preparedBy: 'lead' }, []);
    await ctx.store.saveDataMap({ version: 1, datasets: [] }, 'd', 'test', []);
    await plan('one');
    await ctx.store.passGate('approved', {}, []);
    await notifySubjects(ctx);
    expect((await items(ctx)).some((i) => i.includes('outdated'))).toBe(false);
    await plan('two');
    await ctx.store.clearGates(['notified']);
    await notifySubjects(ctx);
    expect(await items(ctx)).toContain('legal notice-outdated 2 plan-changed');
  });
});

describe('answers', () => {
  test('an objection holds the customer, once, also when it is read twice; its words lie sealed only', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    const words = '我有异议，请勿删除';
    await answer(ctx, 'one', ['From: customer2@example.com', replyTo('customer2@example.com')], words);
    await answer(ctx, 'one', ['From: customer2@example.com', replyTo('customer2@example.com')], words);
    expect(await ctx.store.exceptions()).toEqual([{ subject: 2, reason: 'objection 2026-10-20' }]);
    expect(await told(ctx)).toMatchObject({ told: 4, answered: 1 });
    expect((await ctx.store.outbox()).filter((e) => e.kind === 'exception.added')).toHaveLength(1);
    expect(await items(ctx)).toContain('support objection 1 held');
    const [row] = await listAnswers(ctx);
    expect((await readAnswer(ctx, row!.idHash.slice(0, 12))).text).toMatchObject({
      from: 'customer2@example.com',
      text: expect.stringContaining(words),
    });
    expect(JSON.stringify(await listAnswers(ctx))).not.toContain('customer2');
    const files = readdirSync(folders(ctx).answers).map((f) => readFileSync(join(folders(ctx).answers, f), 'utf8'));
    expect(files.join('')).not.toContain(words);
  });

  test('a correction is matched by In-Reply-To where the return address was lost', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    const found = await answer(
      ctx,
      'two',
      ['From: x@example.net', 'To: notice@shop.example', `In-Reply-To: ${messageIdOf('customer3@example.com')}`],
      '我的手机号有误，请更正',
    );
    expect(found).toEqual({ correction: 1 });
    expect(await ctx.store.exceptions()).toEqual([{ subject: 3, reason: 'correction 2026-10-20' }]);
    expect(await items(ctx)).toContain('support correction 1 held');
  });

  test.each(['answers.sealed', 'answers.recorded'])('a run that dies at %s is taken up again and counts the answer once', async (name) => {
    const ctx = await caseWith(5);
    await send(ctx);
    const mail = ['From: customer2@example.com', replyTo('customer2@example.com')] as const;
    await expect(answer(dying(ctx, name), 'one', mail, '我有异议')).rejects.toThrow();
    await answer(ctx, 'one', mail, '我有异议');
    expect(await ctx.store.exceptions()).toHaveLength(1);
    expect(await listAnswers(ctx)).toHaveLength(1);
    expect(readdirSync(folders(ctx).answers)).toHaveLength(1);
  });

  test('once execution has begun an objection holds nothing any more and is Legal’s', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    await ctx.store.intendChunk({ dataset: 'd', first: 0, last: 1, count: 2 });
    await answer(ctx, 'late', ['From: customer2@example.com', replyTo('customer2@example.com')], 'I object.');
    expect(await ctx.store.exceptions()).toEqual([]);
    expect(await items(ctx)).toContain('legal objection 1 after-execution');
  });

  test('what is not clear waits for a person, who settles it with or without a hold', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    await answer(ctx, 'q1', ['From: customer2@example.com', replyTo('customer2@example.com')], '退款什么时候到账？');
    await answer(ctx, 'q2', ['From: someone@example.net', 'To: notice@shop.example'], '我有异议');
    expect(await items(ctx)).toEqual(
      expect.arrayContaining(['support answer-unread 1 shanhou answers list', 'support answer-unread 1 unmatched']),
    );
    expect(await ctx.store.exceptions()).toEqual([]);
    const rows = await listAnswers(ctx);
    const known = rows.find((r) => r.subject === 2)!;
    const stranger = rows.find((r) => r.subject === null)!;
    await expect(settleAnswer(ctx, stranger.idHash, true)).rejects.toMatchObject({ code: 'answer-without-customer' });
    await settleAnswer(ctx, known.idHash, true);
    await settleAnswer(ctx, stranger.idHash, false);
    expect(await ctx.store.exceptions()).toEqual([{ subject: 2, reason: 'objection 2026-10-20' }]);
    expect((await items(ctx)).some((i) => i.includes('answer-unread'))).toBe(false);
  });

  test('a bounce takes "told" back, but not from somebody who has answered; a machine’s reply proves nobody', async () => {
    const ctx = await caseWith(5);
    await send(ctx);
    const bounce = (to: string, more = '') => [
      'Return-Path: <>',
      'From: MAILER-DAEMON@example.com',
      `To: <${office.taken.find((m) => m.to === to)!.from}>`,
      `Subject: Undelivered Mail${more}`,
    ];
    await answer(ctx, 'b1', bounce('customer1@example.com'), '550 5.1.1 User unknown');
    await answer(ctx, 'a2', ['From: customer2@example.com', replyTo('customer2@example.com')], '收到');
    await answer(ctx, 'b2', bounce('customer2@example.com'), '452 4.2.2 mailbox full');
    await answer(ctx, 'auto', ['From: customer3@example.com', replyTo('customer3@example.com'), 'Auto-Submitted: auto-replied'], '休假');
    expect(await told(ctx)).toEqual({ told: 3, answered: 1, rejected: 0, unknown: 0, bounced: 1, unsent: 1 });
    expect(await items(ctx)).toContain('support notice-bounced 1 hard');
    // Who writes after all has had it.
    await answer(ctx, 'a1', ['From: customer1@example.com', replyTo('customer1@example.com')], '收到');
    expect(await told(ctx)).toMatchObject({ told: 4, bounced: 0 });
  });

  test('of somebody whose notice was unknown shows that it arrived', async () => {
    behaviour = (to) => (to === 'customer1@example.com' ? { data: 'break-after' } : {});
    const ctx = await caseWith(3);
    await send(ctx);
    expect(await told(ctx)).toMatchObject({ told: 1, unknown: 1 });
    await answer(ctx, 'a', ['From: customer1@example.com', replyTo('customer1@example.com')], 'OK');
    expect(await told(ctx)).toMatchObject({ told: 2, unknown: 0, answered: 1 });
  });

  test('when the contacts key is destroyed, late words are not kept; the item says where they are', async () => {
    const ctx = await caseWith(3);
    await send(ctx);
    await ctx.store.intendChunk({ dataset: 'd', first: 0, last: 1, count: 2 });
    ctx.keys.destroy('contacts');
    await answer(ctx, 'late', ['From: customer1@example.com', replyTo('customer1@example.com')], 'I object.');
    const [row] = await listAnswers(ctx);
    expect(row).toMatchObject({ kind: 'objection', subject: 1, sealed: null });
    expect((await readAnswer(ctx, row!.idHash)).text).toBeNull();
  });
});
