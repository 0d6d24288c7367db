// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCase, openTestCase } from '../support/case.ts';

/* A company with one list and things that no program reaches: boxes with vouchers, boxes with contracts, a processor. From init to evidence by commands. */
let c: TestCase;
const ok = (...args: string[]) => c.ok(...args);
const run = (...args: string[]) => c.run(...args);
const summary = () => c.summary();
afterAll(() => c.remove());

const kinds = async () =>
  (await summary()).openItems
    .map((i) => `${i.kind} ${i.source} ${i.count}`)
    .filter((k) => k.startsWith('offline'))
    .toSorted();
const line = async (dataset: string) => (await summary()).ledger.find((l) => l.dataset === dataset)!;

const form = (name: string, fields: string) => c.file(`${name}.yaml`, fields);
const CONFIRMATION = '兹确认销毁合同原件三箱，经办人 测试甲，电话 13800000000';
let document: string;

beforeAll(async () => {
  c = await openTestCase('OFF-1');
  document = c.file('confirmation.txt', CONFIRMATION);
  const list = c.file('list.csv', '姓名,手机号\n测试甲,13900000001\n测试乙,13900000002\n');
  await ok('source', 'add', 'list', '--kind', 'files', '--at', list);
  await ok(
    'offline',
    'add',
    'boxes',
    '--form',
    form(
      'boxes',
      'medium: paper\nholder: sales\nplace: 二号仓库\nunits: 3\nunit: 箱\nabout: 客户合同原件\nrecordClass: marketing\nclocks: {}\n',
    ),
  );
  await ok(
    'offline',
    'add',
    'vouchers',
    '--form',
    form(
      'vouchers',
      'medium: paper\nholder: it\nplace: 档案室\nunits: 2\nunit: 箱\nabout: 记账凭证\nrecordClass: accounting-voucher\nclocks: { fiscal-year.ended: 2025-12-31 }\n',
    ),
  );
  await ok(
    'offline',
    'add',
    'courier',
    '--form',
    form(
      'courier',
      'medium: processor\nholder: support\nplace: 某快递公司（虚构）\nunits: 1\nunit: 套\nabout: 收件人信息\nrecordClass: marketing\nclocks: {}\n',
    ),
  );
  await ok('discover');
  for (const department of ['legal', 'it', 'liquidation', 'sales', 'support'])
    await ok('officer', 'add', `${department}-1`, '--department', department);
  await ok('law', 'confirm', 'acct-t1', 'acct-19', '--as', 'legal-1');
  await ok('plan');
  for (const who of ['legal-1', 'it-1', 'liquidation-1']) await ok('approve', '--as', who);
  await c.leavesOpen('notify');
}, 240_000);

test('a wrong form is refused by line and field, before anything is entered', async () => {
  const bad = await run(
    'offline',
    'add',
    'bad',
    '--form',
    form('bad', 'medium: paper\nholder: nobody\nplace: x\nunits: 1\nunit: 箱\nabout: x\nrecordClass: contract\n'),
  );
  expect(bad.status).toBe(5);
  expect(bad.stderr).toContain('bad.yaml:2: holder');
});

test('units are planned like records: contracts go, vouchers are kept until a day', async () => {
  expect(await line('boxes/units')).toMatchObject({ sourceCount: 3, delete: 3, balanced: true });
  expect(await line('vouchers/units'), JSON.stringify((await summary()).openItems)).toMatchObject({
    sourceCount: 2,
    archive: 2,
    balanced: true,
  });
});

test('nothing can be confirmed before it is instructed', async () => {
  const early = await run('offline', 'confirm', 'boxes', '--count', '3', '--document', document, '--as', 'sales-1');
  expect(early.status).toBe(4);
});

test('execute writes the instructions and claims nothing; the case stays open until every unit was looked at', async () => {
  await run('execute', '--confirm', 'OFF-1', '--early', 'invented customers');
  const offline = join(c.own, 'offline');
  expect(readFileSync(join(offline, 'boxes-instruction.md'), 'utf8')).toContain('3 箱');
  expect(readFileSync(join(offline, 'vouchers-instruction.md'), 'utf8')).toMatch(/保管至：20\d\d-12-31/);
  expect(readFileSync(join(offline, 'courier-instruction.md'), 'utf8')).toContain('第二十一条');
  expect(await kinds()).toEqual(['offline-unconfirmed boxes 3', 'offline-unconfirmed courier 1', 'offline-unconfirmed vouchers 2']);
  expect((await run('verify')).status).toBe(6);
  expect(await line('boxes/units')).toMatchObject({ delete: 0, gap: 3, balanced: true });

  await ok('offline', 'confirm', 'boxes', '--count', '2', '--document', document, '--as', 'sales-1');
  await ok('offline', 'confirm', 'vouchers', '--count', '2', '--document', document, '--as', 'it-1');
  await ok('offline', 'confirm', 'courier', '--count', '1', '--document', document, '--as', 'support-1');
  expect(await kinds()).toContain('offline-unconfirmed boxes 1');
  expect(await kinds()).toContain('offline-unverified boxes 2');

  const own = await run('offline', 'verify', 'vouchers', '--count', '2', '--as', 'it-1');
  expect(own.status).toBe(4);
  await ok('offline', 'confirm', 'boxes', '--count', '3', '--document', document, '--as', 'sales-1');
  for (const [store, count] of [
    ['boxes', '3'],
    ['vouchers', '2'],
    ['courier', '1'],
  ] as const)
    await ok('offline', 'verify', store, '--count', count, '--as', 'legal-1');
  expect(await kinds()).toEqual([]);
  await ok('verify');
  expect(await line('boxes/units')).toMatchObject({ delete: 3, gap: 0, balanced: true });
  expect(await line('vouchers/units')).toMatchObject({ archive: 2, balanced: true });
});

test('the evidence holds the three states, and no word of the documents', async () => {
  await run('evidence');
  const { evidence } = await summary();
  expect(evidence!.verdict).not.toBe('INVALID');
  const all = readdirSync(c.own, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  for (const file of all) expect(readFileSync(join(file.parentPath, file.name)).includes('测试甲'), file.name).toBe(false);
});
