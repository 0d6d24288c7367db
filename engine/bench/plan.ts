// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { applicable, conditionsOf, loadPack } from '../src/decide/law/index.ts';
import { compilePlan } from '../src/decide/plan/index.ts';
import { openInventory } from '../src/find/inventory/index.ts';
import { explainOne } from '../src/journey/explain.ts';
import type { CaseFacts } from '../src/model/case.ts';
import type { DataMap, DatasetMap } from '../src/model/data-map.ts';
import { type RecordClass, START_EVENTS } from '../src/model/law.ts';

const CLASSES: readonly RecordClass[] = ['account', 'order', 'order', 'invoice', 'payment', 'log', 'contract', 'marketing'];
const RECORDS = 20_000_000;
const MAP: DataMap = { version: 1, datasets: CLASSES.map(datasetOf) };
const RULES = loadPack();
const FACTS = facts();

/**
 * The plan over generated records (Parquet, as in a case) against a bare DuckDB join of the same files: records ⟕ rule lookup ⟕ holds.
 * Both write their result to Parquet, with 1 GB of memory. A tenth of the records tells the growth; then single records are explained.
 * `records` defaults to 20 million times SHANHOU_BENCH_SCALE.
 */
export async function benchPlan(
  records = Math.max(10_000, Math.round(RECORDS * Number(process.env['SHANHOU_BENCH_SCALE'] ?? 1))),
): Promise<{ name: string; ours: string; baseline: string; ratio: string; note: string }> {
  const tenth = await measure(Math.ceil(records / 10));
  const { ours, baseline, withSubjects, explained, memory } = await measure(records);
  const peak = process.resourceUsage().maxRSS / 1024;
  return {
    name: `plan ${records} records`,
    ours: `${ours.toFixed(2)} s (${million(records / ours)} records/s)`,
    baseline: `${baseline.toFixed(2)} s`,
    ratio: (ours / baseline).toFixed(2),
    note: [
      `median of 3, memory_limit 1GB; DuckDB kept ${memory.toFixed(0)} MB at most, the process ${peak.toFixed(0)} MB at its peak`,
      `a bare join that also meets subjects and standing takes ${withSubjects.toFixed(2)} s`,
      `a tenth of the records: ${tenth.ours.toFixed(2)} s against ${tenth.baseline.toFixed(2)} s; ten times as many take ${(ours / tenth.ours).toFixed(1)} times as long`,
      `one record explained: median ${middle(explained.took).toFixed(1)} ms, slowest of ${explained.took.length} ${Math.max(...explained.took).toFixed(1)} ms; ${explained.cpu.toFixed(1)} ms of the processor on average`,
    ].join('\n  '),
  };
}

interface Measured {
  /** Seconds, median of three. */
  readonly ours: number;
  readonly baseline: number;
  readonly withSubjects: number;
  /** Milliseconds each, and of the processor on average: what another load on the machine does not lengthen. */
  readonly explained: { readonly took: readonly number[]; readonly cpu: number };
  /** MB that the engine held after each run, the most of them. */
  readonly memory: number;
}

async function measure(records: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'shanhou-bench-plan-'));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', temp_directory: join(folder, 'spill') });
  const db = await instance.connect();
  try {
    await generate(db, folder, records);
    const write = (sql: string, name: string) =>
      timed(() => db.run(`COPY (${sql}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`));
    const plan = compilePlan({ facts: FACTS, rules: RULES, applicable, dataMap: MAP, holds: true });
    const [ours, baseline, withSubjects, memory]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round < 3; round++) {
      baseline.push(await write(BARE_JOIN, 'bare'));
      ours.push(await write(plan, 'plan'));
      memory.push(await held(db));
      withSubjects.push(await write(BARE_JOIN_WITH_SUBJECTS, 'bare'));
    }
    const explained = await explainSome(folder, records);
    return { ours: middle(ours), baseline: middle(baseline), withSubjects: middle(withSubjects), explained, memory: Math.max(...memory) };
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Explains records all over the inventory, as `plan explain` does once the case is open. */
async function explainSome(folder: string, records: number): Promise<Measured['explained']> {
  const segments = ['records', 'subjects', 'standing', 'plan'].map((kind) => ({ kind, path: `${kind}.parquet` }));
  const inventory = await openInventory({ folder, segments, memoryLimit: '600MB', threads: 1 });
  const holds = [{ kind: 'litigation' as const, matter: 'bench', approvedBy: 'legal-1', subject: 7, until: null }];
  const made = { map: MAP, facts: { ...FACTS, holds }, rules: RULES, inventoryKey: new Uint8Array(32) };
  try {
    await explainOne(inventory, made, 0, 'zh');
    const took: number[] = [];
    const { user, system } = process.cpuUsage();
    for (let n = 1; n <= 30; n++) {
      const index = (n * 7919 * 2_654_435) % records;
      took.push((await timed(() => explainOne(inventory, made, index, 'zh'))) * 1000);
    }
    const used = process.cpuUsage();
    return { took, cpu: (used.user + used.system - user - system) / 1000 / took.length };
  } finally {
    await inventory.close();
  }
}

