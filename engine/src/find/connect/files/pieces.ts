// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../../kit/index.ts';
import type { Cell } from '../../../model/cell.ts';
import type { SourceRow } from '../../../model/source.ts';
import { compoundStreams, oldOffice } from './compound.ts';
import { csvTable } from './csv.ts';
import { docxText } from './docx.ts';
import { htmlText } from './html.ts';
import { isJson, jsonTable } from './json.ts';
import { Allowance, LIMITS } from './limits.ts';
import { mboxMessages } from './mbox.ts';
import { type Mail, readMail } from './mime.ts';
import { openBuiltIn } from './office-crypto.ts';
import { pdfText } from './pdf.ts';
import { sniff } from './sniff.ts';
import type { Table } from './table.ts';
import { Unreadable, type UnreadableReason } from './unreadable.ts';
import { vcfTable } from './vcf.ts';
import { xlsxTables } from './xlsx.ts';
import { nameTrouble, unpackWhole, type ZipPart, zipParts } from './zip.ts';

/** What a file holds: a table, a document, or something that cannot be read. */
export type Piece =
  | {
      readonly kind: 'table';
      readonly table: Table;
      /** The bytes of the n-th message of an mbox. */ readonly message?: (n: number) => Buffer | null;
    }
  | { readonly kind: 'document'; readonly dataset: string; readonly path: string; readonly bytes: Buffer; readonly row: SourceRow }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: UnreadableReason; readonly detail: string };

export const DOCUMENT_COLUMNS = ['path', 'content'] as const;
export const MESSAGE_FILE_COLUMNS = ['path', 'date', 'from', 'to', 'subject', 'content'] as const;
export const MESSAGE_COLUMNS = ['date', 'from', 'to', 'subject', 'content'] as const;

export interface Visit {
  readonly allowance: Allowance;
  /** Called before a file or member is opened; who watches the clock begins anew. */
  readonly at: (path: string) => void;
  /** Paths that have broken a limit before. */
  readonly skip: ReadonlySet<string>;
}

export const newVisit = (at: Visit['at'] = () => undefined, skip: ReadonlySet<string> = new Set()): Visit => ({
  allowance: new Allowance(),
  at,
  skip,
});

/**
 * Everything in a file, archives opened (docs/reference/files-as-datasets.md). `path` names the file; `depth` counts the archives around it. Never throws
 * for what the file holds: that is a piece `unreadable`.
 */
export async function* pieces(bytes: Buffer, path: string, visit: Visit, depth = 0): AsyncGenerator<Piece> {
  try {
    if (visit.skip.has(path)) throw new Unreadable('limit', '5 s of CPU or 512 MB');
    visit.at(path);
    if (bytes.length > (depth === 0 ? LIMITS.fileBytes : LIMITS.memberBytes)) throw new Unreadable('limit', 'over 50 MiB');
    let found = 0;
    for await (const piece of open(bytes, path, visit, depth)) {
      found += 1;
      yield piece;
    }
    // A workbook of nothing but charts, an archive of folders: silence would say that somebody had looked and found nothing to decide.
    if (found === 0) throw new Unreadable('unsupported', 'nothing in it that can be read');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    yield { kind: 'unreadable', path, reason: error.reason, detail: error.detail };
  }
}

