// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import type { Row } from '../../../src/model/cell.ts';
import { zipOf } from '../../../src/kit/zip-of.ts';

/** A kind of table file as the tests write it, without code of the product's readers. */
export interface TableFixture {
  readonly label: string;
  readonly file: string;
  readonly dataset: string;
  /** The file with these records, each record's bytes as they stand in it. */
  build(records: readonly Row[]): Promise<Buffer>;
  columns: readonly string[];
  /** The row that the inventory states for a record. */
  rowOf(record: Row): Row;
  readonly blanks: boolean;
}

export const COLUMNS = ['姓名', '手机号', '城市'];
export const RECORDS: readonly Row[] = [
  ['甲一', '13800000001', '杭州'],
  ['乙"二', '13800000002', '上海, 浦东'],
  ['丙三', '13800000003', '杭州'],
  ['丙三', '13800000003', '杭州'],
  ['丁四|', '13800000004', '北京'],
];

const quote = (cell: string | null) => (/[",\n\r;|\t]/.test(cell ?? '') ? `"${(cell ?? '').replaceAll('"', '""')}"` : (cell ?? ''));
const csvText = (records: readonly Row[]) => [COLUMNS, ...records].map((row) => row.map(quote).join(',') + '\r\n').join('');
const objectOf = (record: Row) => Object.fromEntries(COLUMNS.map((name, at) => [name, record[at]]));
const csv = async (records: readonly Row[]) => Promise.resolve(Buffer.from(csvText(records)));
const json = async (records: readonly Row[]) =>
  Promise.resolve(Buffer.from(`\ufeff[\n  ${records.map((r) => JSON.stringify(objectOf(r), null, 1)).join(' ,\n  ')}\n]\n`));
const ndjson = async (records: readonly Row[]) =>
  Promise.resolve(Buffer.from(records.map((r) => JSON.stringify(objectOf(r)) + '\n').join('')));
const vcf = async (records: readonly Row[]) =>
  Promise.resolve(
    Buffer.from(
      records
        .map(([name, phone, city]) =>
          [
            'BEGIN:VCARD',
            'VERSION:3.0',
            `FN:${name}`,
            `TEL;TYPE=cell:${phone}`,
            `item1.NOTE:${(city ?? '').replaceAll(',', '\\,').slice(0, 1)}`,
            ` ${(city ?? '').replaceAll(',', '\\,').slice(1)}`,
            'END:VCARD',
            '',
          ].join('\r\n'),
        )
        .join(''),
    ),
  );
const message = ([name, phone, city]: Row) =>
  `Subject: ${name}\nFrom: a@example.com\nTo: b@example.com\n\n${phone}\n\n>From quoted ${city}\nFrom inside a paragraph\n\n`;
const mbox = async (records: readonly Row[]) =>
  Promise.resolve(Buffer.from(records.map((r) => `From a@example.com Thu Jan  1 00:00:00 1970\n${message(r)}`).join('')));
async function xlsx(records: readonly Row[]): Promise<Buffer> {
  const book = new Workbook();
  book.addWorksheet('说明').addRow(['不动']);
  const sheet = book.addWorksheet('客户');
  for (const row of [COLUMNS, ...records]) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
const plain = (record: Row) => record;
const other: [string, string] = ['other/letter.txt', 'stays as it is'];

export const TABLES: readonly TableFixture[] = [
  { label: 'csv', file: 'a/list.csv', dataset: 'a/list.csv', build: csv, columns: COLUMNS, rowOf: plain, blanks: true },
  { label: 'xlsx', file: 'a/book.xlsx', dataset: 'a/book.xlsx#客户', build: xlsx, columns: COLUMNS, rowOf: plain, blanks: true },
  { label: 'json', file: 'a/list.json', dataset: 'a/list.json', build: json, columns: COLUMNS, rowOf: plain, blanks: true },
  { label: 'ndjson', file: 'a/list.ndjson', dataset: 'a/list.ndjson', build: ndjson, columns: COLUMNS, rowOf: plain, blanks: true },
  {
    label: 'vcf',
    file: 'people.vcf',
    dataset: 'people.vcf',
    build: vcf,
    columns: ['VERSION', 'FN', 'TEL', 'NOTE'],
    rowOf: (record) => ['3.0', ...record],
    blanks: true,
  },
  {
    label: 'mbox',
    file: 'mail/in.mbox',
    dataset: 'mail/in.mbox',
    build: mbox,
    columns: ['date', 'from', 'to', 'subject', 'content'],
    rowOf: (record) => [null, null, null, null, `sha256:${createHash('sha256').update(message(record)).digest('hex')}`],
    blanks: false,
  },
  {
    label: 'csv in a zip',
    file: 'old.zip',
    dataset: 'old.zip!/客户/list.csv',
    build: async (records) => zipOf([other, ['客户/list.csv', await csv(records)], ['z.bin', Buffer.alloc(100_000, 7)]]),
    columns: COLUMNS,
    rowOf: plain,
    blanks: true,
  },
  {
    label: 'xlsx in a zip in a zip',
    file: 'deep.zip',
    dataset: 'deep.zip!/in/inner.zip!/book.xlsx#客户',
    build: async (records) => zipOf([['in/inner.zip', zipOf([['book.xlsx', await xlsx(records)], other])], other]),
    columns: COLUMNS,
    rowOf: plain,
    blanks: true,
  },
  {
    label: 'csv in a gz',
    file: 'list.csv.gz',
    dataset: 'list.csv.gz!/list.csv',
    build: async (records) => gzipSync(await csv(records)),
    columns: COLUMNS,
    rowOf: plain,
    blanks: true,
  },
];
