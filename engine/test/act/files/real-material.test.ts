// SPDX-License-Identifier: Apache-2.0
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workbook } from '@cj-tech-master/excelts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openZip } from '../../../src/act/execute/files/zip-bytes.ts';
import { openEraser } from '../../../src/act/execute/index.ts';
import { openProbe } from '../../../src/act/verify/index.ts';
import type { Row } from '../../../src/model/cell.ts';
import type { Source } from '../../../src/model/source.ts';
import { chunkOf, datasetMap, run } from '../fixture.ts';

/*
 * Files that other projects made, not ours. Each is copied, its first record (or the document) is taken out, and what is left is looked at with
 * the probe, with a spreadsheet library, and as plain bytes.
 */
const REAL = fileURLToPath(new URL('../../../../../shared/real/', import.meta.url));
interface Listed {
  readonly file: string;
}
const listed = existsSync(join(REAL, 'files_manifest.json'))
  ? (JSON.parse(readFileSync(join(REAL, 'files_manifest.json'), 'utf8')) as readonly Listed[])
      .map(({ file }) => file)
      .filter((file) => /\.(?:csv|xlsx|json|zip|eml|docx)$/i.test(file) && existsSync(join(REAL, file)))
  : [];
const describeReal = listed.length > 0 || process.env['REQUIRE_ALL'] === '1' ? describe : describe.skip;
const label = listed.length > 0 ? 'real files' : 'real files (skipped: ../shared/real is not here)';

let folder: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-real-'));
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function datasets(): Promise<readonly string[]> {
  const probe = await openProbe(source, null);
  try {
    return (await probe.datasets()).filter((name) => !name.includes('#:') && !name.endsWith(':links'));
  } finally {
    await probe.close();
  }
}

/** Rows with the columns of before, so that a file that lost its widest row reads the same. */
async function rowsOf(dataset: string, columns?: readonly string[]): Promise<{ columns: readonly string[]; rows: Row[] } | null> {
  const probe = await openProbe(source, null);
  try {
    const names = columns ?? widest(await probe.columns(dataset), dataset);
    const rows: Row[] = [];
    for await (const row of probe.rows(dataset, { columns: names })) rows.push(row);
    return { columns: names, rows };
  } catch (error) {
    // A file that is hostile or broken is no table to anybody.
    expect((error as { code?: unknown }).code).toMatch(/unreadable/);
    return null;
  } finally {
    await probe.close();
  }
}

function widest(columns: readonly string[], dataset: string): readonly string[] {
  return dataset.startsWith('*.eml') ? ['path', 'date', 'from', 'to', 'subject', 'content'] : columns;
}

/** Whether `now` is `before` less one piece. */
function isCutFrom(before: Buffer, now: Buffer): boolean {
  let [start, end] = [0, 0];
  while (start < now.length && before[start] === now[start]) start += 1;
  while (end < now.length && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return start + end >= now.length;
}

const took: string[] = [];

describeReal(label, () => {
  test.each(listed)('%s', async (file) => {
    mkdirSync(join(folder, 'a'));
    const name = basename(file);
    copyFileSync(join(REAL, file), join(folder, 'a', name));
    copyFileSync(fileURLToPath(import.meta.url), join(folder, 'bystander.txt'));
    const path = join(folder, 'a', name);
    const before = readFileSync(path);
    for (const dataset of await datasets()) {
      if (dataset === '*.txt' && extname(name) !== '.txt' && !name.endsWith('.zip')) continue;
      const table = await rowsOf(dataset);
      const gathered = dataset.startsWith('*.');
      const rows = table?.rows.filter((row) => row[0] !== 'bystander.txt') ?? [];
      if (!table || rows.length === 0) continue;
      const map = datasetMap('share', dataset, { key: [gathered ? 'path' : '#'] });
      const chunk = chunkOf(map, [{ key: [gathered ? rows[0]![0]! : '1'], row: rows[0]! }]);
      const eraser = await openEraser(source, null);
      const result = await run({ eraser, map, columns: table.columns, chunk });
      if (result.exceptions.length > 0) {
        expect(result.exceptions[0]).toMatchObject({ outcome: 'blocked' });
        expect(readFileSync(path).equals(before)).toBe(true);
        continue;
      }
      took.push(`${name} ${dataset}`);
      expect(existsSync(join(folder, 'bystander.txt'))).toBe(true);
      if (gathered && rows[0]![0] === `a/${name}`) {
        expect(existsSync(path)).toBe(false);
        expect(readdirSync(join(folder, 'a'))).toEqual([]);
        copyFileSync(join(REAL, file), path);
        continue;
      }
      const left = await rowsOf(dataset, table.columns);
      expect(left?.rows.filter((row) => row[0] !== 'bystander.txt') ?? []).toEqual(rows.slice(1));
      const now = readFileSync(path);
      if (/\.(?:csv|json)$/i.test(name)) expect(isCutFrom(before, now)).toBe(true);
      if (/\.xlsx$/i.test(name)) await expectWorkbook(before, now);
      copyFileSync(join(REAL, file), path);
    }
  });

  test('records were taken out of most of them', () => {
    const kinds = new Map<string, number>();
    for (const one of took) kinds.set(extname(one.split(' ')[0]!), (kinds.get(extname(one.split(' ')[0]!)) ?? 0) + 1);
    for (const kind of ['.csv', '.xlsx', '.eml', '.docx', '.zip']) expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(0);
  });
});

/** Parts outside the sheet, its texts, notes and links are the same bytes, and a spreadsheet library that could open the old file opens the new one. */
async function expectWorkbook(before: Buffer, now: Buffer): Promise<void> {
  const [old, left] = [openZip(before, 'before', 256 << 20), openZip(now, 'now', 256 << 20)];
  const mayChange =
    /^xl\/(?:worksheets\/|sharedStrings|comments|threadedComments|drawings\/vml|charts\/|calcChain|_rels)|^\[Content_Types\]/i;
  for (const member of old.members.filter(({ name }) => !mayChange.test(name)))
    expect(left.read(left.members.find(({ name }) => name === member.name)!).equals(old.read(member)), member.name).toBe(true);
  const opens = async (bytes: Buffer) => {
    try {
      await new Workbook().xlsx.load(bytes);
      return true;
    } catch {
      return false;
    }
  };
  if (await opens(before)) expect(await opens(now)).toBe(true);
}