async function* open(bytes: Buffer, path: string, visit: Visit, depth: number): AsyncGenerator<Piece> {
  const format = sniff(bytes, path);
  switch (format.kind) {
    case 'zip':
      return yield* openZip(bytes, path, visit, depth);
    case 'gzip':
      return yield* openGzip(bytes, path, visit, depth);
    case 'compound': {
      const streams = compoundStreams(bytes);
      const [info, packed] = [streams.get('EncryptionInfo'), streams.get('EncryptedPackage')];
      if (info === undefined || packed === undefined) throw oldOffice(streams);
      const inner = openBuiltIn(info(), packed());
      return yield* openOffice(inner, zipParts(inner), path, visit, bytes);
    }
    case 'csv':
      return yield { kind: 'table', table: csvTable(path, format.text) };
    case 'json':
    case 'ndjson': {
      const table =
        jsonTable(path, format.text, format.kind === 'ndjson') ?? (format.kind === 'json' ? jsonTable(path, format.text, true) : null);
      const isLines = table !== null && (format.kind === 'ndjson' || table.rows > 1 || format.text.trimStart().startsWith('['));
      if (isLines) return yield { kind: 'table', table };
      return yield document(isJson(format.text) ? '*.json' : '*.txt', path, bytes, format.text);
    }
    case 'vcf':
      return yield { kind: 'table', table: vcfTable(path, format.text) };
    case 'mbox':
      return yield* openMbox(bytes, path, visit, depth);
    case 'eml': {
      const mail = readMail(bytes);
      const { text, unread } = yield* attachments(mail, path, visit, depth);
      const shown = [path, mail.date, mail.from, mail.to, mail.subject, digest(bytes)];
      const row = { key: [path], row: [path, null, null, null, null, digest(bytes)], shown, text, unread };
      return yield { kind: 'document', dataset: '*.eml', path, bytes, row };
    }
    case 'html':
      return yield document('*.html', path, bytes, htmlText(format.text));
    case 'txt':
      return yield document('*.txt', path, bytes, format.text);
    case 'pdf':
      return yield document('*.pdf', path, bytes, await pdfText(bytes));
  }
}

function document(dataset: string, path: string, bytes: Buffer, text: string): Piece {
  const row = { key: [path], row: [path, digest(bytes)], text: text.normalize('NFKC') };
  return { kind: 'document', dataset, path, bytes, row };
}

async function* openZip(bytes: Buffer, path: string, visit: Visit, depth: number): AsyncGenerator<Piece> {
  const names = [...zipParts(bytes).keys()];
  if (names.some((name) => /^(?:\[Content_Types\]\.xml$|(?:xl|word|ppt)\/.*\.(?:xml|rels|bin)$)/.test(name)))
    return yield* openOffice(bytes, zipParts(bytes), path, visit, bytes);
  const other = names.includes('OFD.xml')
    ? 'ofd'
    : names.includes('META-INF/manifest.xml') && names.includes('content.xml')
      ? 'opendocument'
      : null;
  if (other !== null) throw new Unreadable('unsupported', other);
  if (depth >= LIMITS.nesting) throw new Unreadable('limit', 'archives nested more than three deep');
  const parts = zipParts(bytes, visit.allowance);
  if (parts.size === 0) throw new Unreadable('damaged', 'zip: no members');
  for (const [name, part] of parts) yield* member(bytes, part, `${path}!/${name}`, visit, depth);
}

async function* member(bytes: Buffer, part: ZipPart, path: string, visit: Visit, depth: number): AsyncGenerator<Piece> {
  let content: Buffer;
  try {
    const trouble = nameTrouble(part.name);
    if (trouble !== null) throw new Unreadable('damaged', `zip: ${trouble}`);
    content = unpackWhole(bytes, part, visit.allowance);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return yield { kind: 'unreadable', path, reason: error.reason, detail: error.detail };
  }
  yield* pieces(content, path, visit, depth + 1);
}

async function* openGzip(bytes: Buffer, path: string, visit: Visit, depth: number): AsyncGenerator<Piece> {
  if (depth >= LIMITS.nesting) throw new Unreadable('limit', 'archives nested more than three deep');
  let content: Buffer;
  try {
    content = gunzipSync(bytes, { maxOutputLength: LIMITS.memberBytes });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? new Unreadable('limit', 'gzip: over 50 MiB') : new Unreadable('damaged', 'gzip');
  }
  if (content.length > LIMITS.ratioAppliesFromBytes && content.length > bytes.length * LIMITS.ratio)
    throw new Unreadable('limit', 'gzip: inflates more than 200 times');
  if ((visit.allowance.unpacked += content.length) > LIMITS.unpackedBytes) throw new Unreadable('limit', 'unpacks to more than 512 MiB');
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.gz$/i, '')
    .replace(/\.tgz$/i, '.tar');
  yield* pieces(content, `${path}!/${name}`, visit, depth + 1);
}

