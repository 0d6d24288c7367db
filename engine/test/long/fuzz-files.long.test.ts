// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compoundStreams, oldOffice } from '../../src/find/connect/files/compound.ts';
import { csvTable } from '../../src/find/connect/files/csv.ts';
import { docxText } from '../../src/find/connect/files/docx.ts';
import { htmlText } from '../../src/find/connect/files/html.ts';
import { jsonTable } from '../../src/find/connect/files/json.ts';
import { Allowance } from '../../src/find/connect/files/limits.ts';
import { mboxMessages } from '../../src/find/connect/files/mbox.ts';
import { readMail } from '../../src/find/connect/files/mime.ts';
import { openBuiltIn } from '../../src/find/connect/files/office-crypto.ts';
import { newVisit, pieces } from '../../src/find/connect/files/pieces.ts';
import type { Table } from '../../src/find/connect/files/table.ts';
import { decodeText } from '../../src/find/connect/files/text.ts';
import { Unreadable } from '../../src/find/connect/files/unreadable.ts';
import { vcfTable } from '../../src/find/connect/files/vcf.ts';
import { xlsxTables } from '../../src/find/connect/files/xlsx.ts';
import { unpackWhole, zipParts } from '../../src/find/connect/files/zip.ts';
import { makeXlsx, makeZip, sheetData } from '../support/make-zip.ts';

/*
 * Each parser is given broken input for a while (SHANHOU_FUZZ_SECONDS, 600 by default). It must give a table, words, or an Unreadable: any other
 * error is a defect, and so is one input that takes five seconds of CPU. Seeds are printed, so that a failure can be run again (SHANHOU_FUZZ_SEED).
 */
const SECONDS = Number(process.env['SHANHOU_FUZZ_SECONDS'] ?? 600);
const SEED = Number(process.env['SHANHOU_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const LIMIT = 5_000_000;

const TOKENS = [
  '"',
  ',',
  '\r\n',
  '\r',
  '\n',
  '\n\n',
  'From ',
  '{',
  '}',
  '[',
  ']',
  '[{',
  '\\',
  '\\u00',
  ':',
  ';',
  '=',
  '=?gb2312?B?',
  '?=',
  '--b',
  '--b--',
  '<',
  '>',
  '</',
  '<!--',
  '<![CDATA[',
  '&#x',
  '&',
  ']]>',
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
  '\x00',
  '\xff\xff\xff\xff',
  '\xff\xfe',
  'BEGIN:VCARD',
  'END:VCARD',
  'Content-Type: multipart/mixed; boundary=b\n',
  'begin 644 x\n',
  "*0*=utf-8''",
  '<mergeCell ref="A1:XFD1048576"/>',
  '<row r="99999999999">',
  '<c r="ZZZ9" t="s"><v>-1</v></c>',
];

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function broken(seed: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(seed);
  const place = () => Math.floor(random() * (bytes.length + 1));
  for (let turns = 1 + Math.floor(random() * 8); turns > 0; turns -= 1) {
    const [a, b] = [place(), place()].toSorted((x, y) => x - y) as [number, number];
    switch (Math.floor(random() * 6)) {
      case 0:
        if (bytes.length > 0) bytes[Math.min(a, bytes.length - 1)] = Math.floor(random() * 256);
        break;
      case 1:
        bytes = Buffer.concat([
          bytes.subarray(0, a),
          Buffer.from(TOKENS[Math.floor(random() * TOKENS.length)]!, 'latin1'),
          bytes.subarray(a),
        ]);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, a), bytes.subarray(Math.min(b, a + 64))]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, b), bytes.subarray(a, b), bytes.subarray(b)]).subarray(0, 64 * 1024);
        break;
      case 4:
        bytes = Buffer.from(bytes.subarray(0, b));
        break;
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, a),
          Buffer.alloc(Math.floor(random() * 200), TOKENS[Math.floor(random() * TOKENS.length)]!, 'latin1'),
          bytes.subarray(a),
        ]);
    }
  }
  return Buffer.from(bytes);
}

