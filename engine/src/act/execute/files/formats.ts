// SPDX-License-Identifier: Apache-2.0
import type { EraseJob } from '../ports.ts';
import { csvTable } from './csv-table.ts';
import { jsonTable } from './json-table.ts';
import { mboxTable } from './mbox-table.ts';
import type { TableFormat, TableShape } from './table-format.ts';
import { vcfTable } from './vcf-table.ts';
import { xlsxTable } from './xlsx-table.ts';

/** Formats by the end of a file's name; a table in any other file is delimited text. */
const BY_NAME: readonly (readonly [pattern: RegExp, format: TableFormat])[] = [
  [/\.(?:json|ndjson|jsonl)$/i, jsonTable],
  [/\.vcf$/i, vcfTable],
  [/(?:\.mbox|(?:^|\/)mbox)$/i, mboxTable],
];

const SHEET = /^(.*?\.xls[xm])#(.*)$/is;

/** The file of a job's table, and how it is read. */
export function tableOf(job: EraseJob): { readonly path: string; readonly format: TableFormat; readonly shape: TableShape } {
  const { dataset, layout } = job.map;
  const [, book, sheet] = SHEET.exec(dataset) ?? [];
  const path = book ?? dataset;
  const format = book === undefined ? BY_NAME.find(([pattern]) => pattern.test(path))?.[1] : xlsxTable;
  const shape = { dataset, sheet: sheet ?? null, columns: job.columns, headerRow: layout?.headerRow ?? null };
  return { path, format: format ?? csvTable, shape };
}
