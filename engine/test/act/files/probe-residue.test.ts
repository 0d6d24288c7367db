// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canaryFile } from '../../../src/act/execute/files/canary-files.ts';
import { openZip } from '../../../src/act/execute/files/zip-bytes.ts';
import { zipOf } from '../../../src/kit/zip-of.ts';
import { openEraser } from '../../../src/act/execute/index.ts';
import { openProbe, searchResidue } from '../../../src/act/verify/index.ts';
import type { Source } from '../../../src/model/source.ts';

let folder: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-residue-'));
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NEEDLE = '13800000001';
const MARKS = ['canary-0a1b2c3d', 'canary.1@canary.example', '999000000000001'];
const put = (path: string, bytes: Uint8Array | string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};
const search = async (unreadable: readonly string[] = [], canaries: readonly string[] = MARKS) => {
  const probe = await openProbe(source, null);
  try {
    return await searchResidue({ probe, needles: new Set([NEEDLE]), canaries, unreadable: new Set(unreadable) });
  } finally {
    await probe.close();
  }
};
const planted = async () => {
  const eraser = await openEraser(source, null);
  await eraser.plant(MARKS);
  return eraser;
};

const base64 = (text: string) => Buffer.from(text).toString('base64');
const mime = (...parts: string[]) =>
  [
    'From: a@example.com',
    'To: b@example.com',
    'Subject: s',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    ...parts.flatMap((p) => ['--x', p]),
    '--x--',
    '',
  ].join('\r\n');
