// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSealed, sha256 } from '../../kit/index.ts';
import type { CrashPointName } from '../../model/crash-point.ts';
import type { DatasetMap, FieldMap } from '../../model/data-map.ts';
import type { SourceRow } from '../../model/source.ts';
import { InventoryError } from './error.ts';
import { type ScanOptions, decodeKey, linkTargets, masterDatasets, openInventory, removeUnlisted, scanDataset } from './index.ts';

const keys = { inventory: new Uint8Array(32).fill(1), contacts: new Uint8Array(32).fill(2), eraseList: new Uint8Array(32).fill(3) };
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'inv-')), "in[v]'entory");
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const field = (name: string, category: FieldMap['category'] = null): FieldMap => ({
  name,
  type: 'text',
  category,
  sensitivity: 'none',
  confidence: 1,
  evidence: [],
});
const accounts: DatasetMap = {
  id: 'shop/accounts',
  source: 'shop',
  dataset: 'accounts',
  role: 'customer',
  recordClass: 'account',
  key: ['phone'],
  fields: [
    field('phone', 'phone'),
    field('real_name', 'name'),
    field('id_card', 'id_card'),
    field('kind'),
    field('created_at'),
    field('status'),
  ],
  links: [],
  clocks: { 'record.created': 'created_at', 'fiscal-year.ended': 'created_at' },
  standing: [{ kind: 'billing', column: 'status', endedValues: ['ended'], activeValues: ['active'] }],
  rowRole: { column: 'kind', values: { customer: 'customer', staff: 'staff' } },
  subjectKey: 'phone',
  anonymiseTo: null,
  rows: 3,
  confidence: 1,
  evidence: [],
};
const logins: DatasetMap = {
  ...accounts,
  id: 'shop/logins',
  dataset: 'logins',
  recordClass: 'log',
  key: [],
  fields: [field('account', null), field('ip', 'ip')],
  links: [{ columns: ['account'], to: 'shop/accounts', toColumns: ['phone'], evidence: 'foreign-key' }],
  clocks: {},
  standing: [],
  rowRole: null,
};
const people = [
  ['13900000001', '测试甲', '11010519491231002X', 'customer', '2020-02-30', 'ended'],
  ['13900000002', '测试乙', '110105194912310021', 'customer', '2020-06-01 20:00:00+00', 'active'],
  ['13900000003', '测试丙', null, 'staff', '2021-01-01', null],
];

function reader(rows: readonly SourceRow[]) {
  return {
    async *scan(_dataset: string, batch: number) {
      for (let i = 0; i < rows.length; i += batch) yield rows.slice(i, i + batch);
    },
  };
}
const scan = (map: DatasetMap, rows: readonly SourceRow[], more: Partial<ScanOptions> = {}) =>
  scanDataset({
    reader: reader(rows),
    map,
    firstIndex: 0,
    keys,
    today: '2026-11-23',
    folder,
    linkedTo: linkTargets([accounts, logins]),
    crash: () => undefined,
    ...more,
  });
const accountRows = people.map((row) => ({ key: [row[0]!], row }));
const all = async <T>(rows: AsyncIterable<T>) => {
  const out: T[] = [];
  for await (const row of rows) out.push(row);
  return out;
};

describe('links that hold only sometimes', () => {
  const link = { columns: ['account'], to: 'shop/accounts', toColumns: ['phone'], evidence: 'name' } as const;
  const idsOf = async (map: DatasetMap, rows: readonly (readonly (string | null)[])[]) => {
    const linkedTo = linkTargets([accounts, map]);
    const { segments } = await scan(
      map,
      rows.map((row) => ({ key: [], row })),
      { linkedTo },
    );
    const inventory = await openInventory({ folder, segments });
    const out = await all(inventory.query<{ ids: string[] }>('SELECT ids FROM records ORDER BY idx'));
    return out.map((r) => r.ids.filter((id) => id.startsWith('r')).length);
  };

  it('joins a row of the kind that the type column names, and no other', async () => {
    const map: DatasetMap = {
      ...logins,
      links: [{ ...link, when: { column: 'ip', values: ['CUST'] } }],
      fields: [field('account'), field('ip')],
    };
    expect(
      await idsOf(map, [
        ['13900000001', 'cust'],
        ['13900000001', 'AGT'],
        ['13900000001', null],
      ]),
    ).toEqual([1, 0, 0]);
  });

  it('joins nobody through a list of several customers, nor through a column that tells somebody else', async () => {
    const map: DatasetMap = { ...logins, links: [{ ...link, list: true }], fields: [field('account'), field('ip')] };
    expect(
      await idsOf(map, [
        ['13900000001', null],
        ['13900000001,13900000002', null],
        ['["13900000001"]', null],
      ]),
    ).toEqual([1, 0, 1]);
    const other: DatasetMap = { ...map, links: [{ ...link, owner: false }] };
    expect(linkTargets([accounts, other]).size).toBe(0);
    expect(masterDatasets([accounts, other])).toEqual(new Set(['shop/accounts', 'shop/logins']));
  });
});

