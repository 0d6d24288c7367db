// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judgeAnswer, parseAnswer } from './index.ts';
import { ownWords } from './judge-answer.ts';

const CODE = 'aaaaaaaaaaaaaaaaaaaaaaaa';
const letter = (head: readonly string[], body: string | Buffer) =>
  Buffer.concat([Buffer.from([...head, '', ''].join('\r\n')), typeof body === 'string' ? Buffer.from(body) : body]);
const human = (text: string, head: readonly string[] = []) =>
  letter(
    ['From: <customer1@example.com>', `To: reply+${CODE}@a.example`, 'Content-Type: text/plain; charset=utf-8', ...head],
    text.replaceAll('\n', '\r\n'),
  );
const judged = async (bytes: Buffer) => judgeAnswer(await parseAnswer(bytes));

describe('what a person writes', () => {
  test.each([
    ['我对处置方案有异议。', 'objection'],
    ['不同意删除我的资料', 'objection'],
    ['请不要把我的订单删掉，还有纠纷', 'objection'],
    ['请勿销毁', 'objection'],
    ['I object to this.', 'objection'],
    ['Please do not delete anything, there is a claim.', 'objection'],
    ["Don't erase my order history", 'objection'],
    ['没有异议，但是请勿删除发票', 'objection'],
    ['我的手机号有误，请更正', 'correction'],
    ['名字写错了', 'correction'],
    ['My address is wrong.', 'correction'],
    ['Please correct my name. No objection otherwise.', 'correction'],
    ['收到，谢谢。', 'acknowledgement'],
    ['好的，知悉', 'acknowledgement'],
    ['没有异议，谢谢！', 'acknowledgement'],
    ['OK, thank you.', 'acknowledgement'],
    ['No objection.', 'acknowledgement'],
    ['已收到！！'.repeat(20), 'acknowledgement'],
    [`${'已收到'.repeat(60)}吗`, 'unclear'],
    ['……', 'unclear'],
    ['退款什么时候到账？', 'unclear'],
    ['Who are you?', 'unclear'],
    ['我对删除没有异议，只是想知道余额怎么办', 'unclear'],
    ['', 'unclear'],
    ['收到，另外我要起诉你们', 'unclear'],
  ])('%s → %s', async (text, kind) => {
    expect((await judged(human(text))).kind).toBe(kind);
  });

  test('is read without what it quotes: our own notice speaks of objections and corrections', async () => {
    const quotes = [
      '收到，谢谢。\n\n> 如有异议请回复\n> to object',
      '收到，谢谢。\n\n------------------ 原始邮件 ------------------\n发件人: 清算组\n如有异议、更正',
      '收到，谢谢。\n\n在 2026年10月20日 09:00，清算组 <notice@a.example> 写道：\n如有异议',
      'Thanks\n\nOn Tue, 20 Oct 2026, Liquidation <notice@a.example> wrote:\nobjection, correction',
      'Thanks\n\n-----Original Message-----\nobjection',
    ];
    for (const text of quotes) expect((await judged(human(text))).kind, text).toBe('acknowledgement');
    expect(ownWords('a\n> b\nc')).toBe('a\nc');
  });

  test('in GB18030 is read as well', async () => {
    // 我有异议
    const body = Buffer.from([0xce, 0xd2, 0xd3, 0xd0, 0xd2, 0xec, 0xd2, 0xe9]);
    const bytes = letter(
      [
        'From: a@example.com',
        `To: reply+${CODE}@a.example`,
        'Content-Type: text/plain; charset=gb18030',
        'Content-Transfer-Encoding: 8bit',
      ],
      body,
    );
    expect((await judged(bytes)).kind).toBe('objection');
  });

  test('in HTML alone is read as well', async () => {
    const bytes = letter(['From: a@example.com', 'Content-Type: text/html; charset=utf-8'], '<p>我有<b>异议</b></p>');
    expect((await judged(bytes)).kind).toBe('objection');
  });

  test('with an attachment is never a plain acknowledgement', async () => {
    const bytes = letter(
      ['From: a@example.com', 'Content-Type: multipart/mixed; boundary=b'],
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n收到\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n',
    );
    expect(await judged(bytes)).toEqual({ kind: 'unclear', detail: 'attachment' });
  });
});

