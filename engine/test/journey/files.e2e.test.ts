// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { EXIT } from '../../src/cli/exit.ts';
import { cli } from '../support/cli.ts';
import { makeXlsx, makeZip, sheetData } from '../support/make-zip.ts';

/* A shared folder as a source, by commands: found, classified, and nobody's name out of a path in what is shown or kept. */
const folder = mkdtempSync(join(tmpdir(), 'shj-'));
const site = join(folder, 'share');
const env = { SHANHOU_DATA: join(folder, 'data'), SHANHOU_KEYS: join(folder, 'keys'), SHANHOU_PASSPHRASE: 'files' };
const run = async (...args: string[]) => cli(args, { env });

interface Scored {
  tables: { table: string; isCustomerTable: boolean }[];
  columns: { table: string; column: string; category: string }[];
}
let found: Scored;
let status: CaseSummary;

beforeAll(async () => {
  mkdirSync(join(site, '合同'), { recursive: true });
  const put = (path: string, body: string | Buffer) => writeFileSync(join(site, path), body);
  put(
    'list.xlsx',
    makeXlsx(
      sheetData([
        ['客户名单', null],
        ['姓名', '手机'],
        ['张三', '13800000000'],
        ['李四', '13900000000'],
      ]),
    ),
  );
  put(
    '合同/欧阳测试.docx',
    makeZip([{ name: 'word/document.xml', bytes: Buffer.from('<w:x><w:t>合同编号 1 甲方 13800000000</w:t></w:x>') }]),
  );
  put('mail.eml', 'From: a@example.com\nSubject: x\n\n13900000000\n');
  put('欧阳测试.rar', Buffer.from('526172211a0700', 'hex'));
  put('old.zip', makeZip([{ name: '欧阳测试.txt', bytes: Buffer.from('x'), flags: 0x801 }]));
  for (const args of [
    ['init', 'FILES-1', '--company', '测试公司'],
    ['source', 'add', 'share', '--kind', 'files', '--at', site],
  ]) {
    const done = await run(...args);
    expect(done.status, done.stderr).toBe(0);
  }
  const discovered = await run('discover', '--json');
  // What cannot be read is a finding, not a failure.
  expect([discovered.status, discovered.stderr]).toEqual([EXIT.findings, '']);
  found = JSON.parse(discovered.stdout) as Scored;
  status = JSON.parse((await run('status', '--json')).stdout) as CaseSummary;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder as a source', () => {
  test('is found as tables, documents, messages and what cannot be read', () => {
    expect(found.tables.map((t) => [t.table, t.isCustomerTable])).toEqual([
      ['list.xlsx#名单', true],
      ['!unreadable', false],
      ['*.docx', true],
      ['*.eml', true],
    ]);
    expect(found.columns.filter((c) => c.table === 'list.xlsx#名单').map((c) => [c.column, c.category])).toEqual([
      ['姓名', 'name'],
      ['手机', 'phone'],
    ]);
  });

  test('files that cannot be read are open items by reason, without their names', () => {
    const items = status.openItems.filter((i) => i.kind === 'source-unreadable');
    expect(
      items
        .map((i) => [i.owner, i.dataset, i.count, i.detail])
        .map(String)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['it,!unreadable,1,encrypted: zip: password', 'it,!unreadable,1,unsupported: rar']);
    expect(JSON.stringify([status, found])).not.toContain('欧阳');
  });

  test('is shown by classify', async () => {
    const shown = await run('classify');
    expect(shown.status, shown.stderr).toBe(0);
    for (const word of ['list.xlsx#名单', '*.docx', '往来通信', '!unreadable']) expect(shown.stdout).toContain(word);
  });
});
