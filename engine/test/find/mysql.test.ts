// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatasetReader, inspectSource, openReader } from '../../src/find/connect/index.ts';
import { connectMysqlReadOnly, mysqlRows } from '../../src/find/connect/mysql-open.ts';
import { discover } from '../../src/find/discover/index.ts';
import { legalDate } from '../../src/find/inventory/legal-date.ts';
import type { SourceRow, Source } from '../../src/model/source.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';

describe.skipIf(!hasMariadb())('reading MariaDB (skipped only where mariadbd is not installed)', () => {
  let server: ThrowawayMariadb;
  let reader: DatasetReader | null = null;

  beforeAll(async () => {
    server = await startThrowawayMariadb();
  });
  afterAll(async () => {
    await server?.stop();
  });

  const source = (database?: string): Source => ({ name: 'shop', kind: 'mysql', locator: server.locator(database), credentials: {} });
  const open = async (database?: string, secret = 'root:') => (reader = await openReader(source(database), secret));
  const rows = async (dataset: string, batch = 100) => {
    const out: SourceRow[] = [];
    for await (const part of reader!.scan(dataset, batch)) {
      expect(part.length).toBeLessThanOrEqual(batch);
      out.push(...part);
    }
    return out;
  };
  const database = async (name: string, ...statements: readonly string[]) => {
    await server.createDatabase(name);
    for (const statement of statements) await server.sql(`SET sql_mode = ''; ${statement}`, name);
    return name;
  };

  test('every value arrives as the text that the server states', async () => {
    await open(
      await database(
        'types',
        `CREATE TABLE v (id bigint unsigned PRIMARY KEY, d date, dt datetime(6), ts timestamp NULL, y year, t time, de decimal(38,10), do double,
          b1 bit(1), b bit(10), bl blob, vb varbinary(8), j json, u varchar(40), g varchar(40) CHARACTER SET gbk, e enum('是','否'), s set('a','b'),
          z int(6) zerofill, gen int AS (1 + 1) STORED, uu uuid, ip inet6, p point)`,
        `INSERT INTO v (id, d, dt, ts, y, t, de, do, b1, b, bl, vb, j, u, g, e, s, z, uu, ip, p) VALUES
          (18446744073709551615, '0000-00-00', '1899-12-31 23:59:59.123456', '2026-01-01 00:30:00', 2024, '-838:59:59',
           -1234567890123456789012345678.0123456789, 0.1, b'1', b'1000000001', x'00ff10', '', '{"a": "😀"}', '😀𠅤 张', '张三', '是', 'a,b', 42,
           '123e4567-e89b-12d3-a456-426655440000', '2001:db8::1', ST_GeomFromText('POINT(1 2)')),
          (1, '9999-12-31', '0000-00-00 00:00:00', '0000-00-00 00:00:00', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, '', NULL, NULL, NULL, NULL)`,
      ),
    );
    const [low, high] = await rows('v');
    expect(low).toEqual({
      key: ['1'],
      row: [
        '1',
        '9999-12-31',
        '0000-00-00 00:00:00.000000',
        '0000-00-00 00:00:00',
        '0000',
        ...Array<null>(8).fill(null),
        '',
        null,
        null,
        '',
        null,
        '2',
        null,
        null,
        null,
      ],
    });
    expect(high!.row).toEqual([
      '18446744073709551615',
      '0000-00-00',
      '1899-12-31 23:59:59.123456',
      '2025-12-31 16:30:00+00',
      '2024',
      '-838:59:59',
      '-1234567890123456789012345678.0123456789',
      '0.1',
      '1',
      '513',
      '\\x00ff10',
      '\\x',
      '{"a": "😀"}',
      '😀𠅤 张',
      '张三',
      '是',
      'a,b',
      '000042',
      '2',
      '123e4567-e89b-12d3-a456-426655440000',
      '2001:db8::1',
      '\\x000000000101000000000000000000f03f0000000000000040',
    ]);
    // Written at half past midnight in Shanghai: the legal day is the new year's, though UTC says the old one.
    expect(legalDate(high!.row[3]!)).toBe('2026-01-01');
    expect(legalDate(high!.row[1]!)).toBe('impossible');
    expect(await reader!.sample('v', 10)).toEqual([low!.row, high!.row]);
  });

  test('keys, links, comments and hazards are what the server declares', async () => {
    await database(
      'shapes',
      `CREATE TABLE people (id int PRIMARY KEY COMMENT '编号', name varchar(20) NOT NULL, born date) COMMENT '会员'`,
      `CREATE TABLE cards (a int, b varchar(10), person int, PRIMARY KEY (b, a), FOREIGN KEY (person) REFERENCES people (id) ON DELETE CASCADE)`,
      `CREATE TABLE old_log (phone varchar(20)) ENGINE=MyISAM`,
      `CREATE TABLE kept (id int PRIMARY KEY) WITH SYSTEM VERSIONING`,
      `CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3`,
      `CREATE TABLE rates (r double PRIMARY KEY)`,
      `CREATE VIEW adults AS SELECT name FROM people WHERE born < '2008-01-01'`,
      `CREATE TRIGGER people_copy BEFORE DELETE ON people FOR EACH ROW INSERT INTO old_log VALUES (OLD.name)`,
    );
    await open('shapes');
    expect(await reader!.datasets()).toEqual(['cards', 'kept', 'old_log', 'parts', 'people', 'rates']);
    const shape = (name: string) => reader!.shape(name);
    expect(await shape('people')).toMatchObject({
      comment: '会员',
      key: ['id'],
      columns: [
        { name: 'id', type: 'int(11)', comment: '编号', nullable: false },
        { name: 'name', type: 'varchar(20)', comment: null, nullable: false },
        { name: 'born', type: 'date', comment: null, nullable: true },
      ],
      hazards: [
        { kind: 'trigger', detail: 'people_copy' },
        { kind: 'view', detail: 'adults' },
        { kind: 'cascade', detail: 'cards(person) CASCADE' },
      ],
    });
    expect(await shape('cards')).toMatchObject({
      key: ['b', 'a'],
      foreignKeys: [{ columns: ['person'], toDataset: 'people', toColumns: ['id'] }],
      hazards: [],
    });
    const hazards = async (name: string) => (await shape(name)).hazards.map(({ kind }) => kind);
    expect(await hazards('old_log')).toEqual(['no-key', 'no-transaction']);
    expect(await hazards('kept')).toEqual(['versioned']);
    expect(await hazards('parts')).toEqual(['partitioned']);
    expect(await hazards('rates')).toEqual(['no-key']);
  });

  test('without a database the locator means the whole server, and names say which database', async () => {
    await database('one', 'CREATE TABLE t (id int PRIMARY KEY)', 'INSERT INTO t VALUES (1), (2), (3)');
    await database('two', 'CREATE TABLE t (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES one.t (id))');
    await open();
    expect(await reader!.datasets()).toEqual(expect.arrayContaining(['one.t', 'two.t']));
    expect((await reader!.datasets()).filter((name) => /^(?:mysql|sys|information_schema|performance_schema)\./.test(name))).toEqual([]);
    expect((await reader!.shape('two.t')).foreignKeys).toEqual([{ columns: ['up'], toDataset: 'one.t', toColumns: ['id'] }]);
    expect((await rows('one.t', 2)).map(({ key }) => key)).toEqual([['1'], ['2'], ['3']]);
    await open('two');
    expect((await reader!.shape('t')).foreignKeys[0]).toMatchObject({ toDataset: 'one.t' });
  });

  test('a sample is spread and the same each time, and a scan is one snapshot', async () => {
    await database(
      'many',
      'CREATE TABLE t (id int PRIMARY KEY, x varchar(20))',
      "INSERT INTO t SELECT seq, concat('x', seq) FROM seq_1_to_30000",
    );
    await open('many');
    const first = await reader!.sample('t', 100);
    expect(first.length).toBe(100);
    expect(await reader!.sample('t', 100)).toEqual(first);
    expect(Number(first.at(-1)![0])).toBeGreaterThan(25_000);
    let seen = 0;
    for await (const part of reader!.scan('t', 1000)) {
      if (seen === 0) await server.sql('DELETE FROM many.t WHERE id > 100');
      seen += part.length;
    }
    expect(seen).toBe(30_000);
    expect(await reader!.count('t')).toBe(100);
    for await (const part of reader!.scan('t', 10)) {
      expect(part.length).toBe(10);
      break;
    }
  });

  test('the connection cannot write, whatever the account may do', async () => {
    await database('locked', 'CREATE TABLE t (id int PRIMARY KEY)', 'CREATE TABLE m (id int) ENGINE=MyISAM', 'INSERT INTO t VALUES (1)');
    const client = await connectMysqlReadOnly(source('locked'), 'root:');
    for (const sql of ['DELETE FROM t', 'INSERT INTO m VALUES (1)', 'DROP TABLE t', 'CREATE TABLE x (i int)']) {
      await expect(mysqlRows(client, sql)).rejects.toMatchObject({ code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' });
    }
    client.destroy();
    expect(await server.sql('SELECT id FROM locked.t')).toEqual([['1']]);
  });

  test('what cannot be reached or read is an error with a remedy, never an empty result', async () => {
    await database('closed', 'CREATE TABLE a (id int)', 'CREATE TABLE b (id int)');
    await server.sql(`CREATE USER clerk IDENTIFIED BY 'right'; GRANT SELECT (id) ON closed.a TO clerk; GRANT INSERT ON closed.b TO clerk`);
    await expect(open('closed', 'clerk:wrong')).rejects.toMatchObject({ code: 'refused-login', details: { remedy: 'fix-credential' } });
    await expect(open('nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await expect(openReader({ ...source(), locator: 'mysql:///x?socket=/nowhere/s' }, 'root:')).rejects.toMatchObject({
      code: 'unreachable',
    });
    for (const locator of ['mysql://root:x@h/db', 'mysql:///db', 'postgres://h/db', 'mysql://h/db?charset=x']) {
      await expect(openReader({ ...source(), locator }, 'root:')).rejects.toMatchObject({ code: 'bad-locator' });
    }
    await open('closed', 'clerk:right');
    const found = await discover(reader!);
    expect(found.datasets.map(({ shape }) => shape.dataset)).toEqual(['a']);
    expect(found.failures).toEqual([{ dataset: 'b', code: 'unreadable', detail: '' }]);
    await reader!.close();
    await expect(reader!.datasets()).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('doctor learns version, and what the login may do and cannot see', async () => {
    expect(await inspectSource(source('one'), 'root:')).toMatchObject({
      kind: 'mysql',
      format: expect.stringMatching(/^MariaDB \d+\.\d+/),
      datasets: 1,
      notes: ['the reading login may also write'],
    });
    await server.sql(`CREATE USER looker IDENTIFIED BY 'look'; GRANT SELECT ON one.* TO looker`);
    expect((await inspectSource(source('one'), 'looker:look')).notes).toEqual(['the reading login may not see triggers: grant TRIGGER']);
  });
});
