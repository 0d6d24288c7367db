// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openZip } from '../../../src/act/execute/files/zip-bytes.ts';
import { zipOf } from '../../../src/kit/zip-of.ts';
import { openEraser } from '../../../src/act/execute/index.ts';
import type { Row } from '../../../src/model/cell.ts';
import type { DatasetMap } from '../../../src/model/data-map.ts';
import type { Source } from '../../../src/model/source.ts';
import { Killed, MemoryLedger, type Planned, chunkOf, datasetMap, run } from '../fixture.ts';

let folder: string;
let path: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-books-'));
  path = join(folder, 'book.xlsx');
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COLUMNS = ['组', '姓名', '手机'];
const ROWS: readonly Row[] = [
  ['一组', '甲', '13800000001'],
  [null, '乙', '13800000002'],
  ['二组', '丙', '13800000003'],
  ['三组', '丁', '13800000004'],
];
const sheetMap = (name: string, more: Partial<DatasetMap> = {}) => datasetMap('share', `book.xlsx#${name}`, { key: ['#'], ...more });
const rec = (n: number, more: Partial<Planned> = {}): Planned => ({ key: [String(n)], row: ROWS[n - 1]!, ...more });

async function book(build: (sheet: Worksheet, workbook: Workbook) => void): Promise<void> {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('客户');
  build(sheet, workbook);
  await workbook.xlsx.writeFile(path);
}
const fill = (sheet: Worksheet, rows: readonly Row[] = ROWS) => {
  sheet.addRow(COLUMNS);
  for (const row of rows) sheet.addRow([...row]);
};
const open = async (): Promise<Workbook> => {
  const workbook = new Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
};
const names = async (sheet = '客户') => {
  const out: string[] = [];
  (await open()).getWorksheet(sheet)?.eachRow((row) => out.push(String(row.getCell(2).value ?? '')));
  return out.filter((name) => name !== '');
};
const partText = (name: string) => {
  const zip = openZip(readFileSync(path), path);
  const member = zip.members.find((m) => m.name === name);
  return member ? zip.read(member).toString('utf8') : '';
};
const everything = () => {
  const zip = openZip(readFileSync(path), path);
  return zip.members.map((m) => zip.read(m).toString('utf8')).join('\n');
};
const erase = async (
  map: DatasetMap,
  records: readonly Planned[],
  more: { ledger?: MemoryLedger; dieAt?: 'file.replaced' | 'execute.intent-recorded' } = {},
) => run({ eraser: await openEraser(source, null), map, columns: COLUMNS, chunk: chunkOf(map, records), ...more });

test('titles above the header are no records', async () => {
  await book((sheet) => {
    sheet.addRow(['客户名单 2026']);
    sheet.addRow(['填写说明']);
    fill(sheet);
  });
  expect(await erase(sheetMap('客户', { layout: { headerRow: 3 } }), [rec(1), rec(4)])).toMatchObject({ deleted: 2, exceptions: [] });
  expect(await names()).toEqual(['姓名', '乙', '丙']);
  expect((await open()).getWorksheet('客户')?.getCell('A1').value).toBe('客户名单 2026');
});

test.each(['file.replaced', 'execute.intent-recorded'] as const)(
  'two sheets of a workbook do not make each other drift, killed at %s in the first',
  async (dieAt) => {
    await book((sheet, workbook) => {
      fill(sheet);
      fill(workbook.addWorksheet('旧'));
    });
    const ledger = new MemoryLedger();
    await expect(erase(sheetMap('客户'), [rec(1), rec(3)], { ledger, dieAt })).rejects.toThrow(Killed);
    expect(await erase(sheetMap('旧'), [rec(2), rec(3)], { ledger })).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
    expect(await erase(sheetMap('客户'), [rec(1), rec(3)], { ledger })).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
    expect(await names()).toEqual(['姓名', '乙', '丁']);
    expect(await names('旧')).toEqual(['姓名', '甲', '丁']);
    expect(everything()).not.toContain('13800000003');
  },
);

test('a merged block goes whole or not at all', async () => {
  await book((sheet) => {
    fill(sheet);
    sheet.mergeCells('A2:A3');
  });
  expect((await erase(sheetMap('客户'), [rec(1), rec(3)])).exceptions).toEqual([
    { index: 0, outcome: 'blocked', detail: 'merged-block-cut' },
  ]);
  expect(await names()).toEqual(['姓名', '甲', '乙', '丁']);
  expect(await erase(sheetMap('客户'), [rec(1), rec(2)])).toMatchObject({ deleted: 2, exceptions: [] });
  expect(await names()).toEqual(['姓名', '丁']);
  expect(everything()).not.toContain('mergeCell');
});

test('blocks that hang together through a row are all blocked', async () => {
  await book((sheet) => {
    fill(sheet);
    sheet.mergeCells('A2:A3');
    sheet.mergeCells('C3:C4');
  });
  const rows = [rec(1), { ...rec(2) }, { ...rec(3), row: ['二组', '丙', null] }];
  expect((await erase(sheetMap('客户'), rows.slice(0, 2))).exceptions.map((e) => e.detail)).toEqual([
    'merged-block-cut',
    'merged-block-cut',
  ]);
  expect(await erase(sheetMap('客户'), rows)).toMatchObject({ deleted: 3, exceptions: [] });
});

