// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classifyDatasets, classifyDocuments, findPersonal, isDocuments, lookAtDocuments } from '../../src/find/classify/index.ts';
import { openReader } from '../../src/find/connect/index.ts';
import { discover } from '../../src/find/discover/index.ts';
import { type Inventory, decodeKey, linkTargets, openInventory, scanDataset } from '../../src/find/inventory/index.ts';
import { resolve } from '../../src/find/resolve/index.ts';
import type { DatasetMap } from '../../src/model/data-map.ts';
import type { OpenItem } from '../../src/model/open-item.ts';
import { makeZip } from '../support/make-zip.ts';

/*
 * Whose a document is, from files on disk to the segment `subjects`. Two customers in a list, one colleague in another, and documents that name
 * one, both, none of them.
 */
const folder = mkdtempSync(join(tmpdir(), 'shw-'));
const site = join(folder, 'site');
const keys = { inventory: randomBytes(32), contacts: randomBytes(32), eraseList: randomBytes(32) };
const problems: OpenItem[] = [];
const paths = new Map<string, number>();
let maps: DatasetMap[];
let inventory: Inventory;
/** Subjects of each record. */
const subjects = new Map<number, (number | null)[]>();
const roles = new Map<number, { role: string; pi: boolean }>();

const FILES: Readonly<Record<string, string | Buffer>> = {
  '客户.csv': '客户编号,姓名,手机\nKH-000123,张三,13800000000\nKH-000456,李四,13900000000\n',
  '员工.csv': '姓名,手机\n王五,13700000000\n',
  'zhang.txt': '请联系张先生 138 0000 0000',
  'number.txt': '客户编号 KH-000456 的回访记录，电话 13800000001 是前台',
  'both.txt': '甲方电话 13800000000，乙方电话 13900000000',
  'stranger1.txt': '联系电话 13600000000，邮箱 stranger@example.com',
  'stranger2.txt': '邮箱 stranger@example.com 电话 13600000000 再次来信',
  'strangers.txt': '13600000001 与 13600000002 之间的往来',
  'colleague.txt': '经办人电话 13700000000，来电 13600000003',
  'none.txt': '产品说明书',
  'mail.eml': [
    'From: a@example.com',
    'To: b@example.com',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    '13800000000',
    '--b',
    'Content-Type: image/png; name=id.png',
    '',
    '\x89PNG\r\n\x1a\n',
    '--b--',
  ].join('\r\n'),
  '李四.rar': Buffer.from('526172211a0700', 'hex'),
  'old.zip': makeZip([{ name: '13900000000.txt', bytes: Buffer.from('x'), flags: 1 }]),
};

beforeAll(async () => {
  mkdirSync(site);
  for (const [name, body] of Object.entries(FILES))
    writeFileSync(join(site, name), typeof body === 'string' ? Buffer.from(body, name.endsWith('eml') ? 'latin1' : 'utf8') : body);
  const reader = await openReader({ name: 'share', kind: 'files', locator: site, credentials: {} }, null);
  const found = await discover(reader, { lookAt: lookAtDocuments });
  const tables = classifyDatasets([{ source: 'share', datasets: found.datasets.filter((d) => !isDocuments(d.shape)) }], new Map());
  maps = found.datasets.map((d) =>
    isDocuments(d.shape)
      ? classifyDocuments('share', d.shape, d.findings ?? { documents: 0, personal: 0, identified: 0, classes: {} })
      : tables.find((m) => m.dataset === d.shape.dataset)!,
  );
  const segments = [];
  let firstIndex = 0;
  for (const map of maps) {
    const scanned = await scanDataset({
      reader,
      map,
      firstIndex,
      keys,
      today: '2026-01-01',
      folder: join(folder, 'inventory'),
      linkedTo: linkTargets(maps),
      findPersonal,
      knownCategories: new Set(maps.flatMap((m) => m.fields.flatMap((f) => f.category ?? []))),
      crash: () => undefined,
    });
    for await (const batch of reader.scan(map.dataset, 100))
      for (const row of batch)
        if (map.key[0] === 'path') paths.set(row.key[0]!, firstIndex++);
        else firstIndex++;
    segments.push(...scanned.segments);
    problems.push(...scanned.problems);
  }
  await reader.close();
  const open = { folder: join(folder, 'inventory'), tempFolder: join(folder, 'temp') };
  const first = await openInventory({ ...open, segments });
  const { subjects: resolved } = resolve(await first.edges());
  const segment = await first.writeSubjects(
    Array.from(resolved, (s, i) => [i, s < 0 ? null : s] as const),
    true,
  );
  await first.close();
  inventory = await openInventory({ ...open, segments: [...segments, segment!] });
  for await (const r of inventory.query<{ idx: number; subject: number | null }>('SELECT idx, subject FROM subjects ORDER BY idx, subject'))
    subjects.set(r.idx, [...(subjects.get(r.idx) ?? []), r.subject]);
  for await (const r of inventory.query<{ idx: number; role: string; pi: boolean }>('SELECT idx, role, pi FROM records'))
    roles.set(r.idx, r);
});

