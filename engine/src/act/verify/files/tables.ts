// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto';
import type { Cell, Row } from '../../../model/cell.ts';
import { VerifyError } from '../error.ts';
import type { TableShape } from '../ports.ts';
import { cardsIn } from './cards.ts';
import { decodeText } from './decode-text.ts';
import { splitDelimited } from './delimited.ts';
import { jsonObjects } from './json-rows.ts';
import type { Found } from './look.ts';
import { messagesIn } from './mailbox.ts';
import { dataRows, sheetsOf } from './workbook.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** SHA-256 of bytes as a `content` cell has it. */
export function contentCell(bytes: Uint8Array): string {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}

/**
 * The table that a file is, or one sheet of a workbook. `as`: columns and header row of the inventory; without it, as the file has them now.
 * Throws VerifyError `file-unreadable`, `dataset-unreadable`.
 */
export function tableIn(found: Found, sheet: string | null, as?: TableShape): Table {
  const { bytes, path } = found;
  if (sheet !== null) {
    const held = sheetsOf(bytes, path).get(sheet);
    if (!held) throw new VerifyError('dataset-unreadable', { dataset: `${path}#${sheet}` });
    const columns = as?.columns ?? held.header;
    return { columns, rows: dataRows(held, as?.layout?.headerRow, columns.length) };
  }
  if (found.kind === 'mbox' || as?.columns.join() === 'date,from,to,subject,content') {
    const columns = as?.columns ?? ['date', 'from', 'to', 'subject', 'content'];
    return { columns, rows: messagesIn(bytes).map((message) => columns.map((name) => (name === 'content' ? contentCell(message) : null))) };
  }
  const text = decodeText(bytes);
  if (text === null) throw new VerifyError('file-unreadable', { path, state: 'encoding' });
  if (found.kind === 'vcf') return named(cardsIn(text), as);
  if (found.kind === 'json' || found.kind === 'ndjson') return named(jsonObjects(text) ?? [], as);
  const [header = [], ...records] = splitDelimited(text);
  const columns = as?.columns ?? header;
  return { columns, rows: text === '' ? [] : records.map((record) => columns.map((_, at): Cell => record[at] ?? null)) };
}

/** Records whose cells have names of their own. A name is known by its place in the inventory without the space around it. */
function named(records: readonly ReadonlyMap<string, string>[], as?: TableShape): Table {
  const columns = as?.columns ?? [...new Set(records.flatMap((record) => [...record.keys()]))];
  const cell = (record: ReadonlyMap<string, string>, name: string) =>
    record.get(name) ?? [...record].find(([key]) => key.trim() === name)?.[1] ?? null;
  return { columns, rows: records.map((record) => columns.map((name) => cell(record, name))) };
}
