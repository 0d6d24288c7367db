// SPDX-License-Identifier: Apache-2.0
/** A message as the sample's mail host took it over. */
export interface Received {
  /** As bytes in latin1. */
  readonly text: string;
  /** Its head, unfolded. */
  readonly head: string;
  readonly messageId: string;
  readonly date: string;
  readonly replyTo: string;
  /** Envelope sender: where bounces go. */
  readonly sender: string;
  readonly to: string;
  readonly customer: number | null;
}

/** What comes back for one message, as messages in latin1 bytes. The first hundred hold one of every kind of answer. */
export function cameBack(m: Received): string[] {
  if (m.customer === null) return [];
  const answer = ANSWERS[m.customer];
  if (answer) return [answer(m)];
  const n = m.customer % 100;
  if (n === 12) return [report(m, 'failed', '5.1.1', CHINESE_BOUNCE)];
  if (n === 14) return [report(m, 'failed', '4.2.2', text('The mailbox of the recipient is full.'))];
  return n === 20 ? [bareBounce(m)] : [];
}

const ANSWERS: Readonly<Record<number, (m: Received) => string>> = {
  2: (m) => reply(m, '我对处置方案有异议：我的售后纠纷还没有解决，请勿删除我的订单。'),
  4: (m) => reply(m, 'My surname is misspelled in your records. Please correct it before anything else happens.'),
  6: (m) => reply(m, '您好，我正在休假，11 月 30 日以后回复。', ['Auto-Submitted: auto-replied', 'X-Autoreply: yes']),
  18: (m) => reply(m, '收到，谢谢。'),
};

const base64 = (s: string) => Buffer.from(s, 'utf8').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
const word = (s: string) => `=?utf-8?B?${Buffer.from(s, 'utf8').toString('base64')}?=`;
const id = (m: Received, kind: string) => `<${kind}.${m.messageId.replaceAll(/[<>]/g, '').replace('@', '.')}@example.com>`;

function reply(m: Received, words: string, more: readonly string[] = []): string {
  const quoted = `${words}\n\n------------------ 原始邮件 ------------------\n发件人: 清算组\n主题: 客户信息处置告知\n\n如有异议、更正或查询，请直接回复本通知。\n`;
  return lines(
    `Return-Path: <${m.to}>`,
    `From: <${m.to}>`,
    `To: ${m.replyTo}`,
    `Subject: ${word('回复：客户信息处置告知')}`,
    `Date: ${m.date}`,
    `Message-ID: ${id(m, 'reply')}`,
    `In-Reply-To: ${m.messageId}`,
    `References: ${m.messageId}`,
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64(quoted),
  );
}

const text = (s: string) => ['Content-Type: text/plain; charset=us-ascii', '', s];
/** 您发送的邮件无法投递，已被退回。… in GB18030, as Chinese mail systems write it. */
const CHINESE_BOUNCE = [
  'Content-Type: text/plain; charset=gb18030',
  'Content-Transfer-Encoding: base64',
  '',
  'xPq3osvNtcTTyrz+zt63qM22td2jrNLRsbvNy7vYoaMKytW8/sjLo7pjdXN0b21lckBleGFt',
  'cGxlLmNvbQrUrdLyo7o1NTAgNS4xLjEgytW8/sjLtdjWt7K7tObU2qOoVXNlciB1bmtub3du',
  'o6mhowo=',
];

/** A delivery status notification (RFC 3464). */
function report(m: Received, action: string, status: string, human: readonly string[]): string {
  return lines(
    'Return-Path: <>',
    'From: =?gb18030?B?z7XNs83L0MU=?= <postmaster@example.com>',
    `To: <${m.sender}>`,
    'Subject: =?gb18030?B?z7XNs83L0MU=?=',
    `Date: ${m.date}`,
    `Message-ID: ${id(m, 'dsn')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_dsn"',
    '',
    '--=_dsn',
    ...human,
    '--=_dsn',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    `Final-Recipient: rfc822; ${m.to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--=_dsn',
    'Content-Type: text/rfc822-headers',
    '',
    m.head,
    '',
    '--=_dsn--',
    '',
  );
}

/** As some systems still bounce: plain words to the envelope sender. */
function bareBounce(m: Received): string {
  return lines(
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@example.com>',
    `To: <${m.sender}>`,
    'Subject: Mail delivery failed: returning message to sender',
    `Date: ${m.date}`,
    `Message-ID: ${id(m, 'bounce')}`,
    '',
    'A message that you sent could not be delivered to its recipient.',
    'This is a permanent error: 550 5.2.1 mailbox disabled',
    '',
  );
}

function lines(...all: readonly string[]): string {
  return all.join('\r\n');
}
