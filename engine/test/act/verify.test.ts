// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Workbook } from '@cj-tech-master/excelts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEraser } from '../../src/act/execute/index.ts';
import { type ExpectedRecord, compareDataset, openProbe, searchResidue, smallGroups } from '../../src/act/verify/index.ts';
import { fingerprintRow } from '../../src/kit/index.ts';
import type { Row } from '../../src/model/cell.ts';
import type { Source } from '../../src/model/source.ts';
import { type ThrowawayPostgres, startThrowawayPostgres } from '../support/throwaway-postgres.ts';
import { INVENTORY_KEY, datasetMap } from './fixture.ts';

let server: ThrowawayPostgres;
let folder: string;
let database: string;
let client: pg.Client;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  folder = mkdtempSync(join(tmpdir(), 'shanhou-verify-'));
  database = await server.createDatabase('verify');
  client = new pg.Client({ host: server.host, user: server.superuser, database });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const postgres = (): Source => ({ name: 'orders', kind: 'postgres', locator: server.locator(database), credentials: {} });

function sqlite(name: string, sql: string): Source {
  const path = join(folder, name);
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  return { name: 'crm', kind: 'sqlite', locator: path, credentials: {} };
}

async function search(
  source: Source,
  secret: string | null,
  needles: readonly string[],
  canaries: readonly string[],
  names: readonly string[] = [],
) {
  const probe = await openProbe(source, secret);
  try {
    return await searchResidue({ probe, needles: new Set(needles), canaries, names: new Set(names) });
  } finally {
    await probe.close();
  }
}

const MARKS = ['canary-0a1b2c3d', 'canary.1@canary.example', '999000000000001'];

test('identifiers are found in every column type of PostgreSQL, in JSON and free text, however they are written', async () => {
  await client.query(`CREATE TABLE a (id bigint, t text, j jsonb, v varchar(80), b bytea, d date)`);
  const texts = ['电话138-0000-0001。', '+86 138 0000 0001', '１３８０００００００１', 'x86 13800000001y', '(138)0000-0001'];
  for (const [n, text] of texts.entries()) await client.query('INSERT INTO a (id, t) VALUES ($1, $2)', [n, text]);
  await client.query(`INSERT INTO a (j) VALUES ('{"deep": [{"mail": "Old.Customer@Example.com"}]}')`);
  await client.query(`INSERT INTO a (v) VALUES ('证件:11010119900307123x')`);
  await client.query(`INSERT INTO a (id) VALUES (13800000001)`);
  await client.query(`INSERT INTO a (b) VALUES (convert_to('13800000001', 'UTF8'))`);
  await client.query(`INSERT INTO a (t) VALUES ('订单 9138000000012'), ('张三丰'), (' 张三 ')`);
  const eraser = await openEraser(postgres(), `${server.superuser}:`);
  await eraser.plant(MARKS);
  const needles = ['13800000001', 'old.customer@example.com', '11010119900307123X', '13900000009'];
  const report = await search(postgres(), `${server.superuser}:`, needles, MARKS, ['张三']);
  expect(report).toMatchObject({ conclusive: true, canariesFound: 3, needlesFound: 3, unread: [] });
  expect(report.hits).toEqual([
    { dataset: 'public.a', column: 'id', rows: 1 },
    { dataset: 'public.a', column: 't', rows: texts.length + 1 },
    { dataset: 'public.a', column: 'j', rows: 1 },
    { dataset: 'public.a', column: 'v', rows: 1 },
    { dataset: 'public.a', column: 'b', rows: 1 },
  ]);
  await eraser.unplant();
  await eraser.close();
  expect(await search(postgres(), `${server.superuser}:`, needles, MARKS)).toMatchObject({ conclusive: false, canariesFound: 0 });
});

test('rows that row-level security hides make the search inconclusive', async () => {
  await client.query(`CREATE TABLE hidden (t text); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; INSERT INTO hidden VALUES ('13800000001');
    CREATE ROLE looker LOGIN PASSWORD 'look'; GRANT SELECT ON hidden TO looker; CREATE TABLE closed (t text);
    CREATE TABLE marks (t text); GRANT SELECT ON marks TO looker; INSERT INTO marks VALUES ('canary-0a1b2c3d')`);
  const report = await search(postgres(), 'looker:look', ['13800000001'], ['canary-0a1b2c3d']);
  expect(report).toMatchObject({ canariesFound: 1, conclusive: false });
  expect(report.unread).toEqual(expect.arrayContaining(['public.hidden', 'public.closed']));
});

