// SPDX-License-Identifier: Apache-2.0
import { htmlText } from './html.ts';
import { decodeText } from './text.ts';
import { quotedPrintable, uudecode } from './transfer.ts';
import { decodeCharset } from './vcf.ts';

const MAX_DEPTH = 20;
const MAX_PARTS = 1_000;

/** Signatures say who sent the message, which its headers say too. */
const SIGNATURE = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature)/;

export interface Attachment {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Mail {
  /** First header of each of these names, decoded; null where there is none. The date YYYY-MM-DD hh:mm:ss in Shanghai. */
  readonly date: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: string | null;
  /** Every header and every body, in words. */
  readonly words: string;
  readonly attachments: readonly Attachment[];
}

interface Header {
  readonly name: string;
  /** Unfolded, a byte a sign. */
  readonly raw: string;
}

/**
 * A message (RFC 5322, MIME by RFC 2045–2047 and 2231). Never throws for what the message holds: what breaks the rules is read as text, so that an identifier
 * in it is found all the same.
 */
export function readMail(bytes: Buffer): Mail {
  const words: string[] = [];
  const attachments: Attachment[] = [];
  const top = walk(bytes, { words, attachments, parts: 0 }, 0);
  const first = (name: string) => {
    const header = top.find((h) => h.name === name);
    return header === undefined ? null : headerWords(header.raw);
  };
  return {
    date: timeOf(first('date')),
    from: first('from'),
    to: first('to'),
    subject: first('subject'),
    words: words.join('\n'),
    attachments,
  };
}

/** A date of RFC 5322 as YYYY-MM-DD hh:mm:ss in Shanghai, where legal days are counted; what is no date stays as it is. */
function timeOf(date: string | null): string | null {
  const at = date === null ? Number.NaN : Date.parse(date.replace(/\([^)]*\)/g, ' ').trim());
  return Number.isNaN(at) ? date : new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

interface Sink {
  readonly words: string[];
  readonly attachments: Attachment[];
  parts: number;
}

function walk(bytes: Buffer, sink: Sink, depth: number): readonly Header[] {
  const { headers, body } = splitEntity(bytes);
  for (const h of headers) sink.words.push(`${h.name}: ${headerWords(h.raw)}`);
  const field = (name: string) => headers.find((h) => h.name === name)?.raw ?? '';
  const type = field('content-type').trim().toLowerCase();
  const encoding = field('content-transfer-encoding').trim().toLowerCase();
  sink.parts += 1;
  const tooDeep = depth >= MAX_DEPTH || sink.parts >= MAX_PARTS;
  const boundary = parameter(field('content-type'), 'boundary');
  if (type.startsWith('multipart/') && boundary !== null && boundary !== '' && !tooDeep) {
    const parts = splitParts(body, boundary);
    if (parts !== null) {
      for (const part of parts) walk(part, sink, depth + 1);
      return headers;
    }
  }
  const content = transferDecoded(body, encoding);
  if (type.startsWith('message/rfc822') && !tooDeep) {
    walk(content, sink, depth + 1);
    return headers;
  }
  const name = parameter(field('content-disposition'), 'filename') ?? parameter(field('content-type'), 'name');
  const isText = type === '' || type.startsWith('text/') || type.startsWith('multipart/') || type.startsWith('message/');
  const picture = type.startsWith('image/') && field('content-id') !== '' && content.length <= 64 * 1024;
  // A small picture that the body shows in its place is a logo or a smiley; larger ones may be somebody's papers.
  if (picture || SIGNATURE.test(type)) return headers;
  if (!isText || (name !== null && !type.startsWith('text/'))) {
    sink.attachments.push({ name: name ?? `part ${sink.parts}`, bytes: content });
    return headers;
  }
  const charset = parameter(field('content-type'), 'charset');
  const text = charset === null ? (decodeText(content)?.text ?? content.toString('latin1')) : decodeCharset(content, charset);
  sink.words.push(type.startsWith('text/html') ? htmlText(text) : text);
  const packed = /^begin [0-7]{3,4} /m.test(text) ? uudecode(content.toString('latin1')) : null;
  if (packed !== null) sink.attachments.push({ name: /^begin [0-7]{3,4} ([^\r\n]+)/m.exec(text)?.[1]?.trim() ?? 'part', bytes: packed });
  return headers;
}

/** Headers and body. Lines before the first empty one that are no header and no continuation end the headers too: the rest is body. */
function splitEntity(bytes: Buffer): { headers: Header[]; body: Buffer } {
  const headers: { name: string; raw: string }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [end, next] = lineEnd(bytes, at);
    const line = bytes.toString('latin1', at, end);
    if (line === '') return { headers, body: bytes.subarray(next) };
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line);
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) last.raw += ` ${line.trim()}`;
    else if (field !== null) headers.push({ name: field[1]!.toLowerCase(), raw: field[2]!.trim() });
    else if (!(headers.length === 0 && line.startsWith('From '))) return { headers, body: bytes.subarray(at) };
    at = next;
  }
  return { headers, body: Buffer.alloc(0) };
}