describe('a credit code', () => {
  const firm = [field('code', 'credit_code'), field('person', 'id_card')];
  const hardIds = async (more: Partial<DatasetMap>, row: readonly (string | null)[]) => {
    const map: DatasetMap = { ...logins, links: [], fields: firm, ...more };
    const { segments } = await scan(map, [{ key: [], row }], {
      recognise: (category) => category === 'credit_code',
      linkedTo: linkTargets([accounts, map]),
    });
    const inventory = await openInventory({ folder, segments });
    const [record] = await all(inventory.query<{ ids: string[]; places: number[] }>('SELECT ids, places FROM records'));
    await inventory.close();
    expect(record!.places).toHaveLength(record!.ids.length);
    return record!.ids.filter((id) => id.startsWith('h')).length;
  };

  it('joins rows that are organisations, and no people who have an employer or an invoice in common', async () => {
    const code = '91350100M000100Y43';
    expect(await hardIds({}, [code, null])).toBe(1);
    // The identity number joins; the code beside it does not.
    expect(await hardIds({}, [code, '11010519491231002X'])).toBe(1);
    const link = { columns: ['person'], to: 'shop/accounts', toColumns: ['phone'], evidence: 'name' } as const;
    expect(await hardIds({ links: [link] }, [code, null])).toBe(0);
  });
});

describe('the scan of a dataset', () => {
  it('writes one line per record, with sealed keys, identifiers, clocks and facts', async () => {
    const done: CrashPointName[] = [];
    const result = await scan(accounts, accountRows, { crash: (name) => done.push(name), firstIndex: 7 });
    expect(result.rows).toBe(3);
    expect(done).toEqual(['inventory.segment-written']);
    expect(result.segments.map((s) => [s.kind, s.rows])).toEqual([
      ['records', 3],
      ['contacts', 4],
      ['erase-list', 6],
    ]);
    for (const s of result.segments) expect(sha256(readFileSync(join(folder, s.path)))).toBe(s.sha256);
    const inventory = await openInventory({ folder, segments: result.segments });
    const rows = await all(inventory.query<Record<string, unknown>>('SELECT * FROM records ORDER BY idx'));
    expect(rows.map((r) => r['idx'])).toEqual([7, 8, 9]);
    expect(rows.map((r) => decodeKey(r['key'] as string, keys.inventory))).toEqual(people.map((p) => [p[0]]));
    expect(rows.map((r) => r['role'])).toEqual(['customer', 'customer', 'staff']);
    expect(rows.map((r) => r['minor'])).toEqual([false, null, null]);
    expect(rows.map((r) => (r['ids'] as string[]).map((id) => id[0]).join(''))).toEqual(['rsh', 'rs', 'ro']);
    expect(rows.map((r) => r['record_created'])).toEqual([null, '2020-06-02', '2021-01-01']);
    expect(rows.map((r) => r['fiscal_year_ended'])).toEqual([null, '2020-12-31', '2021-12-31']);
    expect(JSON.parse(rows[0]!['facts'] as string)).toEqual([{ kind: 'billing', value: 'ended', endedOn: null, cause: 'unknown' }]);
    expect(result.problems.map((p) => [p.kind, p.field, p.count, p.examples])).toEqual([
      ['gap', 'created_at', 1, [7]],
      ['invalid-identifier', 'id_card', 1, [8]],
    ]);
    await inventory.close();
  });

  it('leaves no personal value in clear in any file', async () => {
    const result = await scan(accounts, accountRows);
    for (const s of result.segments) {
      const bytes = readFileSync(join(folder, s.path));
      for (const person of people)
        for (const value of person.slice(0, 3)) if (value) expect(bytes.includes(Buffer.from(value))).toBe(false);
    }
    const inventory = await openInventory({ folder, segments: result.segments });
    const text = JSON.stringify(await all(inventory.query('SELECT * FROM records')));
    for (const person of people) for (const value of person.slice(0, 3)) if (value) expect(text.includes(value)).toBe(false);
    await inventory.close();
    const lines = [...readSealed(join(folder, result.segments[2]!.path), keys.eraseList)];
    expect(lines[2]).toEqual({ i: 0, c: 'id_card', v: '11010519491231002X' });
  });

  it('numbers identical rows of a dataset without key', async () => {
    const row = { key: [], row: ['13900000001', '192.0.2.1'] };
    const result = await scan(logins, [row, { key: [], row: ['13900000002', null] }, row, row]);
    const inventory = await openInventory({ folder, segments: result.segments });
    expect((await all(inventory.query<{ occ: number }>('SELECT occ FROM records ORDER BY idx'))).map((r) => r.occ)).toEqual([0, 0, 1, 2]);
    await inventory.close();
  });

  it('refuses a map that names a column the source has not', async () => {
    const map = { ...accounts, clocks: { 'account.closed': 'closed_at' } as const };
    await expect(scan(map, accountRows)).rejects.toMatchObject({ code: 'column-unknown' });
    await expect(scan(accounts, [{ key: ['x'], row: ['x'] }])).rejects.toMatchObject({ code: 'row-shape' });
  });

  it('leaves no part behind when the reader fails', async () => {
    const broken = {
      async *scan() {
        yield accountRows;
        throw new Error('gone');
      },
    };
    await expect(scan(accounts, [], { reader: broken })).rejects.toThrow('gone');
    for (const kind of ['records', 'contacts', 'erase-list']) {
      expect(existsSync(join(folder, kind)) ? readdirSync(join(folder, kind)) : []).toEqual([]);
    }
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });
});

