// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { openKeyring } from '../../src/kit/index.ts';
import { type Cluster, openCluster } from '../../src/store/index.ts';
import { dkimRecord } from '../../src/tell/notify/index.ts';
import { checkDkim } from '../support/check-dkim.ts';
import { cli } from '../support/cli.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { hasOpenssl } from '../support/openssl.ts';
import { type Snapshot, snapshot } from '../support/raw-stores.ts';
import { sweep } from '../support/sweep.ts';

/*
 * The demo from end to end. What became of the company's stores is judged by SQL that shares no code with the product: the stores
 * are photographed before anything is deleted (the run is cut there) and after.
 */
const folder = mkdtempSync(join(tmpdir(), 'shd-'));
const demo = join(folder, 'demo');
const run = (env: Record<string, string> = {}) =>
  cli(['demo', '--json', '--folder', demo, '--customers', '150', '--seed', '3'], { env: { SHANHOU_SAMPLE_MARIADB: 'off', ...env } });

let cluster: Cluster;
let sql: pg.Client;
let before: Snapshot;
let after: Snapshot;
let summary: CaseSummary;
/** Facts about accounts before anything was deleted, by plain SQL. */
let accounts: { id: string; kind: string; customer_no: string | null; owed: boolean; dispute: boolean; billing: string }[];
let contracts: Map<string, string[]>;

beforeAll(async () => {
  const cut = await run({ SHANHOU_CRASH_AT: 'inventory.committed' });
  expect(cut.signal, cut.stderr).toBe('SIGKILL');
  cluster = await openCluster(join(demo, 'estate', 'pg'));
  before = await snapshot(join(demo, 'estate'), cluster.host);
  sql = new pg.Client({ host: cluster.host, user: 'postgres', database: 'orders' });
  await sql.connect();
  accounts = (
    await sql.query(`SELECT a.id::text, a.kind, a.customer_no, a.membership_status AS billing,
      EXISTS (SELECT 1 FROM prepaid_balances b WHERE b.account_id = a.id AND b.balance > 0) AS owed,
      EXISTS (SELECT 1 FROM orders o WHERE o.account_id = a.id AND o.dispute_status = 'open') AS dispute FROM accounts a`)
  ).rows;
  contracts = new Map();
  const crm = new DatabaseSync(join(demo, 'estate', 'crm.db'), { readOnly: true });
  for (const c of crm.prepare('SELECT u.customer_no, c.status FROM contracts c JOIN customers u ON u.id = c.customer_id').all() as {
    customer_no: string;
    status: string;
  }[]) {
    contracts.set(c.customer_no, [...(contracts.get(c.customer_no) ?? []), c.status]);
  }
  crm.close();
  const done = await run();
  expect(done.status, done.stderr).toBe(0);
  summary = JSON.parse(done.stdout) as CaseSummary;
  after = await snapshot(join(demo, 'estate'), cluster.host);
}, 180_000);

