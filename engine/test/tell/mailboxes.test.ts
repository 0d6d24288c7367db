// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Incoming, readImap, readMailbox } from '../../src/tell/notify/index.ts';
import { LARGEST_MESSAGE } from '../../src/tell/notify/parse-answer.ts';
import { type Dovecot, openDovecot, withoutDovecot } from '../support/throwaway-dovecot.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'shm-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(from: AsyncIterable<Incoming>): Promise<(string | null)[]> {
  const out = [];
  for await (const m of from) out.push(m.bytes?.toString('utf8') ?? null);
  return out;
}
const big = Buffer.concat([Buffer.from('Subject: big\r\n\r\n'), Buffer.alloc(LARGEST_MESSAGE, 0x61)]);

describe('a mailbox on disk', () => {
  test('is a maildir: new and cur, not tmp', async () => {
    const box = join(folder, 'maildir');
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(box, part), { recursive: true });
    writeFileSync(join(box, 'new', '1.a'), 'Subject: 1\n\n');
    writeFileSync(join(box, 'cur', '2.b:2,S'), 'Subject: 2\n\n');
    writeFileSync(join(box, 'tmp', '3.c'), 'Subject: 3\n\n');
    expect(await read(readMailbox(box))).toEqual(['Subject: 1\n\n', 'Subject: 2\n\n']);
  });

  test('is a folder of .eml files, or one of them; what is too large is named and not read', async () => {
    const box = join(folder, 'eml');
    mkdirSync(box);
    writeFileSync(join(box, 'a.eml'), 'Subject: a\n\n');
    writeFileSync(join(box, 'b.EML'), big);
    writeFileSync(join(box, 'notes.txt'), 'no message');
    expect(await read(readMailbox(box))).toEqual(['Subject: a\n\n', null]);
    expect(await read(readMailbox(join(box, 'a.eml')))).toEqual(['Subject: a\n\n']);
  });

  test('is an mbox, split at its From lines, whatever the chunks; a quoted From line in a body is none', async () => {
    const path = join(folder, 'box.mbox');
    const first = `Subject: 1\n\n${'x'.repeat(70_000)}\n>From here on\n`;
    writeFileSync(
      path,
      Buffer.concat([Buffer.from(`From a@b Mon\n${first}\nFrom c@d Tue\n`), big, Buffer.from('\n\nFrom e@f Wed\nSubject: 3\n\nend')]),
    );
    const all = await read(readMailbox(path));
    expect(all).toEqual([`${first.replace('>From', 'From')}\n`, null, 'Subject: 3\n\nend']);
  });

  test('that is not there is an error that names it', async () => {
    await expect(read(readMailbox(join(folder, 'none')))).rejects.toMatchObject({ code: 'mailbox-unreadable' });
  });
});

describe.skipIf(withoutDovecot)('a mailbox on an IMAP server (skipped: no dovecot on this machine)', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await openDovecot(folder);
    server.deliver('1', Buffer.from('Message-ID: <1@example.com>\r\nSubject: 1\r\n\r\nfirst\r\n'));
    server.deliver('2', big);
    server.deliver('3', Buffer.from('Message-ID: <3@example.com>\r\nSubject: 3\r\n\r\n中文\r\n'));
  });
  afterAll(() => server.close());

  test('is read to its end without being changed; a message too large is not fetched', async () => {
    const once = await read(readImap(`imap://127.0.0.1:${server.port}/INBOX`, server.login));
    expect(once.map((m) => m?.split('\r\n')[1] ?? null)).toEqual(['Subject: 1', null, 'Subject: 3']);
    expect(once[2]).toContain('中文');
    expect(await read(readImap(`imap://127.0.0.1:${server.port}`, server.login))).toEqual(once);
    expect(server.flags()).toEqual([]);
  });

  test('refuses a wrong password, a folder that is not there, and a port where nobody listens, each by its name', async () => {
    await expect(read(readImap(`imap://127.0.0.1:${server.port}`, 'box:wrong'))).rejects.toMatchObject({ code: 'mailbox-login-refused' });
    await expect(read(readImap(`imap://127.0.0.1:${server.port}/none`, server.login))).rejects.toMatchObject({
      code: 'mailbox-unreadable',
    });
    await expect(read(readImap('imap://127.0.0.1:1/INBOX', server.login))).rejects.toMatchObject({ code: 'mailbox-unreadable' });
  });
});
