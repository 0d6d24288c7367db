// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCase, openTestCase } from '../support/case.ts';

/* What people do wrong, and what the world does to them: each is named with its place and remedy, nothing is lost, the rest goes on. */
let c: TestCase;
let shop: string;

function makeShop(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(
    'CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, created_on TEXT); CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), invoice_no TEXT, amount TEXT, issued_on TEXT); CREATE INDEX i ON invoices(customer_id)',
  );
  for (let n = 1; n <= 20; n++) {
    db.exec(`INSERT INTO customers VALUES (${n}, '测试${n}', '139000000${String(n).padStart(2, '0')}', '2024-01-02')`);
    db.exec(`INSERT INTO invoices VALUES (${n}, ${n}, 'F${n}', '10.00', '2025-03-0${1 + (n % 9)}')`);
  }
  db.close();
}

const rows = (table: string) => {
  const db = new DatabaseSync(shop, { readOnly: true });
  try {
    return Number((db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n);
  } finally {
    db.close();
  }
};

beforeAll(async () => {
  c = await openTestCase('BAD-1', { WRONG: 'nobody:wrong' });
  shop = join(c.folder, 'shop.db');
  makeShop(shop);
}, 120_000);
afterAll(() => c.remove());

describe('finding', () => {
  test('a host that does not answer, a missing file and a locked workbook are open items with owner and remedy; the rest is read', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    await c.ok('source', 'add', 'shop', '--kind', 'sqlite', '--at', shop);
    await c.ok('source', 'add', 'far', '--kind', 'postgres', '--at', 'postgres://127.0.0.1:1/none', '--read', 'env:WRONG');
    await c.ok('source', 'add', 'gone', '--kind', 'sqlite', '--at', join(c.folder, 'nowhere.db'));
    await c.ok('source', 'add', 'locked', '--kind', 'files', '--at', c.file('locked.xlsx', ole));
    const found = await c.run('discover');
    expect(found.status, found.stderr).toBe(6);
    expect((JSON.parse(found.stdout) as { tables: { table: string }[] }).tables.map((t) => t.table)).toContain('customers');
    const items = (await c.summary()).openItems.filter((i) => i.source !== 'shop');
    expect(new Set(items.map((i) => i.source))).toEqual(new Set(['far', 'gone', 'locked']));
    expect(items.every((i) => i.owner === 'it')).toBe(true);
  });

  test('a wrong passphrase opens nothing and says which key', async () => {
    const wrong = await c.runWith({ SHANHOU_PASSPHRASE: 'not it' }, 'plan');
    expect(wrong.status).toBe(4);
    expect(wrong.stderr).toMatch(/口令不对.*inventory/);
  });

  test('a login in clear is refused before it lies anywhere, and is not said', async () => {
    for (const args of [
      ['--at', 'postgres://db.example/shop', '--read', 'root:hunter2'],
      ['--at', 'mysql://root:hunter2@db.example/shop', '--read', 'env:SHOP'],
      ['--at', 'redis://db.example/0?password=hunter2'],
    ]) {
      const refused = await c.run('source', 'add', 'clear', '--kind', args[1]!.split(':')[0]!, ...args);
      expect(refused.status, refused.stderr).toBe(5);
      expect(refused.stdout + refused.stderr).not.toContain('hunter2');
    }
    expect((await c.run('status')).stdout).not.toMatch(/clear|hunter2/);
  });

  test('an unknown column in a data map is named with file and line, and the map stays as it was', async () => {
    const before = (await c.ok('classify')).stdout;
    const map = c.file('map.yaml', 'version: 1\ndatasets:\n  shop/customers:\n    clocks:\n      contract.ended: nonsense\n');
    const refused = await c.run('classify', '--map', map);
    expect(refused.status).toBe(5);
    expect(refused.stderr).toContain('map.yaml:5');
    expect(refused.stderr).toContain('contract.ended');
    expect((await c.ok('classify')).stdout).toBe(before);
  });

  test('what cannot be reached is left out by Legal only, with a reason, and stays an open item; the rest then goes on', async () => {
    expect((await c.run('source', 'leave-out', 'nowhere', '--as', 'legal-9', '--reason', 'r')).status).toBe(3);
    await c.ok('officer', 'add', 'legal-9', '--department', 'legal');
    await c.ok('officer', 'add', 'it-9', '--department', 'it');
    expect((await c.run('source', 'leave-out', 'far', '--as', 'it-9', '--reason', 'r')).status).toBe(4);
    expect((await c.run('source', 'leave-out', 'far', '--as', 'legal-9', '--reason', '问 13900000001')).status).toBe(5);
    await c.ok('inventory');
    const shut = await c.summary();
    expect(shut.gates.find((g) => g.gate === 'inventoried')).toMatchObject({ at: null });
    for (const name of ['far', 'gone', 'locked']) await c.ok('source', 'leave-out', name, '--as', 'legal-9', '--reason', '服务器已报废');
    await c.ok('inventory');
    const summary = await c.summary();
    expect(summary.gates.find((g) => g.gate === 'inventoried')?.at).not.toBeNull();
    expect(summary.openItems.filter((i) => i.kind === 'source-left-out')).toEqual([
      expect.objectContaining({ source: 'far', owner: 'legal', detail: '服务器已报废' }),
      expect.objectContaining({ source: 'gone' }),
      expect.objectContaining({ source: 'locked' }),
    ]);
  });
});