afterAll(async () => {
  await sql.end();
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

const line = (dataset: string) => summary.ledger.find((l) => l.dataset === dataset)!;
const idsOf = (rows: readonly string[]) => new Set(rows.map((r) => String((JSON.parse(r) as unknown[])[0])));

describe('the ledger', () => {
  test('is balanced for every dataset, by the count that the store itself had before', () => {
    expect(summary.ledger.map((l) => l.dataset).toSorted()).toEqual(Object.keys(before).toSorted());
    for (const l of summary.ledger) {
      expect(l.sourceCount, l.dataset).toBe(before[l.dataset]!.length);
      expect(l.balanced, l.dataset).toBe(true);
    }
  });

  test('agrees with what is left in each store', () => {
    for (const l of summary.ledger) expect(after[l.dataset]!.length, l.dataset).toBe(l.sourceCount - l.delete - l.archive);
  });

  test('says of every dataset what its field and record ends are', () => {
    expect(line('orders/public.order_items').anonymise).toBeGreaterThan(0);
    expect(line('orders/public.invoices').archive).toBeGreaterThan(0);
    expect(line('orders/public.login_log').archive).toBeGreaterThan(0);
    expect(line('orders/public.login_log').delete).toBeGreaterThan(0);
    expect(line('marketing/marketing.csv').delete).toBeGreaterThan(0);
    expect(line('sales/sales-leads.xlsx#客户跟进').delete).toBeGreaterThan(0);
    expect(summary.fields).toContainEqual(
      expect.objectContaining({ dataset: 'orders/public.invoices', field: 'buyer_birth_date', kept: 0 }),
    );
  });
});

describe('what is left, by plain SQL', () => {
  test('every row that stays is byte for byte the row that was there, but for anonymised order items', () => {
    for (const [dataset, rows] of Object.entries(after)) {
      if (dataset === 'orders/public.order_items') continue;
      const was = new Set(before[dataset]);
      expect(
        rows.filter((r) => !was.has(r) && !dataset.startsWith('sales/')),
        dataset,
      ).toEqual([]);
    }
  });

  test('anonymised order items keep goods, quantity and price and nothing that leads to an order', async () => {
    const { rows } = await sql.query(
      'SELECT count(*)::int AS n, count(order_id)::int AS linked, count(remark)::int AS remarks, count(sku)::int AS goods FROM order_items WHERE order_id IS NULL',
    );
    expect(rows[0].n).toBe(line('orders/public.order_items').anonymise);
    expect([rows[0].linked, rows[0].remarks, rows[0].goods]).toEqual([0, 0, rows[0].n]);
  });

  test('staff and suppliers are still there', () => {
    const left = idsOf(after['orders/public.accounts']!);
    for (const a of accounts.filter((x) => x.kind !== 'customer')) expect(left.has(a.id), a.kind).toBe(true);
  });

  test('whoever is owed money, has an open dispute, or may still have a contract is still there', () => {
    const left = idsOf(after['orders/public.accounts']!);
    const held = accounts.filter(
      (a) =>
        a.kind === 'customer' &&
        (a.owed || a.dispute || a.billing !== 'ended' || contracts.get(a.customer_no ?? '')?.some((s) => s !== 'ended')),
    );
    expect(held.length).toBeGreaterThan(5);
    for (const a of held) expect(left.has(a.id), JSON.stringify({ ...a, customer_no: undefined })).toBe(true);
  });

  test('nearly everybody else is gone: only relatives by a shared identifier and the one who objected stay', () => {
    const left = idsOf(after['orders/public.accounts']!);
    const plain = accounts.filter(
      (a) =>
        a.kind === 'customer' &&
        !a.owed &&
        !a.dispute &&
        a.billing === 'ended' &&
        !contracts.get(a.customer_no ?? '')?.some((s) => s !== 'ended'),
    );
    const stayed = plain.filter((a) => left.has(a.id));
    expect(plain.length).toBeGreaterThan(80);
    expect(stayed.length).toBeGreaterThanOrEqual(1);
    expect(stayed.length).toBeLessThan(plain.length * 0.1);
  });

  test('no row that stays points to one that is gone', async () => {
    for (const [child, column, parent] of [
      ['addresses', 'account_id', 'accounts'],
      ['orders', 'account_id', 'accounts'],
      ['invoices', 'order_id', 'orders'],
      ['payments', 'order_id', 'orders'],
      ['prepaid_balances', 'account_id', 'accounts'],
    ]) {
      const { rows } = await sql.query(
        `SELECT count(*)::int AS n FROM ${child} c WHERE c.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.id = c.${column})`,
      );
      expect(rows[0].n, child).toBe(0);
    }
  });

  test('the canaries are gone again', async () => {
    const { rows } = await sql.query("SELECT count(*)::int AS n FROM pg_tables WHERE tablename LIKE 'shanhou%'");
    expect(rows[0].n).toBe(0);
  });
});

describe('the customers', () => {
  const mail = (box: string) => {
    const path = join(demo, 'estate', 'mail', box, 'new');
    return readdirSync(path).map((name) => readFileSync(join(path, name), 'latin1'));
  };
  /** The statements of the log, decoded. */
  const statements = () => {
    const path = join(demo, 'data', summary.case.code, 'log', 'entries');
    const lines = readdirSync(path).flatMap((name) => readFileSync(join(path, name), 'utf8').split('\n').filter(Boolean));
    return lines.flatMap((line) => {
      const { payload } = JSON.parse(line) as { payload?: string };
      return payload === undefined ? [] : [Buffer.from(payload, 'base64').toString('utf8')];
    });
  };

  test('each have their notice in exactly one state; only those whose server took it count as told', () => {
    const { told, ...others } = summary.told!;
    expect(told + others.rejected + others.unknown + others.bounced + others.unsent).toBe(summary.notices.reduce((n, c) => n + c.count, 0));
    expect(others).toMatchObject({ answered: 3, unknown: 1 });
    for (const state of ['rejected', 'bounced', 'unsent'] as const) expect(others[state], state).toBeGreaterThan(0);
    expect(summary.notices).toContainEqual(expect.objectContaining({ channel: 'sms', state: 'prepared' }));
    expect(mail('delivered').length).toBe(told + others.unknown + others.bounced);
  });

  test('got letters of their own: signed, in Chinese and English, nobody twice, nobody with another’s address', () => {
    const { value } = dkimRecord(openKeyring(join(demo, 'keys', summary.case.code), 'demo only, not a secret').get('dkim'), 'shop.example');
    const letters = mail('delivered');
    expect(new Set(letters.map((l) => /^To: (\S+)/im.exec(l)![1])).size).toBe(letters.length);
    for (const l of letters) {
      expect(checkDkim(l, value)).toMatchObject({ body: true, signature: true });
      const text = Buffer.from(l.slice(l.indexOf('\r\n\r\n')), 'base64').toString('utf8');
      for (const part of [summary.case.company, summary.case.code, '2026-11-19', '任何人都无法证明', 'Nobody can prove'])
        expect(text).toContain(part);
      expect(text).not.toMatch(/@example|1[3-9]\d{9}/);
    }
  });

  test('who objected or asked for a correction by mail keep all their records; who only said thanks do not', () => {
    const left = idsOf(after['orders/public.accounts']!);
    expect([left.has('2'), left.has('4'), left.has('18')]).toEqual([true, true, false]);
    for (const dataset of ['orders/public.orders', 'orders/public.addresses'])
      expect(
        before[dataset]!.filter((row) => ['2', '4'].includes(String((JSON.parse(row) as unknown[])[1])) && !after[dataset]!.includes(row)),
        dataset,
      ).toEqual([]);
  });

  test('stand in the evidence as counts and hashes', () => {
    for (const kind of ['notice.batch', 'notice.delivered', 'notice.answers']) {
      const bodies = statements().filter((text) => text.includes(kind));
      expect(bodies.length, kind).toBeGreaterThan(0);
      for (const body of bodies) expect(body).not.toContain('@');
    }
  });
});

describe('the end of the demo', () => {
  test('has passed every gate', () => {
    expect(summary.gates.filter((g) => g.at === null)).toEqual([]);
    expect(summary.evidence!.anchors).toEqual([expect.objectContaining({ demo: true, name: expect.stringContaining('demo') })]);
    expect(summary.case.injectedClock).toBe(true);
  });

  test.skipIf(!hasOpenssl())(
    'is VALID with two demo authorities, and every anchor is called a demo’s (skipped only without openssl)',
    () => {
      expect(summary.evidence).toMatchObject({ verdict: 'VALID', missing: [], timestamps: { quorum: 2, counted: 2 } });
      expect(summary.evidence!.timestamps.tokens.map((t) => [t.name, t.state, t.demo])).toEqual([
        ['demo-tsa-1', 'counted', true],
        ['demo-tsa-2', 'counted', true],
      ]);
      expect(summary.next).toBe('done');
    },
  );

  test.skipIf(!hasOpenssl())(
    'openssl, which shares no code with the checker, agrees about both tokens (skipped only without openssl)',
    () => {
      const { bundle } = summary.evidence!;
      for (const name of ['demo-tsa-1', 'demo-tsa-2']) {
        const data = join(bundle, 'data', 'log', 'checkpoint');
        const token = join(bundle, 'data', 'timestamps', `${name}.tsr`);
        const rootOf = (which: string) => join(demo, 'estate', 'timestamps', which, 'root.pem');
        const verify = (which: string) =>
          spawnSync('openssl', ['ts', '-verify', '-data', data, '-in', token, '-CAfile', rootOf(which)]).status;
        expect(verify(name)).toBe(0);
        expect(verify(name === 'demo-tsa-1' ? 'demo-tsa-2' : 'demo-tsa-1')).not.toBe(0);
      }
    },
  );

  test('lists conflicts, owed balances, shared identifiers and hazards with their owners', () => {
    const kinds = new Set(summary.openItems.map((i) => i.kind));
    for (const kind of [
      'standing-conflict',
      'obligation-owed',
      'contract-running',
      'shared-identifier',
      'hazard',
      'invalid-identifier',
      'guardian-notice',
      'objection',
      'correction',
      'notice-unknown',
      'notice-rejected',
      'notice-bounced',
      'notice-unsent',
    ])
      expect(kinds, kind).toContain(kind);
    expect(summary.openItems.every((i) => i.owner !== '')).toBe(true);
  });

  test('finds every conflict that was planted and invents none, with what is at stake and who must settle it', () => {
    const rows = (name: string) => before[name]!.map((r) => JSON.parse(r) as unknown[]);
    const customerNo = new Map(rows('crm/customers').map((c) => [c[0], c[1]]));
    const active = new Set(accounts.filter((a) => a.kind === 'customer' && a.billing === 'active').map((a) => a.customer_no));
    const planted = rows('crm/contracts').filter((c) => c[3] === 'ended' && active.has(String(customerNo.get(c[1]))));
    expect(planted.length).toBeGreaterThan(1);
    const stake = planted.reduce((n, c) => n + Number(c[7]), 0).toFixed(2);
    const found = summary.openItems.filter((i) => i.kind === 'standing-conflict');
    expect(found.map((i) => [i.owner, i.count, i.detail])).toEqual([
      ['sales', planted.length, `crm/contracts ≠ orders/public.accounts CNY ${stake}`],
    ]);
  });

  test('adds up the prepaid money that is owed, and names disputes, each with its department', () => {
    const owing = before['orders/public.prepaid_balances']!.map((r) => Number((JSON.parse(r) as unknown[])[3])).filter((n) => n > 0);
    const total = owing.reduce((a, b) => a + b, 0).toFixed(2);
    const found = summary.openItems.filter((i) => i.kind === 'obligation-owed').map((i) => [i.owner, i.count, i.detail]);
    expect(found).toContainEqual(['finance', owing.length, `prepaid CNY ${total}`]);
    expect(found).toContainEqual(['legal', accounts.filter((a) => a.dispute).length, 'dispute']);
    expect(found).toHaveLength(2);
  });

  test('wrote the plan and the disposal list after approval, and names both files', async () => {
    expect(summary.documents.map((f) => /(plan|disposal-list)-v1-\w{8}-approved-zh\.(pdf|xlsx)$/.exec(f)?.[1])).toEqual([
      'disposal-list',
      'plan',
    ]);
    const pages = await pdfPages(readFileSync(summary.documents[1]!));
    expect(pages.length).toBeGreaterThanOrEqual(2);
    expect(pages.length).toBeLessThanOrEqual(10);
    const text = pages.join('');
    expect(text).toContain(summary.planDigest);
    for (const label of ['legal-1', 'it-1', 'liquidation-1']) expect(text).toContain(label);
    for (const l of summary.ledger)
      expect(text.replaceAll(' ', ''), l.dataset).toContain(
        `${l.dataset.replace('/public.', '/')}${l.sourceCount.toLocaleString('en-US')}`,
      );
    expect(text).not.toContain('草案');
  });

  test('lets anybody at the machine write the plan again in English, without a passphrase', async () => {
    const file = join(folder, 'plan-en.pdf');
    const where = ['--data', join(demo, 'data'), '--keys', join(demo, 'keys')];
    const made = await cli(['document', 'plan', ...where, '--lang', 'en', '--out', file, '--json']);
    expect(made.status, made.stderr).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ schema: 'shanhou.document.v1', kind: 'plan', file, state: 'approved' });
    expect((await pdfPages(readFileSync(file))).join('')).toContain('Plan for the Disposal of Customer Information');
  });

  test('destroyed the keys of contacts and erase list', () => {
    const keys = join(demo, 'keys', summary.case.code);
    expect(() => readFileSync(join(keys, 'contacts.key.json'))).toThrow();
    expect(() => readFileSync(join(keys, 'erase-list.key.json'))).toThrow();
    expect(readFileSync(join(keys, 'inventory.key.json'), 'utf8')).toContain('inventory');
  });

  test('leaves none of the people in clear in our own folder, and the search that says so finds a canary in every kind of store', async () => {
    const people = peopleOf(before);
    expect(people.size).toBeGreaterThan(300);
    const found = await sweep({ folder: join(demo, 'data'), needles: people, canary: { code: summary.case.code } });
    expect(found.canaries).toEqual({ database: true, parquet: true, text: true, gzip: true, base64: true, pdf: true, xlsx: true });
    expect(found.hits).toEqual([]);
  });
});

/** Phones, id numbers, e-mails and names of the sample as they stand in its stores. */
function peopleOf(stores: Snapshot): Set<string> {
  const out = new Set<string>();
  const rows = [...stores['orders/public.accounts']!, ...stores['crm/customers']!, ...stores['orders/public.addresses']!];
  for (const row of rows) {
    for (const cell of JSON.parse(row) as unknown[]) {
      if (typeof cell !== 'string') continue;
      if (/^1[3-9]\d{9}$/.test(cell) || /^\d{17}[\dX]$/.test(cell) || /^[^@\s]+@[^@\s]+$/.test(cell)) out.add(cell);
      else if (/^\p{Script=Han}{2,4}$/u.test(cell) && cell.length >= 3 && !/[省市区县路街道号女男]/.test(cell)) out.add(cell);
    }
  }
  return out;
}
