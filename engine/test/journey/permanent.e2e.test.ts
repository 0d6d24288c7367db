// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { openKeyring } from '../../src/kit/index.ts';
import { type TestCase, openTestCase } from '../support/case.ts';
import { archiveLines } from '../support/raw-stores.ts';

/*
 * Records that the law keeps for ever (会计档案管理办法 附表1: annual reports) beside some that go: archived, sealed, verified and proven
 * like the others, with no day on which they would be destroyed.
 */
const reports = ['report_no,signed_by,phone,year_end', 'R1,王示例,13900000001,2019-12-31', 'R2,李示例,13900000002,2020-12-31'];
const list = ['name,phone,joined', '王示例,13900000001,2024-02-02', '赵示例,13900000004,2024-03-03', '钱示例,13900000005,2024-03-04'];
let c: TestCase;
let summary: CaseSummary;
let files: { reports: string; list: string };

beforeAll(async () => {
  c = await openTestCase('FOREVER-1');
  files = { reports: c.file('reports.csv', reports.join('\n') + '\n'), list: c.file('list.csv', list.join('\n') + '\n') };
  for (const [name, path] of Object.entries(files)) await c.ok('source', 'add', name, '--kind', 'files', '--at', path);
  await c.ok('discover');
  const map = c.file(
    'map.yaml',
    `version: 1
datasets:
  reports/reports.csv: { role: customer, recordClass: accounting-report, clocks: { fiscal-year.ended: year_end } }
  list/list.csv: { role: customer, recordClass: marketing, clocks: { record.created: joined } }
`,
  );
  await c.ok('classify', '--map', map);
  await c.ok('officer', 'add', 'legal-0', '--department', 'legal');
  await c.ok('law', 'confirm', 'acct-t6', '--as', 'legal-0', '--why', '正文已核对', '--source', '财政部网站');
  await c.ok('plan');
  await c.approve();
  await c.leavesOpen('notify');
  await c.leavesOpen('execute', '--confirm', c.code, '--early', 'a test of the archive, not of the period to object');
  await c.leavesOpen('verify');
  await c.leavesOpen('evidence');
  summary = await c.summary();
}, 600_000);
afterAll(() => c.remove());

const line = (dataset: string) => summary.ledger.find((l) => l.dataset === dataset);

test('they are archived, the others deleted, and the ledger balances', () => {
  expect(line('reports/reports.csv')).toMatchObject({ sourceCount: 2, archive: 2, balanced: true });
  expect(line('list/list.csv')).toMatchObject({ sourceCount: 3, delete: 3, balanced: true });
});

test('the archive has a retention class of its own that opens with its key and holds every row', async () => {
  expect(readdirSync(join(c.own, 'archive'))).toContain('accounting-report-permanent');
  const keys = openKeyring(join(c.folder, 'keys', c.code), 'test only');
  const key = new TextDecoder().decode(keys.get('archive:accounting-report-permanent')).split(' ')[0]!;
  const lines = await archiveLines(join(c.own, 'archive'), new Map([['accounting-report-permanent', key]]));
  expect(
    Object.values(lines)
      .flat()
      .map((l) => String(Object.values((JSON.parse(l) as { v: Record<string, string> }).v)[0]))
      .toSorted(),
  ).toEqual(['R1', 'R2']);
});

test('the source holds them no longer', () => {
  expect(existsSync(files.reports) ? readFileSync(files.reports, 'utf8') : '').not.toMatch(/王示例|李示例/);
});

test('no year comes in which they are due for destruction, and the explanation says so', async () => {
  const { due } = JSON.parse((await c.ok('timeline', '--years', '200')).stdout) as { due: unknown[] };
  expect(due).toEqual([]);
  const { text } = JSON.parse((await c.ok('plan', 'explain', 'reports/reports.csv:1')).stdout) as { text: string };
  expect(text).toContain('处置：封存，永久保存');
});

test('verify and evidence stand: complete but for a timestamp from outside', () => {
  expect(summary.evidence).toMatchObject({ verdict: 'INCOMPLETE', missing: ['timestamp'] });
  expect(summary.gates.every((g) => g.at !== null)).toBe(true);
});
