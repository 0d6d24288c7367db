// SPDX-License-Identifier: Apache-2.0
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { executeChunk, openEraser } from '../src/act/execute/index.ts';
import { InFlight, archiveChunk, newArchiveIdentity } from '../src/act/vault/index.ts';
import { openReader } from '../src/find/connect/index.ts';
import { fingerprintRow } from '../src/kit/index.ts';
import type { Row } from '../src/model/cell.ts';
import type { DatasetMap } from '../src/model/data-map.ts';
import type { PlannedRecord } from '../src/model/planned.ts';
import type { Source } from '../src/model/source.ts';
import { type MariadbServer, openMariadb } from '../src/sample/index.ts';

const CHUNK = 1_000;
/** A disk that others use too makes single rounds differ by half. */
const ROUNDS = 3;
const KEY = new Uint8Array(32).fill(1);
const run = promisify(execFile);

interface Measured {
  name: string;
  ours: string;
  baseline: string;
  ratio: string;
  note: string;
}

/** Archive, read back and delete on MariaDB by the whole protocol against pt-archiver, which writes a plain file and deletes in bulk. */
export async function benchMariadb(): Promise<Measured> {
  const rows = Math.max(CHUNK, Math.round(100_000 * Number(process.env['SHANHOU_BENCH_SCALE'] ?? '1')));
  const name = `archive + verify + delete, MariaDB, ${rows.toLocaleString('en-US')} rows`;
  const skipped = (why: string): Measured => ({ name, ours: 'skipped', baseline: 'skipped', ratio: 'skipped', note: `skipped: ${why}` });
  if (spawnSync('pt-archiver', ['--version']).status !== 0) return skipped('no pt-archiver on this machine (percona-toolkit)');
  const folder = mkdtempSync(join(tmpdir(), 'shb-'));
  const server = await openMariadb(join(folder, 'mariadb'));
  if (server === null) return skipped('no mariadbd on this machine (mariadb-server)');
  try {
    // As a server is when nobody turned its settings down: the sample's own syncs nothing.
    await server.run('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
    await server.run('CREATE DATABASE bench DEFAULT CHARACTER SET utf8mb4');
    await server.run('USE bench');
    const rounds: { ours: number; theirs: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const table of ['bare', 'ours']) await fill(server, table, rows);
      rmSync(join(folder, 'archive'), { recursive: true, force: true });
      const theirs = await archiveTheirs(server.socket, folder, rows);
      rounds.push({ ours: await archiveOurs(server.socket, folder, rows), theirs });
    }
    const { ours, theirs } = rounds.toSorted((a, b) => a.ours / a.theirs - b.ours / b.theirs)[Math.floor(ROUNDS / 2)]!;
    return {
      name,
      ours: `${Math.round(ours).toLocaleString('en-US')} rows/s`,
      baseline: `${Math.round(theirs).toLocaleString('en-US')} rows/s (pt-archiver --bulk-delete --file, ${CHUNK} a time)`,
      ratio: (ours / theirs).toFixed(2),
      note: `median of ${ROUNDS} rounds (${rounds.map((r) => (r.ours / r.theirs).toFixed(2)).join(', ')}); ours encrypts, syncs and reads back every file, compares every row with its fingerprint and looks again; ledger in memory`,
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(server: MariadbServer, table: string, rows: number): Promise<void> {
  await server.run(`DROP TABLE IF EXISTS bench.${table}`);
  await server.run(
    `CREATE TABLE bench.${table} (id bigint PRIMARY KEY, name varchar(40), phone varchar(20), address varchar(80), at datetime)`,
  );
  await server.run(`INSERT INTO bench.${table} SELECT seq, CONCAT('name ', seq), CONCAT('1390', seq), CONCAT('road ', seq % 997),
    '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_${rows}`);
  await server.run(`ANALYZE TABLE bench.${table}`);
}

async function archiveTheirs(socket: string, folder: string, rows: number): Promise<number> {
  const source = `S=${socket},u=root,D=bench,t=bare,A=utf8mb4`;
  const options = ['--where', '1=1', '--file', join(folder, '%D.%t'), '--bulk-delete', '--limit', String(CHUNK), '--commit-each'];
  const start = performance.now();
  await run('pt-archiver', ['--source', source, ...options, '--no-safe-auto-increment', '--no-check-charset', '--no-version-check']);
  return rows / ((performance.now() - start) / 1000);
}

async function archiveOurs(socket: string, folder: string, rows: number): Promise<number> {
  const locator = `mysql:///bench?socket=${encodeURIComponent(socket)}`;
  const source: Source = { name: 'bench', kind: 'mysql', locator, credentials: {} };
  const reader = await openReader(source, 'root:');
  const eraser = await openEraser(source, 'root:');
  const { identity, recipient } = await newArchiveIdentity();
  try {
    const { columns } = await reader.shape('ours');
    const names = columns.map((column) => column.name);
    const map = mapOf(names, rows);
    const records: PlannedRecord[] = [];
    for await (const batch of reader.scan('ours', 5_000))
      for (const { key, row } of batch) records.push(recordOf(records.length, key, row));
    if (records.length !== rows) throw new Error(`read ${records.length} of ${rows}`);
    const ledger = { read: async () => null, intend: async () => undefined, finish: async () => undefined };
    const crash = () => undefined;
    const start = performance.now();
    let deleted = 0;
    // As the journey does: everything is archived and read back before anything is deleted.
    const verified = new Set<number>();
    const writing = new InFlight();
    let at = 0;
    for await (const batch of reader.scan('ours', CHUNK)) {
      const found = new Map(batch.map(({ row }, n) => [at + n, row]));
      const part = records.slice(at, at + batch.length);
      const chunk = { dataset: map.id, first: at, last: at + batch.length - 1, records: part };
      const vault = { folder: join(folder, 'archive'), archiveClass: 'bench', columns, kept: names, recipient, identity, crash };
      await writing.start(async () => {
        for (const index of (await archiveChunk({ ...vault, chunk, rows: found })).verified) verified.add(index);
      });
      at += batch.length;
    }
    await writing.end();
    for (at = 0; at < rows; at += CHUNK) {
      const part = records.slice(at, at + CHUNK);
      const chunk = { dataset: map.id, first: at, last: at + part.length - 1, records: part };
      const archived = (index: number) => verified.has(index);
      deleted += (await executeChunk({ chunk, map, columns: names, eraser, ledger, inventoryKey: KEY, archived, crash })).deleted;
    }
    if (deleted !== rows) throw new Error(`deleted ${deleted} of ${rows}`);
    return rows / ((performance.now() - start) / 1000);
  } finally {
    await reader.close();
    await eraser.close();
  }
}

function recordOf(index: number, key: Row, row: Row): PlannedRecord {
  return { index, key, occurrence: 0, fingerprint: fingerprintRow(KEY, row), disposition: 'archive', archiveClass: 'bench' };
}

function mapOf(names: readonly string[], rows: number): DatasetMap {
  return {
    id: 'bench/ours',
    source: 'bench',
    dataset: 'ours',
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
    fields: names.map((name) => ({ name, type: 'text', category: null, sensitivity: 'none', confidence: 1, evidence: [] })),
  };
}