test('files are searched with their canary beside them, and an xlsx down to its comments and its orphaned texts', async () => {
  const csv: Source = { name: 'list', kind: 'files', locator: join(folder, 'list.csv'), credentials: {} };
  writeFileSync(csv.locator, '姓名,备注\n甲,手机13800000001\n');
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('表');
  sheet.addRow(['姓名', '数']);
  sheet.addRow(['乙', 13800000001]);
  sheet.getCell('A2').note = '原号 13800000002';
  const xlsx: Source = { name: 'leads', kind: 'files', locator: join(folder, 'leads.xlsx'), credentials: {} };
  await workbook.xlsx.writeFile(xlsx.locator);
  for (const source of [csv, xlsx]) {
    const eraser = await openEraser(source, null);
    await eraser.plant(MARKS);
    const report = await search(source, null, ['13800000001', '13800000002'], MARKS);
    expect(report).toMatchObject({ conclusive: true, canariesFound: 3, needlesFound: source === csv ? 1 : 2 });
    await eraser.unplant();
    expect((await search(source, null, ['13800000001'], MARKS)).conclusive).toBe(false);
  }
});

async function* expecting(records: readonly ExpectedRecord[]): AsyncGenerator<ExpectedRecord> {
  for (const record of records) yield await Promise.resolve(record);
}

const record = (index: number, row: Row, more: Partial<ExpectedRecord> = {}): ExpectedRecord => ({
  index,
  key: [row[0] ?? null],
  occurrence: 0,
  fingerprint: fingerprintRow(INVENTORY_KEY, row),
  ...more,
});

test('a table is compared row by row: missing, changed, unexpected and not anonymised are told apart', async () => {
  const source = sqlite(
    'compare.db',
    `CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, sku TEXT); INSERT INTO t VALUES (1,'甲','a'),(2,'乙','b'),(3,NULL,'c'),(4,'丁','d'),(9,'新','e')`,
  );
  const probe = await openProbe(source, null);
  const map = datasetMap('crm', 't', { anonymiseTo: ['sku'] });
  const expectedKept = expecting([
    record(10, ['1', '甲', 'a']),
    record(11, ['2', 'old', 'b']),
    record(12, ['3', '丙', 'c'], { anonymised: true }),
    record(13, ['4', '丁', 'd'], { anonymised: true }),
    record(14, ['5', '戊', 'e']),
  ]);
  expect(await compareDataset({ probe, map, expectedKept, inventoryKey: INVENTORY_KEY })).toEqual({
    count: 5,
    expected: 5,
    missing: [14],
    changed: [11, 13],
    unexpected: 1,
  });
  await probe.close();
});

test('without key, rows are compared by content and number', async () => {
  const source = sqlite('nokey.db', `CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x','1'),('x','1'),('y','2')`);
  const probe = await openProbe(source, null);
  const map = datasetMap('crm', 't', { key: [] });
  const expectedKept = expecting([record(0, ['x', '1']), record(1, ['z', '3'])]);
  expect(await compareDataset({ probe, map, expectedKept, inventoryKey: INVENTORY_KEY })).toEqual({
    count: 3,
    expected: 2,
    missing: [1],
    changed: [],
    unexpected: 2,
  });
  await probe.close();
});

test('small groups count what stayed of anonymised rows only', async () => {
  const rows = [...Array.from({ length: 5 }, (_, n) => `(${n + 1}, NULL, 'common')`), `(6, NULL, 'rare')`, `(7, 'held', 'other')`];
  const source = sqlite(
    'groups.db',
    `CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, sku TEXT); INSERT INTO t VALUES ${rows.join(',')}`,
  );
  const probe = await openProbe(source, null);
  expect(await smallGroups({ probe, map: datasetMap('crm', 't', { anonymiseTo: ['sku'] }), k: 5 })).toBe(1);
  await probe.close();
});

test('a source that does not answer is an error, not an empty result', async () => {
  const gone: Source = { name: 'gone', kind: 'postgres', locator: `postgres:///x?host=${folder}`, credentials: {} };
  await expect(openProbe(gone, 'a:b')).rejects.toMatchObject({ code: 'source-unreachable' });
  await expect(openProbe({ ...gone, kind: 'sqlite', locator: join(folder, 'none.db') }, null)).rejects.toMatchObject({
    code: 'source-unreachable',
  });
});
