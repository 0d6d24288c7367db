// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import { dataMapHtml } from '../../src/cli/print/data-map-html.ts';
import { terminal } from '../../src/cli/terminal.ts';
import { mapTable } from '../../src/cli/print/data-map-table.ts';
import { applyDataMapFile, printDataMap } from '../../src/config/index.ts';
import { keepCorrections, mapDifference } from '../../src/find/classify/index.ts';
import type { DataMap } from '../../src/model/data-map.ts';
import { discoverSource, mapOf, ourSchemas } from './support/map-schemas.ts';

describe('people correct a data map', () => {
  let map: DataMap;
  beforeAll(async () => {
    map = mapOf((await ourSchemas(['gym'])).get('gym')!).map;
  });
  const correction = `datasets:
  gym/kcb: { role: none, recordClass: product-listing }
  gym/hyxx: { fields: { bz: { category: health, sensitivity: sensitive } } }`;

  test('what they decided survives a new discovery, the rest follows what was found', () => {
    const corrected = applyDataMapFile(map, correction, 'fix.yaml');
    expect(corrected.datasets.find((d) => d.id === 'gym/kcb')!.corrected).toEqual(['role', 'recordClass']);
    const grown: DataMap = { ...map, datasets: map.datasets.map((d) => (d.id === 'gym/kcb' ? { ...d, rows: 99 } : d)) };
    const again = keepCorrections(corrected, grown);
    expect(again.datasets.find((d) => d.id === 'gym/kcb')).toMatchObject({ role: 'none', recordClass: 'product-listing', rows: 99 });
    const field = again.datasets.find((d) => d.id === 'gym/hyxx')!.fields.find((f) => f.name === 'bz')!;
    expect([field.category, field.sensitivity, field.evidence.includes('person')]).toEqual(['health', 'sensitive', true]);
    expect(mapDifference(corrected, again)).toEqual([]);
  });

  test('a map read back as it was printed corrects nothing', () => {
    expect(applyDataMapFile(map, printDataMap(map), 'same.yaml')).toEqual(map);
  });

  test('a new run says what is new, gone and changed', () => {
    const [first, ...others] = map.datasets;
    const now: DataMap = {
      version: 1,
      datasets: [
        ...others.map((d) =>
          d.id === 'gym/hyxx' ? { ...d, fields: d.fields.slice(1).map((f) => (f.name === 'xm' ? { ...f, category: null } : f)) } : d,
        ),
        { ...first!, id: 'gym/newcomer' },
      ],
    };
    expect(mapDifference(map, now).map((d) => `${d.kind} ${d.dataset} ${d.field} ${d.was} ${d.is}`)).toEqual([
      `gone ${first!.id} null ${first!.role} ${first!.recordClass} null`,
      'gone gym/hyxx hyid null null',
      'changed gym/hyxx xm name null',
      `new gym/newcomer null null ${first!.role} ${first!.recordClass}`,
    ]);
  });
});

describe('hostile names', () => {
  const NAMES = [
    '<script>alert(1)</script>',
    '"; DROP TABLE x; --',
    "'quoted'",
    '$(touch owned)',
    'a\u001b[31mred',
    '\u202eevil',
    '{{x}}: &a [1',
    '手机号\n# note',
  ];

  test('are read, mapped, printed as YAML, as a page and on a terminal, and never come out raw', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shanhou-hostile-'));
    try {
      const path = join(folder, 'x.db');
      const db = new DatabaseSync(path);
      const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
      for (const name of NAMES) {
        db.exec(
          `CREATE TABLE ${quoted(`member ${name}`)} (id INTEGER PRIMARY KEY, ${quoted(`phone ${name}`)} TEXT, mobile TEXT, name TEXT)`,
        );
        db.prepare(`INSERT INTO ${quoted(`member ${name}`)} VALUES (1, ?, '13900000000', ?)`).run(name, name);
      }
      db.close();
      const { map } = mapOf([await discoverSource({ name: 'x', kind: 'sqlite', locator: path, credentials: {} })]);
      expect(map.datasets).toHaveLength(NAMES.length);
      for (const d of map.datasets) expect(d.fields.find((f) => f.name === 'mobile')!.category).toBe('phone');
      expect(applyDataMapFile(map, printDataMap(map), 'same.yaml')).toEqual(map);
      const page = dataMapHtml(map, 'zh');
      expect(page).not.toMatch(/<script|"; DROP|[\u0000-\u0008\u001b\u202a-\u202e]/);
      expect(page).toContain('&lt;script&gt;');
      expect(mapTable(map, { ...terminal({ lang: 'zh', json: false, color: false, env: {} }), columns: 200 })).not.toMatch(
        /[\u0000-\u0009\u001b\u202a-\u202e]/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
