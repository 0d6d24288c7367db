// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';

/* A small case of its own: vouchers and a marketing list as CSV, planned under facts, holds, confirmations and an own pack. */
const folder = mkdtempSync(join(tmpdir(), 'shl-'));
const env = { SHANHOU_PASSPHRASE: 'only a test', SHANHOU_OFFICER_PASSPHRASE: 'only a test officer' };
const shanhou = async (...args: string[]) =>
  cli(['--json', '--no-input', '--data', join(folder, 'data'), '--keys', join(folder, 'keys'), ...args], { env });
const ok = async (...args: string[]) => {
  const done = await shanhou(...args);
  expect(done.status, `${args.join(' ')}\n${done.stderr}`).toBe(0);
  return done.stdout.trim() === '' ? null : (JSON.parse(done.stdout.trim().split('\n').at(-1)!) as unknown);
};

interface Move {
  from: string;
  to: string;
  toUntil: string | null;
  toRules: string;
  records: number;
}
const moves = async (...args: string[]) => ((await ok(...args)) as { moves: Move[] }).moves;
const ends = async () => {
  const { ledger } = (await ok('status', '--full')) as {
    ledger: { dataset: string; archive: number; delete: number; hold: number; gap: number }[];
  };
  return Object.fromEntries(ledger.map((l) => [l.dataset.split('/')[0]!, [l.archive, l.delete, l.hold, l.gap]]));
};

