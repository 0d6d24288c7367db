// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatasetReader, inspectSource, openReader } from '../../src/find/connect/index.ts';
import type { Source, SourceRow } from '../../src/model/source.ts';
import { makeXlsx, makeZip, sheetData } from '../support/make-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'shf-'));
const site = join(folder, 'site');
const source = (locator: string): Source => ({ name: 'share', kind: 'files', locator, credentials: {} });
const text = (body: string) => Buffer.from(body);
let reader: DatasetReader;

async function scan(dataset: string, from = reader): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const batch of from.scan(dataset, 2)) rows.push(...batch);
  return rows;
}

beforeAll(async () => {
  for (const path of ['a', 'a/b', 'mail']) mkdirSync(join(site, path), { recursive: true });
  const put = (path: string, bytes: Buffer) => writeFileSync(join(site, path), bytes);
  put('a/名单.csv', text('姓名,电话\n张三,13800000000\n李四,13900000000\n王五,13700000000\n'));
  put(
    'a/b/表 #1.xlsx',
    makeXlsx(
      sheetData([
        ['标题', null],
        ['姓名', '电话'],
        ['张三', '13800000000'],
      ]),
    ),
  );
  put('a/odd!/x.txt'.replace('odd!/', 'odd!'), text('odd'));
  put('note.txt', text('请联系 13800000000'));
  put('mail/1.eml', text('From: a@example.com\nSubject: x\nDate: Mon, 1 Jan 2024 00:00:00 +0800\n\n13800000000\n'));
  put('mail/inbox.mbox', text('From a Mon\nSubject: 1\n\nx\n\nFrom b Mon\nSubject: 2\n\ny\n'));
  put(
    'old.zip',
    makeZip([
      { name: 'in/客户.csv', bytes: text('姓名\n张三\n') },
      { name: 'secret.txt', bytes: text('x'), flags: 1 },
    ]),
  );
  put('shanhou-canary.0.txt', text('13800000000'));
  put('a/list.csv.shanhou-part', text('a\n1\n'));
  put('z.rar', Buffer.from('526172211a0700', 'hex'));
  writeFileSync(join(folder, 'outside.csv'), 'a\n1\n');
  symlinkSync(join(folder, 'outside.csv'), join(site, 'link.csv'));
  symlinkSync(folder, join(site, 'up'));
  reader = await openReader(source(site), null);
});

afterAll(async () => {
  await reader.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a folder', () => {
  test('gives every table, document, message and unreadable file a dataset; follows no link, passes over what is ours', async () => {
    const shapes = await reader.shapes();
    expect(shapes.map((s) => [s.dataset, s.rows])).toEqual([
      ['a/b/表 #1.xlsx#名单', 1],
      ['a/名单.csv', 3],
      ['mail/inbox.mbox', 2],
      ['old.zip!/in/客户.csv', 1],
      ['!unreadable', 2],
      ['*.eml', 1],
      ['*.txt', 2],
    ]);
    expect(shapes[0]?.layout).toEqual({ headerRow: 2 });
    expect(shapes.at(-1)).toMatchObject({ key: ['path'], columns: [{ type: 'path' }, { name: 'content', type: 'document' }] });
  });

  test('rows of a table, in batches; words of documents beside their hash', async () => {
    expect((await scan('a/名单.csv')).map((r) => r.key[0])).toEqual(['1', '2', '3']);
    expect(await scan('old.zip!/in/客户.csv')).toEqual([{ key: ['1'], row: ['张三'] }]);
    const notes = await scan('*.txt');
    expect(notes.map((r) => r.key)).toEqual([['a/odd!x.txt'], ['note.txt']]);
    expect(notes[1]).toMatchObject({
      text: '请联系 13800000000',
      row: ['note.txt', expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown],
    });
    expect((await scan('*.eml'))[0]?.shown?.slice(0, 3)).toEqual(['mail/1.eml', '2024-01-01 00:00:00', 'a@example.com']);
  });

  test('what cannot be read is a record with its reason', async () => {
    expect((await scan('!unreadable')).map((r) => r.row)).toEqual([
      ['old.zip!/secret.txt', 'encrypted', 'zip: password'],
      ['z.rar', 'unsupported', 'rar'],
    ]);
  });

  test('samples are spread and the same each time', async () => {
    expect(await reader.sample('a/名单.csv', 2)).toEqual([
      ['张三', '13800000000'],
      ['李四', '13900000000'],
    ]);
    expect(await reader.sample('*.txt', 1)).toHaveLength(1);
    const texts: string[] = [];
    for await (const words of reader.sampleTexts!('*.txt', 5)) texts.push(words);
    expect(texts).toEqual(['odd', '请联系 13800000000']);
  });

  test('the bytes of one document or message', async () => {
    expect(Buffer.from(await reader.file!('*.txt', ['note.txt'])).toString()).toBe('请联系 13800000000');
    expect(Buffer.from(await reader.file!('mail/inbox.mbox', ['2'])).toString()).toBe('Subject: 2\n\ny\n');
    await expect(reader.file!('*.txt', ['gone.txt'])).rejects.toMatchObject({ code: 'unknown-dataset' });
  });

  test.each(['../outside.csv', 'up/outside.csv', 'link.csv', 'a/../../outside.csv', 'nothing.csv'])('%s is no dataset', async (dataset) => {
    await expect(reader.shape(dataset)).rejects.toMatchObject({ code: 'unknown-dataset' });
  });

  test('a scan that is left early leaves nothing running, and the next one works', async () => {
    for await (const batch of reader.scan('a/名单.csv', 1)) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(await scan('a/名单.csv')).toHaveLength(3);
  });

  test('a file that changes is read anew', async () => {
    const file = join(folder, 'one.csv');
    writeFileSync(file, 'a\n1\n');
    const one = await openReader(source(file), null);
    expect(await one.count('one.csv')).toBe(1);
    writeFileSync(file, 'a\n1\n2\n');
    expect(await one.count('one.csv')).toBe(2);
    expect(await one.datasets()).toEqual(['one.csv']);
  });

  test('doctor is told what is there', async () => {
    expect(await inspectSource(source(site), null)).toMatchObject({
      format: '8 file(s)',
      notes: expect.arrayContaining(['2 txt', '1 rar']) as unknown,
    });
  });

  test.each([
    ['relative', 'x/y', 'bad-locator'],
    ['missing', join(folder, 'none'), 'not-found'],
  ])('a locator that is %s', async (_, locator, code) => {
    await expect(openReader(source(locator), null)).rejects.toMatchObject({ code });
  });
});

