// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../../kit/index.ts';
import type { Row } from '../../../model/cell.ts';
import type { TableFormat } from './table-format.ts';
import { cutOut } from './text-form.ts';

interface Message {
  /** Of the `From ` line. */
  readonly start: number;
  /** After the `From ` line. */
  readonly body: number;
  readonly end: number;
}

/**
 * Mbox (RFC 4155): a message leaves with its `From ` line and everything up to the next one. Only `content` is read — it alone makes the
 * fingerprint — so `>From ` quoting, encodings and what a mail parser would say of the headers do not matter here.
 */
export const mboxTable: TableFormat = (bytes, { columns }) => {
  const messages = messagesOf(bytes);
  return {
    rows: messages.map(({ body, end }): Row => {
      const content = `sha256:${sha256(bytes.subarray(body, end))}`;
      return columns.map((name) => (name === 'content' ? content : null));
    }),
    obstacles: ({ blank }) => new Map([...blank].map((number) => [number, 'document-cannot-be-anonymised'])),
    rewrite: ({ remove }) =>
      cutOut(
        bytes,
        messages.filter((_, at) => remove.has(at + 1)),
      ),
  };
};

/** A message begins at a line `From …` that is the file's first or follows an empty line. */
function messagesOf(bytes: Uint8Array): Message[] {
  const starts: { start: number; body: number }[] = [];
  let emptyBefore = true;
  for (let at = 0; at < bytes.length;) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (emptyBefore && startsFrom(bytes, at)) starts.push({ start: at, body: end });
    const length = end - at;
    emptyBefore = length === 1 ? bytes[at] === 0x0a : length === 2 && bytes[at] === 0x0d;
    at = end;
  }
  return starts.map(({ start, body }, n) => ({ start, body, end: starts[n + 1]?.start ?? bytes.length }));
}

function startsFrom(bytes: Uint8Array, at: number): boolean {
  return Buffer.from('From ').every((byte, n) => bytes[at + n] === byte);
}
