// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeXlsx, makeZip, sheetData } from '../../../../test/support/make-zip.ts';
import { htmlText } from './html.ts';
import { Allowance, LIMITS } from './limits.ts';
import { mboxMessages } from './mbox.ts';
import { headerWords, parameter, readMail } from './mime.ts';
import { newVisit, type Piece, pieces } from './pieces.ts';
import { unpackWhole, zipParts } from './zip.ts';

async function all(bytes: Buffer, path: string): Promise<Piece[]> {
  const found: Piece[] = [];
  for await (const piece of pieces(bytes, path, newVisit())) found.push(piece);
  return found;
}

/** Pieces in short: dataset or reason, and path. */
const brief = (found: readonly Piece[]) =>
  found.map((p) => (p.kind === 'table' ? p.table.dataset : p.kind === 'document' ? `${p.dataset} ${p.path}` : `!${p.reason} ${p.path}`));
const lines = (...text: string[]) => Buffer.from(text.join('\r\n'), 'latin1');

describe('mail', () => {
  test('headers, bodies and attachments become words', () => {
    const mail = readMail(
      lines(
        'From: =?gb2312?B?1cXI/Q==?= <zhang@example.com>',
        'Date: Mon, 1 Jan 2024 23:30:00 +0000 (UTC)',
        'Subject: =?utf-8?Q?=E5=90=88=E5?=',
        ' =?utf-8?Q?=90=8C?=',
        'Content-Type: multipart/mixed; boundary="b 1"',
        '',
        '--b 1',
        'Content-Type: text/plain; charset=gbk',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '=D6=D0=',
        '=CE=C4',
        '--b 1',
        "Content-Disposition: attachment; filename*0*=utf-8''%E5%90%8D; filename*1=.csv",
        'Content-Transfer-Encoding: base64',
        '',
        'YSxiCjEsMgo=',
        '--b 1--',
      ),
    );
    expect(mail.from).toBe('张三 <zhang@example.com>');
    expect(mail.subject).toBe('合同');
    expect(mail.date).toBe('2024-01-02 07:30:00');
    expect(mail.words).toContain('中文');
    expect(mail.attachments.map((a) => [a.name, a.bytes.toString()])).toEqual([['名.csv', 'a,b\n1,2\n']]);
  });

  test('raw bytes beyond ASCII in a header are UTF-8 or GB18030', () => {
    expect(headerWords(Buffer.from('张三').toString('latin1'))).toBe('张三');
    expect(headerWords('\xd5\xc5\xc8\xfd')).toBe('张三');
    expect(parameter('a; name="x;y"; other=z', 'name')).toBe('x;y');
  });

  test.each([
    ['no empty line after the headers', lines('From: a@example.com', 'just text 13800000000')],
    ['a boundary that never comes', lines('Content-Type: multipart/mixed; boundary=b', '', '13800000000')],
    ['a part that is not closed', lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', '13800000000')],
    ['text after the last part', lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'x', '--b--', '13800000000')],
    ['a charset nobody has', lines('Content-Type: text/plain; charset=x-none', '', '13800000000')],
    ['a message in a message', lines('Content-Type: message/rfc822', '', 'Subject: 13800000000', '', 'x')],
    ['uuencode', lines('Content-Transfer-Encoding: x-uuencode', '', 'begin 644 x', '+,3,X,# P,# P,#  ', '`', 'end')],
  ])('%s: what can be had', (_, bytes) => expect(readMail(bytes).words).toContain('13800000000'));

  test('an attachment that cannot be read is named, and the message says that a part of it is unread', async () => {
    const mail = lines(
      'From: a@example.com',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: image/png; name=id.png',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '--b',
      'Content-Type: application/zip; name=a.zip',
      'Content-Transfer-Encoding: base64',
      '',
      makeZip([{ name: 'x.txt', bytes: Buffer.from('13800000000') }]).toString('base64'),
      '--b--',
    );
    const found = await all(mail, 'a.eml');
    expect(brief(found)).toEqual(['!image-only a.eml!/id.png', '*.eml a.eml']);
    const [, message] = found;
    expect(message?.kind === 'document' && message.row).toMatchObject({ unread: 1, key: ['a.eml'] });
    expect(message?.kind === 'document' && message.row.text).toContain('13800000000');
  });

  test('an mbox is a table of messages, each as it lies there', async () => {
    const one = 'From: a@example.com\nSubject: 1\n\n>From here on\n\n';
    const two = 'From: b@example.com\n\nx\n';
    const box = Buffer.from(`From a Mon\n${one}From b Mon\n${two}`);
    expect([...mboxMessages(box)].map(String)).toEqual([one, two]);
    const [piece] = await all(box, 'Inbox');
    if (piece?.kind !== 'table') throw new Error('no table');
    expect(piece.table).toMatchObject({ dataset: 'Inbox', rows: 2, types: { content: 'message' } });
    expect(piece.message?.(2)?.toString()).toBe(two);
    const rows = [];
    for await (const row of piece.table.scan()) rows.push(row);
    expect(rows[0]?.row.slice(0, 4)).toEqual([null, null, null, null]);
    expect(rows[0]?.shown?.[1]).toBe('a@example.com');
  });
});