async function held(db: DuckDBConnection): Promise<number> {
  const rows = await db.runAndReadAll('SELECT CAST(sum(memory_usage_bytes) AS DOUBLE) FROM duckdb_memory()');
  return Number(rows.getRows()[0]![0]) / 2 ** 20;
}

function middle(runs: readonly number[]): number {
  return runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]!;
}

const BARE_JOIN = `SELECT r.idx, r.dataset, l.disposition, CAST(r.fiscal_year_ended + to_years(l.years) AS DATE) AS until, l.rule, h.kind
  FROM records r LEFT JOIN lookup l ON l.dataset = r.dataset LEFT JOIN holds h ON h.idx = r.idx`;
const BARE_JOIN_WITH_SUBJECTS = `SELECT r.idx, r.dataset, l.disposition, CAST(r.fiscal_year_ended + to_years(l.years) AS DATE) AS until, l.rule, h.kind, t.cause
  FROM records r LEFT JOIN lookup l ON l.dataset = r.dataset LEFT JOIN holds h ON h.idx = r.idx
  LEFT JOIN subjects s ON s.idx = r.idx LEFT JOIN standing t ON t.subject = s.subject`;

/** Eight datasets, a subject for every ten records, one subject in fifty not plainly ended, one record in two thousand held. */
async function generate(db: DuckDBConnection, folder: string, records: number): Promise<void> {
  const perDataset = Math.ceil(records / CLASSES.length);
  const day = `DATE '2010-01-01' + CAST(hash(i) % 6000 AS INTEGER)`;
  const used = ['transaction.completed', 'invoice.issued', 'record.created', 'contract.ended'];
  const events = START_EVENTS.map((event) => {
    const sql = event === 'fiscal-year.ended' ? `make_date(year(${day}), 12, 31)` : used.includes(event) ? day : 'CAST(NULL AS DATE)';
    return `${sql} AS ${event.replaceAll(/[.-]/g, '_')}`;
  });
  const tables = {
    records: `SELECT i AS idx, 'crm/d' || (i // ${perDataset}) AS dataset, '["' || i || '"]' AS key, CAST(1 AS INTEGER) AS occ, CAST(NULL AS VARCHAR) AS fp,
      CAST(NULL AS VARCHAR) AS salt, CAST([] AS VARCHAR[]) AS ids, CAST(NULL AS VARCHAR) AS facts, CASE WHEN i % 97 = 0 THEN 'staff' ELSE 'customer' END AS role, i % 31 <> 0 AS pi,
      CASE WHEN i % 5 = 0 THEN i % 100 = 0 END AS minor, ${events.join(', ')} FROM range(${records}) t(i)`,
    subjects: `SELECT i AS idx, CASE WHEN i % 13 <> 0 THEN CAST(hash(i // 10) % ${Math.ceil(records / 10)} AS BIGINT) END AS subject FROM range(${records}) t(i)`,
    standing: `SELECT i AS subject, CASE WHEN i % 50 = 0 THEN false ELSE true END AS ended, CASE WHEN i % 50 = 0 THEN 'running' ELSE 'performed' END AS cause,
      CAST(NULL AS DATE) AS ended_on, '[]' AS owed, '[]' AS conflicts FROM range(${Math.ceil(records / 10)}) t(i)`,
    holds: `SELECT i * 2000 AS idx, 'litigation' AS kind, true AS approved, CAST(NULL AS DATE) AS until FROM range(${Math.floor(records / 2000)}) t(i)`,
    lookup: `SELECT 'crm/d' || i AS dataset, 'archive' AS disposition, 30 AS years, 'acct-t1' AS rule FROM range(${CLASSES.length}) t(i)`,
  };
  for (const [name, sql] of Object.entries(tables)) {
    const file = join(folder, `${name}.parquet`);
    await db.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
    await db.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet('${file}')`);
  }
}

function facts(): CaseFacts {
  const conditions = ['consumer', 'network-operator', 'invoice-issuer', 'prepaid'];
  return {
    sectors: ['retail-b2c', 'e-commerce-seller'],
    route: 'liquidation',
    today: '2026-11-23',
    dissolution: '2026-08-31',
    role: 'controller',
    conditions,
    notConditions: conditionsOf(RULES).filter((c) => !conditions.includes(c)),
    confirmed: ['acct-t1', 'acct-t4'],
    refused: [],
    region: null,
    userCount: null,
  };
}

function datasetOf(recordClass: RecordClass, i: number): DatasetMap {
  return {
    id: `crm/d${i}`,
    source: 'crm',
    dataset: `d${i}`,
    role: 'customer',
    recordClass,
    key: ['id'],
    fields: [],
    links: [],
    clocks: {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: i === 2 ? ['sku'] : null,
    rows: 0,
    confidence: 1,
    evidence: [],
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

function million(n: number): string {
  return `${(n / 1e6).toFixed(1)} M`;
}