/** The end of the line that begins at `from`, and the beginning of the next. */
function lineEnd(bytes: Buffer, from: number): [end: number, next: number] {
  const lf = bytes.indexOf(0x0a, from);
  const cr = bytes.indexOf(0x0d, from);
  if (cr >= 0 && (lf < 0 || cr < lf)) return [cr, bytes[cr + 1] === 0x0a ? cr + 2 : cr + 1];
  return lf >= 0 ? [lf, lf + 1] : [bytes.length, bytes.length];
}

/** The parts between boundary lines; null where the boundary never stands. The last part need not be closed. */
function splitParts(body: Buffer, boundary: string): Buffer[] | null {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 0x0a && body[at - 1] !== 0x0d) continue;
    if (start >= 0) parts.push(body.subarray(start, at));
    else if (body.subarray(0, at).toString('latin1').trim() !== '') parts.push(Buffer.concat([Buffer.from('\n'), body.subarray(0, at)]));
    const after = at + mark.length;
    start = lineEnd(body, after)[1];
    if (body.toString('latin1', after, after + 2) !== '--') continue;
    const rest = body.subarray(start);
    if (rest.toString('latin1').trim() !== '') parts.push(Buffer.concat([Buffer.from('\n'), rest]));
    return parts;
  }
  if (start < 0) return null;
  parts.push(body.subarray(start));
  return parts;
}

function transferDecoded(body: Buffer, encoding: string): Buffer {
  if (encoding.startsWith('base64')) return Buffer.from(body.toString('latin1').replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
  if (encoding.startsWith('quoted-printable')) return quotedPrintable(body.toString('latin1'));
  return /uue|uuencode/.test(encoding) ? (uudecode(body.toString('latin1')) ?? body) : body;
}

/** A header in words: encoded words (RFC 2047) decoded, bytes beyond ASCII as UTF-8 or GB18030. */
export function headerWords(raw: string): string {
  const plain = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    return decodeText(bytes)?.text ?? text;
  };
  const joined = raw.replace(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1');
  let out = '';
  let last = 0;
  let held: { charset: string; bytes: Buffer } | null = null;
  const flush = () => {
    if (held !== null) out += decodeCharset(held.bytes, held.charset);
    held = null;
  };
  for (const m of joined.matchAll(/=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi)) {
    const [whole, charset = '', kind = '', content = ''] = m;
    if (m.index > last) {
      flush();
      out += plain(joined.slice(last, m.index));
    }
    const bytes = /b/i.test(kind) ? Buffer.from(content, 'base64') : quotedPrintable(content.replaceAll('_', '=20'));
    // Senders cut a character in two between words of one charset: bytes are joined before they are decoded.
    const before = held as { charset: string; bytes: Buffer } | null;
    if (before !== null && before.charset === charset.toLowerCase()) held = { ...before, bytes: Buffer.concat([before.bytes, bytes]) };
    else {
      flush();
      held = { charset: charset.toLowerCase(), bytes };
    }
    last = m.index + whole.length;
  }
  flush();
  return out + plain(joined.slice(last));
}

/** A parameter of a structured header, also in pieces and with a charset (RFC 2231); null where it is not there. */
export function parameter(raw: string, name: string): string | null {
  const found = new Map<string, string>();
  for (const m of raw.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))/g))
    if (!found.has(m[1]!.toLowerCase())) found.set(m[1]!.toLowerCase(), m[2] === undefined ? m[3]!.trim() : m[2].replace(/\\(.)/g, '$1'));
  const simple = found.get(name);
  if (simple !== undefined) return headerWords(simple);
  const pieces: { text: string; coded: boolean }[] = [];
  const whole = found.get(`${name}*`);
  if (whole !== undefined) pieces.push({ text: whole, coded: true });
  for (let n = 0; n < 100; n += 1) {
    const coded = found.get(`${name}*${n}*`);
    const text = coded ?? found.get(`${name}*${n}`);
    if (text === undefined) break;
    pieces.push({ text, coded: coded !== undefined });
  }
  if (pieces.length === 0) return null;
  const [, charset = '', rest = pieces[0]!.text] = /^([^']*)'[^']*'([\s\S]*)$/.exec(pieces[0]!.text) ?? [];
  const text = [pieces[0]!.coded ? rest : pieces[0]!.text, ...pieces.slice(1).map((p) => p.text)].join('');
  const bytes = Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
  return charset === '' ? (decodeText(bytes)?.text ?? text) : decodeCharset(bytes, charset);
}
