// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SEGMENT_COLUMNS, openInventory } from '../../src/find/inventory/index.ts';
import { NOTICE_SUBJECTS } from '../../src/journey/tell.ts';

const folder = mkdtempSync(join(tmpdir(), 'shf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('core customers are told first, then the others, each in order; who has nothing to be told is left out', async () => {
  const open = { folder: join(folder, 'inventory'), tempFolder: join(folder, 'temp') };
  const empty = await openInventory({ ...open, segments: [] });
  const columns = SEGMENT_COLUMNS.records.map((c) => c.name);
  const records = [0, 1, 2, 3, 4].map((idx) => {
    const row: Readonly<Record<string, unknown>> = {
      idx,
      dataset: 's/t',
      key: '[]',
      occ: 0,
      fp: `f${idx}`,
      salt: 's',
      role: 'customer',
      pi: true,
      minor: idx === 3,
    };
    return columns.map((name) => (row[name] ?? null) as string | number | boolean | null);
  });
  const plan = [0, 1, 2, 3, 4].map((i) => [i, 's/t', i === 4 ? 'exclude' : 'delete', null, null, 'purpose-ended', null] as const);
  const segments = [
    await empty.writeRows('records', columns, records),
    await empty.writeRows(
      'subjects',
      ['idx', 'subject'],
      [0, 1, 2, 3, 4].map((i) => [i, i] as const),
    ),
    await empty.writeRows(
      'plan',
      SEGMENT_COLUMNS.plan.map((c) => c.name),
      plan,
    ),
    await empty.writeRows(
      'customers',
      ['subject', 'kind', 'sure', 'age', 'tier'],
      [
        [0, 'person', 'likely', null, 'general'],
        [1, 'person', 'likely', null, 'core'],
        [2, 'person', 'likely', null, 'general'],
        [3, 'minor', 'stated', 'under-14', 'core'],
        [4, 'person', 'likely', null, 'core'],
      ],
    ),
  ].flatMap((s) => s ?? []);
  await empty.close();
  const read = async (kinds: readonly string[]) => {
    const inventory = await openInventory({ ...open, segments: segments.filter((s) => kinds.includes(s.kind)) });
    const out: string[] = [];
    for await (const row of inventory.query<{ subject: number; minor: boolean }>(NOTICE_SUBJECTS))
      out.push(`${row.subject}${row.minor ? ' child' : ''}`);
    await inventory.close();
    return out;
  };
  expect(await read(['records', 'subjects', 'plan', 'customers'])).toEqual(['1', '3 child', '0', '2']);
  expect(await read(['records', 'subjects', 'plan'])).toEqual(['0', '1', '2', '3 child']);
});
