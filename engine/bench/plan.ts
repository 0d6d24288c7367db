// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { applicable, conditionsOf, loadPack } from '../src/decide/law/index.ts';
import { compilePlan } from '../src/decide/plan/index.ts';
import type { CaseFacts } from '../src/model/case.ts';
import type { DatasetMap } from '../src/model/data-map.ts';
import { type RecordClass, START_EVENTS } from '../src/model/law.ts';

const CLASSES: readonly RecordClass[] = ['account', 'order', 'order', 'invoice', 'payment', 'log', 'contract', 'marketing'];
const RECORDS = 20_000_000;

/**
 * The plan over generated records (Parquet, as in a case) against a bare DuckDB join of the same files: records ⟕ rule lookup ⟕ holds.
 * Both write their result to Parquet, with 1 GB of memory. `records` defaults to 20 million times SHANHOU_BENCH_SCALE.
 */
export async function benchPlan(
  records = Math.max(10_000, Math.round(RECORDS * Number(process.env['SHANHOU_BENCH_SCALE'] ?? 1))),
): Promise<{
  name: string;
  ours: string;
  baseline: string;
  ratio: string;
  note: string;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'shanhou-bench-plan-'));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', temp_directory: join(folder, 'spill') });
  const db = await instance.connect();
  try {
    await generate(db, folder, records);
    const write = (sql: string) => timed(() => db.run(`COPY (${sql}) TO '${join(folder, 'out.parquet')}' (FORMAT parquet)`));
    const plan = planSql();
    const [ours, baseline, withSubjects]: number[][] = [[], [], []];
    for (let round = 0; round < 3; round++) {
      baseline!.push(await write(BARE_JOIN));
      ours!.push(await write(plan));
      withSubjects!.push(await write(BARE_JOIN_WITH_SUBJECTS));
    }
    const seconds = (runs: number[] | undefined) => runs!.toSorted((a, b) => a - b)[1]!;
    return {
      name: `plan ${records} records`,
      ours: `${seconds(ours).toFixed(2)} s (${million(records / seconds(ours))} records/s)`,
      baseline: `${seconds(baseline).toFixed(2)} s`,
      ratio: (seconds(ours) / seconds(baseline)).toFixed(2),
      note: `median of 3, memory_limit 1GB; a bare join that also meets subjects and standing takes ${seconds(withSubjects).toFixed(2)} s`,
    };
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
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
    records: `SELECT i AS idx, 'crm/d' || (i // ${perDataset}) AS dataset, CASE WHEN i % 97 = 0 THEN 'staff' ELSE 'customer' END AS role, i % 31 <> 0 AS pi,
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

function planSql(): string {
  const rules = loadPack();
  const conditions = ['consumer', 'network-operator', 'invoice-issuer', 'prepaid'];
  const facts: CaseFacts = {
    sectors: ['retail-b2c', 'e-commerce-seller'],
    route: 'liquidation',
    today: '2026-11-23',
    dissolution: '2026-08-31',
    role: 'controller',
    conditions,
    notConditions: conditionsOf(rules).filter((c) => !conditions.includes(c)),
    confirmed: ['acct-t1', 'acct-t4'],
    refused: [],
    region: null,
    userCount: null,
  };
  const datasets = CLASSES.map((recordClass, i): DatasetMap => ({
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
  }));
  return compilePlan({ facts, rules, applicable, dataMap: { version: 1, datasets }, holds: true });
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

function million(n: number): string {
  return `${(n / 1e6).toFixed(1)} M`;
}
