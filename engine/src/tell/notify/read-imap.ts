// SPDX-License-Identifier: Apache-2.0
import { ImapFlow } from 'imapflow';
import { NotifyError } from './error.ts';
import { isLoopback } from './mail-settings.ts';
import { LARGEST_MESSAGE } from './parse-answer.ts';
import type { Incoming } from './ports.ts';

/**
 * The messages of an IMAP mailbox, `imap(s)://host:port/FOLDER`, read without marking them as seen (BODY.PEEK, RFC 9051). `login`:
 * `user:password`. Without TLS only this very machine is talked to. Throws NotifyError.
 */
export async function* readImap(address: string, login: string): AsyncGenerator<Incoming> {
  const url = new URL(address);
  const secure = url.protocol === 'imaps:';
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    ...(secure ? {} : { doSTARTTLS: !isLoopback(url.hostname) }),
    auth: { user: login.slice(0, login.indexOf(':')), pass: login.slice(login.indexOf(':') + 1) },
    logger: false,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const refused = (error as { authenticationFailed?: boolean }).authenticationFailed === true;
    throw new NotifyError(refused ? 'mailbox-login-refused' : 'mailbox-unreadable', url.host, error);
  }
  try {
    const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
    const box = await client.mailboxOpen(folder, { readOnly: true });
    if (box.exists === 0) return;
    // Sizes first: a message over the limit is never fetched. Numbers are few bytes each, messages come one by one.
    const sizes: [uid: number, size: number][] = [];
    for await (const m of client.fetch('1:*', { uid: true, size: true })) sizes.push([m.uid, m.size ?? 0]);
    for (const [uid, size] of sizes) {
      const message = size > LARGEST_MESSAGE ? null : await client.fetchOne(String(uid), { source: true }, { uid: true });
      yield { where: `${folder} uid ${uid}`, bytes: message === null || message === false ? null : (message.source ?? null) };
    }
  } catch (error) {
    throw error instanceof NotifyError ? error : new NotifyError('mailbox-unreadable', url.host, error);
  } finally {
    await client.logout().catch(() => undefined);
  }
}
