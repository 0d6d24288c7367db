// SPDX-License-Identifier: Apache-2.0
import { createTransport } from 'nodemailer';
import { sha256 } from '../../kit/index.ts';
import { DKIM_SELECTOR, dkimPem } from './dkim.ts';
import { NotifyError } from './error.ts';
import { type MailSettings, smtpServer } from './mail-settings.ts';
import { bounceAddress, messageIdOf, replyAddress } from './notice-id.ts';
import type { Letter, NoticeOutcome } from './ports.ts';

/*
 * Hands letters to a mail server. How one hand-over can end: 250 → handed-over; refused at the recipient or after the message (5xx) →
 * rejected; "not now" (4xx) → prepared, to be tried again; connection lost before the first byte of the message → prepared, and the run
 * halts; lost after it without an answer → unknown. That one is told by whether the message stream was read: the server may have it.
 */
export interface Mailer {
  /** Never throws for one letter. `halt`: the server cannot be used at all now; nothing of this letter went out. */
  handOver(letter: Letter, date: Date): Promise<{ readonly outcome: NoticeOutcome; readonly halt: NotifyError | null }>;
  close(): void;
}

const ONE_ADDRESS = /^[^\s<>()[\]\\,;:"@\p{Cc}]{1,64}@[^\s<>()[\]\\,;:"@\p{Cc}]{1,253}$/u;
const CONNECTIONS = 5;
/** Sends so many letters over one connection before it opens another: some servers cut longer ones off in the middle. */
const LETTERS_A_CONNECTION = 100;

/** `login`: `user:password`. `dkim`: the key of keyring purpose `dkim`. */
export function openMailer(args: { settings: MailSettings; login: string | null; dkim: Uint8Array; timeoutMs?: number }): Mailer {
  const { settings, login } = args;
  const timeout = args.timeoutMs ?? 60_000;
  // RFC 5321 4.5.3.2.6: a server may take ten minutes to answer the end of a message. Who gives up sooner makes unknowns.
  const answerTimeout = args.timeoutMs ?? 600_000;
  const transport = createTransport({
    pool: true,
    ...smtpServer(settings),
    name: settings.domain,
    ...(login === null ? {} : { auth: { user: login.slice(0, login.indexOf(':')), pass: login.slice(login.indexOf(':') + 1) } }),
    requireTLS: settings.requireTls,
    maxConnections: CONNECTIONS,
    maxMessages: LETTERS_A_CONNECTION,
    rateDelta: 1000,
    rateLimit: settings.rate,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: answerTimeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
    dkim: { domainName: settings.domain, keySelector: DKIM_SELECTOR, privateKey: dkimPem(args.dkim) },
  });
  const streams = new Map<string, { readableDidRead?: boolean }>();
  transport.use('stream', (mail, done) => {
    const node = mail.message;
    const make = node.createReadStream.bind(node);
    node.createReadStream = (options) => {
      const stream = make(options);
      streams.set(node.messageId(), stream);
      return stream;
    };
    done();
  });
  return {
    async handOver(letter, date) {
      // A cell may hold anything: two addresses, or a line end that would begin another command.
      if (!ONE_ADDRESS.test(letter.to)) return { outcome: { id: letter.id, state: 'rejected', detail: 'bad-address' }, halt: null };
      const messageId = messageIdOf(letter.id, settings.domain);
      try {
        const info = await transport.sendMail({
          messageId,
          date,
          from: settings.from,
          replyTo: replyAddress(letter.id, settings.domain),
          to: letter.to,
          subject: letter.title,
          text: letter.text,
          textEncoding: 'base64',
          // RFC 3834: a machine wrote it, so that other machines do not answer it.
          headers: { 'Auto-Submitted': 'auto-generated' },
          envelope: { from: bounceAddress(letter.id, settings.domain), to: letter.to },
        });
        return { outcome: { id: letter.id, state: 'handed-over', detail: `queue ${sha256(info.response).slice(0, 16)}` }, halt: null };
      } catch (error) {
        return judge(letter.id, error as SmtpFailure, streams.get(messageId)?.readableDidRead === true);
      } finally {
        streams.delete(messageId);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpFailure extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** What a failure means. `begun`: at least one byte of the message went out. */
function judge(id: string, e: SmtpFailure, begun: boolean): { outcome: NoticeOutcome; halt: NotifyError | null } {
  const back = (state: NoticeOutcome['state'], detail: string) => ({ outcome: { id, state, detail }, halt: null });
  const halt = (code: NotifyError['code']) => ({
    outcome: { id, state: 'prepared' as const, detail: '' },
    halt: new NotifyError(code, String(e.responseCode ?? e.code ?? ''), e),
  });
  const answered = e.responseCode !== undefined && e.responseCode !== 421;
  if (answered && e.command === 'RCPT TO') return e.responseCode! >= 500 ? back('rejected', reasonClass(e)) : back('prepared', 'deferred');
  if (answered && e.command === 'DATA') return e.responseCode! >= 500 ? back('rejected', 'message-refused') : back('prepared', 'deferred');
  if (begun) return back('unknown', 'no-answer-after-data');
  if (e.code === 'EAUTH') return halt('mail-login-refused');
  if (e.code === 'ETLS' || e.command === 'STARTTLS') return halt('mail-tls-refused');
  if (answered && e.command === 'MAIL FROM') return e.responseCode! >= 500 ? halt('mail-sender-refused') : back('prepared', 'deferred');
  // An address that the library refuses never reached a server.
  if (e.code === 'EENVELOPE' && e.command === 'API') return back('rejected', 'bad-address');
  return halt('mail-server-unreachable');
}

/** The class of a refusal by its enhanced status code (RFC 3463); the words of the server hold the address and are not kept. */
function reasonClass(e: SmtpFailure): string {
  const status = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(e.response ?? '');
  const subject = status?.[1];
  if (subject === '1') return 'bad-mailbox';
  if (subject === '2') return status![2] === '2' ? 'mailbox-full' : 'mailbox-closed';
  if (subject === '7') return 'policy';
  return 'refused';
}
