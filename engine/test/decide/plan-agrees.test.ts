// SPDX-License-Identifier: Apache-2.0
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicable, loadPack } from '../../src/decide/law/index.ts';
import { compilePlan } from '../../src/decide/plan/index.ts';
import { ENDS, agree, bySql, load, openDb, text } from './agree.ts';
import { type World, datasetMap, idOf, world } from './plan-world.ts';

let db: DuckDBConnection;
beforeAll(async () => {
  db = await openDb();
});
afterAll(() => db.closeSync());

test('the SQL and the slow evaluator give every record of a random case the same end, and every end is met', async () => {
  const met = await agree(db, 70, 300);
  expect([...met.values()].reduce((a, b) => a + b, 0)).toBe(21_000);
  expect([...met.keys()].toSorted()).toEqual(ENDS);
});

test('same facts, same decision: order of records, of rules and a second run change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(world(60), async (w) => {
      const twice = { ...w, records: [...w.records, ...w.records], rules: w.rules.toReversed() };
      const rows = (await bySql(db, twice)) as { idx: number }[];
      const bare = (row: { idx: number }) => ({ ...row, idx: 0 });
      expect(rows.slice(60).map(bare)).toEqual(rows.slice(0, 60).map(bare));
      expect(rows.slice(0, 60)).toEqual(await bySql(db, w));
    }),
    { numRuns: 8, seed: 7 },
  );
});

test('a plan without a table of holds, a record of an unknown dataset, and a record of an unknown role', async () => {
  const [w] = fc.sample(world(3), { numRuns: 1, seed: 1 }) as [World];
  const plain = { ...w.records[0]!, dates: {}, standing: null, holds: [], role: 'customer' as const, pi: true, minor: null };
  await load(db, [plain, { ...plain, dataset: 7 }, plain]);
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
  await load(db, [plain]);
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
