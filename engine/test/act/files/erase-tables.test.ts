// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEraser } from '../../../src/act/execute/index.ts';
import type { Row } from '../../../src/model/cell.ts';
import type { CrashPointName } from '../../../src/model/crash-point.ts';
import type { Source } from '../../../src/model/source.ts';
import { Killed, MemoryLedger, type Planned, chunkOf, datasetMap, run } from '../fixture.ts';
import { RECORDS, TABLES, type TableFixture } from './formats.ts';

let folder: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-folder-'));
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, bytes: Uint8Array | string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
  return full;
}

const POINTS: CrashPointName[] = [
  'file.replacement-written',
  'execute.intent-recorded',
  'file.replaced',
  'execute.source-committed',
  'execute.outcome-recorded',
];

describe.each(TABLES)('taking records out of $label', (table) => {
  const map = datasetMap('share', table.dataset, { key: ['#'] });
  const planned = (...numbers: number[]): Planned[] => numbers.map((n) => ({ key: [String(n)], row: table.rowOf(RECORDS[n - 1]!) }));
  const path = () => join(folder, table.file);
  const start = async () => {
    put(table.file, await table.build(RECORDS));
    chmodSync(path(), 0o640);
    return { eraser: await openEraser(source, null), map, columns: table.columns };
  };
  /** The file as it must be: byte for byte where the format is written by us, by content in workbooks. */
  const expectLeft = async (...numbers: number[]) => {
    const wanted = await table.build(numbers.map((n) => RECORDS[n - 1]!));
    if (table.label.includes('xlsx')) return expectRows(table, path(), numbers);
    const now = readFileSync(path());
    if (table.label.includes('gz')) return expect(gunzipSync(now).equals(gunzipSync(wanted))).toBe(true);
    return expect(now.equals(wanted)).toBe(true);
  };

  test('exactly the planned records go, mode stays, and points are passed in order', async () => {
    const args = await start();
    const points: string[] = [];
    const result = await run({ ...args, chunk: chunkOf(map, planned(1, 4)), crash: (p) => points.push(p) });
    expect(result).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
    await expectLeft(2, 3, 5);
    expect(statSync(path()).mode & 0o777).toBe(0o640);
    expect(points).toEqual(POINTS);
    expect(readdirSync(dirname(path())).filter((name) => name.includes('shanhou'))).toEqual([]);
  });

  test.each(POINTS)('a run killed at %s converges', async (dieAt) => {
    const args = await start();
    const ledger = new MemoryLedger();
    const chunk = chunkOf(map, [...planned(1, 5), { key: ['2'], row: ['other'] }]);
    await expect(run({ ...args, chunk, ledger, dieAt })).rejects.toThrow(Killed);
    expect(await run({ ...args, chunk, ledger })).toEqual({
      deleted: 2,
      anonymised: 0,
      exceptions: [{ index: 2, outcome: 'drifted', detail: 'content-changed' }],
    });
    await expectLeft(2, 3, 4);
    expect(readdirSync(dirname(path())).filter((name) => name.includes('shanhou'))).toEqual([]);
  });

  test('a record that moved is left alone, one that is gone has vanished', async () => {
    const args = await start();
    await run({ ...args, chunk: chunkOf(map, planned(1)) });
    const result = await run({ ...args, chunk: chunkOf(map, planned(2, 1, 5), 50) });
    expect(result.exceptions.map((e) => [e.index, e.outcome])).toEqual([
      [50, 'drifted'],
      [51, 'drifted'],
      [52, 'drifted'],
    ]);
    await expectLeft(2, 3, 4, 5);
    rmSync(path());
    expect((await run({ ...args, chunk: chunkOf(map, planned(2), 60) })).exceptions).toMatchObject([{ index: 60, outcome: 'vanished' }]);
  });

  test('all records may go, and the file stays readable', async () => {
    const args = await start();
    expect(await run({ ...args, chunk: chunkOf(map, planned(1, 2, 3, 4, 5)) })).toMatchObject({ deleted: 5, exceptions: [] });
    expect((await run({ ...args, chunk: chunkOf(map, planned(1), 70) })).exceptions).toMatchObject([{ outcome: 'vanished' }]);
  });

  test('a file written to between reading and replacing stays as it is', async () => {
    const args = await start();
    const changed = await table.build(RECORDS.slice(1));
    const crash = (name: string) => {
      if (name === 'file.replacement-written') writeFileSync(path(), changed);
    };
    await expect(run({ ...args, chunk: chunkOf(map, planned(1)), crash })).rejects.toMatchObject({ code: 'file-changed' });
    expect(readFileSync(path()).equals(changed)).toBe(true);
    expect(readdirSync(dirname(path())).filter((name) => name.includes('shanhou'))).toEqual([]);
  });

  if (table.blanks)
    test('anonymised records keep their place and what may stay', async () => {
      const args = await start();
      const keeping = { ...map, anonymiseTo: [table.columns.at(-1)!] };
      const chunk = chunkOf(
        keeping,
        planned(2, 5).map((p) => ({ ...p, disposition: 'anonymise' as const })),
      );
      expect(await run({ ...args, map: keeping, chunk })).toEqual({ deleted: 0, anonymised: 2, exceptions: [] });
      expect((await run({ ...args, map: keeping, chunk: chunkOf(keeping, planned(1, 3, 4), 10) })).deleted).toBe(3);
    });
  else
    test('messages cannot be anonymised', async () => {
      const args = await start();
      const chunk = chunkOf(map, [{ ...planned(1)[0]!, disposition: 'anonymise' as const }]);
      expect((await run({ ...args, chunk })).exceptions).toMatchObject([{ outcome: 'blocked', detail: 'document-cannot-be-anonymised' }]);
      await expectLeft(1, 2, 3, 4, 5);
    });

  test('of random tables exactly the chosen records go and every other byte stays', async () => {
    const args = await start();
    const text = fc.string({ unit: fc.constantFrom(...'甲乙|{}[]:;,"\\=a1 é😀'), minLength: 1, maxLength: 8 }).map((s) => `x${s}y`);
    const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (records, gone) => {
        const usable = records.map((r): Row => (table.label === 'vcf' ? r.map((c) => c.replace(/[\\;]/g, '_')) : r));
        const keep = usable.filter((_, n) => !gone[n]);
        writeFileSync(path(), await table.build(usable));
        const chosen = usable.flatMap((record, n): Planned[] => (gone[n] ? [{ key: [String(n + 1)], row: table.rowOf(record) }] : []));
        const result = await run({ ...args, chunk: chunkOf(map, chosen) });
        expect(result).toEqual({ deleted: chosen.length, anonymised: 0, exceptions: [] });
        const wanted = await table.build(keep);
        const now = readFileSync(path());
        if (table.label.includes('gz')) expect(gunzipSync(now).equals(gunzipSync(wanted))).toBe(true);
        else if (table.label === 'json' && keep.length === 0) expect(JSON.parse(now.toString().slice(1))).toEqual([]);
        else if (!table.label.includes('xlsx')) expect(now.toString('latin1')).toBe(wanted.toString('latin1'));
      }),
      { numRuns: table.label.includes('xlsx') ? 10 : 60 },
    );
  });
});

/** Rows of a workbook's sheet that say anything, read by a spreadsheet library. */
async function expectRows(table: TableFixture, path: string, numbers: readonly number[]): Promise<void> {
  const { Workbook } = await import('@cj-tech-master/excelts');
  const { readMember } = await import('../../../src/act/execute/files/archive.ts');
  const members = table.dataset.replace(/#.*$/, '').split('!/').slice(1);
  const book = new Workbook();
  await book.xlsx.load(readMember(readFileSync(path), members, path)!);
  const rows: string[][] = [];
  book.getWorksheet('客户')?.eachRow((row) => {
    const cells = [1, 2, 3].map((at) => String(row.getCell(at).value ?? ''));
    if (cells.some((cell) => cell !== '')) rows.push(cells);
  });
  expect(rows.slice(1)).toEqual(numbers.map((n) => RECORDS[n - 1]));
  expect(book.getWorksheet('说明')?.getCell('A1').value).toBe('不动');
}
