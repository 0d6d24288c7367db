// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import { classifyDatasets } from '../src/find/classify/index.ts';
import { openReader } from '../src/find/connect/index.ts';
import { discover, inferLinks } from '../src/find/discover/index.ts';
import { type ThrowawayPostgres, startThrowawayPostgres } from '../test/support/throwaway-postgres.ts';

const TABLES = 700;
const SMALL_ROWS = 1_500;
const LARGE = 20;

/** The data map of a server of 700 tables and ten million rows: time and memory, against one plain count of every table. */
export async function benchMap(): Promise<{ name: string; ours: string; baseline: string; ratio: string; note: string }> {
  const rows = Math.round(10_000_000 * Number(process.env['SHANHOU_BENCH_SCALE'] ?? '1'));
  const server = await startThrowawayPostgres();
  try {
    await server.createDatabase('estate');
    const client = new pg.Client({ host: server.host, user: server.superuser, database: 'estate' });
    await client.connect();
    client.on('error', () => undefined);
    await fill(client, rows);
    const counted = performance.now();
    for (let t = 0; t < TABLES; t++) await client.query(`SELECT count(*) FROM ${tableName(t)}`);
    const bare = (performance.now() - counted) / 1000;
    await client.end();
    return await mapped(server, rows, bare);
  } finally {
    await server.stop();
  }
}

async function mapped(server: ThrowawayPostgres, rows: number, bare: number) {
  const start = performance.now();
  const reader = await openReader(
    { name: 'estate', kind: 'postgres', locator: server.locator('estate'), credentials: {} },
    `${server.superuser}:none`,
  );
  const found = await discover(reader);
  await reader.close();
  const read = (performance.now() - start) / 1000;
  const links = inferLinks([found]);
  const linked = (performance.now() - start) / 1000;
  const map = classifyDatasets([found], links);
  const ours = (performance.now() - start) / 1000;
  const customers = map.filter((d) => d.role === 'customer').length;
  const right = map.filter((d) => d.role === 'customer' && d.links[0]?.to.endsWith('crm_member')).length;
  return {
    name: `map ${TABLES} tables, ${rows.toLocaleString('en-US')} rows`,
    ours: `${ours.toFixed(1)} s (read ${read.toFixed(1)}, links ${(linked - read).toFixed(1)}, classify ${(ours - linked).toFixed(1)})`,
    baseline: `${bare.toFixed(1)} s (count of every table)`,
    ratio: (ours / bare).toFixed(2),
    note: `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; ${customers} tables of customers, ${right} of them linked to the members`,
  };
}

const tableName = (t: number) =>
  t === 0 ? 'crm_member' : `m${t % 30}_${['order', 'record', 'detail', 'product', 'setting', 'coupon'][t % 6]!}_${t}`;

/** Table 0 are the members; two in six of the others point to them; every table has a dozen columns. */
async function fill(client: pg.Client, rows: number): Promise<void> {
  const large = Math.floor((rows - (TABLES - LARGE) * SMALL_ROWS) / LARGE);
  for (let t = 0; t < TABLES; t++) {
    const n = Math.max(10, t < LARGE ? large : Math.min(SMALL_ROWS, Math.round(rows / TABLES)));
    const own =
      t === 0 || t % 6 < 2
        ? `, receiver_name text, receiver_phone text, receiver_address text, member_id bigint`
        : `, title text, code text, brand text, owner bigint`;
    await client.query(
      `CREATE UNLOGGED TABLE ${tableName(t)} (id bigint PRIMARY KEY, no text, status int, amount numeric(10,2), note text, create_time timestamp, update_time timestamp, remark text ${own})`,
    );
    await client.query(`INSERT INTO ${tableName(t)} SELECT i, 'N' || (i * 7919 + ${t}), i % 5, i % 1000, 'note ' || i, timestamp '2024-01-01' + i * interval '1 second',
      timestamp '2024-01-02' + i * interval '1 second', NULL, ${t === 0 || t % 6 < 2 ? `'测试' || chr(19968 + (i % 900)::int), '139' || lpad(i::text, 8, '0'), '江苏省南京市鼓楼区虚构路' || i || '号', 1 + i % ${Math.max(10, large)}` : `'title ' || i, 'C' || i, 'brand', i % 7`}
      FROM generate_series(1::bigint, ${n}) i`);
  }
}