async function* openOffice(
  zip: Buffer,
  parts: ReadonlyMap<string, ZipPart>,
  path: string,
  visit: Visit,
  bytes: Buffer,
): AsyncGenerator<Piece> {
  const names = [...parts.keys()];
  if (names.some((name) => name.startsWith('xl/'))) for (const table of await xlsxTables(path, zip, parts)) yield { kind: 'table', table };
  else if (names.some((name) => name.startsWith('word/')))
    yield document('*.docx', path, bytes, await docxText(zip, parts, visit.allowance));
  else
    throw names.some((name) => name.startsWith('ppt/'))
      ? new Unreadable('unsupported', 'pptx')
      : new Unreadable('damaged', 'office: no main part');
}

/** One table for the messages, and a piece for each attachment that nobody can read. */
async function* openMbox(bytes: Buffer, path: string, visit: Visit, depth: number): AsyncGenerator<Piece> {
  let rows = 0;
  const troubles: Piece[] = [];
  for (const message of mboxMessages(bytes)) {
    rows += 1;
    for await (const piece of attachments(readMail(message), `${path}!/${rows}`, visit, depth)) troubles.push(piece);
  }
  const table: Table = {
    dataset: path,
    columns: MESSAGE_COLUMNS,
    types: { content: 'message' },
    rows,
    hazards: [],
    async *scan() {
      let number = 0;
      for (const message of mboxMessages(bytes)) {
        number += 1;
        const mail = readMail(message);
        const reading = attachments(mail, `${path}!/${number}`, visit, depth);
        let step = await reading.next();
        while (!step.done) step = await reading.next();
        const content = digest(message);
        const shown: Cell[] = [mail.date, mail.from, mail.to, mail.subject, content];
        yield { key: [String(number)], row: [null, null, null, null, content], shown, ...step.value };
      }
    },
  };
  const message = (n: number) => {
    let number = 0;
    for (const bytesOfOne of mboxMessages(bytes)) if ((number += 1) === n) return bytesOfOne;
    return null;
  };
  yield { kind: 'table', table, message };
  yield* troubles;
}

/** The words of a message with those of its attachments; yields the attachments that cannot be read. */
async function* attachments(
  mail: Mail,
  path: string,
  visit: Visit,
  depth: number,
): AsyncGenerator<Piece, { text: string; unread: number }> {
  const words = [mail.words];
  const taken = new Set<string>();
  let unread = 0;
  for (const { name, bytes } of mail.attachments) {
    const plain = name.replaceAll(/[/\\\0]/g, '_') || 'part';
    let unique = plain;
    for (let n = 2; taken.has(unique); n += 1) unique = `${plain}#${n}`;
    taken.add(unique);
    words.push(name);
    if ((visit.allowance.members += 1) > LIMITS.members) break;
    for await (const piece of depth >= LIMITS.nesting
      ? tooDeep(`${path}!/${unique}`)
      : pieces(bytes, `${path}!/${unique}`, visit, depth + 1)) {
      if (piece.kind === 'document') words.push(piece.row.text ?? '');
      else if (piece.kind === 'table')
        for await (const { row, text } of piece.table.scan()) words.push(text ?? row.filter((cell) => cell !== null).join('\t'));
      else {
        unread += 1;
        yield piece;
      }
    }
  }
  return { text: words.join('\n').normalize('NFKC'), unread };
}

async function* tooDeep(path: string): AsyncGenerator<Piece> {
  yield { kind: 'unreadable', path, reason: 'limit', detail: 'archives nested more than three deep' };
}

function digest(bytes: Uint8Array): string {
  return `sha256:${sha256(bytes)}`;
}
