// SPDX-License-Identifier: Apache-2.0
import { type ParsedMail, simpleParser } from 'mailparser';
import { codesInAddresses, codesInMessageIds } from './notice-id.ts';

/** A message larger than this is not opened; a person looks at it in the mailbox. */
export const LARGEST_MESSAGE = 10 * 1024 * 1024;
/** So much of a message is read as text; the rest of it is attachments. */
const LARGEST_TEXT = 256 * 1024;

/** What a delivery status notification says of one recipient (RFC 3464 2.3). */
export interface DeliveryStatus {
  readonly action: string;
  /** Enhanced status code (RFC 3463), e.g. 5.1.1; empty where none is given. */
  readonly status: string;
}

/** An incoming message, parsed; lives in memory only. */
export interface Answer {
  /** Codes of notices it may belong to, the surest first: return address, then In-Reply-To and References, then a bounced original. */
  readonly codes: readonly string[];
  /** It came to an address that only bounces come to. */
  readonly toBounce: boolean;
  /** Empty for the null sender `<>`. */
  readonly from: string;
  readonly nullSender: boolean;
  readonly autoSubmitted: string;
  readonly autoReply: boolean;
  readonly subject: string;
  readonly text: string;
  readonly attachments: number;
  readonly statuses: readonly DeliveryStatus[];
}

/** Parses a message of at most LARGEST_MESSAGE bytes. What mailparser cannot make sense of becomes empty text, never an exception. */
export async function parseAnswer(bytes: Buffer): Promise<Answer> {
  let mail: ParsedMail | null;
  try {
    mail = await simpleParser(bytes, {
      skipImageLinks: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      maxHtmlLengthToParse: LARGEST_TEXT,
    });
  } catch {
    // A message that cannot be parsed is judged by its head alone and so ends with a person.
    mail = null;
  }
  const head = headOf(bytes);
  const value = (name: string) =>
    head
      .filter(([n]) => n === name)
      .map(([, v]) => v)
      .join(' ');
  const text = (mail?.text ?? '').slice(0, LARGEST_TEXT);
  const report = /multipart\/report/i.test(value('content-type')) && /report-type\s*=\s*"?delivery-status/i.test(value('content-type'));
  const recipients = ['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'].map(value).join(' ');
  const returnPath = value('return-path').trim();
  const from = mail?.from?.value[0]?.address ?? '';
  const original = report || returnPath === '<>' ? originalOf(mail, text) : '';
  return {
    codes: [
      ...new Set([
        ...codesInAddresses(recipients),
        ...codesInMessageIds(`${value('in-reply-to')} ${value('references')}`),
        ...codesInAddresses(original),
        ...codesInMessageIds(original),
      ]),
    ],
    toBounce: /\bbounce\+[0-9a-f]{24}@/i.test(recipients),
    from,
    nullSender: returnPath === '<>' || /^(mailer-daemon|postmaster)@/i.test(from),
    autoSubmitted: value('auto-submitted').trim().toLowerCase(),
    autoReply: value('x-autoreply') !== '' || value('x-autorespond') !== '' || /^auto_reply$/i.test(value('precedence').trim()),
    subject: mail?.subject ?? '',
    text,
    attachments: (mail?.attachments ?? []).filter((a) => !a.contentType.startsWith('message/')).length,
    statuses: report ? statusesIn(text) : [],
  };
}

/** The Message-ID, without parsing the message; null where there is none. */
export function messageIdIn(bytes: Buffer): string | null {
  const field = headOf(bytes).find(([name]) => name === 'message-id')?.[1] ?? '';
  return /<[^<>\s]+>/.exec(field)?.[0] ?? null;
}

/** Header fields in order, unfolded; enough for the ASCII fields that are matched. */
function headOf(bytes: Buffer): [name: string, value: string][] {
  const text = bytes.subarray(0, LARGEST_TEXT).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  return text
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(':');
      return at <= 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as [string, string]];
    });
}

/** What a bounce gives back of the message it speaks of: an attached original, or header lines in its text. */
function originalOf(mail: ParsedMail | null, text: string): string {
  const attached = (mail?.attachments ?? []).map((a) => a.content.subarray(0, LARGEST_TEXT).toString('latin1'));
  return [text, ...attached].join('\n');
}

/** The per-recipient fields: mailparser gives message/delivery-status as text. */
function statusesIn(text: string): DeliveryStatus[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const field = (name: string) => new RegExp(`^${name}:\\s*([^\\s;(]+)`, 'im').exec(block)?.[1] ?? '';
      const action = field('Action').toLowerCase();
      return action === '' ? [] : [{ action, status: field('Status') }];
    });
}
