// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Eraser, openEraser, plantCanaries, removeCanaries } from '../../src/act/execute/index.ts';
import type { CrashPointName } from '../../src/model/crash-point.ts';
import type { Row } from '../../src/model/cell.ts';
import { type ThrowawayPostgres, startThrowawayPostgres } from '../support/throwaway-postgres.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';
import { Killed, MemoryLedger, type Planned, chunkOf, datasetMap, run } from './fixture.ts';
import { type Store, maria, postgres, sqlite } from './row-stores.ts';

const SCHEMA = `
  CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT, phone TEXT, born DATE);
  CREATE TABLE visits (id BIGINT PRIMARY KEY, person BIGINT REFERENCES people (id), note TEXT);
  CREATE TABLE cards (id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE, no TEXT);
  CREATE TABLE items (id BIGINT PRIMARY KEY, visit BIGINT, sku TEXT, remark TEXT NOT NULL, n INTEGER NOT NULL, on_day DATE NOT NULL);
  CREATE TABLE strict_items (id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES people (id), sku TEXT);
  CREATE TABLE pairs (a BIGINT, b VARCHAR(20), v TEXT, PRIMARY KEY (a, b));
  CREATE TABLE logins (phone TEXT, at TEXT, ok INTEGER);
`;
const PEOPLE = ['id', 'name', 'phone', 'born'];