describe('documents', () => {
  test('html: text, scripts, comments, links, entities', () => {
    const text = htmlText('<p>张&#19977;<!-- 138 --><script>var t="139"</script><a href="mailto:a%40example.com">x</a> 1 < 2 &amp; <b');
    for (const word of ['张三', '138', '139', 'a@example.com', '1 < 2 &', '<b']) expect(text).toContain(word);
  });

  test('docx: text of all parts, also struck out and in fields', async () => {
    const part = (body: string) => Buffer.from(`<w:x><w:p>${body}</w:p></w:x>`);
    const file = makeZip([
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      {
        name: 'word/document.xml',
        bytes: part('<w:t>１３８</w:t><w:t>0000</w:t><w:delText>李四</w:delText><w:instrText>HYPERLINK</w:instrText>'),
      },
      { name: 'word/header1.xml', bytes: part('<w:t>页眉</w:t>') },
      { name: 'word/_rels/document.xml.rels', bytes: Buffer.from('<R><Relationship Target="mailto:a@example.com"/></R>') },
    ]);
    const [piece] = await all(file, 'a.docx');
    expect(piece?.kind === 'document' && piece.dataset).toBe('*.docx');
    for (const word of ['1380000', '李四', '页眉', 'a@example.com']) expect(piece?.kind === 'document' && piece.row.text).toContain(word);
  });

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a00', 'hex'), 'x.txt', '!image-only x.txt'],
    [
      'a docx of pictures',
      makeZip([
        { name: 'word/document.xml', bytes: Buffer.from('<w:x/>') },
        { name: 'word/media/1.png', bytes: Buffer.from('x') },
      ]),
      'a.docx',
      '!image-only a.docx',
    ],
    ['an old office file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls', '!damaged a.xls'],
    ['a rar', Buffer.from('526172211a0700', 'hex'), 'a.zip', '!unsupported a.zip'],
    ['a zip that is none', Buffer.from('hello'), 'a.zip', '!damaged a.zip'],
    ['an entity bomb', makeXlsx('<!DOCTYPE x [<!ENTITY a "aa">]>'), 'a.xlsx', '!limit a.xlsx'],
    ['nothing known', Buffer.from([1, 2, 0, 3]), 'a.bin', '!unsupported a.bin'],
    ['a csv in no encoding', Buffer.from([0x41, 0xff, 0xff]), 'a.csv', '!damaged a.csv'],
    ['a card without the name', Buffer.from('BEGIN:VCARD\nFN:x\nEND:VCARD\n'), 'a.txt', 'a.txt'],
    ['a mail without the name', lines('From: a@example.com', 'Subject: x', '', 'y'), 'a.txt', '*.eml a.txt'],
    ['a json that is no list', Buffer.from('{"a":1}'), 'a.json', '*.json a.json'],
    ['a broken json', Buffer.from('[{"a":1}'), 'a.json', '*.txt a.json'],
    ['text', Buffer.from('备忘'), 'a', '*.txt a'],
    ['an empty file', Buffer.alloc(0), 'a.txt', '*.txt a.txt'],
    ['a list in json', Buffer.from('[{"a":1}]'), 'a.json', 'a.json'],
    ['an html page by its content', Buffer.from('<!DOCTYPE html><p>x'), 'a.xls', '*.html a.xls'],
  ])('%s is told by content, then by name', async (_, bytes, path, expected) => expect(brief(await all(bytes, path))).toEqual([expected]));
});