describe('what a machine writes', () => {
  test.each([
    ['RFC 3834', ['Auto-Submitted: auto-replied']],
    ['X-Autoreply', ['X-Autoreply: yes']],
    ['Precedence', ['Precedence: auto_reply']],
  ])('an automatic reply is known by %s, whatever it says', async (_, head) => {
    expect((await judged(human('我正在休假，如有异议请找同事', head))).kind).toBe('auto-reply');
  });

  test('Auto-Submitted: no is a person', async () => {
    expect((await judged(human('我有异议', ['Auto-Submitted: no']))).kind).toBe('objection');
  });

  const report = (action: string, status: string, to = `bounce+${CODE}@a.example`) =>
    letter(
      [
        'Return-Path: <>',
        'From: postmaster@example.com',
        `To: ${to}`,
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      ],
      [
        '--b',
        'Content-Type: text/plain; charset=gb18030',
        'Content-Transfer-Encoding: base64',
        '',
        'xPq3osvNtcTTyrz+zt63qM22td2jrNLRsbvNy7vYoaM=',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.com',
        '',
        'Final-Recipient: rfc822; customer1@example.com',
        `Action: ${action}`,
        `Status: ${status} (no such user)`,
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: <t-1.${CODE}@a.example>`,
        'Subject: x',
        '',
        '--b--',
        '',
      ].join('\r\n'),
    );

  test('a Chinese report in GB18030 is a bounce, hard or soft by its status', async () => {
    const answer = await parseAnswer(report('failed', '5.1.1'));
    expect(answer.text).toContain('您发送的邮件无法投递');
    expect(answer.codes).toEqual([CODE]);
    expect(judgeAnswer(answer)).toEqual({ kind: 'bounce-hard', detail: '5.1.1' });
    expect(await judged(report('failed', '4.2.2'))).toEqual({ kind: 'bounce-soft', detail: '4.2.2' });
  });

  test('a report that only tells of a delay or a delivery is no bounce', async () => {
    expect(await judged(report('delayed', '4.4.1'))).toEqual({ kind: 'delay', detail: 'delayed' });
    expect(await judged(report('delivered', '2.0.0'))).toEqual({ kind: 'delay', detail: 'delivered' });
  });

  test('a report sent to another address is matched by the Message-ID that it gives back', async () => {
    expect((await parseAnswer(report('failed', '5.1.1', 'notice@a.example'))).codes).toEqual([CODE]);
  });

  test.each([
    ['Mail delivery failed: returning message to sender', '550 5.2.1 mailbox disabled', 'bounce-hard'],
    ['退信', '您的邮件无法投递：信箱已满', 'bounce-soft'],
    ['Undelivered Mail Returned to Sender', '452 4.2.2 over quota', 'bounce-soft'],
  ])('a bare bounce is known by null sender and return address: %s', async (subject, text, kind) => {
    const head = [
      'Return-Path: <>',
      'From: MAILER-DAEMON@example.com',
      `To: bounce+${CODE}@a.example`,
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Content-Type: text/plain; charset=utf-8',
    ];
    expect((await judged(letter(head, text))).kind).toBe(kind);
  });

  test('a person who says that a delivery failed is not a bounce', async () => {
    expect((await judged(human('你们的包裹投递失败，无法投递'))).kind).toBe('unclear');
  });

  test('a bounce that names a code of ours only in its quoted body is not matched to a person’s letter', async () => {
    expect((await parseAnswer(human(`bounce+${'b'.repeat(24)}@a.example`))).codes).toEqual([CODE]);
  });
});

describe('anything at all', () => {
  test.each([
    ['empty', ''],
    ['no head', 'hello'],
    ['no end', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n'],
    ['binary', '\u0000\u0001\uffff'.repeat(100)],
  ])('%s ends with a person, not with an exception', async (_, text) => {
    expect((await judged(Buffer.from(text))).kind).toBe('unclear');
  });

  const real = join(fileURLToPath(new URL('../../../../../shared/real/files/mail/', import.meta.url)));
  test.skipIf(!existsSync(real))(
    'real and malformed mail of others is parsed and never taken for an objection (needs ../shared/real)',
    async () => {
      const files = (readdirSync(real, { recursive: true }) as string[]).filter((f) => /\.(eml|txt)$/.test(f));
      expect(files.length).toBeGreaterThan(10);
      const kinds = await Promise.all(files.map(async (file) => (await judged(readFileSync(join(real, file)))).kind));
      expect(kinds.filter((kind) => kind === 'objection' || kind.startsWith('bounce'))).toEqual([]);
      expect(kinds.filter((kind) => kind === 'unclear').length).toBeGreaterThan(files.length * 0.8);
    },
  );
});
