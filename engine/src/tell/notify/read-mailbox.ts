// SPDX-License-Identifier: Apache-2.0
import { createReadStream, existsSync, openSync, readFileSync, readSync, readdirSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NotifyError } from './error.ts';
import { LARGEST_MESSAGE } from './parse-answer.ts';
import type { Incoming } from './ports.ts';

/**
 * The messages of a mailbox on disk: a maildir (`new`, `cur`), a folder of .eml files, or one mbox file. Reads only; one message in
 * memory at a time. Throws NotifyError `mailbox-unreadable`.
 */
export async function* readMailbox(path: string): AsyncGenerator<Incoming> {
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
  } catch (error) {
    throw new NotifyError('mailbox-unreadable', path, error);
  }
  if (!folder) return yield* isMbox(path) ? readMbox(path) : [oneFile(path, path)];
  const maildir = ['new', 'cur'].filter((name) => existsSync(join(path, name)));
  for (const name of maildir.length > 0 ? maildir : ['.']) {
    const files = readdirSync(join(path, name), { withFileTypes: true })
      .filter((f) => f.isFile() && !f.name.startsWith('.') && (maildir.length > 0 || f.name.toLowerCase().endsWith('.eml')))
      .map((f) => f.name)
      .toSorted();
    for (const file of files) yield oneFile(join(path, name, file), file);
  }
}

function oneFile(path: string, where: string): Incoming {
  try {
    return { where, bytes: statSync(path).size > LARGEST_MESSAGE ? null : readFileSync(path) };
  } catch (error) {
    throw new NotifyError('mailbox-unreadable', where, error);
  }
}

function isMbox(path: string): boolean {
  const head = Buffer.alloc(5);
  const fd = openSync(path, 'r');
  try {
    return readSync(fd, head) === 5 && head.toString('latin1') === 'From ';
  } finally {
    closeSync(fd);
  }
}

/** Splits at lines that begin with `From `; `>From ` gets its sign taken off again (mboxrd). */
async function* readMbox(path: string): AsyncGenerator<Incoming> {
  let lines: Buffer[] = [];
  let size = 0;
  let at = 0;
  let started = false;
  const message = (): Incoming => ({ where: `${path} no. ${at}`, bytes: size > LARGEST_MESSAGE ? null : Buffer.concat(lines) });
  for await (const line of wholeLines(path)) {
    if (line.subarray(0, 5).toString('latin1') === 'From ') {
      if (started) yield message();
      [lines, size, started] = [[], 0, true];
      at += 1;
      continue;
    }
    size += line.length;
    if (size > LARGEST_MESSAGE) lines = [];
    else lines.push(/^>+From /.test(line.subarray(0, 80).toString('latin1')) ? line.subarray(1) : line);
  }
  if (started) yield message();
}

/** Lines with their ends, as bytes. A line without end is cut at the size limit. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, from)) {
      yield rest.subarray(from, end + 1);
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > LARGEST_MESSAGE) {
      yield rest;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield rest;
}