describe('the open inventory', () => {
  it('gives empty views for kinds without segments', async () => {
    const inventory = await openInventory({ folder, segments: [] });
    for (const kind of ['records', 'subjects', 'standing', 'plan', 'outcomes']) {
      expect(await all(inventory.query(`SELECT * FROM ${kind}`))).toEqual([]);
    }
    const edges = await inventory.edges();
    expect([edges.records, edges.record.length]).toEqual([0, 0]);
    await inventory.close();
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('joins child and parent by reference, and no two customers through a staff row', async () => {
    const a = await scan(accounts, accountRows);
    const b = await scan(
      logins,
      ['13900000001', '13900000001', '13900000003', '13900000003'].map((account) => ({ key: [], row: [account, '192.0.2.1'] })),
      { firstIndex: 3 },
    );
    const inventory = await openInventory({ folder, segments: [...a.segments, ...b.segments] });
    const edges = await inventory.edges(masterDatasets([accounts, logins]));
    expect([...edges.record]).toEqual([0, 3, 4]);
    expect([...edges.identifier]).toEqual([0, 0, 0]);
    expect([...edges.class]).toEqual([2, 2, 2]);
    expect([...edges.linked]).toEqual([1, 1, 0, 1, 1, 1, 1]);
    expect([...edges.master]).toEqual([1, 1, 0, 0, 0, 0, 0]);
    const staff = await all(inventory.query('SELECT * FROM staff_references ORDER BY idx'));
    expect(staff).toEqual([
      { idx: 5, role: 'staff' },
      { idx: 6, role: 'staff' },
    ]);
    await inventory.close();
  });

  it('writes rows and selects as durable segments that a later opening sees', async () => {
    const inventory = await openInventory({ folder, segments: [] });
    const one = await inventory.writeRows(
      'subjects',
      ['idx', 'subject'],
      [
        [0, 2],
        [1, null],
      ],
    );
    const two = await inventory.copyToSegment(
      'outcomes',
      "SELECT 5 AS idx, 'delete' AS disposition, 'done' AS outcome, DATE '2026-08-31' AS until, '' AS rules, 'no-rule' AS reason",
    );
    expect(await inventory.writeRows('subjects', ['idx', 'subject'], [])).toBeNull();
    await inventory.close();
    const again = await openInventory({ folder, segments: [one!, two] });
    expect(await all(again.query('SELECT * FROM subjects WHERE idx >= $1 ORDER BY idx', [0]))).toEqual([
      { idx: 0, subject: 2 },
      { idx: 1, subject: null },
    ]);
    expect(await all(again.query('SELECT until FROM outcomes'))).toEqual([{ until: '2026-08-31' }]);
    await again.close();
    expect(removeUnlisted(folder, new Set([two.path]), ['subjects', 'outcomes'])).toEqual([one!.path]);
  });

  it('answers a query with an error code, a missing segment too, and never downloads an extension', async () => {
    const inventory = await openInventory({ folder, segments: [] });
    await expect(all(inventory.query('SELECT nothing FROM nowhere'))).rejects.toBeInstanceOf(InventoryError);
    await expect(inventory.run("SELECT * FROM read_parquet('https://host.example/x.parquet')")).rejects.toMatchObject({
      code: 'query-failed',
    });
    await inventory.close();
    await expect(openInventory({ folder, segments: [{ kind: 'plan', path: 'plan/none.parquet' }] })).rejects.toMatchObject({
      code: 'segment-missing',
    });
    await expect(openInventory({ folder, segments: [], tempFolder: '/tmp' })).rejects.toMatchObject({ code: 'temp-outside' });
  });
});
