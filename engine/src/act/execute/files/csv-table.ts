// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import { type Dialect, type Line, dialectOf, linesOf, unquote } from './csv-bytes.ts';
import type { TableFormat } from './table-format.ts';
import { cutOut, decoderOf, encodeAscii } from './text-form.ts';

/** CSV: rows that stay keep their bytes — encoding, quotes, line ends, byte order mark. */
export const csvTable: TableFormat = (bytes, { dataset, columns }) => {
  const dialect = dialectOf(bytes, dataset);
  const [header, ...lines] = [...linesOf(bytes, dialect)].filter((line) => line.fields.length > 0);
  // Rows wider than the header have columns of their own, and the widest may be gone already.
  if (!header || header.fields.length > columns.length) throw new ExecuteError('dataset-differs', { dataset });
  const decode = decoderOf(dialect);
  const cellOf = (line: Line, at: number) => {
    const field = line.fields[at];
    return field ? unquote(decode(bytes.subarray(field.start, field.end))) : null;
  };
  return {
    rows: lines.map((line): Row => columns.map((_, at) => cellOf(line, at))),
    rewrite: ({ remove, blank, places }) =>
      cutOut(
        bytes,
        lines.flatMap((line, at) => {
          if (remove.has(at + 1)) return [{ start: line.start, end: line.end }];
          return blank.has(at + 1) ? emptied(line, new Set(places), dialect) : [];
        }),
      ),
  };
};

/** A line whose only field becomes empty is written as `""`, so that it stays a row. */
function emptied(line: Line, places: ReadonlySet<number>, dialect: Dialect) {
  const instead = line.fields.length === 1 ? { instead: encodeAscii('""', dialect) } : {};
  return line.fields.flatMap((field, at) => (places.has(at) ? [{ start: field.start, end: field.end, ...instead }] : []));
}
