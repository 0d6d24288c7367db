// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, verify } from 'node:crypto';

/*
 * Checks a DKIM signature (RFC 6376, rsa-sha256, relaxed/relaxed) with code that shares nothing with the signer.
 * `message`: latin1 bytes with CRLF. `record`: the DNS TXT value.
 */
export function checkDkim(
  message: string,
  record: string,
): { readonly body: boolean; readonly signature: boolean; readonly fields: string[] } {
  const end = message.indexOf('\r\n\r\n');
  const fields = message
    .slice(0, end)
    .replaceAll(/\r\n(?=[ \t])/g, '\u0000')
    .split('\r\n')
    .map((f) => f.replaceAll('\u0000', '\r\n'));
  const own = fields.find((f) => /^dkim-signature:/i.test(f))!;
  const tags = tagsOf(own.slice(own.indexOf(':') + 1));
  const signed = tags['h']!.split(':').map((h) => h.trim().toLowerCase());
  const pool = [...fields].reverse();
  const lines = signed.flatMap((name) => {
    const at = pool.findIndex((f) => f.toLowerCase().startsWith(`${name}:`));
    return at < 0 ? [] : [relaxedField(pool.splice(at, 1)[0]!)];
  });
  const head = [...lines, relaxedField(own.replace(/(\bb=)[^;]*$/s, '$1'))].join('\r\n');
  const key = createPublicKey({ key: Buffer.from(tagsOf(record)['p']!, 'base64'), format: 'der', type: 'spki' });
  return {
    body:
      createHash('sha256')
        .update(relaxedBody(message.slice(end + 4)), 'latin1')
        .digest('base64') === tags['bh'],
    signature: verify('sha256', Buffer.from(head, 'latin1'), key, Buffer.from(tags['b']!, 'base64')),
    fields: signed,
  };
}

function tagsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(';').flatMap((t) => {
      const at = t.indexOf('=');
      return at < 0 ? [] : [[t.slice(0, at).trim(), t.slice(at + 1).replaceAll(/\s+/g, '')] as const];
    }),
  );
}

function relaxedField(field: string): string {
  const at = field.indexOf(':');
  return `${field.slice(0, at).trim().toLowerCase()}:${field
    .slice(at + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((l) => l.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
