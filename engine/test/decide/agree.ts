// SPDX-License-Identifier: Apache-2.0
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect } from 'vitest';
import { applicable } from '../../src/decide/law/index.ts';
import { type EvaluateInput, type Evaluation, compilePlan, evaluate } from '../../src/decide/plan/index.ts';
import { START_EVENTS } from '../../src/model/law.ts';
import { type World, type WorldRecord, datasetMap, idOf, world } from './plan-world.ts';

/** Both statements of the plan's meaning over the same random cases. */

export const openDb = async (): Promise<DuckDBConnection> => (await DuckDBInstance.create(':memory:')).connect();

const column = (event: string) => event.replaceAll(/[.-]/g, '_');
export const text = (value: string | null | undefined) =>
  value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`;

/** The world as the views that a plan reads. */
export async function load(db: DuckDBConnection, records: readonly WorldRecord[]): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE records (idx BIGINT, dataset VARCHAR, role VARCHAR, pi BOOLEAN, minor BOOLEAN, ${START_EVENTS.map((e) => `${column(e)} DATE`).join(', ')});
    CREATE OR REPLACE TABLE subjects (idx BIGINT, subject BIGINT);
    CREATE OR REPLACE TABLE standing (subject BIGINT, ended BOOLEAN, cause VARCHAR, ended_on DATE, owed VARCHAR, conflicts VARCHAR);
    CREATE OR REPLACE TABLE holds (idx BIGINT, kind VARCHAR, approved BOOLEAN, until DATE)`);
  const events = Object.fromEntries(START_EVENTS.map((e) => [column(e), 'DATE']));
  await insert(
    db,
    'records',
    { idx: 'BIGINT', dataset: 'VARCHAR', role: 'VARCHAR', pi: 'BOOLEAN', minor: 'BOOLEAN', ...events },
    records.map(({ dataset, role, pi, minor, dates }, idx) => ({
      idx,
      dataset: idOf(dataset),
      role,
      pi,
      minor,
      ...Object.fromEntries(START_EVENTS.map((e) => [column(e), dates[e] ?? null])),
    })),
  );
  const subject = (r: WorldRecord, idx: number) => (r.standing ? idx + 1000 : null);
  await insert(
    db,
    'subjects',
    { idx: 'BIGINT', subject: 'BIGINT' },
    records.map((r, idx) => ({ idx, subject: subject(r, idx) })),
  );
  await insert(
    db,
    'standing',
    { subject: 'BIGINT', ended: 'BOOLEAN', cause: 'VARCHAR', ended_on: 'DATE', owed: 'VARCHAR', conflicts: 'VARCHAR' },
    records.flatMap((r, idx) => {
      if (!r.standing) return [];
      const { ended, cause, endedOn, owed, conflicts } = r.standing;
      return [
        { subject: subject(r, idx), ended, cause, ended_on: endedOn, owed: JSON.stringify(owed), conflicts: JSON.stringify(conflicts) },
      ];
    }),
  );
  await insert(
    db,
    'holds',
    { idx: 'BIGINT', kind: 'VARCHAR', approved: 'BOOLEAN', until: 'DATE' },
    records.flatMap((r, idx) => r.holds.map(({ kind, approved, until }) => ({ idx, kind, approved, until: until ?? null }))),
  );
}

async function insert(
  db: DuckDBConnection,
  table: string,
  shape: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  await db.run(`INSERT INTO ${table} SELECT unnest(from_json($1, '${JSON.stringify([shape])}'), recursive := true)`, [
    JSON.stringify(rows),
  ]);
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

export async function bySql(db: DuckDBConnection, w: World): Promise<unknown[]> {
  await load(db, w.records);
  const result = await db.runAndReadAll(
    `SELECT idx, dataset, disposition, CAST(until AS VARCHAR) AS until, rules, reason, archive_class FROM (${compile(w)}) ORDER BY idx`,
  );
  return result.getRowObjectsJson().map((row) => ({ ...row, idx: Number(row['idx']) }));
}

/** The evaluator asks the law anew for every record; within one case the answers are the same. */
export function remembered(): typeof applicable {
  const answers = new Map<string, ReturnType<typeof applicable>>();
  return (rules, question) => {
    const { facts, ...rest } = question;
    const key = JSON.stringify([rest, facts.notConditions.length]);
    const answer = answers.get(key) ?? applicable(rules, question);
    answers.set(key, answer);
    return answer;
  };
}

export function bySlowEvaluator(w: World): Evaluation[] {
  const ask = remembered();
  return w.records.map((r, i) => evaluate(inputOf(w, r, i, ask)));
}

export function inputOf(w: World, r: WorldRecord, index: number, ask: typeof applicable): EvaluateInput {
  const { recordClass, anonymise } = w.datasets[r.dataset]!;
  const { role, pi, dates, minor, standing, holds } = r;
  const record = { index, class: recordClass, role, pi, dates, minor, anonymise, fields: [] };
  return { facts: w.facts, rules: w.rules, applicable: ask, successor: w.successor, standing, holds, record };
}

export function asRows(w: World, decisions: readonly Evaluation[]): unknown[] {
  return decisions.map((d, i) => {
    const { dataset } = w.records[i]!;
    const archive = d.disposition === 'archive' ? `${w.datasets[dataset]!.recordClass}-${d.until ?? 'permanent'}` : null;
    const { disposition, until, reason } = d;
    return { idx: i, dataset: idOf(dataset), disposition, until, rules: d.rules.join(','), reason, archive_class: archive };
  });
}

/** Compares SQL and evaluator on `runs` random cases of `size` records; gives how often each end was met. Throws on the first difference. */
export async function agree(db: DuckDBConnection, runs: number, size: number): Promise<ReadonlyMap<string, number>> {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(world(size), async (w) => {
      const expected = bySlowEvaluator(w);
      expect(await bySql(db, w)).toEqual(asRows(w, expected));
      for (const e of expected) met.set(`${e.disposition} ${e.reason}`, (met.get(`${e.disposition} ${e.reason}`) ?? 0) + 1);
    }),
    { numRuns: runs, seed: 20261123, endOnFailure: true },
  );
  return met;
}

/** Every end that a plan can come to. */
export const ENDS: readonly string[] = [
  'anonymise anonymise-chosen',
  'archive ceiling-running',
  'archive retention-running',
  'delete processor-return',
  'delete purpose-ended',
  'delete retention-expired',
  'delete service-ceased',
  'exclude no-personal-information',
  'exclude not-a-customer',
  'gap appraisal-missing',
  'gap condition-unknown',
  'gap consent-missing',
  'gap hold-not-approved',
  'gap no-period',
  'gap processor-return',
  'gap rule-unconfirmed',
  'gap standing-conflict',
  'gap standing-unknown',
  'gap start-date-missing',
  'gap successor',
  'gap transition-unsettled',
  'gap unlinked',
  'handOver handover-duty',
  'handOver processor-return',
  'hold contract-running',
  'hold hold-approved',
  'hold matter-open',
  'hold objection',
  'hold obligation-owed',
  'hold report-pending',
  'hold request-open',
  'transfer successor',
];

/** One record of one case through the compiled SQL. */
export async function oneBySql(db: DuckDBConnection, input: EvaluateInput): Promise<unknown> {
  const { class: recordClass, anonymise, role, pi, minor, dates } = input.record;
  const [row] = await bySql(db, {
    facts: input.facts,
    rules: input.rules,
    successor: input.successor ?? null,
    datasets: [{ recordClass, anonymise }],
    records: [{ dataset: 0, role, pi, minor, dates, standing: input.standing, holds: input.holds }],
  });
  return row;
}
