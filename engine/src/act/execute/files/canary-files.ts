// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import { zipOf } from '../../../kit/index.ts';
import { type TextForm, encodeAscii } from './text-form.ts';

/** Kinds of file that get a canary of their own, by the ends of their names. */
const KIND_OF: Readonly<Record<string, CanaryKind>> = {
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

export type CanaryKind = 'csv' | 'txt' | 'html' | 'json' | 'ndjson' | 'vcf' | 'eml' | 'mbox' | 'xlsx' | 'docx' | 'pdf' | 'zip' | 'gz';
export const CANARY_KINDS: readonly CanaryKind[] = [...new Set(Object.values(KIND_OF))];

/** The kind of a file by its name; text for every other one, because whatever is in it is searched as text. */
export function canaryKind(name: string): CanaryKind {
  return KIND_OF[/\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'txt';
}

/** A small file of a kind that holds the marks as a decoder must find them. `like`: the form of a text file of that kind that is there. */
export async function canaryFile(
  kind: CanaryKind,
  marks: readonly string[],
  like: TextForm | null,
  likeMark: Uint8Array,
): Promise<Uint8Array> {
  const asLike = (text: string) => (like && like.unit > 1 ? Buffer.concat([likeMark, encodeAscii(text, like)]) : Buffer.from(text));
  switch (kind) {
    case 'csv':
      return asLike(['text,json', ...marks.map((mark) => `canary ${mark} end,"{""canary"":""${mark}""}"`), ''].join('\r\n'));
    case 'txt':
      return asLike(marks.map((mark) => `canary ${mark} end\r\n`).join(''));
    case 'html':
      return asLike(
        `<!doctype html><title>canary</title>${marks.map((mark) => `<p>canary <b>${split(mark, '</b><i>')}</i></p>`).join('')}`,
      );
    case 'json':
      return asLike(JSON.stringify(marks.map((mark) => ({ canary: { mark } }))));
    case 'ndjson':
      return asLike(marks.map((mark) => JSON.stringify({ canary: mark }) + '\n').join(''));
    case 'vcf':
      return asLike(
        marks.map((mark) => ['BEGIN:VCARD', 'VERSION:3.0', 'FN:canary', folded(`NOTE:${mark}`), 'END:VCARD', ''].join('\r\n')).join(''),
      );
    case 'eml':
      return Buffer.from(message(marks));
    case 'mbox':
      return Buffer.from(`From canary@canary.example Thu Jan  1 00:00:00 1970\n${message(marks).replaceAll('\r\n', '\n')}\n`);
    case 'xlsx':
      return workbook(marks);
    case 'docx':
      return document(marks);
    case 'pdf':
      return pdf(marks);
    case 'zip':
      return zipOf([['shanhou-canary.txt', marks.join('\n')]]);
    case 'gz':
      return gzipSync(marks.join('\n'));
  }
}

/** The bytes of a text file's mark, to begin a canary with. */
export function markOf(bytes: Uint8Array, form: TextForm): Uint8Array {
  return bytes.subarray(0, form.start);
}

/** Cuts a word in two with a tag between, as programs do. */
function split(mark: string, tag: string): string {
  return mark.slice(0, 5) + tag + mark.slice(5);
}

function folded(line: string): string {
  return `${line.slice(0, 12)}\r\n ${line.slice(12)}`;
}

/** One mark in the header, one in a base64 text, the rest in an attachment. */
function message(marks: readonly string[]): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return [
    'Date: Thu, 1 Jan 1970 00:00:00 +0000',
    'From: canary@canary.example',
    `Subject: =?utf-8?B?${base64(`canary ${marks[0] ?? ''}`)}?=`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="canary"',
    '',
    '--canary',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64(marks.slice(1, 2).join('\n')),
    '--canary',
    'Content-Type: text/csv; name="canary.csv"',
    'Content-Disposition: attachment; filename="canary.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    base64(`mark\n${marks.slice(2).join('\n')}`),
    '--canary--',
    '',
  ].join('\r\n');
}

async function workbook(marks: readonly string[]): Promise<Uint8Array> {
  const book = new Workbook();
  const sheet = book.addWorksheet('canary');
  sheet.addRow(['text', 'whole', 'json', 'digits']);
  for (const mark of marks)
    sheet.addRow([`canary ${mark} end`, mark, JSON.stringify({ canary: mark }), /^\d{1,15}$/.test(mark) ? Number(mark) : null]);
  return book.xlsx.writeBuffer();
}

/** A Word document whose marks are cut by runs. */
function document(marks: readonly string[]): Buffer {
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const text = marks.map((mark) => `<w:p><w:r><w:t>${split(mark, '</w:t></w:r><w:r><w:t>')}</w:t></w:r></w:p>`).join('');
  return zipOf([
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ],
    ['word/document.xml', `${head}<w:document xmlns:w="${word}"><w:body>${text}</w:body></w:document>`],
  ]);
}

/** A one-page PDF 1.4 with a line for each mark. */
function pdf(marks: readonly string[]): Buffer {
  const lines = marks.map((mark) => `(${mark.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const stream = `BT /F1 12 Tf 14 TL 40 800 Td\n${lines}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}
