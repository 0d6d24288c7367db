// SPDX-License-Identifier: Apache-2.0
import { decodeNamed } from './decode-text.ts';

/** A leaf of a message: a part that holds no other parts. */
export interface MailPart {
  readonly type: string;
  readonly name: string;
  /** As sent, after its transfer encoding is undone. */
  readonly bytes: Buffer;
  readonly charset: string | undefined;
  /** The body shows it by this name. */
  readonly contentId: string;
}

export interface Mail {
  /** All header lines of the message and of its parts, as they stand and with their encoded words opened. */
  readonly headers: string;
  readonly parts: readonly MailPart[];
}

const DEEPEST = 20;

/** A message (RFC 5322, MIME RFC 2045–2047, 2231) taken apart by a parser of our own that reads whatever there is. */
export function readMail(bytes: Buffer): Mail {
  const headers: string[] = [];
  const parts: MailPart[] = [];
  take(bytes, headers, parts, 0);
  return { headers: headers.join('\n'), parts };
}

function take(bytes: Buffer, headers: string[], parts: MailPart[], depth: number): void {
  const { head, body } = divide(bytes);
  const text = decodeNamed(head, undefined);
  const unfolded = text.replace(/\r?\n(?=[ \t])/g, '');
  headers.push(text, openedWords(unfolded), extendedValues(unfolded));
  const field = (name: string) => new RegExp(`^${name}[ \\t]*:(.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
  const type = field('content-type');
  const parameter = (of: string, name: string) =>
    new RegExp(`(?:^|[;\\s])${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(of)?.slice(1).find(Boolean);
  const boundary = parameter(type, 'boundary');
  const media = /^[^;\s]*/.exec(type)?.[0].toLowerCase() ?? '';
  if (media.startsWith('multipart/') && boundary !== undefined && depth < DEEPEST) {
    for (const part of pieces(body, boundary)) take(part, headers, parts, depth + 1);
    return;
  }
  const content = undone(body, field('content-transfer-encoding').toLowerCase());
  if (media === 'message/rfc822' && depth < DEEPEST) return take(content, headers, parts, depth + 1);
  const name = parameter(field('content-disposition'), 'filename') ?? parameter(type, 'name') ?? '';
  const contentId = field('content-id');
  parts.push({ type: media, name: openedWords(name), bytes: content, charset: parameter(type, 'charset'), contentId });
  const packed = uudecoded(content);
  if (packed) parts.push({ type: 'application/octet-stream', ...packed, charset: undefined, contentId: '' });
}

/** Header and body: at the first empty line. */
function divide(bytes: Buffer): { readonly head: Buffer; readonly body: Buffer } {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    if (end === at || (end === at + 1 && bytes[at] === 0x0d)) return { head: bytes.subarray(0, at), body: bytes.subarray(end + 1) };
    at = end + 1;
  }
  return { head: bytes, body: Buffer.alloc(0) };
}

/** Parts between boundary lines; what stands before the first and after the last is a part too, because somebody may have written there. */
function pieces(body: Buffer, boundary: string): Buffer[] {
  const line = Buffer.from(`--${boundary}`);
  const cuts: { readonly at: number; readonly next: number }[] = [];
  for (let at = body.indexOf(line); at >= 0; at = body.indexOf(line, at + line.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const end = body.indexOf(0x0a, at);
    cuts.push({ at, next: end < 0 ? body.length : end + 1 });
  }
  const around = (part: Buffer) => Buffer.concat([Buffer.from('\n'), part]);
  return [
    around(body.subarray(0, cuts[0]?.at ?? body.length)),
    ...cuts.map(({ next }, n) => (n + 1 < cuts.length ? body.subarray(next, cuts[n + 1]!.at) : around(body.subarray(next)))),
  ];
}

function undone(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body.toString('latin1'));
  return body;
}

/** Bytes of quoted-printable text, given as one sign a byte. */
export function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/[ \t]*=[ \t]*(?:\r\n|\n|\r|$)/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}

/** The first uuencoded file in a text, with its name. */
function uudecoded(body: Buffer): { readonly name: string; readonly bytes: Buffer } | null {
  const begin = /^begin [0-7]{3,4} ([^\r\n]*)/m.exec(body.toString('latin1'));
  if (!begin) return null;
  const lines = body.toString('latin1', begin.index).split(/\r?\n/).slice(1);
  const end = lines.indexOf('end');
  return {
    name: begin[1]?.trim() || 'part',
    bytes: Buffer.concat(
      lines
        .slice(0, end < 0 ? lines.length : end)
        .filter((line) => line !== '')
        .map(uuLine),
    ),
  };
}

function uuLine(line: string): Buffer {
  const length = (line.charCodeAt(0) - 32) & 63;
  const six = (at: number) => ((at < line.length ? line.charCodeAt(at) : 32) - 32) & 63;
  const bytes: number[] = [];
  for (let at = 1; bytes.length < length && at < line.length; at += 4) {
    const whole = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
    bytes.push((whole >> 16) & 255, (whole >> 8) & 255, whole & 255);
  }
  return Buffer.from(bytes.slice(0, length));
}

/** Encoded words (RFC 2047); two of them with nothing but space between are one text. */
function openedWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi, (_, charset: string, way: string, body: string) => {
      const bytes = way.toLowerCase() === 'b' ? Buffer.from(body, 'base64') : quotedPrintable(body.replaceAll('_', ' '));
      return decodeNamed(bytes, charset);
    });
}

/** `name*=UTF-8''%E5%BC%A0` and its continuations (RFC 2231). */
function extendedValues(text: string): string {
  return [...text.matchAll(/\*\d*\*?=(?:"([^"]*)"|([^;\s]+))/g)]
    .map(([, double, plain]) => {
      const [charset, value] = /^([\w-]*)'[^']*'(.*)$/s.exec(double ?? plain ?? '')?.slice(1) ?? [undefined, double ?? plain ?? ''];
      const bytes = Buffer.from(
        (value ?? '').replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      );
      return decodeNamed(bytes, charset === '' ? undefined : charset);
    })
    .join('');
}
