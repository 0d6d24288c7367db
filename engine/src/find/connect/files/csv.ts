// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';
import { columnNames, looksLikeData } from './columns.ts';
import type { Table } from './table.ts';
import { Unreadable } from './unreadable.ts';

const MAX_ROW = 1024 * 1024;

/**
 * Delimited text as a table (RFC 4180, and what people really save): the first row names the columns, a cell that a short row does not have is null, any
 * other is text. A row ends at CR LF, LF or CR outside quotes; a line without any sign is not a row. Throws Unreadable.
 */
export function csvTable(dataset: string, text: string): Table {
  const delimiter = sniffDelimiter(text);
  let header: readonly string[] | null = null;
  let width = 0;
  let rows = -1;
  for (const fields of csvRows(text, delimiter)) {
    header ??= fields;
    width = Math.max(width, fields.length);
    rows += 1;
  }
  const nameless = looksLikeData(header ?? []);
  const columns = columnNames(nameless ? [] : (header ?? []), width);
  return {
    dataset,
    columns,
    rows: Math.max(0, rows),
    // The line stays in the file whatever becomes of the others: somebody must write a header above it.
    hazards: nameless ? [{ kind: 'no-header', detail: 'first line' }] : [],
    *scan() {
      let number = 0;
      for (const fields of csvRows(text, delimiter)) {
        if (number > 0) yield { key: [String(number)], row: columns.map((_, place): Row[number] => fields[place] ?? null) };
        number += 1;
      }
    },
  };
}

/**
 * Rows of fields, unquoted. A quote counts only at the start of a field; text after a closing quote is kept as it stands.
 *
 * States, and the ways out of them, for each sign:
 *   START  at the start of a field: quote → QUOTED, delimiter → START, line end → row, else → PLAIN
 *   PLAIN  inside bare text: delimiter → START, line end → row
 *   QUOTED inside quotes: quote → CLOSED
 *   CLOSED after a quote: quote → QUOTED (it was doubled), delimiter → START, line end → row, else → PLAIN
 */
export function* csvRows(text: string, delimiter: string): Generator<string[]> {
  for (let at = 0; at < text.length;) {
    const start = at;
    const fields: string[] = [];
    for (let more = true; more;) {
      const [field, end] = readField(text, at, delimiter);
      if (end - start > MAX_ROW) throw new Unreadable('damaged', 'csv: row over 1 MiB, or a quote that never closes');
      fields.push(field);
      more = text[end] === delimiter;
      at = more ? end + 1 : end;
    }
    const content = at > start;
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    if (content) yield fields;
  }
}

/** One field and the place of the sign that ends it: a delimiter, a line end, or the end of the text. */
function readField(text: string, from: number, delimiter: string): [field: string, end: number] {
  let field = '';
  let at = from;
  if (text[at] === '"') {
    for (;;) {
      const close = text.indexOf('"', at + 1);
      if (close < 0) return [field + text.slice(at + 1), text.length];
      field += text.slice(at + 1, close);
      at = close + 1;
      if (text[at] !== '"') break;
      field += '"';
    }
  }
  const rest = at;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\r' && text[at] !== '\n') at += 1;
  return [field + text.slice(rest, at), at];
}

/** The delimiter that the header has most of, outside quotes; comma when it has none. */
function sniffDelimiter(text: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((sign) => [sign, 0]));
  let quoted = false;
  let begun = false;
  for (let at = 0; at < Math.min(text.length, MAX_ROW); at += 1) {
    const sign = text[at]!;
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\r' || sign === '\n')) {
      if (begun) break;
      continue;
    } else if (!quoted && counts.has(sign)) counts.set(sign, counts.get(sign)! + 1);
    begun = true;
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
