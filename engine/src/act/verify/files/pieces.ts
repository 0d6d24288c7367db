// SPDX-License-Identifier: Apache-2.0
import { statSync } from 'node:fs';
import { sha256 } from '../../../kit/index.ts';
import type { Source } from '../../../model/source.ts';
import { VerifyError } from '../error.ts';
import type { Piece } from '../ports.ts';
import { readableRuns } from './decode-text.ts';
import { DOCUMENT_KINDS } from './kinds.ts';
import type { Found } from './look.ts';
import { messagesIn } from './mailbox.ts';
import { tableIn } from './tables.ts';
import { type Words, embedded, mailWords, wordsIn } from './words.ts';
import { sheetsOf } from './workbook.ts';

const DOCUMENT = ['path', 'content'];
const UNREADABLE = '!unreadable';
/** What systems leave beside people's files; all they say stands in plain runs of bytes. */
const SYSTEM_FILE = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*)$/i;

/** What a file or member says, to be searched, and what in it could not be searched. `known`: paths that the inventory lists as unreadable. */
export async function* piecesIn(found: Found, known: ReadonlySet<string>): AsyncGenerator<Piece> {
  const { path, isCanary } = found;
  const dataset = isCanary ? path.replace(/!\/.*$/s, '') : datasetOf(found);
  if (!isCanary) yield { kind: 'row', dataset, columns: ['path'], row: [path] };
  // What the readers gave up, a limit among the reasons, is not parsed here either.
  if (known.has(path)) {
    yield { kind: 'row', dataset: UNREADABLE, columns: DOCUMENT, row: [null, readableRuns(found.bytes)] };
    return yield { kind: 'unread', path, known: true };
  }
  try {
    switch (found.kind) {
      case 'csv':
      case 'ndjson': {
        const { columns, rows } = tableIn(found, null);
        yield { kind: 'row', dataset, columns, row: columns };
        for (const row of rows) yield { kind: 'row', dataset, columns, row };
        return;
      }
      case 'xlsx':
        for (const [name, { header, rows }] of sheetsOf(found.bytes, path)) {
          const sheet = isCanary ? dataset : `${path}#${name}`;
          for (const { cells } of rows)
            yield { kind: 'row', dataset: sheet, columns: header, row: header.map((_, at) => cells.get(at) ?? null) };
        }
        return yield* said(found, `${path}#:embedded`, await embedded(found.bytes, path, 0), known);
      case 'mbox':
        for (const [n, message] of messagesIn(found.bytes).entries())
          yield* said(found, dataset, await mailWords(message, `${path}!/${n + 1}`, 0), known);
        return;
      default:
        return yield* said(found, dataset, await wordsIn(found), known);
    }
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    yield { kind: 'row', dataset, columns: DOCUMENT, row: [null, readableRuns(found.bytes)] };
    yield unread(path, known);
  }
}

function* said(found: Found, dataset: string, words: Words, known: ReadonlySet<string>): Generator<Piece> {
  const place = found.isCanary ? found.path.replace(/!\/.*$/s, '') : dataset;
  yield { kind: 'row', dataset: place, columns: DOCUMENT, row: [null, words.text] };
  for (const path of words.unread) if (!SYSTEM_FILE.test(path)) yield unread(path, known);
}

/**
 * An attachment is known under the name that the inventory gave it; where two of a message have one name, by the message it hangs on, and in an
 * mbox whatever the message's number, which moves when others go.
 */
function unread(path: string, known: ReadonlySet<string>): Piece {
  if (known.has(path)) return { kind: 'unread', path, known: true };
  const anyMessage = (one: string) => one.replace(/!\/\d+(?=!\/)/g, '!/#');
  const outer = `${anyMessage(path).replace(/!\/[^!]*$/s, '')}!/`;
  const isKnown = path.includes('!/') && [...known].some((other) => anyMessage(other).startsWith(outer));
  return { kind: 'unread', path, known: isKnown };
}

/** Tables have names of their own; everything else is named by its kind, because a path may hold a person's name. */
function datasetOf({ kind, problem, path }: Found): string {
  if (problem !== null) return UNREADABLE;
  if (DOCUMENT_KINDS.includes(kind) || kind === 'zip' || kind === 'gz') return `*.${kind}`;
  return path;
}

const CONTROLS: Readonly<Record<string, string>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'txt',
  html: 'html',
  htm: 'html',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  vcf: 'vcf',
  eml: 'eml',
  mbox: 'mbox',
  xlsx: 'xlsx',
  docx: 'docx',
  pdf: 'pdf',
  zip: 'zip',
  gz: 'gz',
};

/** The canary that must be there, and be found, because this file is there; of a canary its own name. */
export function requiredControl(source: Source, { path, isCanary }: Found): string {
  if (isCanary) return path.replace(/!\/.*$/s, '');
  return canaryName(source, CONTROLS[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'txt');
}

/** The canary that a folder has whatever is in it; a file has none but that of its kind. */
export function standingControl(source: Source): string | null {
  return isFolder(source) ? canaryName(source, 'txt') : null;
}

function canaryName(source: Source, kind: string): string {
  return isFolder(source) ? `shanhou-canary.${kind}` : `shanhou-canary.${sha256(source.name).slice(0, 8)}.${kind}`;
}

function isFolder(source: Source): boolean {
  return statSync(source.locator, { throwIfNoEntry: false })?.isDirectory() === true;
}
