// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WrittenDocument } from '../../src/journey/index.ts';
import { type TestCase, openTestCase } from '../support/case.ts';

/* The documents of a small case by commands, as a person would type them: all of them, and a list that is corrected, comes back and is settled. */
let c: TestCase;
afterAll(() => c.remove());

beforeAll(async () => {
  c = await openTestCase('DOCS-1');
  const list = c.file('members.csv', '姓名,手机号,加入日期\n测试甲,13900000001,2020-01-01\n测试乙,13900000002,2020-02-01\n');
  await c.ok('source', 'add', 'members', '--kind', 'files', '--at', list);
  const form =
    'medium: processor\nholder: support\nplace: 䶮𠅤快递（虚构）\nunits: 1\nunit: 套\nabout: 收件人信息\nrecordClass: marketing\nclocks: {}\n';
  await c.ok('offline', 'add', 'courier', '--form', c.file('courier.yaml', form));
  await c.ok('discover');
  for (const label of ['legal-1', 'sales-1']) await c.ok('officer', 'add', label, '--department', label.split('-')[0]!);
  await c.ok('plan');
}, 240_000);

test('the list names every document; each is made, and its hash is the one that is told', async () => {
  const { documents } = JSON.parse((await c.ok('document', 'list')).stdout) as { documents: { name: string; to: string; title: string }[] };
  expect(documents.map((d) => d.name)).toEqual([
    'plan',
    'disposal-list',
    'impact-assessment',
    'rules-annex',
    'processor-letter',
    'confidentiality',
    'liquidation-annex',
    'hand-over-list',
    'liability-note',
  ]);
  for (const { name, to } of documents) {
    const codes = to === 'person' ? ['--for', 'director-1,shareholder-1'] : [];
    const { stdout } = await c.ok('document', 'make', name, ...codes, ...(name === 'confidentiality' ? ['--docx', '--lang', 'en'] : []));
    const made = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as WrittenDocument);
    expect(made.map((m) => m.party ?? null)).toEqual(
      to === 'person' ? ['director-1', 'shareholder-1'] : [to === 'processor' ? 'courier' : null],
    );
    for (const m of made) expect(createHash('sha256').update(readFileSync(m.file)).digest('hex')).toBe(m.sha256);
  }
}, 240_000);

test('what cannot be made is refused by its exit code, in words', async () => {
  expect((await c.run('document', 'make', 'no-such-document')).status).toBe(5);
  const nobody = await c.run('document', 'make', 'liability-note', '--lang', 'en');
  expect([nobody.status, nobody.stderr]).toEqual([3, expect.stringContaining('nobody to go to')]);
  const name = await c.run('document', 'make', 'liability-note', '--for', '测试甲');
  expect([name.status, name.stderr]).toEqual([5, expect.stringContaining('没有这个收件方')]);
});

test('a corrected list comes back: good rows are proposed, bad ones refused with row and reason, and Legal settles them', async () => {
  const made = JSON.parse((await c.ok('document', 'disposal-list')).stdout) as WrittenDocument;
  const book = new Workbook();
  await book.xlsx.load(readFileSync(made.file));
  const sheet = book.worksheets[0]!;
  const titles = (sheet.getRow(2).values as string[]).slice(1);
  const set = (row: number, title: string, value: string) => (sheet.getRow(row).getCell(titles.indexOf(title) + 1).value = value);
  set(3, '更正：处置', '保全');
  set(3, '更正：理由', '一起诉讼未了');
  set(4, '更正：处置', '归档');
  set(4, '更正：理由', '想留着');
  const read = await c.run('document', 'correct', c.file('corrected.xlsx', await book.xlsx.writeBuffer()), '--as', 'sales-1');
  expect(read.status, read.stderr).toBe(6);
  expect(JSON.parse(read.stdout)).toMatchObject({
    taken: [{ number: 1, asks: { kind: 'hold' }, by: 'sales-1', state: 'proposed', effect: { harsher: 0 } }],
    refused: [{ row: 4, refusal: 'not-by-list' }],
  });
  expect((await c.run('document', 'settle', '1', '--accept', '--as', 'sales-1')).status).toBe(4);
  expect((await c.run('document', 'settle', '1', '--accept', '--refuse', '--as', 'legal-1')).status).toBe(2);
  await c.ok('document', 'settle', '1', '--accept', '--as', 'legal-1');
  const list = JSON.parse((await c.ok('document', 'corrections')).stdout) as unknown;
  expect(list).toMatchObject({ corrections: [{ state: 'accepted', settledBy: 'legal-1' }] });
  expect((await c.run('approve', '--as', 'legal-1')).status).toBe(4);
}, 240_000);
