// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test } from 'vitest';
import { dkimRecord, type Letter, type MailSettings, newDkimKey, openMailer } from '../../src/tell/notify/index.ts';
import { checkMailSettings } from '../../src/tell/notify/mail-settings.ts';
import { checkDkim } from '../support/check-dkim.ts';
import { type Behaviour, type PostOffice, openPostOffice } from '../support/post-office.ts';

/* One letter against a real SMTP server, in every way that a hand-over can end. */
const dkim = newDkimKey();
const DATE = new Date('2026-10-20T01:00:00Z');
const settings = (smtp: string, more: Partial<MailSettings> = {}): MailSettings => ({
  smtp,
  from: '清算组 <notice@shop.example>',
  domain: 'shop.example',
  user: null,
  requireTls: false,
  rate: 1000,
  ...more,
});
const letter = (to: string): Letter => ({
  id: `t-1.${'c'.repeat(24)}`,
  channel: 'email',
  to,
  title: '示例公司：告知 / Notice',
  text: '您好。\n任何人都无法证明别处不存在其他副本。\nlast line',
});

let office: PostOffice;
afterEach(() => office.close().catch(() => undefined));

async function handOver(behaviour: ReturnType<Behaviour>, more: Partial<MailSettings> = {}, login: string | null = null) {
  office = await openPostOffice(() => behaviour);
  const mailer = openMailer({ settings: settings(office.url, more), login, dkim, timeoutMs: 3_000 });
  try {
    return await mailer.handOver(letter('customer1@example.com'), DATE);
  } finally {
    mailer.close();
  }
}
const end = async (...args: Parameters<typeof handOver>) => {
  const { outcome, halt } = await handOver(...args);
  return [outcome.state, outcome.detail, halt?.code ?? null];
};