test('notes, links and shared texts of a row go with it, those of others stay', async () => {
  await book((sheet) => {
    fill(sheet);
    sheet.getCell('B2').note = '备注 13911111111';
    sheet.getCell('B4').note = '留下的备注';
    sheet.getCell('C2').value = { text: '13800000001', hyperlink: 'mailto:gone@example.com' };
    sheet.getCell('C4').value = { text: '13800000003', hyperlink: 'mailto:stays@example.com' };
  });
  expect(await erase(sheetMap('客户'), [rec(1)])).toMatchObject({ deleted: 1 });
  const text = everything();
  for (const gone of ['13911111111', 'gone@example.com', '13800000001']) expect(text).not.toContain(gone);
  for (const stays of ['留下的备注', 'stays@example.com', '13800000003']) expect(text).toContain(stays);
  expect((await open()).getWorksheet('客户')?.getCell('C4').hyperlink).toBe('mailto:stays@example.com');
});

test('a cell that is emptied loses its text, note and link, and keeps its style', async () => {
  await book((sheet) => {
    fill(sheet);
    sheet.getCell('B2').font = { bold: true };
    sheet.getCell('B2').note = '备注 13911111111';
  });
  const map = sheetMap('客户', { anonymiseTo: ['组'] });
  expect(await erase(map, [rec(1, { disposition: 'anonymise' })])).toMatchObject({ anonymised: 1, exceptions: [] });
  const cell = (await open()).getWorksheet('客户')!.getCell('B2');
  expect([cell.value, cell.font?.bold]).toEqual([null, true]);
  expect(everything()).not.toContain('13911111111');
  expect((await open()).getWorksheet('客户')?.getCell('A2').value).toBe('一组');
});

test('a formula shared with a row that goes keeps its value, others stay formulas', async () => {
  const rows: Row[] = [1, 2, 3].map((n) => [String(n), String(n * 10), '13800000001']);
  await book((sheet) => {
    sheet.addRow(COLUMNS);
    for (const row of rows) sheet.addRow([Number(row[0]), null, row[2]]);
    sheet.getCell('B2').value = { formula: 'A2*10', result: 10, shareType: 'shared', ref: 'B2:B3' } as never;
    sheet.getCell('B3').value = { sharedFormula: 'B2', result: 20 } as never;
    sheet.getCell('B4').value = { formula: 'A4*10', result: 30 } as never;
  });
  expect(partText('xl/worksheets/sheet1.xml')).toContain('t="shared"');
  expect(await erase(sheetMap('客户'), [{ key: ['1'], row: rows[0]! }])).toMatchObject({ deleted: 1, exceptions: [] });
  expect(partText('xl/worksheets/sheet1.xml')).not.toContain('t="shared"');
  expect(await names()).toEqual(['姓名', '20', '[object Object]']);
});

test.each([
  ['xl/vbaProject.bin', 'workbook-has-macros'],
  ['_xmlsignatures/sig1.xml', 'workbook-signed'],
  ['xl/pivotCache/pivotCacheRecords1.xml', 'workbook-has-pivot-cache'],
  ['xl/connections.xml', 'workbook-has-external-data'],
  ['xl/externalLinks/externalLink1.xml', 'workbook-has-external-data'],
  ['xl/revisions/revisionLog1.xml', 'workbook-has-change-history'],
])('a workbook with %s is refused and untouched', async (part, reason) => {
  await book((sheet) => fill(sheet));
  const zip = openZip(readFileSync(path), path);
  writeFileSync(path, zipOf([...zip.members.map((m): [string, Uint8Array] => [m.name, zip.read(m)]), [part, 'x']]));
  const before = readFileSync(path);
  expect((await erase(sheetMap('客户'), [rec(1)])).exceptions).toEqual([{ index: 0, outcome: 'blocked', detail: reason }]);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('parts in UTF-16 stay in UTF-16', async () => {
  await book((sheet) => fill(sheet));
  const zip = openZip(readFileSync(path), path);
  const wide = (text: string) => Buffer.from(`\ufeff${text.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, 'utf16le').swap16();
  const isXml = (name: string) => /sheet1\.xml$|sharedStrings\.xml$/.test(name);
  writeFileSync(
    path,
    zipOf(zip.members.map((m): [string, Uint8Array] => [m.name, isXml(m.name) ? wide(zip.read(m).toString('utf8')) : zip.read(m)])),
  );
  expect(await erase(sheetMap('客户'), [rec(1)])).toMatchObject({ deleted: 1, exceptions: [] });
  const after = openZip(readFileSync(path), path);
  const strings = after.read(after.members.find((m) => m.name.endsWith('sharedStrings.xml'))!);
  expect(strings.subarray(0, 2).toString('hex')).toBe('feff');
  expect(strings.swap16().toString('utf16le')).not.toContain('13800000001');
});

test('a damaged workbook blocks its own records', async () => {
  writeFileSync(path, 'no zip');
  expect((await erase(sheetMap('客户'), [rec(1)])).exceptions).toEqual([{ index: 0, outcome: 'blocked', detail: 'file-unreadable' }]);
});
