// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProbe, searchResidue } from '../../src/act/verify/index.ts';
import { type DatasetReader, inspectSource, openReader } from '../../src/find/connect/index.ts';
import { discover } from '../../src/find/discover/index.ts';
import type { Source } from '../../src/model/source.ts';
import { type ThrowawayPostgres, startThrowawayPostgres } from '../support/throwaway-postgres.ts';

/* What is peculiar to PostgreSQL; what all connectors do alike is in connectors.test.ts. */
let server: ThrowawayPostgres;
let client: pg.Client;
let reader: DatasetReader;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  const database = await server.createDatabase('shop');
  client = new pg.Client({ host: server.host, user: server.superuser, database });
  await client.connect();
  await client.query(`
    CREATE SCHEMA crm;
    CREATE TABLE crm.members (id int PRIMARY KEY, name text NOT NULL, phone text);
    COMMENT ON TABLE crm.members IS '会员';
    CREATE TABLE public.members (id int PRIMARY KEY, up int REFERENCES crm.members ON DELETE CASCADE);
    CREATE TABLE crm.orders (id int, member int, year int, amount numeric, note json, PRIMARY KEY (id, year)) PARTITION BY LIST (year);
    CREATE TABLE crm.orders_2024 PARTITION OF crm.orders FOR VALUES IN (2024);
    CREATE TABLE crm.orders_2025 PARTITION OF crm.orders FOR VALUES IN (2025);
    INSERT INTO crm.members VALUES (1, '测试一', '13900000001'), (2, '测试二', '13900000002');
    INSERT INTO crm.orders VALUES (1, 1, 2024, 10.50, '{"a":1}'), (2, 2, 2025, 7, NULL), (3, 2, 2025, 8, NULL);
    CREATE VIEW crm.named AS SELECT o.*, m.phone FROM crm.orders o JOIN crm.members m ON m.id = o.member;
    CREATE MATERIALIZED VIEW public.top AS SELECT phone, sum(amount) AS total, min(note::text)::json AS note FROM crm.named GROUP BY phone;
    CREATE MATERIALIZED VIEW public.first AS SELECT * FROM public.top LIMIT 1;
    CREATE MATERIALIZED VIEW public.never AS SELECT * FROM crm.members WITH NO DATA;
    CREATE TABLE crm.tickets (id int PRIMARY KEY, owner name, body text);
    ALTER TABLE crm.tickets ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON crm.tickets USING (owner = current_user);
    INSERT INTO crm.tickets VALUES (1, 'clerk', 'a'), (2, 'nobody', 'b');
    CREATE ROLE clerk LOGIN PASSWORD 'right';
    GRANT USAGE ON SCHEMA crm TO clerk;
    GRANT SELECT ON ALL TABLES IN SCHEMA crm, public TO clerk`);
  reader = await openReader(source(), `${server.superuser}:`);
});
afterAll(async () => {
  await reader?.close();
  await client?.end();
  await server?.stop();
});

const source = (): Source => ({ name: 'shop', kind: 'postgres', locator: server.locator('shop'), credentials: {} });
const all = async (dataset: string) => {
  const rows: unknown[] = [];
  for await (const part of reader.scan(dataset, 10)) rows.push(...part);
  return rows;
};

test('tables of several schemas have names of their own, and a partitioned one is read once, through its root', async () => {
  expect(await reader.datasets()).toEqual(['crm.members', 'crm.orders', 'crm.tickets', 'public.members']);
  expect(await reader.shape('crm.orders')).toMatchObject({ rows: 3, key: ['id', 'year'] });
  expect(await all('crm.orders')).toEqual([
    { key: ['1', '2024'], row: ['1', '1', '2024', '10.50', '{"a":1}'] },
    { key: ['2', '2025'], row: ['2', '2', '2025', '7', null] },
    { key: ['3', '2025'], row: ['3', '2', '2025', '8', null] },
  ]);
  expect((await reader.shape('public.members')).foreignKeys).toEqual([{ columns: ['up'], toDataset: 'crm.members', toColumns: ['id'] }]);
});