describe('archives', () => {
  const txt = (text: string) => Buffer.from(text);

  test('members, nested three deep and no deeper', async () => {
    const nest = (depth: number): Buffer =>
      depth === 0 ? txt('x') : makeZip([{ name: depth === 1 ? 'a.txt' : 'n.zip', bytes: nest(depth - 1) }]);
    expect(brief(await all(nest(3), 'n.zip'))).toEqual(['*.txt n.zip!/n.zip!/n.zip!/a.txt'.replace('!/n.zip!/n.zip', '!/n.zip!/n.zip')]);
    expect(brief(await all(nest(4), 'n.zip'))).toEqual(['!limit n.zip!/n.zip!/n.zip!/n.zip']);
  });

  test('a gzip holds one member, named without .gz', async () => {
    expect(brief(await all(gzipSync(txt('a,b\n1,2\n')), 'd/list.csv.gz'))).toEqual(['d/list.csv.gz!/list.csv']);
    expect(brief(await all(gzipSync(Buffer.alloc(3_000_000)), 'b.gz'))).toEqual(['!limit b.gz']);
    expect(brief(await all(gzipSync(txt('x')).subarray(0, 15), 'b.gz'))).toEqual(['!damaged b.gz']);
  });

  test('names are UTF-8, or GB18030 where they are not and do not say that they are', async () => {
    const gbk = Buffer.from('c3fbb5a52e747874', 'hex');
    expect(
      brief(
        await all(
          makeZip([
            { name: gbk, flags: 0, bytes: txt('x') },
            { name: '备.txt', flags: 0, bytes: txt('y') },
          ]),
          'a.zip',
        ),
      ),
    ).toEqual(['*.txt a.zip!/名单.txt', '*.txt a.zip!/备.txt']);
  });

  test.each([
    ['../x.txt', 'relative path'],
    ['/x.txt', 'absolute path'],
    ['C:/x.txt', 'absolute path'],
    ['a\\x.txt', 'invalid characters in member name'],
  ])('a member that is named %s is damage, and the others are read', async (name, why) => {
    const found = await all(
      makeZip([
        { name, bytes: txt('x') },
        { name: 'ok.txt', bytes: txt('y') },
      ]),
      'a.zip',
    );
    expect(found[0]).toMatchObject({ kind: 'unreadable', reason: 'damaged', detail: `zip: ${why}` });
    expect(brief(found)[1]).toBe('*.txt a.zip!/ok.txt');
  });

  test.each([
    ['a size that is too small', { size: 1 }, 'longer than it says'],
    ['a size that is too large', { size: 9 }, 'shorter than it says'],
    ['a wrong checksum', { crc: 1 }, 'checksum'],
  ])('%s', async (_, lies, why) => {
    const [piece] = await all(makeZip([{ name: 'x.txt', bytes: txt('hello'), lies }]), 'a.zip');
    expect(piece).toMatchObject({ kind: 'unreadable', reason: 'damaged', detail: expect.stringContaining(why) as unknown });
  });

  test.each([
    ['a bomb', makeZip([{ name: 'x.txt', bytes: Buffer.alloc(3_000_000) }]), '!limit a.zip!/x.txt'],
    ['a member behind a password', makeZip([{ name: 'x.txt', bytes: txt('x'), flags: 1 }]), '!encrypted a.zip!/x.txt'],
    [
      'two members of one name',
      makeZip([
        { name: 'x', bytes: txt('1') },
        { name: 'x', bytes: txt('2') },
      ]),
      '!damaged a.zip',
    ],
    ['no member at all', makeZip([]), '!damaged a.zip'],
    ['a table', makeZip([{ name: 'x.xlsx', bytes: makeXlsx(sheetData([['a'], ['1']])) }]), 'a.zip!/x.xlsx#名单'],
  ])('%s', async (_, bytes, expected) => expect(brief(await all(bytes, 'a.zip'))).toEqual([expected]));

  test('the limits count for a file as a whole', () => {
    const file = makeZip([{ name: 'x', bytes: txt('x') }]);
    const part = [...zipParts(file).values()][0]!;
    expect(() => unpackWhole(file, part, Object.assign(new Allowance(), { unpacked: LIMITS.unpackedBytes }))).toThrow('512 MiB');
    expect(() => zipParts(file, Object.assign(new Allowance(), { members: LIMITS.members }))).toThrow('10,000 members');
  });
});
