// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { executeChunk, openEraser } from '../src/act/execute/index.ts';
import { openReader } from '../src/find/connect/index.ts';
import { fingerprintRow } from '../src/kit/index.ts';
import type { DatasetMap } from '../src/model/data-map.ts';
import type { PlannedRecord } from '../src/model/planned.ts';
import { openCluster } from '../src/store/index.ts';

const CHUNK = 1_000;

/** Delete-only on PostgreSQL by the whole protocol (content compared, looked at again) against bare primary-key-range deletes of the same chunk. */
export async function benchDelete(): Promise<{ name: string; ours: string; baseline: string; ratio: string; note: string }> {
  const rows = Math.max(CHUNK, Math.round(200_000 * Number(process.env['SHANHOU_BENCH_SCALE'] ?? '1')));
  const folder = mkdtempSync(join(tmpdir(), 'shb-'));
  const cluster = await openCluster(join(folder, 'pg'));
  try {
    await cluster.ensureDatabase('bench', 'bench');
    const client = new pg.Client({ host: cluster.host, user: 'bench', database: 'bench' });
    await client.connect();
    for (const table of ['bare', 'ours']) {
      await client.query(`CREATE TABLE ${table} (id bigint PRIMARY KEY, name text, phone text, address text, at timestamp)`);
      await client.query(
        `INSERT INTO ${table} SELECT g, 'name ' || g, '1390' || g, 'road ' || (g % 997), timestamp '2024-01-01' + g * interval '1 minute' FROM generate_series(1, ${rows}) g`,
      );
      await client.query(`ANALYZE ${table}`);
    }
    const bareStart = performance.now();
    for (let from = 1; from <= rows; from += CHUNK) await client.query('DELETE FROM bare WHERE id >= $1 AND id < $2', [from, from + CHUNK]);
    const bare = rows / ((performance.now() - bareStart) / 1000);
    await client.end();
    const ours = await deleteOurs(cluster.host, rows);
    return {
      name: `delete only, PostgreSQL, ${rows.toLocaleString('en-US')} rows`,
      ours: `${Math.round(ours).toLocaleString('en-US')} rows/s`,
      baseline: `${Math.round(bare).toLocaleString('en-US')} rows/s (bare key ranges of ${CHUNK})`,
      ratio: (ours / bare).toFixed(2),
      note: 'ours compares every row with its fingerprint, commits per chunk, and looks again over another connection; ledger in memory',
    };
  } finally {
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deleteOurs(host: string, rows: number): Promise<number> {
  const source = {
    name: 'bench',
    kind: 'postgres',
    locator: `postgres:///bench?host=${encodeURIComponent(host)}`,
    credentials: {},
  } as const;
  const key = new Uint8Array(32).fill(1);
  const reader = await openReader(source, 'bench:x');
  const records: PlannedRecord[] = [];
  let columns: string[] = [];
  try {
    columns = (await reader.shape('public.ours')).columns.map((c) => c.name);
    for await (const batch of reader.scan('public.ours', 5_000)) {
      for (const r of batch)
        records.push({
          index: records.length,
          key: r.key,
          occurrence: 0,
          fingerprint: fingerprintRow(key, r.row),
          disposition: 'delete',
          archiveClass: null,
        });
    }
  } finally {
    await reader.close();
  }
  if (records.length !== rows) throw new Error(`read ${records.length} of ${rows}`);
  const map: DatasetMap = {
    id: 'bench/public.ours',
    source: 'bench',
    dataset: 'public.ours',
    role: 'customer',
    recordClass: 'order',
    key: ['id'],
    links: [],
    clocks: {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: null,
    rows,
    confidence: 1,
    evidence: [],
    fields: columns.map((name) => ({ name, type: 'text', category: null, sensitivity: 'none', confidence: 1, evidence: [] })),
  };
  const eraser = await openEraser(source, 'bench:x');
  const ledger = { read: async () => null, intend: async () => undefined, finish: async () => undefined };
  const start = performance.now();
  let deleted = 0;
  try {
    for (let at = 0; at < rows; at += CHUNK) {
      const part = records.slice(at, at + CHUNK);
      const chunk = { dataset: map.id, first: part[0]!.index, last: part.at(-1)!.index, records: part };
      deleted += (
        await executeChunk({ chunk, map, columns, eraser, ledger, inventoryKey: key, archived: () => false, crash: () => undefined })
      ).deleted;
    }
  } finally {
    await eraser.close();
  }
  if (deleted !== rows) throw new Error(`deleted ${deleted} of ${rows}`);
  return rows / ((performance.now() - start) / 1000);
}
