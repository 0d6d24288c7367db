// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { sha256 } from '../kit/index.ts';
import { type Received, cameBack } from './mail-answers.ts';

/*
 * The sample company's mail host and, behind it, its customers: a real SMTP server on this machine. What it takes over lies in the
 * maildir `delivered`; what comes back — bounces, answers — in the maildir `inbox`. By customer number: 8 and 10 of each hundred have no mailbox any
 * more and are refused at RCPT, some bounce later, a few answer (mail-answers.ts), and for customer 16 the line breaks after the
 * message was taken over, before the answer: the sender cannot know.
 */
export interface MailHost {
  readonly port: number;
  /** The maildir that bounces and answers come to. */
  readonly inbox: string;
  /** Whether a message was taken over: what a person would look up in the host's log. */
  has(messageId: string): boolean;
  close(): Promise<void>;
}

const LARGEST = 1024 * 1024;
const REFUSED = new Set([8, 10]);
const LINE_BREAKS = 16;

export async function openMailHost(folder: string): Promise<MailHost> {
  const delivered = join(folder, 'delivered');
  const inbox = join(folder, 'inbox');
  for (const maildir of [delivered, inbox])
    for (const part of ['new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true, mode: 0o700 });
  const fileOf = (messageId: string) => join(delivered, 'new', `${sha256(messageId).slice(0, 32)}.eml`);
  const server = new SMTPServer({
    name: 'mail.shop.example',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: LARGEST,
    closeTimeout: 1000,
    onRcptTo({ address }, _session, done) {
      const no = customerOf(address);
      done(no !== null && REFUSED.has(no % 100) ? refusal() : null);
    },
    onData(stream, session, done) {
      void take(stream, session).then(
        (message) => {
          const file = fileOf(message.messageId);
          // What comes back first: a host that dies in between has then not taken the letter over.
          if (!existsSync(file)) for (const mail of cameBack(message)) put(inbox, sha256(mail).slice(0, 32), mail);
          // A letter that comes twice lies here twice, and can be told: nobody may be written to again by accident.
          put(delivered, existsSync(file) ? `${basename(file, '.eml')}.${Date.now()}.again` : basename(file, '.eml'), message.text);
          if (message.customer === LINE_BREAKS) for (const c of server.connections) if (c.session.id === session.id) c._socket.destroy();
          done(null, `Ok: queued as ${sha256(message.messageId).slice(0, 10)}`);
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    inbox,
    has: (messageId) => existsSync(fileOf(messageId)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(): Error {
  return Object.assign(new Error('5.1.1 User unknown'), { responseCode: 550 });
}

function customerOf(address: string): number | null {
  const no = /^customer(\d+)@example\.com$/.exec(address)?.[1];
  return no === undefined ? null : Number(no);
}

async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const to = session.envelope.rcptTo[0]?.address ?? '';
  return {
    text,
    head,
    messageId: field('Message-ID'),
    date: field('Date'),
    replyTo: field('Reply-To'),
    sender: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
    to,
    customer: customerOf(to),
  };
}

/** Into `new` of a maildir, whole or not at all. */
function put(maildir: string, name: string, text: string): void {
  writeFileSync(join(maildir, 'tmp', name), text, 'latin1');
  renameSync(join(maildir, 'tmp', name), join(maildir, 'new', `${name}.eml`));
}