describe('a hand-over', () => {
  test('that is answered with 250 is handed over; the queue id is kept as a hash', async () => {
    const { outcome } = await handOver({});
    expect(outcome).toMatchObject({ state: 'handed-over', detail: expect.stringMatching(/^queue [0-9a-f]{16}$/) });
    expect(office.taken).toHaveLength(1);
  });

  test.each([
    [{ rcpt: 550 }, ['rejected', 'bad-mailbox', null]],
    [{ rcpt: 451 }, ['prepared', 'deferred', null]],
    [{ data: 554 }, ['rejected', 'message-refused', null]],
    [{ data: 452 }, ['prepared', 'deferred', null]],
    [{ data: 'break-after' }, ['unknown', 'no-answer-after-data', null]],
    [{ rcpt: 'break' }, ['prepared', '', 'mail-server-unreachable']],
  ] as const)('that meets %o ends so: %o', async (behaviour, expected) => {
    expect(await end(behaviour)).toEqual(expected);
    expect(office.taken).toHaveLength('data' in behaviour && behaviour.data === 'break-after' ? 1 : 0);
  });

  test('whose line breaks in the middle of the message is unknown, though nothing arrived', async () => {
    expect((await end({ data: 'break-before' }))[0]).toBe('unknown');
    expect(office.taken).toHaveLength(0);
  });

  test('halts the run and begins nothing where TLS is demanded and not offered', async () => {
    expect(await end({}, { requireTls: true })).toEqual(['prepared', '', 'mail-tls-refused']);
    expect(office.taken).toHaveLength(0);
  });

  test('halts the run where the login is refused', async () => {
    office = await openPostOffice(() => ({}), {
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => done(null, auth.password === 'right' ? { user: 'a' } : {}),
    });
    const mailer = openMailer({ settings: settings(office.url), login: 'a:wrong', dkim, timeoutMs: 3_000 });
    const { outcome, halt } = await mailer.handOver(letter('customer1@example.com'), DATE);
    mailer.close();
    expect([outcome.state, halt?.code]).toEqual(['prepared', 'mail-login-refused']);
    const good = openMailer({ settings: settings(office.url), login: 'a:right', dkim, timeoutMs: 3_000 });
    expect((await good.handOver(letter('customer1@example.com'), DATE)).outcome.state).toBe('handed-over');
    good.close();
  });

  test('halts the run where nobody listens', async () => {
    office = await openPostOffice(() => ({}));
    await office.close();
    const mailer = openMailer({ settings: settings(office.url), login: null, dkim, timeoutMs: 3_000 });
    const { outcome, halt } = await mailer.handOver(letter('customer1@example.com'), DATE);
    mailer.close();
    expect([outcome.state, halt?.code]).toEqual(['prepared', 'mail-server-unreachable']);
  });

  test('of an address that is none rejects it and reaches no server', async () => {
    office = await openPostOffice(() => ({}));
    const mailer = openMailer({ settings: settings(office.url), login: null, dkim, timeoutMs: 3_000 });
    const ends = [];
    for (const to of ['no address', 'a@example.com, b@example.com', 'a@example.com\r\nRCPT TO:<b@example.com>'])
      ends.push((await mailer.handOver(letter(to), DATE)).outcome.state);
    mailer.close();
    expect(office.taken.map((m) => m.to)).toEqual([]);
    expect(ends).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

describe('the message', () => {
  test('carries a DKIM signature that verifies with the published record, and no more when a byte is changed', async () => {
    await handOver({});
    const { text } = office.taken[0]!;
    const { value } = dkimRecord(dkim, 'shop.example');
    expect(checkDkim(text, value)).toMatchObject({
      body: true,
      signature: true,
      fields: expect.arrayContaining(['from', 'subject', 'message-id']),
    });
    expect(checkDkim(text.replace('customer1@', 'customer2@'), value)).toMatchObject({ body: true, signature: false });
    const body = text.indexOf('\r\n\r\n') + 10;
    expect(checkDkim(text.slice(0, body) + (text[body] === 'A' ? 'B' : 'A') + text.slice(body + 1), value).body).toBe(false);
    expect(checkDkim(text, dkimRecord(newDkimKey(), 'shop.example').value).signature).toBe(false);
  });

  test('has a Message-ID, an envelope sender and a reply address of its own, says that a machine wrote it, and is UTF-8', async () => {
    await handOver({});
    const { text, from, to } = office.taken[0]!;
    const code = 'c'.repeat(24);
    expect([from, to]).toEqual([`bounce+${code}@shop.example`, 'customer1@example.com']);
    expect(text).toContain(`Message-ID: <t-1.${code}@shop.example>`);
    expect(text).toContain(`Reply-To: reply+${code}@shop.example`);
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain('Date: Tue, 20 Oct 2026');
    expect(Buffer.from(text.slice(text.indexOf('\r\n\r\n')), 'base64').toString('utf8')).toContain('任何人都无法证明别处不存在其他副本');
  });
});

describe('mail settings', () => {
  test.each([
    ['a password in the address', { smtp: 'smtp://user:secret@mx.example.com' }],
    ['another protocol', { smtp: 'https://mx.example.com' }],
    ['no server', { smtp: 'mx.example.com' }],
    ['a sender of another domain', { from: 'a <a@other.example>' }],
    ['a sender that smuggles a header', { from: 'x\r\nBcc: b@shop.example <notice@shop.example>' }],
    ['a domain that is none', { domain: 'shop' }],
    ['a password instead of a reference', { user: 'me:secret' }],
    ['no rate', { rate: 0 }],
  ])('refuse %s', (_, more) => {
    expect(() => checkMailSettings(settings('smtp://mx.example.com', more))).toThrow(expect.objectContaining({ code: 'bad-mail-setting' }));
  });

  test('demand TLS where a password would travel', () => {
    expect(checkMailSettings(settings('smtp://mx.example.com', { user: 'env:X' })).requireTls).toBe(true);
    expect(checkMailSettings(settings('smtp://127.0.0.1:25', { user: 'env:X' })).requireTls).toBe(false);
    expect(checkMailSettings(settings('smtp://mx.example.com')).requireTls).toBe(false);
  });
});
