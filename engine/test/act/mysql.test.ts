// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEraser } from '../../src/act/execute/index.ts';
import { openProbe, searchResidue } from '../../src/act/verify/index.ts';
import { openReader } from '../../src/find/connect/index.ts';
import type { Row } from '../../src/model/cell.ts';
import type { DatasetMap } from '../../src/model/data-map.ts';
import type { PlannedRecord } from '../../src/model/planned.ts';
import type { Source } from '../../src/model/source.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';
import { Killed, MemoryLedger, chunkOf, datasetMap, run } from './fixture.ts';

describe.skipIf(!hasMariadb())('what is peculiar to MySQL (skipped only where mariadbd is not installed)', () => {
  let server: ThrowawayMariadb;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    server = await startThrowawayMariadb(['--innodb-lock-wait-timeout=1']);
    folder = mkdtempSync(join(tmpdir(), 'shanhou-mysql-'));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const database = async (...statements: readonly string[]) => {
    const name = await server.createDatabase(`act${++count}`);
    for (const statement of statements) await server.sql(`SET sql_mode = ''; ${statement}`, name);
    return name;
  };
  const sourceOf = (name?: string): Source => ({ name: 'members', kind: 'mysql', locator: server.locator(name), credentials: {} });

  /** All rows of a table as the reader sees them. */
  async function readAll(source: Source, dataset: string): Promise<{ columns: string[]; key: readonly string[]; rows: Row[] }> {
    const reader = await openReader(source, 'root:');
    try {
      const { columns, key } = await reader.shape(dataset);
      const rows: Row[] = [];
      for await (const batch of reader.scan(dataset, 1000)) rows.push(...batch.map(({ row }) => row));
      return { columns: columns.map(({ name }) => name), key, rows };
    } finally {
      await reader.close();
    }
  }

  /** Erases `rows` (all of the table by default) as the reader saw them. */
  async function erase(
    source: Source,
    dataset: string,
    more: {
      rows?: readonly Row[];
      map?: Partial<DatasetMap>;
      disposition?: PlannedRecord['disposition'];
      ledger?: MemoryLedger;
      dieAt?: 'execute.source-committed';
    } = {},
  ) {
    const seen = await readAll(source, dataset);
    const map = datasetMap(source.name, dataset, { key: seen.key, ...more.map });
    const at = map.key.map((name) => seen.columns.indexOf(name));
    const planned = (more.rows ?? seen.rows).map((row) => ({
      key: at.map((n) => row[n] ?? null),
      row,
      ...(more.disposition ? { disposition: more.disposition } : {}),
    }));
    const eraser = await openEraser(source, 'root:');
    try {
      return await run({
        eraser,
        map,
        columns: seen.columns,
        chunk: chunkOf(map, planned),
        ...(more.ledger ? { ledger: more.ledger } : {}),
        dieAt: more.dieAt,
      });
    } finally {
      await eraser.close();
    }
  }

  const ALL_TYPES = `d date, dt datetime(6), ts timestamp NULL, y year, t time, de decimal(38,10), f float, do double, b bit(10), bl blob, vb varbinary(8),
    j json, u varchar(40), g varchar(40) CHARACTER SET gbk, e enum('是','否'), s set('a','b'), z int(6) zerofill, gen int AS (1 + 1) STORED, uu uuid, ip inet6, p point`;
  const VALUES = [
    `('0000-00-00', '1899-12-31 23:59:59.123456', '2026-01-01 00:30:00', 2024, '-838:59:59', -1234567890123456789012345678.0123456789, 1.1, 0.1,
      b'1000000001', x'00ff10', '', '{"a": "😀"}', '😀𠅤 张', '张三', '是', 'a,b', 42, '123e4567-e89b-12d3-a456-426655440000', '2001:db8::1', ST_GeomFromText('POINT(1 2)'))`,
    `('9999-12-31', '0000-00-00', '0000-00-00', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, '', NULL, NULL, NULL, NULL)`,
  ];
  const INSERTED = 'd, dt, ts, y, t, de, f, do, b, bl, vb, j, u, g, e, s, z, uu, ip, p';

  test('reader, eraser and probe state every type alike, with key and without', async () => {
    const name = await database(
      `CREATE TABLE keyed (id int PRIMARY KEY AUTO_INCREMENT, ${ALL_TYPES})`,
      `CREATE TABLE keyless (${ALL_TYPES})`,
      ...['keyed', 'keyless'].map((table) => `INSERT INTO ${table} (${INSERTED}) VALUES ${VALUES.join(', ')}`),
    );
    const probe = await openProbe(sourceOf(name), 'root:');
    for (const table of ['keyed', 'keyless']) {
      const { columns, rows } = await readAll(sourceOf(name), table);
      const probed: Row[] = [];
      for await (const row of probe.rows(table)) probed.push(row);
      expect(await probe.columns(table)).toEqual(columns);
      expect(probed).toEqual(rows);
      expect(await erase(sourceOf(name), table)).toEqual({ deleted: 2, anonymised: 0, exceptions: [] });
      expect(await probe.countRows(table)).toBe(0);
    }
    await probe.close();
  });

  test.each([
    ['bigint unsigned', ['18446744073709551615', '18446744073709551614', '9007199254740993'], '18446744073709551615'],
    ['decimal(30,4)', ['12345678901234567890.1235', '12345678901234567890.1234'], '12345678901234567890.1234'],
    ['varbinary(16)', ["x'00ff'", "x'00fe'", "''"], '\\x00ff'],
    ['date', ["'0000-00-00'", "'1899-12-31'"], '0000-00-00'],
    ['timestamp', ["'2026-01-01 00:30:00'", "'2026-01-01 08:30:00'"], '2025-12-31 16:30:00+00'],
    ['varchar(20) CHARACTER SET gbk', ["'张三'", "'李四'"], '张三'],
    ['varchar(20)', ["'a\\\\b''c'", "'😀'", "'abc'"], "a\\b'c"],
    ["enum('甲','乙')", ["'甲'", "'乙'"], '乙'],
  ])('a key of type %s finds exactly its row', async (type, values, wanted) => {
    const name = await database(
      `CREATE TABLE t (k ${type} PRIMARY KEY, v int)`,
      `INSERT INTO t VALUES ${values.map((v) => `(${v}, 1)`).join(', ')}`,
    );
    const { rows } = await readAll(sourceOf(name), 't');
    const row = rows.find(([k]) => k === wanted)!;
    expect(await erase(sourceOf(name), 't', { rows: [row] })).toEqual({ deleted: 1, anonymised: 0, exceptions: [] });
    expect((await readAll(sourceOf(name), 't')).rows).toEqual(rows.filter((r) => r !== row));
  });

  test('a key that only resembles the planned one is another record', async () => {
    const name = await database('CREATE TABLE t (k varchar(20) PRIMARY KEY, v int)', "INSERT INTO t VALUES ('abc', 1)");
    const { rows } = await readAll(sourceOf(name), 't');
    await server.sql("UPDATE t SET k = 'ABC'", name);
    expect(await erase(sourceOf(name), 't', { rows })).toMatchObject({ deleted: 0, exceptions: [{ outcome: 'vanished' }] });
    expect(await server.sql('SELECT k FROM t', name)).toEqual([['ABC']]);
  });

  test('rows of one table that point to each other go children first, and a child that stays holds its parent', async () => {
    const name = await database(
      'CREATE TABLE t (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES t (id))',
      'INSERT INTO t VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (9, 4), (5, 5)',
    );
    const { rows } = await readAll(sourceOf(name), 't');
    const held = await erase(sourceOf(name), 't', { rows: rows.filter(([id]) => id !== '9') });
    expect(held.exceptions.map((e) => e.outcome)).toContain('blocked');
    expect((await server.sql('SELECT count(*) FROM t', name))[0]).toEqual([String(6 - held.deleted)]);
    expect(held.exceptions.find((e) => e.index === 4)?.detail).toContain('t(up)');
    expect(await erase(sourceOf(name), 't')).toMatchObject({ deleted: 5, exceptions: [{ outcome: 'blocked', detail: 't(up) t_ibfk_1' }] });
    // InnoDB does not delete a row that points to itself.
    expect(await server.sql('SELECT id FROM t', name)).toEqual([['5']]);
  });

  test('on a whole server a cascade into another database blocks, though the server checks no foreign keys by default', async () => {
    const parents = await database('CREATE TABLE p (id int PRIMARY KEY)', 'INSERT INTO p VALUES (1), (2)');
    const children = await database(
      `CREATE TABLE c (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES ${parents}.p (id) ON DELETE CASCADE)`,
      `CREATE TABLE r (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES ${parents}.p (id))`,
      'INSERT INTO c VALUES (10, 1)',
      'INSERT INTO r VALUES (11, 2)',
    );
    await server.sql('SET GLOBAL foreign_key_checks = 0');
    const result = await erase(sourceOf(), `${parents}.p`);
    await server.sql('SET GLOBAL foreign_key_checks = 1');
    expect(result).toMatchObject({ deleted: 0, exceptions: [{ outcome: 'blocked' }, { outcome: 'blocked' }] });
    expect(result.exceptions[0]?.detail).toContain('c(p)');
    expect(await server.sql(`SELECT id FROM ${children}.c`)).toEqual([['10']]);
  });

  test('an anonymised row keeps what may stay; a column that the server touches by itself is not touched', async () => {
    const name = await database(
      `CREATE TABLE t (id int PRIMARY KEY, sku varchar(9), changed timestamp NOT NULL DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP,
        name varchar(9) NOT NULL, born date NOT NULL, zero date NOT NULL, at datetime(3) NOT NULL, j json NOT NULL, pic blob NOT NULL, n decimal(9,2) NOT NULL,
        ok bit(1) NOT NULL, note text, twice int AS (id * 2) VIRTUAL)`,
      `INSERT INTO t (id, sku, name, born, zero, at, j, pic, n, ok, note) VALUES
        (1, 'S', '张', '1899-05-06', '0000-00-00', '2025-07-08 09:10:11.5', '{"a":1}', 'x', 1.5, 1, '备注')`,
    );
    const result = await erase(sourceOf(name), 't', { map: { anonymiseTo: ['sku', 'changed'] }, disposition: 'anonymise' });
    expect(result).toEqual({ deleted: 0, anonymised: 1, exceptions: [] });
    expect((await readAll(sourceOf(name), 't')).rows).toEqual([
      ['1', 'S', '2019-12-31 16:00:00+00', '', '1899-01-01', '0000-00-00', '2025-01-01 00:00:00.000', '{}', '\\x', '0.00', '0', null, '2'],
    ]);
    const keyless = await database('CREATE TABLE t (a int)', 'INSERT INTO t VALUES (1)');
    expect((await erase(sourceOf(keyless), 't', { map: { anonymiseTo: [] }, disposition: 'anonymise' })).exceptions).toMatchObject([
      { outcome: 'blocked', detail: expect.stringContaining('primary key') },
    ]);
  });

  describe('without transactions (MyISAM)', () => {
    const PEOPLE = Array.from({ length: 6 }, (_, n): Row => [String(n + 1), `1990000000${n + 1}`]);
    const people = (more: readonly string[] = []) =>
      database(
        'CREATE TABLE t (id int PRIMARY KEY, phone varchar(20)) ENGINE=MyISAM',
        `INSERT INTO t VALUES ${PEOPLE.map(([id, phone]) => `(${id}, '${phone}')`).join(', ')}`,
        ...more,
      );
    const left = (name: string) => server.sql('SELECT id FROM t ORDER BY id', name).then((rows) => rows.map(([id]) => Number(id)));

    test('only what equals is deleted, and a refusal half way is told row by row', async () => {
      const name = await people([
        "UPDATE t SET phone = 'new' WHERE id = 2",
        'DELETE FROM t WHERE id = 3',
        `CREATE TRIGGER keep5 BEFORE DELETE ON t FOR EACH ROW IF OLD.id = 5 THEN SIGNAL SQLSTATE '45000'; END IF`,
      ]);
      expect(await erase(sourceOf(name), 't', { rows: PEOPLE })).toEqual({
        deleted: 3,
        anonymised: 0,
        exceptions: [
          { index: 1, outcome: 'drifted', detail: 'content-changed' },
          { index: 2, outcome: 'vanished', detail: 'absent-without-intent' },
          { index: 4, outcome: 'refused', detail: 'trigger keep5 raised-45000' },
        ],
      });
      expect(await left(name)).toEqual([2, 5]);
    });

    test('a run that died between the deletion and its record converges', async () => {
      const name = await people();
      const ledger = new MemoryLedger();
      await expect(erase(sourceOf(name), 't', { rows: PEOPLE.slice(0, 4), ledger, dieAt: 'execute.source-committed' })).rejects.toThrow(
        Killed,
      );
      await server.sql(`INSERT INTO t VALUES (2, '19900000002')`, name);
      const result = await erase(sourceOf(name), 't', { rows: PEOPLE.slice(0, 4), ledger });
      expect(result.deleted).toBe(1);
      expect(result.exceptions.map((e) => [e.index, e.outcome])).toEqual([0, 2, 3].map((index) => [index, 'deleted-inferred']));
      expect(await left(name)).toEqual([5, 6]);
    });

    test('of identical rows without key exactly the planned number goes', async () => {
      const name = await database(
        'CREATE TABLE t (phone varchar(20), ok int) ENGINE=MyISAM',
        "INSERT INTO t VALUES ('a', 1), ('a', 1), ('b', 1), ('a', 1), ('a', NULL)",
      );
      expect(
        await erase(sourceOf(name), 't', {
          rows: [
            ['a', '1'],
            ['a', '1'],
            ['b', '1'],
          ],
        }),
      ).toMatchObject({ deleted: 3, exceptions: [] });
      expect(await server.sql('SELECT * FROM t ORDER BY ok', name)).toEqual([
        ['a', null],
        ['a', '1'],
      ]);
    });
  });

  test('a table that keeps its deleted rows as history is blocked, and the history is searched', async () => {
    const name = await database(
      'CREATE TABLE t (id int PRIMARY KEY, phone varchar(20)) WITH SYSTEM VERSIONING',
      "INSERT INTO t VALUES (1, '19900000001'), (2, '19900000002')",
      'DELETE FROM t WHERE id = 2',
    );
    expect((await erase(sourceOf(name), 't')).exceptions).toMatchObject([
      { outcome: 'blocked', detail: expect.stringContaining('versioning') },
    ]);
    const probe = await openProbe(sourceOf(name), 'root:');
    expect(await searchResidue({ probe, needles: new Set(['19900000002']), canaries: [] })).toMatchObject({
      hits: [{ dataset: 't FOR SYSTEM_TIME ALL', column: 'phone', rows: 1 }],
    });
    await probe.close();
  });

  test('identifiers are found in every column type with the canaries, and an account that may not see all makes it inconclusive', async () => {
    const name = await database(
      'CREATE TABLE a (id bigint, t text, j json, v varchar(80) CHARACTER SET gbk, b blob)',
      `INSERT INTO a VALUES (13800000001, '电话138-0000-0001。', '{"deep": [{"mail": "Old.Customer@Example.com"}]}', '证件:11010119900307123x', '13800000001')`,
    );
    const marks = ['canary-0a1b2c3d', 'canary.1@canary.example', '999000000000001'];
    const needles = new Set(['13800000001', 'old.customer@example.com', '11010119900307123X', '13900000009']);
    const eraser = await openEraser(sourceOf(name), 'root:');
    await eraser.plant(marks);
    const search = async (secret: string) => {
      const probe = await openProbe(sourceOf(name), secret);
      const report = await searchResidue({ probe, needles, canaries: marks });
      await probe.close();
      return report;
    };
    const report = await search('root:');
    expect(report).toMatchObject({ conclusive: true, canariesFound: 3, needlesFound: 3, unread: [] });
    expect(report.hits).toEqual(['id', 't', 'j', 'v', 'b'].map((column) => ({ dataset: 'a', column, rows: 1 })));
    await server.sql(`CREATE USER looker IDENTIFIED BY 'look'; GRANT SELECT ON ${name}.shanhou_canary TO looker`);
    expect(await search('looker:look')).toMatchObject({ conclusive: false, canariesFound: 3, hits: [] });
    await eraser.unplant();
    await eraser.close();
  });

  test('a row that somebody else holds is not waited for without end, and nothing is lost', async () => {
    const name = await database('CREATE TABLE t (id int PRIMARY KEY)', 'INSERT INTO t VALUES (1), (2)');
    const other = server.sql(
      'START TRANSACTION; UPDATE t SET id = 2 WHERE id = 2; SELECT id FROM t WHERE id = 2 FOR UPDATE; DO SLEEP(3); COMMIT',
      name,
    );
    await expect(erase(sourceOf(name), 't')).rejects.toMatchObject({ code: 'source-locked' });
    await other;
    expect(await erase(sourceOf(name), 't')).toMatchObject({ deleted: 2, exceptions: [] });
  });

  test.each([
    { arrived: true, outcomes: ['deleted-inferred', 'deleted-inferred'], deleted: 0 },
    { arrived: false, outcomes: [], deleted: 2 },
  ])('a connection that breaks at COMMIT (arrived: $arrived) is settled by reading again', async ({ arrived, outcomes, deleted }) => {
    const name = await database('CREATE TABLE t (id int PRIMARY KEY)', 'INSERT INTO t VALUES (1), (2), (3)');
    const path = join(folder, `proxy${count}`);
    const proxy = await breaksOnceAt('COMMIT', { path, to: server.socket, arrived });
    const source: Source = { ...sourceOf(name), locator: `mysql:///${name}?socket=${path}` };
    const result = await erase(source, 't', { rows: [['1'], ['2']] });
    proxy.close();
    expect(result.exceptions.map((e) => e.outcome)).toEqual(outcomes);
    expect(result.deleted).toBe(deleted);
    expect(await server.sql('SELECT id FROM t', name)).toEqual([['3']]);
  });
});

/** A socket in front of another one; the first client packet that holds `word` breaks the connection, after or before it was handed on. */
async function breaksOnceAt(word: string, how: { path: string; to: string; arrived: boolean }): Promise<Server> {
  let broken = false;
  const proxy = createServer((client) => {
    const behind = connect(how.to);
    client.on('error', () => undefined);
    behind.on('error', () => undefined);
    client.on('close', () => behind.destroy());
    behind.on('close', () => client.destroy());
    let silent = false;
    behind.on('data', (bytes) => {
      if (silent) client.destroy();
      else client.write(bytes);
    });
    client.on('data', (bytes) => {
      if (broken || bytes.subarray(5).toString('latin1') !== word) return void behind.write(bytes);
      broken = true;
      if (!how.arrived) return void client.destroy();
      silent = true;
      behind.write(bytes);
    });
  });
  await new Promise<void>((resolve) => void proxy.listen(how.path, resolve));
  return proxy;
}
