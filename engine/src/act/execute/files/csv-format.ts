// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import { type Dialect, type Line, dialectOf, linesOf, textOf } from './csv-bytes.ts';
import type { FileFormat } from './file-format.ts';

/** CSV: rows that stay keep their bytes — encoding, quotes, line ends, byte order mark. */
export const csvFormat: FileFormat = {
  extension: 'csv',
  async open(bytes, dataset, columns) {
    const dialect = dialectOf(bytes, dataset);
    const [header, ...lines] = [...linesOf(bytes, dialect)].filter((line) => line.fields.length > 0);
    if (header?.fields.length !== columns.length) throw new ExecuteError('dataset-differs', { dataset });
    const decoder = new TextDecoder(dialect.encoding, { ignoreBOM: true });
    const rows = lines.map((line): Row =>
      columns.map((_, at) => (line.fields[at] ? textOf(bytes, line.fields[at], dialect, decoder) : null)),
    );
    return Promise.resolve({
      rows,
      rewrite: ({ remove, blank, places }) => {
        const pieces: Uint8Array[] = [];
        let from = 0;
        for (const [at, line] of lines.entries()) {
          if (!remove.has(at + 1) && !blank.has(at + 1)) continue;
          pieces.push(bytes.subarray(from, line.start));
          if (blank.has(at + 1)) pieces.push(...emptied(bytes, line, new Set(places), dialect));
          from = line.end;
        }
        return Promise.resolve(Buffer.concat([...pieces, bytes.subarray(from)]));
      },
    });
  },
  async canary(marks, like) {
    const { encoding, start } = dialectOf(like, 'canary');
    const text = ['text,json', ...marks.map((mark) => `canary ${mark} end,"{""canary"":""${mark}""}"`), ''].join('\r\n');
    const body = encoding.startsWith('utf-16') ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf8');
    return Promise.resolve(Buffer.concat([like.subarray(0, start), encoding === 'utf-16be' ? body.swap16() : body]));
  },
};

/** A line whose only field becomes empty is written as `""`, so that it stays a row. */
function emptied(bytes: Uint8Array, line: Line, places: ReadonlySet<number>, dialect: Dialect): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let from = line.start;
  for (const [at, field] of line.fields.entries()) {
    if (!places.has(at)) continue;
    pieces.push(bytes.subarray(from, field.start));
    if (line.fields.length === 1) pieces.push(quotes(dialect));
    from = field.end;
  }
  return [...pieces, bytes.subarray(from, line.end)];
}

function quotes(dialect: Dialect): Uint8Array {
  if (dialect.unit === 1) return Buffer.from('""');
  return dialect.encoding === 'utf-16le' ? Buffer.from('""', 'utf16le') : Buffer.from('""', 'utf16le').swap16();
}
