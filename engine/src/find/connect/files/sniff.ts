// SPDX-License-Identifier: Apache-2.0
import { COMPOUND_SIGNATURE } from './compound.ts';
import { decodeText } from './text.ts';
import { Unreadable } from './unreadable.ts';

/** What a file is; texts come decoded. */
export type Format =
  | { readonly kind: 'zip' | 'gzip' | 'compound' | 'pdf' | 'eml' | 'mbox' }
  | { readonly kind: 'csv' | 'json' | 'ndjson' | 'vcf' | 'html' | 'txt'; readonly text: string };

/** Beginnings of files that hold pictures: there may be a person in them, and no word can be read. */
const PICTURES: readonly (readonly [string, string])[] = [
  ['ffd8ff', 'jpeg'],
  ['89504e470d0a1a0a', 'png'],
  ['47494638', 'gif'],
  ['49492a00', 'tiff'],
  ['4d4d002a', 'tiff'],
  ['424d', 'bmp'],
];
const OTHERS: readonly (readonly [string, string])[] = [
  ['526172211a07', 'rar'],
  ['377abcaf271c', '7z'],
  ['e4525c7b8cd8a74daeb15378d02996d3', 'one'],
  ['53514c69746520666f726d6174203300', 'sqlite'],
  ['425a68', 'bz2'],
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
  ['7f454c46', 'program'],
  ['4d5a', 'program'],
  ['2142444e', 'pst'],
  ['7b5c727466', 'rtf'],
];

/** Headers by which a message is known without its name. */
const MAIL_HEADER =
  /^(?:received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|content-type|content-transfer-encoding|reply-to|cc|x-[\w-]+|dkim-signature):/i;

/** Tells a file by its content, then by its name. Throws Unreadable: unsupported, image-only, damaged. */
export function sniff(bytes: Buffer, name: string): Format {
  const extension = /\.([^./\\]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const begins = (hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex;
  if (begins('504b0304') || begins('504b0506') || begins('504b0708')) return { kind: 'zip' };
  if (begins('1f8b08')) return { kind: 'gzip' };
  if (begins(COMPOUND_SIGNATURE)) return { kind: 'compound' };
  if (bytes.subarray(0, 1024).includes('%PDF-')) return { kind: 'pdf' };
  const picture = PICTURES.find(
    ([hex, what]) => begins(hex) && (what !== 'bmp' || bytes.readUIntLE(2, Math.min(4, bytes.length - 2)) === bytes.length),
  );
  if (picture !== undefined || isRiffPicture(bytes)) throw new Unreadable('image-only', picture?.[1] ?? 'picture');
  const other = OTHERS.find(([hex, what]) => begins(hex) && (what !== 'program' || bytes.includes(0)));
  if (other !== undefined) throw new Unreadable('unsupported', other[1]);
  if (bytes.toString('latin1', 257, 262) === 'ustar') throw new Unreadable('unsupported', 'tar');
  if (isMbox(bytes, extension)) return { kind: 'mbox' };
  if (extension === 'eml' || isMail(bytes)) return { kind: 'eml' };
  if (['zip', 'docx', 'xlsx', 'xlsm', 'gz', 'pdf'].includes(extension) && bytes.length > 0)
    throw new Unreadable('damaged', `${extension}: no such signature`);
  if (['xls', 'doc', 'ppt', 'rar', '7z', 'one'].includes(extension) && decodeText(bytes) === null)
    throw new Unreadable('unsupported', extension);
  return textFormat(bytes, extension);
}

function textFormat(bytes: Buffer, extension: string): Format {
  const text = decodeText(bytes)?.text;
  if (text === undefined) {
    const expected = ['csv', 'tsv', 'tab', 'txt', 'json', 'ndjson', 'jsonl', 'html', 'htm', 'vcf', 'log', 'md', 'xml'].includes(extension);
    throw expected ? new Unreadable('damaged', 'text of no known encoding') : new Unreadable('unsupported', 'binary');
  }
  const start = text.slice(0, 2_000).trimStart();
  if (/^BEGIN:VCARD\s/i.test(start)) return { kind: 'vcf', text };
  if (/^(?:<!doctype html|<html[\s>])/i.test(start) || (/^html?$/.test(extension) && start.includes('<'))) return { kind: 'html', text };
  if (/^(?:csv|tsv|tab)$/.test(extension)) return { kind: 'csv', text };
  if (/^(?:ndjson|jsonl)$/.test(extension)) return { kind: 'ndjson', text };
  if (extension === 'json' || start.startsWith('[{') || /^\[\s+\{/.test(start)) return { kind: 'json', text };
  return { kind: 'txt', text };
}

function isRiffPicture(bytes: Buffer): boolean {
  const mark = bytes.toString('latin1', 4, 12);
  return (bytes.toString('latin1', 0, 4) === 'RIFF' && mark.endsWith('WEBP')) || /^ftyp(?:heic|heix|mif1|avif)/.test(mark);
}

/** The first two lines that are no continuations are headers that messages have. */
function isMail(bytes: Buffer): boolean {
  const head = bytes
    .toString('latin1', 0, 4_000)
    .replace(/^\ufeff|^ï»¿/, '')
    .replace(/\r\n|\r/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  const lines = head.split('\n');
  return lines.length > 2 && lines.slice(0, 2).every((line) => MAIL_HEADER.test(line));
}

/** RFC 4155: a `From ` line, then a header. */
function isMbox(bytes: Buffer, extension: string): boolean {
  const head = bytes.toString('latin1', 0, 2_000);
  return /^From [^\r\n]+\r?\n[!-9;-~]+[ \t]*:/.test(head) && (extension !== 'eml' || /\r?\n\r?\nFrom /.test(bytes.toString('latin1')));
}
