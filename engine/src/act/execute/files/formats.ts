// SPDX-License-Identifier: Apache-2.0
import type { EraseJob } from '../ports.ts';
import { csvTable } from './csv-table.ts';
import { jsonTable } from './json-table.ts';
import { mboxTable } from './mbox-table.ts';
import type { TableFormat, TableShape } from './table-format.ts';
import { decoderOf, textFormOf } from './text-form.ts';
import { vcfTable } from './vcf-table.ts';
import { xlsxTable } from './xlsx-table.ts';

const SHEET = /^(.*?\.xls[xm])#(.*)$/is;

/** The file of a job's table, and what the inventory says about the table. */
export function tableOf(job: EraseJob): { readonly path: string; readonly shape: TableShape } {
  const { dataset, layout } = job.map;
  const [, book, sheet] = SHEET.exec(dataset) ?? [];
  return {
    path: book ?? dataset,
    shape: { dataset, sheet: sheet ?? null, columns: job.columns, headerRow: layout?.headerRow ?? null },
  };
}

/** How a table is read, told by the file's content, then by its name. Throws ExecuteError `file-unreadable`. */
export function formatOf(bytes: Uint8Array, path: string, shape: TableShape): TableFormat {
  if (shape.sheet !== null) return xlsxTable;
  const head = Buffer.from(bytes.subarray(0, 4096));
  if (/^From [^\r\n]+\r?\n[!-9;-~]+[ \t]*:/.test(head.toString('latin1'))) return mboxTable;
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const start = headText(bytes, shape.dataset);
  if (/^BEGIN:VCARD\s/i.test(start)) return vcfTable;
  if (/^(?:csv|tsv|tab)$/.test(extension)) return csvTable;
  if (/^(?:json|ndjson|jsonl)$/.test(extension) || /^[[{]/.test(start)) return jsonTable;
  // Files that were emptied by us say no more what they are.
  return extension === 'vcf' ? vcfTable : extension === 'mbox' || extension === 'mbx' ? mboxTable : csvTable;
}

function headText(bytes: Uint8Array, dataset: string): string {
  const form = textFormOf(bytes, dataset);
  return decoderOf(form)(bytes.subarray(form.start, form.start + 4096)).trimStart();
}