async function docx(text: string): Promise<Buffer> {
  return Buffer.from(await canaryFile('docx', [text], null, new Uint8Array()));
}
/** A document with other words in one of its parts. */
async function docxWith(part: string, content: string | Buffer): Promise<Buffer> {
  const zip = openZip(await docx('nothing here'), 'd');
  return zipOf([...zip.members.map((m): [string, Buffer] => [m.name, zip.read(m)]), [part, Buffer.from(content)]]);
}
async function xlsx(build: (book: Workbook) => void): Promise<Buffer> {
  const book = new Workbook();
  build(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const PLACES: readonly (readonly [label: string, path: string, make: () => Promise<Buffer | string> | Buffer | string])[] = [
  ['a csv', 'a.csv', () => `a,b\n1,${NEEDLE}\n`],
  ['a text in UTF-16 without mark', 'a.txt', () => Buffer.from(`tel: ${NEEDLE}\r\n`, 'utf16le')],
  ['a text in GBK', 'a.log', () => Buffer.concat([Buffer.from('b5e7bbb0', 'hex'), Buffer.from(NEEDLE)])],
  ['JSON with escapes', 'a.json', () => `[{"a":{"b":"138\\u0030\\u0030000001"}}]`],
  ['one object a line', 'a.ndjson', () => `{"a":1}\n{"t":"${NEEDLE}"}\n`],
  ['JSON that is no list', 'b.json', () => `{"t":"${NEEDLE}"}`],
  [
    'a folded card in quoted-printable',
    'a.vcf',
    () => 'BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:=31=33=38=30=\r\n=30=30=30=30=30=30=31\r\nEND:VCARD\r\n',
  ],
  ['HTML that cuts the number', 'a.html', () => `<p>138<b>0000</b>0001</p>`],
  ['an HTML attribute', 'a.htm', () => `<html><a href="tel:${NEEDLE}">call</a></html>`],
  ['a Word document, cut by runs', 'a.docx', () => docx(NEEDLE)],
  ['a Word header', 'h.docx', () => docxWith('word/header1.xml', `<w:hdr><w:p><w:t>${NEEDLE}</w:t></w:p></w:hdr>`)],
  ['properties of a Word document', 'p.docx', () => docxWith('docProps/core.xml', `<c><dc:creator>${NEEDLE}</dc:creator></c>`)],
  ['a file inside a Word document', 'e.docx', async () => docxWith('word/embeddings/x.docx', await docx(NEEDLE))],
  ['a PDF', 'a.pdf', async () => Buffer.from(await canaryFile('pdf', [NEEDLE], null, new Uint8Array()))],
  ['a cell', 'a.xlsx', () => xlsx((b) => b.addWorksheet('S').addRow(['x', Number(NEEDLE)]))],
  ['a hidden sheet', 'h.xlsx', () => xlsx((b) => b.addWorksheet('S', { state: 'veryHidden' }).addRow([NEEDLE]))],
  ['a note', 'n.xlsx', () => xlsx((b) => (b.addWorksheet('S').getCell('A1').note = `call ${NEEDLE}`))],
  ['a mail header', 'h.eml', () => `From: a@example.com\nSubject: =?utf-8?Q?tel_138=30000?=\n =?utf-8?Q?0001?=\n\nx\n`],
  ['a base64 text', 'b.eml', () => mime(`Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`tel ${NEEDLE}`)}`)],
  [
    'a quoted-printable text',
    'q.eml',
    () => mime('Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<i>138=\r\n0000=30=30=30=31</i>'),
  ],
  [
    'an attached document',
    'd.eml',
    async () =>
      mime(
        `Content-Type: application/octet-stream; name="x.docx"\r\nContent-Disposition: attachment; filename="x.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n${(await docx(NEEDLE)).toString('base64')}`,
      ),
  ],
  [
    'an attached archive of an attached message',
    'm.eml',
    () =>
      mime(
        `Content-Type: message/rfc822\r\n\r\n${mime(
          `Content-Disposition: attachment; filename="x.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n${zipOf([['t.txt', NEEDLE]]).toString('base64')}`,
        )
          .replaceAll('=x', '=y')
          .replaceAll('--x', '--y')}`,
      ),
  ],
  ['the name of an attachment', 'f.eml', () => mime(`Content-Disposition: attachment; filename*=utf-8''%31%33800000001.txt\r\n\r\nx`)],
  [
    'a message in an mbox',
    'a.mbox',
    () => `From x Thu Jan  1\nFrom: a@example.com\nContent-Transfer-Encoding: base64\n\n${base64(NEEDLE)}\n`,
  ],
  ['a member of a zip', 'a.zip', () => zipOf([['客户/b.csv', `a\n${NEEDLE}\n`]])],
  ['a member of a zip in a zip', 'b.zip', () => zipOf([['i.zip', zipOf([['b.txt', NEEDLE]])]])],
  ['the name of a member', 'c.zip', () => zipOf([[`${NEEDLE}.txt`, 'x']])],
  ['a gzip file', 'a.csv.gz', () => gzipSync(`a\n${NEEDLE}\n`)],
  ['the name of a file', `${NEEDLE}.txt`, () => 'x'],
  ['a replacement that was never put in place', 'a.csv.shanhou-part', () => `a\n${NEEDLE}\n`],
  ['a download that broke off', 'a.csv.part', () => `a\n${NEEDLE}\n`],
  ['a lock file of an office program', '~$a.xlsx', () => Buffer.concat([Buffer.from([9, 1]), Buffer.from(`x${NEEDLE} `, 'utf16le')])],
  [
    'a folder listing of a system',
    '.DS_Store',
    () => Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from(`x ${NEEDLE}.docx`, 'utf16le').swap16()]),
  ],
];

test.each(PLACES)('%s is searched', async (_, path, make) => {
  put(path, await make());
  const eraser = await planted();
  const report = await search();
  expect(report.needlesFound).toBe(1);
  expect(report.hits.length).toBeGreaterThan(0);
  expect(report).toMatchObject({ unread: [], canariesFound: 3, conclusive: true });
  await eraser.unplant();
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a hit names the dataset that the inventory knows', async () => {
  put('a.csv', `tel\n${NEEDLE}\n`);
  put('b/c.docx', await docx(NEEDLE));
  put('d.zip', zipOf([['e.vcf', `BEGIN:VCARD\nTEL:${NEEDLE}\nEND:VCARD\n`]]));
  expect((await search()).hits).toEqual(
    expect.arrayContaining([
      { dataset: 'a.csv', column: 'tel', rows: 1 },
      { dataset: '*.docx', column: 'content', rows: 1 },
      { dataset: 'd.zip!/e.vcf', column: 'content', rows: 1 },
    ]),
  );
});

describe('canaries', () => {
  const mixed = async () => {
    for (const [, path, make] of PLACES) put(path, await make());
  };
  test('are planted for every kind of file, in archives too, and each must be found', async () => {
    await mixed();
    const before = readdirSync(folder).length;
    const eraser = await planted();
    const there = readdirSync(folder).filter((name) => name.startsWith('shanhou-canary.'));
    expect(there.map((name) => name.replace('shanhou-canary.', '')).toSorted()).toEqual(
      ['csv', 'docx', 'eml', 'gz', 'html', 'json', 'mbox', 'ndjson', 'pdf', 'txt', 'vcf', 'xlsx', 'zip'].toSorted(),
    );
    expect(await search()).toMatchObject({ conclusive: true, canariesFound: 3 });
    for (const name of there) {
      const bytes = readFileSync(join(folder, name));
      unlinkSync(join(folder, name));
      expect(await search(), `without ${name}`).toMatchObject({ conclusive: false, canariesFound: 0 });
      writeFileSync(join(folder, name), bytes);
    }
    await eraser.unplant();
    expect(readdirSync(folder)).toHaveLength(before);
  });

  test('planting twice leaves one set', async () => {
    await mixed();
    await planted();
    const once = readdirSync(folder).length;
    await planted();
    expect(readdirSync(folder)).toHaveLength(once);
  });
});

describe('what nobody can read', () => {
  const OPAQUE: readonly (readonly [path: string, bytes: () => Buffer])[] = [
    ['locked.xlsx', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600, 3)])],
    ['scan.png', () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50)])],
    ['broken.docx', () => Buffer.from('no zip')],
    ['broken.pdf', () => Buffer.from('%PDF-1.4 nothing')],
    [
      'slides.pptx',
      () =>
        zipOf([
          ['[Content_Types].xml', '<a/>'],
          ['ppt/slides/slide1.xml', '<a/>'],
        ]),
    ],
    [
      'locked.zip',
      () => {
        const bytes = zipOf([['a.txt', 'x']]);
        bytes.writeUInt16LE(0x801, bytes.readUInt32LE(bytes.length - 6) + 8);
        return bytes;
      },
    ],
  ];
  const pathOf = (path: string) => (path === 'locked.zip' ? 'locked.zip!/a.txt' : path);

  test.each(OPAQUE)('%s makes the search inconclusive, unless the inventory lists it', async (path, make) => {
    put(path, make());
    await planted();
    expect(await search()).toMatchObject({ conclusive: false, canariesFound: 3, unread: [pathOf(path)], notSearched: 0 });
    expect(await search([pathOf(path)])).toMatchObject({ conclusive: true, unread: [], notSearched: 1 });
  });

  test('is still searched for readable runs', async () => {
    put('old.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(`x${NEEDLE} `, 'utf16le')]));
    expect((await search(['old.xls'])).hits).toEqual([{ dataset: '!unreadable', column: 'content', rows: 1 }]);
  });

  test('an attachment is listed by its message', async () => {
    put(
      'm.eml',
      mime(
        `Content-Disposition: attachment; filename="a.rar"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('526172211a0700', 'hex').toString('base64')}`,
      ),
    );
    await planted();
    expect(await search()).toMatchObject({ conclusive: false, unread: ['m.eml!/a.rar'] });
    expect(await search(['m.eml!/a.rar'])).toMatchObject({ conclusive: true, notSearched: 1 });
    const message = readFileSync(join(folder, 'm.eml'), 'latin1').replaceAll('\r\n', '\n');
    rmSync(join(folder, 'm.eml'));
    put('in.mbox', `From x Thu Jan  1\n${message}`);
    await planted();
    expect(await search()).toMatchObject({ conclusive: false, unread: ['in.mbox!/1!/a.rar'] });
    expect(await search(['in.mbox!/7!/a.rar'])).toMatchObject({ conclusive: true, notSearched: 1 });
  });
});