describe('from plan to end on what can be reached', () => {
  let d: TestCase;
  beforeAll(async () => {
    d = await openTestCase('BAD-2');
    shop = join(d.folder, 'shop.db');
    makeShop(shop);
    await d.ok('source', 'add', 'shop', '--kind', 'sqlite', '--at', shop);
    await d.ok('discover');
    await d.ok('officer', 'add', 'legal-0', '--department', 'legal');
    await d.ok('law', 'confirm', 'acct-t1', 'acct-19', '--as', 'legal-0');
    await d.ok('plan', '--by', 'it-1');
  }, 240_000);
  afterAll(() => d.remove());

  test('who is not entitled, who prepared the plan, and who is unknown cannot sign', async () => {
    await d.ok('officer', 'add', 'marketing-1', '--department', 'marketing');
    await d.ok('officer', 'add', 'it-1', '--department', 'it');
    for (const who of ['marketing-1', 'it-1', 'nobody']) {
      const refused = await d.run('approve', '--as', who);
      expect(refused.status, `${who} ${refused.stderr}`).toBe(4);
    }
    const early = await d.run('execute', '--confirm', 'BAD-2');
    expect(early.status).toBe(4);
    expect(rows('customers')).toBe(20);
  });

  test('a full disk stops the archive with a clear word; nothing is deleted, and the next run goes on (needs to mount a small tmpfs: root only)', async () => {
    for (const [label, department] of [
      ['it-2', 'it'],
      ['liquidation-1', 'liquidation'],
    ] as const)
      await d.ok('officer', 'add', label, '--department', department);
    for (const who of ['legal-0', 'it-2', 'liquidation-1']) await d.ok('approve', '--as', who);
    await d.leavesOpen('notify');
    const wrong = await d.run('execute', '--confirm', 'BAD-1');
    expect(wrong.status).toBe(4);
    const soon = await d.run('execute', '--confirm', 'BAD-2');
    expect([soon.status, rows('customers')]).toEqual([4, 20]);
    expect(soon.stderr).toContain('异议期');
    const archive = join(d.own, 'archive');
    mkdirSync(archive, { recursive: true });
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', archive]).status === 0;
    if (!mounted) expect(process.env['REQUIRE_ALL']).not.toBe('1');
    else {
      try {
        const full = await d.run('execute', '--confirm', 'BAD-2', '--early', 'invented customers');
        expect(full.status).toBe(1);
        expect(full.stderr).toContain('磁盘已满');
        expect([rows('customers'), rows('invoices')]).toEqual([20, 20]);
      } finally {
        execFileSync('umount', [archive]);
      }
    }
  });

  test('a record that changed after planning stays, is named, and keeps the case open; all others go', async () => {
    const db = new DatabaseSync(shop);
    db.exec("UPDATE invoices SET amount = '11.00' WHERE id = 7");
    db.close();
    await d.run('execute', '--confirm', 'BAD-2');
    expect(rows('invoices')).toBe(1);
    const items = (await d.summary()).openItems;
    expect(items.find((i) => i.kind === 'record-drifted')).toMatchObject({ source: 'shop', dataset: 'invoices', owner: 'it', count: 1 });
    expect((await d.run('verify')).status).toBe(6);
    expect((await d.run('evidence')).status).not.toBe(0);
  });

  test('none of the errors carried a name or a number of a customer', () => {
    const log = readFileSync(join(d.folder, 'data', 'control', 'server.log'), 'utf8');
    expect(log).not.toMatch(/1390000\d{4}|测试\d/);
  });
});