async function readAll(table: Table): Promise<void> {
  let rows = 0;
  for await (const { key, row } of table.scan()) {
    rows += 1;
    expect(row).toHaveLength(table.columns.length);
    expect(key).toEqual([String(rows)]);
  }
  expect(rows).toBe(table.rows);
  expect(new Set(table.columns).size).toBe(table.columns.length);
}

const mail = [
  'From: =?gb2312?B?1cXI/Q==?= <zhang@example.com>',
  'To: a@example.com',
  'Subject: =?utf-8?Q?=E5=90=88=E5=90=8C?=',
  'Content-Type: multipart/mixed; boundary*0=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=gbk',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '=D6=D0=CE=C4 13800000000',
  '--b',
  "Content-Disposition: attachment; filename*=utf-8''%E5%90%8D%E5%8D%95.csv",
  'Content-Transfer-Encoding: base64',
  '',
  'YSxiCjEsMgo=',
  '--b',
  'Content-Transfer-Encoding: x-uuencode',
  '',
  'begin 644 x.txt',
  '#0V%T',
  '`',
  'end',
  '--b--',
  '',
].join('\r\n');
const card =
  'BEGIN:VCARD\r\nVERSION:3.0\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=\r\n=E4=B8=89\r\nitem1.TEL;TYPE=CELL:138 0000 0000\r\nNOTE:a\\nb\\,c\r\n d\r\nEND:VCARD\r\n';