afterAll(async () => {
  await inventory.close();
  rmSync(folder, { recursive: true, force: true });
});

const of = (path: string) => subjects.get(paths.get(path)!)!;
/** The rows of the customers' list come first in their dataset. */
const customer = (n: number): number => {
  const at = maps.findIndex((m) => m.dataset === '客户.csv');
  const before = maps.slice(0, at).reduce((sum, m) => sum + m.rows, 0);
  return subjects.get(before + n)![0]!;
};

describe('a document belongs', () => {
  test('to the customer whose phone stands in it, however it is written', () => expect(of('zhang.txt')).toEqual([customer(0)]));
  test('to the customer whose number stands in it, though a customer number has no form of its own', () =>
    expect(of('number.txt')).toEqual([customer(1)]));
  test('to both where both are named, and makes them no single person', () => {
    expect(customer(0)).not.toBe(customer(1));
    expect(of('both.txt')).toEqual([customer(0), customer(1)].toSorted((a, b) => a - b));
  });
  test('to a subject of its own where it names one stranger, together with what names the same', () => {
    expect(of('stranger1.txt')).toHaveLength(1);
    expect(of('stranger1.txt')[0]).not.toBeNull();
    expect(of('stranger2.txt')).toEqual(of('stranger1.txt'));
    expect([customer(0), customer(1)]).not.toContain(of('stranger1.txt')[0]);
  });
  test('to nobody where it names two strangers, or nobody', () => {
    expect(of('strangers.txt')).toEqual([null]);
    expect(of('none.txt')).toEqual([null]);
    expect(roles.get(paths.get('none.txt')!)?.pi).toBe(false);
  });
  test('to no colleague: what names one besides a stranger is the stranger’s', () => expect(of('colleague.txt')[0]).not.toBeNull());
  test('to nobody yet while a part of it cannot be read', () => expect(roles.get(paths.get('mail.eml')!)?.role).toBe('unknown'));
});

describe('the inventory', () => {
  test('has every record at least once, tables exactly once', async () => {
    const total = maps.reduce((n, m) => n + m.rows, 0);
    expect(new Set(subjects.keys()).size).toBe(total);
    for await (const r of inventory.query<{ n: number }>(`SELECT count(*) AS n FROM records`)) expect(r.n).toBe(total);
  });

  test('files that cannot be read are gaps and open items with reason and number, never with their name', () => {
    const unreadable = maps.find((m) => m.dataset === '!unreadable')!;
    expect(unreadable.role).toBe('unknown');
    const items = problems.filter((p) => p.kind === 'source-unreadable');
    const told = items.map((i) => [i.dataset, i.detail, i.count, i.owner]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
    expect(told).toEqual([
      ['!unreadable', 'encrypted: zip: password', 1, 'it'],
      ['!unreadable', 'image-only: png', 1, 'it'],
      ['!unreadable', 'unsupported: rar', 1, 'it'],
      ['*.eml', 'attachment', 1, 'it'],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/李四|13900000000/);
    for (const item of items) expect(item.examples.length).toBe(item.count);
  });

  test('paths are sealed, and can be opened with the key', async () => {
    for await (const r of inventory.query<{ key: string }>('SELECT key FROM records WHERE idx = $1', [paths.get('李四.rar')!])) {
      expect(r.key).not.toContain('李四');
      expect(decodeKey(r.key, keys.inventory)).toEqual(['李四.rar']);
    }
    const stored = (segment: string) => readFileSync(join(folder, 'inventory', segment), 'latin1');
    for (const name of ['李四.rar', '13900000000'].map((word) => Buffer.from(word).toString('latin1')))
      for await (const r of inventory.query<{ file: string }>(`SELECT DISTINCT file FROM glob('${folder}/inventory/*.parquet')`))
        expect(stored(r.file.slice(r.file.lastIndexOf('/') + 1))).not.toContain(name);
  });
});
