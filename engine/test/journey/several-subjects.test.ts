// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Inventory, SEGMENT_COLUMNS, openInventory } from '../../src/find/inventory/index.ts';
import { documentsAboutOthers, severalSubjects } from '../../src/journey/document-subjects.ts';
import { isHeld } from '../../src/journey/excepted.ts';
import type { DataMap, DatasetMap } from '../../src/model/data-map.ts';

/*
 * A record may belong to several subjects. Customers 0 and 1 are rows of a table; document 2 concerns both, 3 the first, 4 a stranger (subject 2),
 * 5 nobody.
 */
const folder = mkdtempSync(join(tmpdir(), 'shs-'));
let inventory: Inventory;

const dataset = (id: string, type: string): DatasetMap => ({
  id,
  source: 's',
  dataset: id.slice(2),
  role: 'customer',
  recordClass: 'contract',
  key: ['path'],
  fields: [{ name: 'content', type, category: null, sensitivity: 'none', confidence: 1, evidence: [] }],
  links: [],
  clocks: {},
  standing: [],
  rowRole: null,
  subjectKey: null,
  anonymiseTo: null,
  rows: 1,
  confidence: 1,
  evidence: [],
});
const map: DataMap = { version: 1, datasets: [dataset('s/list.csv', 'text'), dataset('s/*.docx', 'document')] };

beforeAll(async () => {
  const open = { folder: join(folder, 'inventory'), tempFolder: join(folder, 'temp') };
  const empty = await openInventory({ ...open, segments: [] });
  const columns = SEGMENT_COLUMNS.records.map((c) => c.name);
  const records = Array.from({ length: 6 }, (_, i) => {
    const row = {
      idx: i,
      dataset: i < 2 ? 's/list.csv' : 's/*.docx',
      key: JSON.stringify([String(i)]),
      occ: 0,
      fp: `fp${i}`,
      salt: 's',
      role: 'customer',
      pi: true,
      ids: [],
    };
    return columns.map((name) => (name in row ? row[name as keyof typeof row] : null));
  });
  const written = [await empty.writeRows('records', columns, records)];
  await empty.close();
  expect(written[0]).not.toBeNull();
  const subjects = [
    [0, 0],
    [1, 1],
    [2, 0],
    [2, 1],
    [3, 0],
    [4, 2],
    [5, null],
  ] as const;
  const standing = [
    [0, true, 'expired', null, '[]', '[]'],
    [1, false, 'running', null, '[]', '[]'],
    [2, null, 'unknown', null, '[]', '[]'],
  ] as const;
  const plan = [0, 1, 2, 3, 4, 5].map(
    (i) =>
      [
        i,
        i < 2 ? 's/list.csv' : 's/*.docx',
        i === 2 || i === 1 ? 'hold' : 'delete',
        null,
        null,
        i === 2 ? 'contract-running' : 'pipl',
        null,
      ] as const,
  );
  const more = await openInventory({ ...open, segments: [] });
  const segments = [
    ...written,
    await more.writeRows('subjects', ['idx', 'subject'], subjects),
    await more.writeRows('standing', ['subject', 'ended', 'cause', 'ended_on', 'owed', 'conflicts'], standing),
    await more.writeRows('plan', ['idx', 'dataset', 'disposition', 'until', 'rules', 'reason', 'archive_class'], plan),
  ].flatMap((s) => s ?? []);
  await more.close();
  inventory = await openInventory({ ...open, segments });
});

afterAll(async () => {
  await inventory.close();
  rmSync(folder, { recursive: true, force: true });
});

async function held(excepted: readonly number[]): Promise<number[]> {
  const out: number[] = [];
  for await (const r of inventory.query<{ idx: number }>(
    `SELECT p.idx AS idx FROM plan p WHERE ${isHeld({ subjects: excepted, holds: [] }, 'p.idx')} ORDER BY p.idx`,
  ))
    out.push(r.idx);
  return out;
}

describe('a record of several subjects', () => {
  test.each([
    [[], []],
    [[0], [0, 2, 3]],
    [[1], [1, 2]],
    [
      [0, 1],
      [0, 1, 2, 3],
    ],
    [[2], [4]],
    [[99], []],
  ])('exceptions of %j take out %j, each once', async (excepted, expected) => expect(await held(excepted)).toEqual(expected));

  test('is Legal’s where their contracts stand differently', async () => {
    expect(await severalSubjects(inventory, map)).toEqual([
      {
        kind: 'several-subjects',
        owner: 'legal',
        source: 's',
        dataset: '*.docx',
        field: null,
        count: 1,
        examples: [2],
        detail: 'contract-running',
      },
    ]);
  });

  test('what else stands in a document of somebody known is nobody’s contact; a stranger’s own document speaks for them', async () => {
    expect([...(await documentsAboutOthers(inventory, map))].toSorted((a, b) => a - b)).toEqual([2, 3, 5]);
  });
});
