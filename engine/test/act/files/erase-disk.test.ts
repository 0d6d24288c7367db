// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEraser } from '../../../src/act/execute/index.ts';
import { chunkOf, datasetMap, run } from '../fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'shanhou-disk-'));
const mount = (...args: string[]) => spawnSync('mount', [...args, folder]).status === 0;
const unmount = () => spawnSync('umount', [folder]).status === 0;
const mounts = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs') && unmount();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = ['a,b', ...Array.from({ length: 800 }, (_, n) => `${n},${'x'.repeat(50)}`)];
const chunk = (map: ReturnType<typeof datasetMap>) => chunkOf(map, [{ key: ['1'], row: ['0', 'x'.repeat(50)] }]);
const named = (text: string) => (mounts ? text : `${text} (skipped: this account may not mount a small file system)`);

describe.skipIf(!mounts && process.env['REQUIRE_ALL'] !== '1')(named('on a disk that does not take the replacement'), () => {
  const map = datasetMap('share', 'list.csv', { key: ['#'] });
  const path = join(folder, 'list.csv');
  const bytes = LINES.join('\n');
  beforeEach(() => {
    expect(mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs')).toBe(true);
    writeFileSync(path, bytes);
  });
  afterEach(() => void unmount());
  const erase = async () =>
    run({
      eraser: await openEraser({ name: 'share', kind: 'files', locator: folder, credentials: {} }, null),
      map,
      columns: ['a', 'b'],
      chunk: chunk(map),
    });

  test('a full disk is an error, and the file is as it was', async () => {
    await expect(erase()).rejects.toMatchObject({ code: 'source-error', details: { state: 'ENOSPC' } });
    expect(readFileSync(path, 'utf8')).toBe(bytes);
    expect(readdirSync(folder)).toEqual(['list.csv']);
  });

  test('a folder that may only be read is an error, and the file is as it was', async () => {
    expect(mount('-o', 'remount,ro')).toBe(true);
    await expect(erase()).rejects.toMatchObject({ code: 'permission-denied' });
    expect(readFileSync(path, 'utf8')).toBe(bytes);
  });
});