beforeAll(async () => {
  const vouchers = [
    'voucher_no,customer_name,phone,year_end',
    'V1,王示例,13900000001,2020-12-31',
    'V2,李示例,13900000002,2021-12-31',
    'V3,张示例,13900000003,',
  ];
  const list = ['name,phone,joined', '王示例,13900000001,2024-02-02', '赵示例,13900000004,2024-03-03'];
  writeFileSync(join(folder, 'vouchers.csv'), vouchers.join('\n') + '\n');
  writeFileSync(join(folder, 'list.csv'), list.join('\n') + '\n');
  await ok(
    'init',
    'LAW-1',
    '--company',
    '示例有限公司（虚构）',
    '--sector',
    'retail-b2c',
    '--dissolution',
    '2022-01-01',
    '--region',
    'CN-110000',
  );
  for (const name of ['vouchers', 'list']) await ok('source', 'add', name, '--kind', 'files', '--at', join(folder, `${name}.csv`));
  await ok('officer', 'add', 'legal-1', '--department', 'legal');
  await ok('officer', 'add', 'it-1', '--department', 'it');
  await ok('discover');
  writeFileSync(
    join(folder, 'map.yaml'),
    `version: 1
datasets:
  vouchers/vouchers.csv: { role: customer, recordClass: accounting-voucher, clocks: { fiscal-year.ended: year_end } }
  list/list.csv: { role: customer, recordClass: marketing, clocks: { record.created: joined } }
`,
  );
  await ok('classify', '--map', join(folder, 'map.yaml'));
  await ok('case', 'facts', '--not-condition', 'unsettled-claim');
  await ok('plan');
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('facts, rules and holds of a case', () => {
  test('an unconfirmed rule waits for Legal; what-if tells what confirming it would move, and changes nothing', async () => {
    expect(await ends()).toEqual({ vouchers: [0, 0, 0, 3], list: [0, 2, 0, 0] });
    const would = await moves('plan', 'what-if', '--confirm', 'acct-t1');
    expect(would.map((m) => [m.from, m.to, m.toUntil, m.records])).toEqual(
      expect.arrayContaining([
        ['gap', 'archive', '2050-12-31', 1],
        ['gap', 'archive', '2051-12-31', 1],
      ]),
    );
    expect(await ends()).toEqual({ vouchers: [0, 0, 0, 3], list: [0, 2, 0, 0] });
  });

  test('only Legal confirms, only rules that exist, many in a step', async () => {
    expect((await shanhou('law', 'confirm', 'acct-t1', '--as', 'it-1')).status).not.toBe(0);
    expect((await shanhou('law', 'confirm', 'acct-t1', 'acct-t99', '--as', 'legal-1')).stderr).toContain('acct-t99');
    await ok('law', 'confirm', 'acct-t1', 'acct-19', '--as', 'legal-1', '--why', '正文已核对', '--source', '财政部网站');
    await ok('plan');
    expect(await ends()).toEqual({ vouchers: [2, 0, 0, 1], list: [0, 2, 0, 0] });
    const diff = await moves('plan', 'diff');
    expect(diff.filter((m) => m.to === 'archive').map((m) => m.toUntil)).toEqual(['2050-12-31', '2051-12-31']);
  });

  test('the timeline says in which year each retention class becomes due, the day after its last', async () => {
    const { due } = (await ok('timeline', '--years', '60')) as {
      due: { year: number; records: number; first: string; rules: string }[];
    };
    expect(due.map((d) => [d.year, d.records, d.first, d.rules])).toEqual([
      [2051, 1, '2051-01-01', 'acct-t1'],
      [2052, 1, '2052-01-01', 'acct-t1'],
    ]);
  });

  test('days that people enter move the timeline and leave the plan as it stands; the calendar file has them', async () => {
    type Step = { id: string; state: string; latest: string | null; waitsFor: string[] };
    const steps = async () => ((await ok('timeline')) as { steps: Step[] }).steps;
    const { planDigest } = (await ok('status')) as { planDigest: string };
    expect((await steps()).find((s) => s.id === 'members-published')).toMatchObject({ state: 'waiting', waitsFor: ['group-formed'] });
    await ok('timeline', 'set', 'group-formed=2025-03-03', 'announcement=2025-03-10');
    expect((await steps()).find((s) => s.id === 'announcement')).toMatchObject({ state: 'done', latest: '2025-05-06' });
    for (const wrong of ['group-formed=2026-02-30', 'claims-told=2026-09-10'])
      expect((await shanhou('timeline', 'set', wrong)).status, wrong).toBe(5);
    expect(((await ok('status')) as { planDigest: string }).planDigest).toBe(planDigest);
    const file = join(folder, 'timeline.ics');
    await ok('timeline', '--ics', file);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('DTSTART;VALUE=DATE:20510101');
    expect(text).not.toMatch(/王示例|13900000001/);
    const risks = (await ok('risks')) as { lines: { cause: string; count: number }[]; uncounted: { cause: string }[] };
    expect(risks.lines).toContainEqual(expect.objectContaining({ cause: 'clear-files', count: 2, records: 5, owner: 'it' }));
    expect(risks.uncounted).toContainEqual(expect.objectContaining({ cause: 'residue' }));
    await ok('timeline', 'set', 'announcement=none');
    expect((await steps()).find((s) => s.id === 'announcement')).toMatchObject({ latest: '2025-05-06', state: 'overdue' });
  });

  test('an explained record names facts, rules considered, what won and until when', async () => {
    const { text } = (await ok('plan', 'explain', 'vouchers/vouchers.csv:1')) as { text: string };
    for (const word of ['会计年度终了 2020-12-31', 'acct-t1', '据此确定', 'taxr-29', '从长保存', '至2050-12-31（含当日）'])
      expect(text).toContain(word);
    expect(text).not.toMatch(/王示例|13900000001/);
  });

  test('a hold covers a dataset, a period or a customer, and a hold on nobody is refused', async () => {
    expect((await shanhou('hold', 'add', '案-0')).stderr).toContain('案-0');
    expect((await shanhou('hold', 'add', '案-0', '--dataset', 'nowhere/x')).status).not.toBe(0);
    expect((await shanhou('hold', 'add', '案-0', '--dataset', 'list/list.csv', '--approved-by', 'it-1')).status).not.toBe(0);
    await ok('hold', 'add', '案-1', '--dataset', 'list/list.csv', '--from', '2024-03-01', '--to', '2024-03-31', '--approved-by', 'legal-1');
    await ok('plan');
    expect(await ends()).toMatchObject({ list: [0, 1, 1, 0] });
    await ok('hold', 'add', '案-2', '--kind', 'limitation-evidence', '--dataset', 'list/list.csv');
    await ok('plan');
    expect(await ends()).toMatchObject({ list: [0, 0, 1, 1] });
    await ok('hold', 'release', '案-1', '--by', 'legal-1', '--reason', '已结案');
    await ok('hold', 'release', '案-2', '--by', 'legal-1', '--reason', '已结案');
    await ok('hold', 'add', '案-3', '--dataset', 'list/list.csv', '--from', '1990-01-01', '--to', '1990-12-31', '--approved-by', 'legal-1');
    await ok('plan');
    const { openItems } = (await ok('status')) as { openItems: { kind: string; detail: string }[] };
    expect(openItems).toContainEqual(expect.objectContaining({ kind: 'hold-on-nobody', detail: '案-3' }));
    await ok('hold', 'release', '案-3', '--by', 'legal-1', '--reason', '已结案');
  });

  test('an own pack that is wrong is refused with its line; a right one lists what it moves', async () => {
    const rule = (
      period: string,
    ) => `- { id: own-1, law: 制度, lawEn: Policy, article: '1', level: notice, inForceFrom: '2020-01-01', inForceTo: null,
    effect: retain, decides: hard, bound: floor, period: ${period}, startEvent: record.created, storageBasis: unanchored, sectors: [all],
    conditions: [], recordClasses: [marketing], minimumFields: null, summaryZh: 营销名单保存, summaryEn: Keep the list, source: own }
`;
    const file = join(folder, 'own.yaml');
    writeFileSync(file, rule('soon'));
    expect((await shanhou('law', 'add', file)).stderr).toContain('own.yaml:2');
    writeFileSync(file, rule('P90Y'));
    await ok('plan');
    const added = await shanhou('law', 'add', file);
    expect(added.status, added.stderr).toBe(0);
    expect(JSON.parse(added.stdout.split('\n')[0]!)).toMatchObject({ moves: [{ from: 'delete', to: 'archive', toRules: 'own-1' }, {}] });
    await ok('plan');
    expect(await ends()).toMatchObject({ list: [2, 0, 0, 0] });
  });
});
