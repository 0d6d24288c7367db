// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Eraser, openEraser, plantCanaries, removeCanaries } from '../../src/act/execute/index.ts';
import { openProbe } from '../../src/act/verify/index.ts';
import type { Row } from '../../src/model/cell.ts';
import type { CrashPointName } from '../../src/model/crash-point.ts';
import type { Source } from '../../src/model/source.ts';
import { Killed, MemoryLedger, type Planned, chunkOf, datasetMap, run } from './fixture.ts';

let folder: string;
let eraser: Eraser | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-files-'));
});
afterEach(async () => {
  await eraser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const COLUMNS = ['姓名', '手机号', '城市'];
const ROWS: readonly Row[] = [
  ['甲一', '13800000001', '杭州'],
  ['乙"二', '13800000002', '上海, 浦东'],
  ['丙三', '13800000003', '杭州'],
  ['丙三', '13800000003', '杭州'],
  ['丁四', '13800000004', ''],
];
const planned = (...numbers: number[]): Planned[] => numbers.map((n) => ({ key: [String(n)], row: ROWS[n - 1]! }));

/** 甲, 乙 … in GBK, so that the test does not lean on the code under test. */
const GBK: Readonly<Record<string, string>> = {
  姓: 'd0d5',
  名: 'c3fb',
  手: 'cad6',
  机: 'bbfa',
  号: 'bac5',
  城: 'b3c7',
  市: 'cad0',
  甲: 'bcd7',
  一: 'd2bb',
  乙: 'd2d2',
  二: 'b6fe',
  丙: 'b1fb',
  三: 'c8fd',
  丁: 'b6a1',
  四: 'cbc4',
  杭: 'babc',
  州: 'd6dd',
  上: 'c9cf',
  海: 'baa3',
  浦: 'c6d6',
  东: 'b6ab',
};
const gbk = (text: string) => Buffer.concat([...text].map((c) => (GBK[c] ? Buffer.from(GBK[c], 'hex') : Buffer.from(c, 'latin1'))));
const LINES = [
  '姓名,手机号,城市\r\n',
  '甲一,13800000001,杭州\r\n',
  '"乙""二",13800000002,"上海, 浦东"\n',
  '丙三,"13800000003",杭州\r\n',
  '丙三,13800000003,杭州\r\n',
  '丁四,13800000004,',
];
const line = (...numbers: number[]) => Buffer.concat([0, ...numbers].map((n) => gbk(LINES[n]!)));

async function csv(bytes = line(1, 2, 3, 4, 5)): Promise<Source> {
  const path = join(folder, 'marketing.csv');
  writeFileSync(path, bytes);
  chmodSync(path, 0o640);
  return Promise.resolve({ name: 'marketing', kind: 'files', locator: path, credentials: {} });
}

async function xlsx(): Promise<Source> {
  const path = join(folder, 'leads.xlsx');
  const workbook = new Workbook();
  workbook.addWorksheet('说明').addRow(['不动']);
  const sheet = workbook.addWorksheet('客户');
  for (const row of [COLUMNS, ...ROWS]) sheet.addRow([...row]);
  sheet.getCell('A2').font = { bold: true };
  await workbook.xlsx.writeFile(path);
  chmodSync(path, 0o640);
  return { name: 'leads', kind: 'files', locator: path, credentials: {} };
}

const remaining = async (source: Source, dataset: string) => {
  const probe = await openProbe(source, null);
  const rows: Row[] = [];
  for await (const row of probe.rows(dataset)) rows.push(row.map((cell) => cell ?? ''));
  await probe.close();
  return rows;
};

describe.each([
  { label: 'csv', make: () => csv(), dataset: 'marketing.csv' },
  { label: 'xlsx', make: xlsx, dataset: 'leads.xlsx#客户' },
])('erasing rows of a $label file', ({ make, dataset, label }) => {
  const map = datasetMap('files', dataset, { key: ['#'] });
  const start = async () => {
    const source = await make();
    eraser = await openEraser(source, null);
    return { source, args: { eraser, map, columns: COLUMNS } };
  };

  test('exactly the planned rows go, mode stays, and points are passed in order', async () => {
    const { source, args } = await start();
    const points: string[] = [];
    const result = await run({ ...args, chunk: chunkOf(map, planned(1, 4)), crash: (p) => points.push(p) });
    expect(result).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
    expect(await remaining(source, dataset)).toEqual([ROWS[1], ROWS[2], ROWS[4]]);
    expect(statSync(source.locator).mode & 0o777).toBe(0o640);
    expect(points).toEqual([
      'file.replacement-written',
      'execute.intent-recorded',
      'file.replaced',
      'execute.source-committed',
      'execute.outcome-recorded',
    ]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  const POINTS: CrashPointName[] = [
    'file.replacement-written',
    'execute.intent-recorded',
    'file.replaced',
    'execute.source-committed',
    'execute.outcome-recorded',
  ];
  test.each(POINTS)('a run killed at %s converges', async (dieAt) => {
    const { source, args } = await start();
    const ledger = new MemoryLedger();
    const changed: Planned[] = [...planned(1, 4), { key: ['5'], row: ['丁四', 'other', ''] }];
    const chunk = chunkOf(map, changed);
    await expect(run({ ...args, chunk, ledger, dieAt })).rejects.toThrow(Killed);
    expect(await run({ ...args, chunk, ledger })).toEqual({
      deleted: 2,
      anonymised: 0,
      exceptions: [{ index: 2, outcome: 'drifted', detail: 'content-changed' }],
    });
    expect(await remaining(source, dataset)).toEqual([ROWS[1], ROWS[2], ROWS[4]]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('a row that moved is left alone, however equal', async () => {
    const { source, args } = await start();
    await run({ ...args, chunk: chunkOf(map, planned(1)) });
    const result = await run({ ...args, chunk: chunkOf(map, planned(2, 1, 5), 50) });
    expect(result.exceptions.map((e) => [e.index, e.outcome])).toEqual([
      [50, 'drifted'],
      [51, 'drifted'],
      [52, 'drifted'],
    ]);
    expect(await remaining(source, dataset)).toEqual(ROWS.slice(1));
  });

  test('anonymised rows keep their place and what may stay', async () => {
    const { source, args } = await start();
    const keeping = { ...map, anonymiseTo: ['城市'] };
    const chunk = chunkOf(
      keeping,
      planned(2, 3).map((p) => ({ ...p, disposition: 'anonymise' as const })),
    );
    expect(await run({ ...args, map: keeping, chunk })).toEqual({ deleted: 0, anonymised: 2, exceptions: [] });
    expect(await remaining(source, dataset)).toEqual([ROWS[0], ['', '', '上海, 浦东'], ['', '', '杭州'], ROWS[3], ROWS[4]]);
  });

  test('a record without verified archive stops nothing but itself', async () => {
    const { source, args } = await start();
    const chunk = chunkOf(
      map,
      planned(1, 2).map((p) => ({ ...p, disposition: 'archive' as const })),
    );
    expect((await run({ ...args, chunk, archived: (index) => index === 0 })).exceptions).toMatchObject([{ index: 1, outcome: 'blocked' }]);
    expect(await remaining(source, dataset)).toEqual(ROWS.slice(1));
  });

  test('another width than in the inventory stops the dataset', async () => {
    const { args } = await start();
    if (label === 'xlsx') return;
    await expect(run({ ...args, columns: ['a'], chunk: chunkOf(map, planned(1)) })).rejects.toMatchObject({ code: 'dataset-differs' });
  });

  test('a canary file is planted beside it and taken away', async () => {
    const { args } = await start();
    await plantCanaries(args.eraser, ['19900000001'], () => undefined);
    expect(readdirSync(folder).filter((name) => /^shanhou-canary\..+/.test(name) && name.endsWith(label))).toHaveLength(1);
    await removeCanaries(args.eraser, () => undefined);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

test('rows that stay in a GBK file keep every byte: quotes, mixed line ends, a last line without end', async () => {
  const source = await csv();
  eraser = await openEraser(source, null);
  const map = datasetMap('files', 'marketing.csv', { key: ['#'] });
  await run({ eraser, map, columns: COLUMNS, chunk: chunkOf(map, planned(1, 4)) });
  expect(readFileSync(source.locator).equals(line(2, 3, 5))).toBe(true);
});

const wide32 = (text: string, little: boolean) => {
  const out = Buffer.alloc([...text].length * 4);
  for (const [n, sign] of [...text].entries()) {
    if (little) out.writeUInt32LE(sign.codePointAt(0)!, n * 4);
    else out.writeUInt32BE(sign.codePointAt(0)!, n * 4);
  }
  return out;
};

test.each([
  ['UTF-16 LE without mark', (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-16 BE without mark', (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ['UTF-32 LE', (text: string) => wide32(`\ufeff${text}`, true)],
  ['UTF-32 BE', (text: string) => wide32(`\ufeff${text}`, false)],
  ['UTF-8 with mark', (text: string) => Buffer.from('\ufeff' + text)],
  ['UTF-16 LE', (text: string) => Buffer.from('\ufeff' + text, 'utf16le')],
  ['UTF-16 BE', (text: string) => Buffer.from('\ufeff' + text, 'utf16le').swap16()],
])('a file in %s is rewritten in its own encoding', async (_, encode) => {
  const text = (lines: readonly string[]) => encode(lines.join(''));
  const source = await csv(text(LINES));
  eraser = await openEraser(source, null);
  const map = datasetMap('files', 'marketing.csv', { key: ['#'] });
  await run({ eraser, map, columns: COLUMNS, chunk: chunkOf(map, planned(2, 3)) });
  expect(readFileSync(source.locator).equals(text([LINES[0]!, LINES[1]!, LINES[4]!, LINES[5]!]))).toBe(true);
});

test('a file changed after the intent is not taken for ours: what is in it stays, what is gone is inferred', async () => {
  const source = await csv();
  eraser = await openEraser(source, null);
  const map = datasetMap('files', 'marketing.csv', { key: ['#'] });
  const ledger = new MemoryLedger();
  const chunk = chunkOf(map, planned(1, 4));
  await expect(run({ eraser, map, columns: COLUMNS, chunk, ledger, dieAt: 'file.replaced' })).rejects.toThrow(Killed);
  writeFileSync(source.locator, line(2, 3, 5, 2));
  const result = await run({ eraser, map, columns: COLUMNS, chunk, ledger });
  expect(result.exceptions.map((e) => [e.index, e.outcome])).toEqual([
    [0, 'deleted-inferred'],
    [1, 'drifted'],
  ]);
  expect(readFileSync(source.locator).equals(line(2, 3, 5, 2))).toBe(true);
});

test('styles and other sheets of a workbook survive, and the removed texts are nowhere in its parts', async () => {
  const source = await xlsx();
  eraser = await openEraser(source, null);
  const map = datasetMap('files', 'leads.xlsx#客户', { key: ['#'] });
  await run({ eraser, map, columns: COLUMNS, chunk: chunkOf(map, planned(2, 3, 4, 5)) });
  const workbook = new Workbook();
  await workbook.xlsx.readFile(source.locator);
  expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(['说明', '客户']);
  expect(workbook.getWorksheet('客户')?.getCell('A2').font?.bold).toBe(true);
  expect(await remaining(source, 'leads.xlsx#:texts no cell shows')).toEqual([]);
});

test('a GBK character whose second byte looks like the delimiter is one character', async () => {
  const lines = ['c3fb|b3c7', '817c|31', 'bcd7|817c'].map((text) =>
    Buffer.concat(text.split('|').flatMap((hex, n) => [Buffer.from(n === 0 ? '' : '|'), Buffer.from(hex, 'hex')])),
  );
  const whole = (...kept: number[]) => Buffer.concat(kept.flatMap((n) => [lines[n]!, Buffer.from('\r\n')]));
  const source = await csv(whole(0, 1, 2));
  eraser = await openEraser(source, null);
  const map = datasetMap('files', 'marketing.csv', { key: ['#'] });
  const row = [new TextDecoder('gb18030').decode(Buffer.from('817c', 'hex')), '1'];
  const result = await run({ eraser, map, columns: ['名', '城'], chunk: chunkOf(map, [{ key: ['1'], row }]) });
  expect(result).toEqual({ deleted: 1, anonymised: 0, exceptions: [] });
  expect(readFileSync(source.locator).equals(whole(0, 2))).toBe(true);
});