let server: ThrowawayPostgres;
let mariadb: ThrowawayMariadb | null = null;
let folder: string;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  if (hasMariadb()) mariadb = await startThrowawayMariadb();
  folder = mkdtempSync(join(tmpdir(), 'shanhou-erase-'));
});
afterAll(async () => {
  await server?.stop();
  await mariadb?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const person = (n: number): Row => [String(n), `张三${n}`, `1380000${String(n).padStart(4, '0')}`, '1990-05-06'];

const STORES = [
  { label: 'PostgreSQL', open: () => postgres(server), here: true, keepsSilently: true },
  { label: 'SQLite', open: () => sqlite(folder), here: true, keepsSilently: true },
  {
    label: 'MariaDB (skipped only where mariadbd is not installed)',
    open: () => maria(mariadb!),
    here: hasMariadb(),
    keepsSilently: false,
  },
];

for (const { label, open, here, keepsSilently } of STORES)
  describe.skipIf(!here)(`erasing rows in ${label}`, () => {
    let store: Store;
    let eraser: Eraser;
    const people = (more = {}) => datasetMap(store.source.name, `${store.schema}people`, more);
    const ids = async (table = 'people') => (await store.sql(`SELECT id FROM ${table} ORDER BY id`)).map(([id]) => Number(id));
    const chunkOfPeople = (from: number, to: number, disposition?: Planned['disposition']) =>
      chunkOf(
        people(),
        Array.from({ length: to - from + 1 }, (_, n) => ({
          key: [String(from + n)],
          row: person(from + n),
          ...(disposition ? { disposition } : {}),
        })),
        from,
      );

    beforeEach(async () => {
      store = await open();
      for (const statement of SCHEMA.split(';').filter((s) => s.trim())) await store.sql(statement);
      await store.sql(
        `INSERT INTO people VALUES ${[1, 2, 3, 4, 5, 6, 7, 8]
          .map(
            (n) =>
              `(${person(n)
                .map((c) => `'${c}'`)
                .join(',')})`,
          )
          .join(',')}`,
      );
      eraser = await openEraser(store.source, store.secret);
    });
    afterEach(async () => {
      await eraser.close();
      await store.close();
    });

    const erase = (chunk = chunkOfPeople(1, 4), more: object = {}) => run({ eraser, map: people(), columns: PEOPLE, chunk, ...more });

    test('exactly the planned rows are deleted, and points are passed in order', async () => {
      const points: string[] = [];
      expect(await erase(undefined, { crash: (p: string) => points.push(p) })).toEqual({ deleted: 4, anonymised: 0, exceptions: [] });
      expect(await ids()).toEqual([5, 6, 7, 8]);
      expect(points).toEqual(['execute.intent-recorded', 'execute.source-committed', 'execute.outcome-recorded']);
    });

    test('a chunk that is done is not touched again', async () => {
      const ledger = new MemoryLedger();
      const first = await erase(undefined, { ledger });
      await store.sql(
        `INSERT INTO people VALUES (${person(2)
          .map((c) => `'${c}'`)
          .join(',')})`,
      );
      expect(await erase(undefined, { ledger })).toEqual(first);
      expect(await ids()).toEqual([2, 5, 6, 7, 8]);
    });

    test('a record that changed or vanished since the plan is left alone and the rest goes on', async () => {
      await store.sql(`UPDATE people SET phone = '13900000000' WHERE id = 2`);
      await store.sql('DELETE FROM people WHERE id = 3');
      expect(await erase()).toEqual({
        deleted: 2,
        anonymised: 0,
        exceptions: [
          { index: 2, outcome: 'drifted', detail: 'content-changed' },
          { index: 3, outcome: 'vanished', detail: 'absent-without-intent' },
        ],
      });
      expect(await ids()).toEqual([2, 5, 6, 7, 8]);
    });

    test('an archive record that the vault has not verified is not deleted', async () => {
      const result = await erase(chunkOfPeople(1, 4, 'archive'), { archived: (index: number) => index !== 3 });
      expect(result).toEqual({ deleted: 3, anonymised: 0, exceptions: [{ index: 3, outcome: 'blocked', detail: 'archive-not-verified' }] });
      expect(await ids()).toEqual([3, 5, 6, 7, 8]);
    });

    test('records that others still point to are blocked by name and the rest goes on', async () => {
      await store.sql(`INSERT INTO visits VALUES (10, 2, 'a'), (11, 4, 'b')`);
      const result = await erase(chunkOfPeople(1, 8));
      expect(result.deleted).toBe(6);
      expect(result.exceptions.map((e) => [e.index, e.outcome])).toEqual([
        [2, 'blocked'],
        [4, 'blocked'],
      ]);
      expect(result.exceptions[0]?.detail).toMatch(/visits.person/);
      expect(await ids()).toEqual([2, 4]);
    });

    test('a cascade may not carry away rows of another dataset', async () => {
      await store.sql(`INSERT INTO cards VALUES (20, 3, 'x')`);
      const result = await erase();
      expect(result.exceptions).toMatchObject([{ index: 3, outcome: 'blocked' }]);
      expect(await ids('cards')).toEqual([20]);
      expect(await ids()).toEqual([3, 5, 6, 7, 8]);
    });

    if (keepsSilently) {
      test('a trigger that keeps rows makes them refused, and switched off by IT it does not', async () => {
        await store.sql(store.softDelete);
        const result = await erase();
        expect(result).toEqual({
          deleted: 2,
          anonymised: 0,
          exceptions: [2, 4].map((index) => ({ index, outcome: 'refused', detail: 'delete-had-no-effect' })),
        });
        const again = await openEraser(store.source, store.secret);
        try {
          const map = people({ disableTriggers: [store.softTrigger] });
          expect(await run({ eraser: again, map, columns: PEOPLE, chunk: chunkOfPeople(5, 8) })).toMatchObject({
            deleted: 4,
            exceptions: [],
          });
        } finally {
          await again.close();
        }
        expect(await store.sql('SELECT id, name FROM people ORDER BY id')).toEqual([
          ['2', '张三2'],
          ['4', '张三4'],
        ]);
        const third = await erase(chunkOf(people(), [{ key: ['2'], row: person(2) }], 90));
        expect(third.exceptions).toMatchObject([{ outcome: 'refused' }]);
      });
    } else {
      test('a trigger that nobody can switch off in a session refuses by name, and blocks where IT wants it off', async () => {
        await store.sql(store.softDelete);
        const refused = { outcome: 'refused', detail: 'trigger people_soft raised-45000' };
        expect(await erase()).toEqual({ deleted: 2, anonymised: 0, exceptions: [2, 4].map((index) => ({ index, ...refused })) });
        const later = async () => {
          const again = await openEraser(store.source, store.secret);
          const map = people({ disableTriggers: [store.softTrigger] });
          const result = await run({ eraser: again, map, columns: PEOPLE, chunk: chunkOfPeople(5, 8) });
          await again.close();
          return result;
        };
        const blocked = await later();
        expect(blocked.exceptions.map((e) => [e.index, e.outcome])).toEqual([5, 6, 7, 8].map((index) => [index, 'blocked']));
        expect(blocked.exceptions[0]?.detail).toContain('people_soft');
        expect(await ids()).toEqual([2, 4, 5, 6, 7, 8]);
        await store.sql(`DROP TRIGGER ${store.softTrigger}`);
        expect(await later()).toMatchObject({ deleted: 4, exceptions: [] });
      });
    }

    test.each<CrashPointName>(['execute.intent-recorded', 'execute.source-committed', 'execute.outcome-recorded'])(
      'a run killed at %s converges',
      async (dieAt) => {
        const ledger = new MemoryLedger();
        await expect(erase(undefined, { ledger, dieAt })).rejects.toThrow(Killed);
        expect(await ids()).toEqual(dieAt === 'execute.intent-recorded' ? [1, 2, 3, 4, 5, 6, 7, 8] : [5, 6, 7, 8]);
        const result = await erase(undefined, { ledger });
        expect(await ids()).toEqual([5, 6, 7, 8]);
        const inferred = dieAt === 'execute.source-committed';
        expect(result.deleted).toBe(inferred ? 0 : 4);
        expect(result.exceptions.map((e) => e.outcome)).toEqual(inferred ? Array<string>(4).fill('deleted-inferred') : []);
      },
    );

    test('a composite key finds its rows', async () => {
      await store.sql(`INSERT INTO pairs VALUES (1, 'a', 'x'), (1, 'b', 'y'), (2, 'a', NULL)`);
      const map = datasetMap(store.source.name, `${store.schema}pairs`, { key: ['a', 'b'] });
      const chunk = chunkOf(map, [
        { key: ['1', 'b'], row: ['1', 'b', 'y'] },
        { key: ['2', 'a'], row: ['2', 'a', null] },
      ]);
      expect((await run({ eraser, map, columns: ['a', 'b', 'v'], chunk })).deleted).toBe(2);
      expect(await store.sql('SELECT a, b FROM pairs')).toEqual([['1', 'a']]);
    });

    const LOGIN: Row = ['13800000001', '2026-05-01 10:00:00', '1'];
    const OTHER: Row = ['13800000002', '2026-05-01 10:00:00', '1'];
    const logins = () => datasetMap(store.source.name, `${store.schema}logins`, { key: [] });
    const fill = async (rows: readonly Row[]) => {
      for (const row of rows) await store.sql(`INSERT INTO logins VALUES (${row.map((c) => `'${c}'`).join(',')})`);
    };

    test('in a table without key exactly the planned number of identical rows goes', async () => {
      await fill([LOGIN, LOGIN, OTHER, LOGIN]);
      const chunk = chunkOf(logins(), [
        { key: [], row: LOGIN },
        { key: [], row: LOGIN },
        { key: [], row: OTHER },
      ]);
      expect(await run({ eraser, map: logins(), columns: ['phone', 'at', 'ok'], chunk })).toMatchObject({ deleted: 3, exceptions: [] });
      expect(await store.sql('SELECT * FROM logins')).toEqual([LOGIN]);
      const rest = chunkOf(
        logins(),
        [
          { key: [], row: LOGIN },
          { key: [], row: LOGIN },
        ],
        100,
      );
      expect(await run({ eraser, map: logins(), columns: ['phone', 'at', 'ok'], chunk: rest })).toMatchObject({
        deleted: 1,
        exceptions: [{ index: 101, outcome: 'vanished' }],
      });
    });

    test.each<CrashPointName>(['execute.intent-recorded', 'execute.source-committed'])(
      'without key a run killed at %s never deletes an identical row twice',
      async (dieAt) => {
        await fill([LOGIN, LOGIN, LOGIN, OTHER]);
        const chunk = chunkOf(logins(), [
          { key: [], row: LOGIN },
          { key: [], row: OTHER },
        ]);
        const args = { eraser, map: logins(), columns: ['phone', 'at', 'ok'], chunk, ledger: new MemoryLedger() };
        await expect(run({ ...args, dieAt })).rejects.toThrow(Killed);
        const again = await openEraser(store.source, store.secret);
        try {
          const result = await run({ ...args, eraser: again });
          expect(result.deleted + result.exceptions.filter((e) => e.outcome === 'deleted-inferred').length).toBe(2);
        } finally {
          await again.close();
        }
        expect(await store.sql('SELECT * FROM logins')).toEqual([LOGIN, LOGIN]);
      },
    );

    const ITEM_COLUMNS = ['id', 'visit', 'sku', 'remark', 'n', 'on_day'];
    const items = () => datasetMap(store.source.name, `${store.schema}items`, { anonymiseTo: ['sku'] });
    const ITEM: Row = ['1', '77', 'SKU-1', '请打电话', '3', '2025-07-08'];

    test('an anonymised row keeps what may stay, and columns that may not be null get a neutral value', async () => {
      await store.sql(`INSERT INTO items VALUES (${ITEM.map((c) => `'${c}'`).join(',')})`);
      const chunk = chunkOf(items(), [{ key: ['1'], row: ITEM, disposition: 'anonymise' }]);
      const ledger = new MemoryLedger();
      await expect(run({ eraser, map: items(), columns: ITEM_COLUMNS, chunk, ledger, dieAt: 'execute.source-committed' })).rejects.toThrow(
        Killed,
      );
      expect(await store.sql('SELECT * FROM items')).toEqual([['1', null, 'SKU-1', '', '0', '2025-01-01']]);
      expect(await run({ eraser, map: items(), columns: ITEM_COLUMNS, chunk, ledger })).toEqual({
        deleted: 0,
        anonymised: 1,
        exceptions: [],
      });
    });

    test('a row that changed is not anonymised', async () => {
      await store.sql(`INSERT INTO items VALUES (${ITEM.map((c) => `'${c}'`).join(',')})`);
      await store.sql(`UPDATE items SET n = 4`);
      const chunk = chunkOf(items(), [{ key: ['1'], row: ITEM, disposition: 'anonymise' }]);
      expect((await run({ eraser, map: items(), columns: ITEM_COLUMNS, chunk })).exceptions).toMatchObject([{ outcome: 'drifted' }]);
      expect(await store.sql('SELECT n, remark FROM items')).toEqual([['4', '请打电话']]);
    });

    test('a reference that may not be null blocks anonymising, with the remedy', async () => {
      await store.sql(`INSERT INTO strict_items VALUES (1, 2, 'SKU')`);
      const map = datasetMap(store.source.name, `${store.schema}strict_items`, { anonymiseTo: ['sku'] });
      const chunk = chunkOf(map, [{ key: ['1'], row: ['1', '2', 'SKU'], disposition: 'anonymise' }]);
      const result = await run({ eraser, map, columns: ['id', 'person', 'sku'], chunk });
      expect(result.exceptions).toMatchObject([{ index: 0, outcome: 'blocked' }]);
      expect(result.exceptions[0]?.detail).toContain('allow NULL');
      expect(await store.sql('SELECT person FROM strict_items')).toEqual([['2']]);
    });

    test('other columns than in the inventory stop the dataset', async () => {
      await store.sql('ALTER TABLE people ADD COLUMN extra TEXT');
      await expect(erase()).rejects.toMatchObject({ code: 'dataset-differs' });
      expect((await ids()).length).toBe(8);
    });

    test('canaries are planted once however often, and taken away', async () => {
      const points: string[] = [];
      for (const _ of [1, 2]) await plantCanaries(eraser, ['19900000001', 'canary@canary.example'], (p) => points.push(p));
      expect(await store.sql('SELECT as_varchar, as_digits FROM shanhou_canary')).toEqual([
        ['19900000001', '19900000001'],
        ['canary@canary.example', null],
      ]);
      await removeCanaries(eraser, (p) => points.push(p));
      await removeCanaries(eraser, () => undefined);
      await expect(store.sql('SELECT * FROM shanhou_canary')).rejects.toThrow();
      expect(points).toEqual(['canary.planted', 'canary.planted', 'canary.removed']);
    });
  });