describe('limits', () => {
  test('a file that takes more memory than it may is named; the process and the other files go on', async () => {
    const at = join(folder, 'heavy');
    mkdirSync(at);
    // Forty million brackets: no parser of JSON can hold them.
    writeFileSync(
      join(at, 'deep.json'),
      Buffer.concat([text('[{"a":'), Buffer.alloc(40_000_000, '['), Buffer.alloc(40_000, ']'), text('}]')]),
    );
    writeFileSync(join(at, 'ok.csv'), 'a\n1\n');
    writeFileSync(join(at, 'over.csv'), Buffer.alloc(50 * 1024 * 1024 + 1, 'x'));
    const heavy = await openReader(source(at), null);
    expect(await heavy.datasets()).toContain('ok.csv');
    const named = (await scan('!unreadable', heavy)).map((r) => r.row.slice(0, 2));
    expect(named).toContainEqual(['over.csv', 'limit']);
    await heavy.close();
  });

  test('a file that takes too long is stopped and named, and the rest of its archive is read', async () => {
    const at = join(folder, 'slow.zip');
    // Twenty pages that show the same long text: their cost grows, the file does not.
    const words = Buffer.alloc(20_000_000, '(x) Tj T* 1 0 0 1 7 7 Tm\n');
    const pages = Array.from({ length: 20 }, (_, n) => n + 10);
    const pdf = Buffer.concat([
      text('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids['),
      text(`${pages.map((n) => `${n} 0 R`).join(' ')}]/Count ${pages.length}>>endobj\n`),
      ...pages.map((n) =>
        text(`${n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n`),
      ),
      text('5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n'),
      text(`4 0 obj<</Length ${words.length + 13}>>stream\nBT /F 1 Tf\n`),
      words,
      text('ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n'),
    ]);
    writeFileSync(
      at,
      makeZip([
        { name: 'slow.pdf', bytes: pdf, stored: true },
        { name: 'ok.csv', bytes: text('a\n1\n') },
      ]),
    );
    const one = await openReader(source(at), null);
    expect(await one.datasets()).toEqual(['slow.zip!/ok.csv', '!unreadable']);
    expect((await scan('!unreadable', one)).map((r) => r.row)).toEqual([['slow.zip!/slow.pdf', 'limit', '5 s of CPU or 512 MB']]);
    expect(await scan('slow.zip!/ok.csv', one)).toHaveLength(1);
    await one.close();
  }, 600_000);
});
