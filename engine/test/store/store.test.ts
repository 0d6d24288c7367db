// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDirectory, CaseStore } from '../../src/journey/ports.ts';
import { type Database, caseDirectory, openCluster, openDatabase } from '../../src/store/index.ts';

const FACTS = {
  sectors: [],
  route: 'liquidation',
  today: '2026-10-20',
  dissolution: null,
  role: 'controller',
  conditions: [],
  notConditions: [],
  confirmed: [],
  refused: [],
} as const;
const AT = '2026-10-20T01:00:00.000Z';
const newCase = (code: string, n: number) => ({
  id: `00000000-0000-7000-8000-00000000000${n}`,
  code,
  company: 'Example Ltd',
  facts: FACTS,
  demo: false,
  clockStart: null,
  at: AT,
});

let folder: string;
let database: Database;
let directory: CaseDirectory;
let one: CaseStore;
let two: CaseStore;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shs-'));
  database = await openDatabase({ dataFolder: folder, databaseUrl: null });
  directory = caseDirectory(database);
  one = await directory.create(newCase('ONE', 1), [{ kind: 'case.opened', at: AT, body: { code: 'ONE' } }]);
  two = await directory.create(newCase('TWO', 2), []);
});

afterAll(async () => {
  await directory.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the case store', () => {
  test('keeps one case from another by row-level security, also for the owner of the tables', async () => {
    await one.addSource({ name: 'crm', kind: 'sqlite', locator: '/x', credentials: {} });
    expect(await one.sources()).toHaveLength(1);
    expect(await two.sources()).toEqual([]);
    const { rows } = await database.pool.query('SELECT count(*)::int AS n FROM shanhou.source');
    expect(rows[0].n).toBe(0);
  });

  test('numbers evidence entries without gaps, runs of leaves included', async () => {
    await one.saveReport('a', {}, [
      { kind: 'plan.compiled', at: AT, body: { a: 1 } },
      { kind: 'dispositions.final', at: AT, body: {}, leaves: 11 },
    ]);
    await one.saveReport('b', {}, [{ kind: 'evidence.sealed', at: AT, body: {} }]);
    expect((await one.outbox()).map((e) => [e.position, e.firstLeaf, e.leaves])).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 11],
      [3, 13, 1],
    ]);
  });

  test('writes nothing of a transaction whose evidence cannot be written', async () => {
    await expect(one.saveReport('broken', {}, [{ kind: 'plan.compiled', at: AT, body: { bad: undefined } }])).rejects.toThrow(/canonical/);
    expect(await one.report('broken')).toBeNull();
  });

  test('tells a second process that the case is being changed, and lets it go on reading', async () => {
    const other = await openDatabase({ dataFolder: folder, databaseUrl: null });
    try {
      const same = await caseDirectory(other).open('ONE');
      const lock = await one.lock();
      await expect(same.lock()).rejects.toMatchObject({ code: 'case-busy' });
      expect((await same.record()).code).toBe('ONE');
      await lock.release();
      await (await same.lock()).release();
    } finally {
      await other.close();
    }
  });

  test('a finished chunk stays finished when an intent arrives late', async () => {
    await one.intendChunk({ dataset: 'd', first: 0, last: 9, count: 10 });
    await one.finishChunk({ dataset: 'd', first: 0, last: 9 }, { deleted: 10, anonymised: 0, exceptions: [] });
    await one.intendChunk({ dataset: 'd', first: 0, last: 9, count: 10 });
    expect(await one.chunk('d', 0)).toMatchObject({ state: 'done', deleted: 10 });
  });

  test('refuses a case code that is taken and names one that is not there', async () => {
    await expect(directory.create(newCase('ONE', 3), [])).rejects.toMatchObject({ code: 'case-exists' });
    await expect(directory.open('NONE')).rejects.toMatchObject({ code: 'case-not-found' });
  });

  test('refuses a data folder of a newer version', async () => {
    const newer = mkdtempSync(join(tmpdir(), 'shs-'));
    writeFileSync(join(newer, 'VERSION'), '99\n');
    await expect(openDatabase({ dataFolder: newer, databaseUrl: null })).rejects.toMatchObject({ code: 'newer-data-folder' });
    rmSync(newer, { recursive: true });
  });

  test('works on any PostgreSQL by its address', async () => {
    const cluster = await openCluster(join(folder, 'outside'));
    await cluster.ensureDatabase('elsewhere', 'somebody');
    const url = `postgres://somebody@/elsewhere?host=${encodeURIComponent(cluster.host)}`;
    const outside = await openDatabase({ dataFolder: folder, databaseUrl: url });
    const store = await caseDirectory(outside).create(newCase('OUT', 4), []);
    expect((await store.record()).company).toBe('Example Ltd');
    await outside.close();
    await cluster.close();
  });
});

describe('the embedded server', () => {
  const script = `
    import { openCluster } from ${JSON.stringify(fileURLToPath(new URL('../../src/store/cluster.ts', import.meta.url)))};
    const c = await openCluster(process.argv[1]);
    if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
    await c.close();`;
  const run = (path: string, mode: string, uid?: number) =>
    spawnSync(process.execPath, ['--conditions=source', '--input-type=module', '-e', script, path, mode], {
      encoding: 'utf8',
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });

  test('survives kill -9 of its parent, is attached to by the next, and stops with the last', () => {
    const path = join(folder, 'survivor');
    expect(run(path, 'die').signal).toBe('SIGKILL');
    expect(existsSync(join(path, 'data', 'postmaster.pid'))).toBe(true);
    const second = run(path, 'close');
    expect([second.status, second.stderr]).toEqual([0, '']);
    expect(existsSync(join(path, 'data', 'postmaster.pid'))).toBe(false);
  });

  test.skipIf(process.getuid?.() !== 0)('runs for a normal user too (only tried as root: others are normal users already)', () => {
    const path = mkdtempSync(join(tmpdir(), 'shn-'));
    chmodSync(path, 0o777);
    const result = run(join(path, 'c'), 'close', 65_534);
    expect([result.status, result.stderr]).toEqual([0, '']);
    rmSync(path, { recursive: true });
  });

  test('finds room for its socket when the path is too long for one', async () => {
    const path = join(folder, 'long'.repeat(40));
    const cluster = await openCluster(path);
    expect(Buffer.byteLength(cluster.host)).toBeLessThan(90);
    await cluster.close();
  });
});
