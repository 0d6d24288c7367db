// SPDX-License-Identifier: Apache-2.0
import { decodeText } from './decode-text.ts';
import { jsonObjects } from './json-rows.ts';

/** What a file is. `office`: a zip that holds one document. `opaque`: nothing that anybody here can read. */
export type Kind =
  'csv' | 'json' | 'ndjson' | 'vcf' | 'html' | 'txt' | 'eml' | 'mbox' | 'pdf' | 'xlsx' | 'docx' | 'office' | 'zip' | 'gz' | 'opaque';

/** Kinds whose records are files; `json` only where it is no list. */
export const DOCUMENT_KINDS: readonly Kind[] = ['docx', 'pdf', 'html', 'txt', 'eml', 'json'];

const HEADER =
  /^(?:received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|content-type|content-transfer-encoding|reply-to|cc|x-[\w-]+|dkim-signature):/i;
const SIGNED = /^(?:zip|docx|xlsx|xlsm|gz|pdf)$/;
/** rar, 7z, OneNote, SQLite, bz2, xz, zstd, program, Outlook, RTF, OLE, pictures. */
const OPAQUE =
  /^(?:526172211a07|377abcaf271c|e4525c7b8cd8a74d|53514c6974652066|425a68|fd377a58|28b52ffd|7f454c46|2142444e|7b5c727466|d0cf11e0a1b11ae1|ffd8ff|89504e47|47494638|49492a00|4d4d002a)/;

/** Tells a file by its content, then by its name (docs/reference/files-as-datasets.md). `partsOf`: names of the members of a zip. */
export function kindOf(bytes: Buffer, path: string, partsOf: () => readonly string[]): Kind {
  const extension = /\.([^./\\]{1,10})$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const hex = bytes.subarray(0, 8).toString('hex');
  if (/^504b(?:0304|0506|0708)/.test(hex)) return zipKind(partsOf());
  if (hex.startsWith('1f8b08')) return 'gz';
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (OPAQUE.test(hex) || bytes.toString('latin1', 257, 262) === 'ustar') return 'opaque';
  const head = bytes.toString('latin1', 0, 4_000);
  if (/^From [^\r\n]+\r?\n[!-9;-~]+[ \t]*:/.test(head) && (extension !== 'eml' || /\r?\n\r?\nFrom /.test(bytes.toString('latin1'))))
    return 'mbox';
  if (extension === 'eml' || startsWithHeaders(head)) return 'eml';
  if (SIGNED.test(extension) && bytes.length > 0) return 'opaque';
  const text = decodeText(bytes);
  return text === null ? 'opaque' : textKind(text, extension);
}

function zipKind(parts: readonly string[]): Kind {
  if (parts.some((name) => name.startsWith('xl/'))) return parts.includes('xl/workbook.bin') ? 'office' : 'xlsx';
  if (parts.some((name) => name.startsWith('word/'))) return 'docx';
  const isOther = ['OFD.xml', '[Content_Types].xml', 'META-INF/manifest.xml'].some((name) => parts.includes(name));
  return isOther ? 'office' : 'zip';
}

function startsWithHeaders(head: string): boolean {
  const lines = head
    .replace(/^ï»¿/, '')
    .replace(/\r\n|\r/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n');
  return lines.length > 2 && HEADER.test(lines[0]!) && HEADER.test(lines[1]!);
}

function textKind(text: string, extension: string): Kind {
  const start = text.slice(0, 2_000).trimStart();
  if (/^BEGIN:VCARD\s/i.test(start)) return 'vcf';
  if (/^(?:<!doctype html|<html[\s>])/i.test(start) || (/^html?$/.test(extension) && start.includes('<'))) return 'html';
  if (/^(?:csv|tsv|tab)$/.test(extension)) return 'csv';
  if (/^(?:ndjson|jsonl)$/.test(extension)) return jsonObjects(text) ? 'ndjson' : 'txt';
  if (extension !== 'json' && !/^\[\s*\{/.test(start)) return 'txt';
  const objects = jsonObjects(text);
  if (objects && objects.length > (start.startsWith('[') ? 0 : 1)) return 'ndjson';
  return isJson(text) ? 'json' : 'txt';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