test('a materialised view is a copy of the tables it was made of, through views and other copies', async () => {
  expect(await reader.copies?.()).toEqual([
    { dataset: 'public.first', of: ['crm.members', 'crm.orders'], rows: 1 },
    { dataset: 'public.never', of: ['crm.members'], rows: 0 },
    { dataset: 'public.top', of: ['crm.members', 'crm.orders'], rows: 2 },
  ]);
  expect((await discover(reader)).copies).toHaveLength(3);
  expect((await reader.shape('crm.orders')).hazards).toEqual(
    expect.arrayContaining([
      { kind: 'partitioned', detail: 'crm.orders' },
      { kind: 'view', detail: 'public.top' },
    ]),
  );
});

test('a copy is found stale until somebody refreshes or drops it, and what it still holds is found', async () => {
  const probe = await openProbe(source(), `${server.superuser}:`);
  try {
    expect(await probe.staleCopies?.()).toEqual([]);
    await client.query('DELETE FROM crm.orders WHERE member = 2');
    expect(await probe.staleCopies?.()).toEqual([{ dataset: 'public.top', rows: 1 }]);
    const search = () => searchResidue({ probe, needles: new Set(['13900000002']), canaries: [] });
    expect((await search()).hits).toEqual(expect.arrayContaining([{ dataset: 'public.top', column: 'phone', rows: 1 }]));
    await client.query('REFRESH MATERIALIZED VIEW public.top; DROP MATERIALIZED VIEW public.first');
    expect(await probe.staleCopies?.()).toEqual([]);
    expect((await search()).hits).toEqual([{ dataset: 'crm.members', column: 'phone', rows: 1 }]);
    await client.query('REVOKE SELECT ON crm.members FROM clerk');
  } finally {
    await probe.close();
  }
  const half = await openProbe(source(), 'clerk:right');
  await client.query('CREATE MATERIALIZED VIEW public.secret AS SELECT name FROM crm.members; GRANT SELECT ON public.secret TO clerk');
  expect(await half.staleCopies?.()).toContainEqual({ dataset: 'public.secret', rows: null });
  await half.close();
});

test('row-level security is a warning, and an account that it would narrow is refused rather than given less', async () => {
  expect((await reader.shape('crm.tickets')).hazards).toEqual([{ kind: 'row-level-security', detail: 'enabled' }]);
  expect(await reader.count('crm.tickets')).toBe(2);
  const clerk = await openReader(source(), 'clerk:right');
  await expect(clerk.count('crm.tickets')).rejects.toMatchObject({ code: 'unreadable', details: { remedy: 'grant-bypass-row-security' } });
  const found = await discover(clerk);
  expect(found.failures).toContainEqual({ dataset: 'crm.tickets', code: 'unreadable', detail: '' });
  await clerk.close();
});

test('every value is the server’s own text', async () => {
  await client.query(`CREATE TABLE crm.v (id bigint PRIMARY KEY, d date, ts timestamptz, n numeric, f float8, b bytea, j jsonb, a text[], i interval, m money);
    INSERT INTO crm.v VALUES (9223372036854775807, '1899-12-31', '2026-01-01 00:30+08', 1234567890123456789012345678.0123456789, 0.1, '\\x00ff', '{"a": "测"}', '{"a,b",NULL}', '1 day 2 hours', 12.5),
      (1, 'infinity', '-infinity', 'NaN', '-Infinity', '', 'null', '{}', '-1 mon', NULL)`);
  const fresh = await openReader(source(), `${server.superuser}:`);
  const rows: (readonly (string | null)[])[] = [];
  for await (const part of fresh.scan('crm.v', 10)) rows.push(...part.map(({ row }) => row));
  expect(rows).toEqual([
    ['1', 'infinity', '-infinity', 'NaN', '-Infinity', '\\x', 'null', '{}', 'P-1M', null],
    [
      '9223372036854775807',
      '1899-12-31',
      '2025-12-31 16:30:00+00',
      '1234567890123456789012345678.0123456789',
      '0.1',
      '\\x00ff',
      '{"a": "测"}',
      '{"a,b",NULL}',
      'P1DT2H',
      '$12.50',
    ],
  ]);
  await fresh.close();
});

test('doctor says what the login may, and which tables live elsewhere', async () => {
  await client.query(
    'CREATE EXTENSION IF NOT EXISTS postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE crm.away (i int) SERVER far',
  );
  expect((await inspectSource(source(), 'clerk:right')).notes).toEqual(['foreign table crm.away is not read: add its server as a source']);
  expect((await inspectSource(source(), `${server.superuser}:`)).notes).toContain('the reading login may also write');
});
