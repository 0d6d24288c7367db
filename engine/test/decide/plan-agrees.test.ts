// SPDX-License-Identifier: Apache-2.0
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicable, loadPack } from '../../src/decide/law/index.ts';
import { compilePlan, evaluate } from '../../src/decide/plan/index.ts';
import { START_EVENTS } from '../../src/model/law.ts';
import { type World, type WorldRecord, datasetMap, idOf, world } from './plan-world.ts';

let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => db.closeSync());

const column = (event: string) => event.replaceAll(/[.-]/g, '_');
const text = (value: string | null | undefined) => (value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

/** The world as the views that a plan reads. */
async function load(records: readonly WorldRecord[]): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE records (idx BIGINT, dataset VARCHAR, role VARCHAR, pi BOOLEAN, minor BOOLEAN, ${START_EVENTS.map((e) => `${column(e)} DATE`).join(', ')});
    CREATE OR REPLACE TABLE subjects (idx BIGINT, subject BIGINT);
    CREATE OR REPLACE TABLE standing (subject BIGINT, ended BOOLEAN, cause VARCHAR, ended_on DATE, owed VARCHAR, conflicts VARCHAR);
    CREATE OR REPLACE TABLE holds (idx BIGINT, kind VARCHAR, approved BOOLEAN, until DATE)`);
  const rows = records.map(
    (r, i) => `(${i}, ${text(idOf(r.dataset))}, '${r.role}', ${r.pi}, ${r.minor}, ${START_EVENTS.map((e) => text(r.dates[e])).join(', ')})`,
  );
  await db.run(`INSERT INTO records VALUES ${rows.join(',')}`);
  await db.run(`INSERT INTO subjects VALUES ${records.map((r, i) => `(${i}, ${r.standing ? i + 1000 : 'NULL'})`).join(',')}`);
  const standings = records.flatMap((r, i) =>
    r.standing
      ? [
          `(${i + 1000}, ${r.standing.ended}, '${r.standing.cause}', ${text(r.standing.endedOn)}, ${text(JSON.stringify(r.standing.owed))}, ${text(JSON.stringify(r.standing.conflicts))})`,
        ]
      : [],
  );
  if (standings.length > 0) await db.run(`INSERT INTO standing VALUES ${standings.join(',')}`);
  const holds = records.flatMap((r, i) => r.holds.map((h) => `(${i}, '${h.kind}', ${h.approved}, ${text(h.until)})`));
  if (holds.length > 0) await db.run(`INSERT INTO holds VALUES ${holds.join(',')}`);
}

const compile = (w: World) =>
  compilePlan({
    facts: w.facts,
    rules: w.rules,
    applicable,
    successor: w.successor,
    holds: true,
    dataMap: { version: 1, datasets: w.datasets.map((d, i) => datasetMap(idOf(i), d.recordClass, d.anonymise)) },
  });

async function bySql(w: World): Promise<unknown[]> {
  await load(w.records);
  const result = await db.runAndReadAll(
    `SELECT idx, dataset, disposition, CAST(until AS VARCHAR) AS until, rules, reason, archive_class FROM (${compile(w)}) ORDER BY idx`,
  );
  return result.getRowObjectsJson().map((row) => ({ ...row, idx: Number(row['idx']) }));
}

function bySlowEvaluator(w: World): unknown[] {
  return w.records.map((r, i) => {
    const dataset = w.datasets[r.dataset]!;
    const d = evaluate({
      facts: w.facts,
      rules: w.rules,
      applicable,
      successor: w.successor,
      standing: r.standing,
      holds: r.holds,
      record: {
        index: i,
        class: dataset.recordClass,
        role: r.role,
        pi: r.pi,
        dates: r.dates,
        minor: r.minor,
        anonymise: dataset.anonymise,
        fields: [],
      },
    });
    const archive = d.disposition === 'archive' ? `${dataset.recordClass}-${d.until ?? 'permanent'}` : null;
    return {
      idx: i,
      dataset: idOf(r.dataset),
      disposition: d.disposition,
      until: d.until,
      rules: d.rules.join(','),
      reason: d.reason,
      archive_class: archive,
    };
  });
}

test('the SQL and the slow evaluator give every record of a random case the same end, and every reason is met', async () => {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(world(75), async (w) => {
      const expected = bySlowEvaluator(w) as { disposition: string; reason: string }[];
      expect(await bySql(w)).toEqual(expected);
      for (const e of expected) met.set(`${e.disposition} ${e.reason}`, (met.get(`${e.disposition} ${e.reason}`) ?? 0) + 1);
    }),
    { numRuns: 90, seed: 20261123 },
  );
  expect([...met.values()].reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(5_000);
  expect([...met.keys()].toSorted()).toEqual([
    'anonymise anonymise-chosen',
    'archive retention-running',
    'delete processor-return',
    'delete purpose-ended',
    'delete retention-expired',
    'delete service-ceased',
    'exclude no-personal-information',
    'exclude not-a-customer',
    'gap condition-unknown',
    'gap hold-not-approved',
    'gap no-period',
    'gap processor-return',
    'gap rule-unconfirmed',
    'gap standing-conflict',
    'gap standing-unknown',
    'gap start-date-missing',
    'gap successor',
    'gap unlinked',
    'handOver processor-return',
    'hold contract-running',
    'hold hold-approved',
    'hold objection',
    'hold obligation-owed',
    'transfer successor',
  ]);
});

test('same facts, same decision: order of records, of rules and a second run change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(world(60), async (w) => {
      const twice = { ...w, records: [...w.records, ...w.records], rules: w.rules.toReversed() };
      const rows = (await bySql(twice)) as { idx: number }[];
      const bare = (row: { idx: number }) => ({ ...row, idx: 0 });
      expect(rows.slice(60).map(bare)).toEqual(rows.slice(0, 60).map(bare));
      expect(rows.slice(0, 60)).toEqual(await bySql(w));
    }),
    { numRuns: 8, seed: 7 },
  );
});

test('a plan without a table of holds, a record of an unknown dataset, and a record of an unknown role', async () => {
  const [w] = fc.sample(world(3), { numRuns: 1, seed: 1 }) as [World];
  const plain = { ...w.records[0]!, dates: {}, standing: null, holds: [], role: 'customer' as const, pi: true, minor: null };
  await load([plain, { ...plain, dataset: 7 }, plain]);
  await db.run('UPDATE records SET role = NULL WHERE idx = 2');
  await db.run('DROP TABLE holds');
  const sql = compilePlan({
    facts: {
      sectors: ['retail-b2c'],
      route: 'liquidation',
      today: '2026-11-23',
      dissolution: '2026-08-31',
      role: 'controller',
      conditions: [],
      notConditions: [],
      confirmed: [],
      refused: [],
    },
    rules: loadPack(),
    applicable,
    dataMap: { version: 1, datasets: [datasetMap(idOf(plain.dataset === 7 ? 6 : plain.dataset), 'marketing', false)] },
  });
  await db.run(`UPDATE records SET dataset = ${text(idOf(plain.dataset === 7 ? 6 : plain.dataset))} WHERE idx <> 1`);
  const result = await db.runAndReadAll(`SELECT disposition, rules, reason FROM (${sql}) ORDER BY idx`);
  expect(result.getRowsJson()).toEqual([
    ['delete', 'pipl-47', 'service-ceased'],
    ['gap', '', 'no-rule'],
    ['gap', '', 'no-rule'],
  ]);
});

test('the worse of two standings of one record counts, and no record is given twice', async () => {
  const [w] = fc.sample(world(1), { numRuns: 1, seed: 3 }) as [World];
  const plain = { ...w.records[0]!, dates: {}, standing: null, holds: [], role: 'customer' as const, pi: true, minor: null };
  await load([plain]);
  await db.run(`UPDATE subjects SET subject = 1; INSERT INTO subjects VALUES (0, 2);
    INSERT INTO standing VALUES (1, true, 'performed', NULL, '[]', '[]'), (2, false, 'running', NULL, '[]', '[]')`);
  const facts = { ...w.facts, role: 'controller' as const };
  const sql = compilePlan({
    facts,
    rules: loadPack(),
    applicable,
    dataMap: { version: 1, datasets: [datasetMap(idOf(plain.dataset), 'marketing', false)] },
  });
  const result = await db.runAndReadAll(`SELECT disposition, reason FROM (${sql})`);
  expect(result.getRowsJson()).toEqual([['hold', 'contract-running']]);
});
