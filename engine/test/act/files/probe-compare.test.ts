// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { zipOf } from '../../../src/kit/zip-of.ts';
import { openEraser } from '../../../src/act/execute/index.ts';
import { type ExpectedRecord, compareDataset, openProbe } from '../../../src/act/verify/index.ts';
import { fingerprintRow } from '../../../src/kit/index.ts';
import type { Row } from '../../../src/model/cell.ts';
import type { DatasetMap } from '../../../src/model/data-map.ts';
import type { Source } from '../../../src/model/source.ts';
import { INVENTORY_KEY, type Planned, chunkOf, datasetMap, run } from '../fixture.ts';
import { RECORDS, TABLES } from './formats.ts';

let folder: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-probe-'));
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, bytes: Uint8Array | string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};
async function* expecting(records: readonly ExpectedRecord[]): AsyncGenerator<ExpectedRecord> {
  for (const record of records) yield await Promise.resolve(record);
}
const record = (index: number, key: Row, row: Row, more: Partial<ExpectedRecord> = {}): ExpectedRecord => ({
  index,
  key,
  occurrence: 0,
  fingerprint: fingerprintRow(INVENTORY_KEY, row),
  ...more,
});
const compare = async (map: DatasetMap, columns: readonly string[], kept: readonly ExpectedRecord[], apart = new Set<string>()) => {
  const probe = await openProbe(source, null);
  try {
    return await compareDataset({ probe, map, columns, expectedKept: expecting(kept), inventoryKey: INVENTORY_KEY, apart });
  } finally {
    await probe.close();
  }
};

describe.each(TABLES)('what is left of $label', (table) => {
  const map = datasetMap('share', table.dataset, { key: ['#'] });
  const kept = (...numbers: number[]) => numbers.map((n) => record(n, [String(n)], table.rowOf(RECORDS[n - 1]!)));
  const planned = (...numbers: number[]): Planned[] => numbers.map((n) => ({ key: [String(n)], row: table.rowOf(RECORDS[n - 1]!) }));
  const erase = async (...numbers: number[]) => {
    put(table.file, await table.build(RECORDS));
    if (numbers.length > 0)
      await run({ eraser: await openEraser(source, null), map, columns: table.columns, chunk: chunkOf(map, planned(...numbers)) });
  };

  test('is what the inventory says, before and after', async () => {
    await erase();
    expect(await compare(map, table.columns, kept(1, 2, 3, 4, 5))).toMatchObject({ count: 5, missing: [], changed: [], unexpected: 0 });
    await erase(1, 4);
    expect(await compare(map, table.columns, kept(2, 3, 5))).toMatchObject({ count: 3, missing: [], changed: [], unexpected: 0 });
    await erase(1, 2, 3, 4, 5);
    expect(await compare(map, table.columns, [])).toMatchObject({ count: 0, missing: [], unexpected: 0 });
  });

  test('and what is not is counted', async () => {
    await erase(1);
    expect(await compare(map, table.columns, kept(1, 3, 4, 5))).toMatchObject({ count: 4, missing: [1], unexpected: 1 });
  });
});

describe('documents', () => {
  const columns = ['path', 'content'];
  const map = datasetMap('share', '*.txt', { key: ['path'] });
  const doc = (index: number, path: string, text: string) =>
    record(index, [path], [path, `sha256:${createHash('sha256').update(text).digest('hex')}`]);

  test('are compared by path and bytes, in archives too', async () => {
    put('a.txt', 'one');
    put('日/b.log', 'two');
    put('c.zip', zipOf([['d.txt', 'three']]));
    put('list.csv', 'a,b\n1,2\n');
    put('table-left-empty.json', '[]');
    put('locked.txt', 'nobody could');
    const kept = [doc(1, 'a.txt', 'one'), doc(2, '日/b.log', 'two'), doc(3, 'c.zip!/d.txt', 'three')];
    const apart = new Set(['locked.txt', 'table-left-empty.json']);
    expect(await compare(map, columns, kept, apart)).toEqual({ count: 3, expected: 3, missing: [], changed: [], unexpected: 0 });
    put('a.txt', 'changed');
    put('new.txt', 'new');
    rmSync(join(folder, 'c.zip'));
    expect(await compare(map, columns, kept, apart)).toEqual({ count: 3, expected: 3, missing: [3], changed: [1], unexpected: 1 });
  });

  test('of mail are known by their bytes, whatever their headers say', async () => {
    const bytes = 'From: a@example.com\nSubject: =?gbk?B?xOO6ww==?=\nDate: nonsense\n\nbody\n';
    put('m.eml', bytes);
    const eml = datasetMap('share', '*.eml', { key: ['path'] });
    const row = ['m.eml', null, null, null, null, `sha256:${createHash('sha256').update(bytes).digest('hex')}`];
    const all = ['path', 'date', 'from', 'to', 'subject', 'content'];
    expect(await compare(eml, all, [record(1, ['m.eml'], row)])).toMatchObject({ count: 1, missing: [], changed: [], unexpected: 0 });
  });
});

test('a table that is not there any more is an error of its dataset', async () => {
  await expect(compare(datasetMap('share', 'gone.csv', { key: ['#'] }), ['a'], [])).rejects.toMatchObject({ code: 'dataset-unreadable' });
});

test('titles above a header are no rows, and columns are those of the inventory', async () => {
  const { Workbook } = await import('@cj-tech-master/excelts');
  const book = new Workbook();
  const sheet = book.addWorksheet('S');
  for (const row of [['标题'], ['说明', '一'], ['姓名', '手机'], ['甲', '1'], ['乙', '2']]) sheet.addRow(row);
  await book.xlsx.writeFile(join(folder, 'b.xlsx'));
  expect(readFileSync(join(folder, 'b.xlsx')).length).toBeGreaterThan(0);
  const map = datasetMap('share', 'b.xlsx#S', { key: ['#'], layout: { headerRow: 3 } });
  const kept = [record(1, ['1'], ['甲', '1', null]), record(2, ['2'], ['乙', '2', null])];
  expect(await compare(map, ['姓名', '手机', '列3'], kept)).toMatchObject({ count: 2, missing: [], unexpected: 0 });
});