const rows = [
  ['姓名', '电话', null],
  ['张三', '13800000000', 'x'],
  [null, '13900000000', ''],
];
const xlsx = makeXlsx(sheetData(rows, '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'));
const docx = makeZip([
  { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
  {
    name: 'word/document.xml',
    bytes: Buffer.from('<w:document><w:body><w:p><w:r><w:t>合同编号 &amp; 13800000000</w:t><w:tab/></w:r></w:p></w:body></w:document>'),
  },
]);
const archive = makeZip([
  { name: 'a.csv', bytes: Buffer.from('a,b\n1,2\n') },
  { name: Buffer.from([0xc3, 0xfb]), flags: 0, bytes: Buffer.from('x'), stored: true },
]);
const compound = Buffer.alloc(512 * 8);
compound.write('d0cf11e0a1b11ae1', 0, 'hex');
compound.writeUInt16LE(9, 30);
compound.writeUInt32LE(1, 44);
compound.writeUInt32LE(1, 48);
compound.fill(0xff, 76, 512);
compound.writeUInt32LE(0, 76);
compound.writeUInt32LE(0xfffffffe, 516);
Buffer.from('Workbook', 'utf16le').copy(compound, 1024 + 128);
compound[1024 + 128 + 66] = 2;
compound.writeUInt16LE(18, 1024 + 128 + 64);

const inMembers = async (zip: Buffer, random: () => number, read: (bytes: Buffer) => Promise<unknown>) => {
  if (random() < 0.3) return read(broken(zip, random));
  const allowance = new Allowance();
  const members = [...zipParts(zip)].map(([name, part]) => ({ name, bytes: unpackWhole(zip, part, allowance) }));
  const chosen = Math.floor(random() * members.length);
  return read(makeZip(members.map((m, i) => (i === chosen ? { ...m, bytes: broken(m.bytes, random) } : m))));
};

const PARSERS: Readonly<Record<string, (random: () => number) => Promise<unknown>>> = {
  csv: async (random) => {
    const text = decodeText(broken(Buffer.from('姓名,电话;"备注"\r\n张三,"138""0000",x\r\n\r\n,,\n'), random))?.text;
    if (text !== undefined) await readAll(csvTable('x.csv', text));
  },
  json: async (random) => {
    const text = decodeText(broken(Buffer.from('[{"name":"张三","n":[1,{"a":"]}"}],"x":null},{"name":"\\u674e","y":1.50}]'), random))?.text;
    if (text === undefined) return;
    for (const byLine of [false, true]) {
      const table = jsonTable('x.json', byLine ? text.replaceAll('},{', '}\n{') : text, byLine);
      if (table === null) continue;
      await readAll(table);
      // What we take for a list of objects, the language's own parser does too.
      if (!byLine) expect((JSON.parse(text) as unknown[]).length).toBe(table.rows);
    }
  },
  vcf: async (random) => {
    const text = decodeText(broken(Buffer.from(card + card), random))?.text;
    if (text !== undefined) await readAll(vcfTable('x.vcf', text));
  },
  html: async (random) => {
    const page =
      '<!doctype html><html><!-- a --><script>var x="13800000000"</script><p>张三 &#24352;&nbsp;<a href="mailto:a%40example.com">x</a><td value=1>';
    htmlText(broken(Buffer.from(page), random).toString());
  },
  mail: async (random) => void readMail(broken(Buffer.from(mail, 'latin1'), random)),
  mbox: async (random) => {
    const box = broken(
      Buffer.from(`From a Mon Jan  1 00:00:00 2024\n${mail}\n\nFrom b Mon Jan  1 00:00:00 2024\n${mail}\n`, 'latin1'),
      random,
    );
    let length = 0;
    for (const message of mboxMessages(box)) length += readMail(message).words.length >= 0 ? message.length : 0;
    expect(length).toBeLessThanOrEqual(box.length);
  },
  zip: async (random) => {
    const bytes = broken(archive, random);
    const allowance = new Allowance();
    for (const part of zipParts(bytes, allowance).values()) unpackWhole(bytes, part, allowance);
  },
  xlsx: async (random) =>
    inMembers(xlsx, random, async (bytes) => {
      for (const table of await xlsxTables('x.xlsx', bytes, zipParts(bytes))) await readAll(table);
    }),
  docx: async (random) => inMembers(docx, random, (bytes) => docxText(bytes, zipParts(bytes), new Allowance())),
  compound: async (random) => {
    const bytes = broken(compound, random);
    const streams = compoundStreams(bytes);
    for (const stream of streams.values()) stream();
    oldOffice(streams);
    openBuiltIn(
      broken(Buffer.from('\x04\x00\x04\x00\x40\x00\x00\x00<keyData saltValue="AA==" hashAlgorithm="SHA1"/>', 'latin1'), random),
      bytes,
    );
  },
  pieces: async (random) => {
    const seeds = [archive, xlsx, docx, gzipSync(Buffer.from('a,b\n1,2\n')), Buffer.from(mail, 'latin1'), Buffer.from(card), compound];
    const bytes = broken(seeds[Math.floor(random() * seeds.length)]!, random);
    const path = ['x', 'x.csv', 'x.eml', 'x.json', 'x.gz', 'x.xlsx'][Math.floor(random() * 6)]!;
    let found = 0;
    for await (const piece of pieces(bytes, path, newVisit()))
      found += piece.kind === 'table' ? await readAll(piece.table).then(() => 1) : 1;
    expect(found).toBeGreaterThan(0);
  },
};

describe('parsers of files, fuzzed', () => {
  test.each(Object.keys(PARSERS))('%s', async (name) => {
    const parse = PARSERS[name]!;
    const until = performance.now() + SECONDS * 1000;
    let [runs, refused] = [0, 0];
    for (; performance.now() < until; runs += 1) {
      const seed = SEED + runs;
      const before = process.cpuUsage();
      try {
        await parse(randomFrom(seed));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw new Error(`seed ${seed}`, { cause: error });
        refused += 1;
      }
      const { user } = process.cpuUsage(before);
      if (user > LIMIT) throw new Error(`seed ${seed}: ${user} µs`);
    }
    process.stdout.write(`fuzz ${name}: ${runs} inputs in ${SECONDS} s, ${refused} refused, first seed ${SEED}\n`);
    expect(runs).toBeGreaterThan(0);
  });
});
