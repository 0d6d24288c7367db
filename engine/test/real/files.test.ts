// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openReader } from '../../src/find/connect/index.ts';
import type { DatasetShape, SourceRow } from '../../src/model/source.ts';

/*
 * Files that other people made, each with what must become of it. The material is not ours to pass on: it lies beside the checkout or the
 * test is skipped.
 */
const ROOT = fileURLToPath(new URL('../../../../shared/real/', import.meta.url));
const MANIFEST = `${ROOT}files_manifest.json`;
const present = existsSync(MANIFEST);
const why = present ? '' : ' (skipped: the folder shared/real is not beside the checkout)';

interface Listed {
  readonly file: string;
  readonly kind: string;
  readonly expect: string;
}

interface Labels {
  readonly tables: readonly { file: string; sheets: readonly { sheet: string; headerRow: number; allHeaders: readonly string[] }[] }[];
}

const listed = present ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Listed[]) : [];
const labels = present ? (JSON.parse(readFileSync(`${ROOT}gt/_files_gt.json`, 'utf8')) as Labels) : { tables: [] };

interface Read {
  readonly shapes: readonly DatasetShape[];
  readonly rows: readonly SourceRow[];
  readonly words: string;
  readonly unreadable: readonly { path: string; reason: string; detail: string }[];
}

async function read(file: string): Promise<Read> {
  const reader = await openReader({ name: 'real', kind: 'files', locator: `${ROOT}${file}`, credentials: {} }, null);
  try {
    const shapes: DatasetShape[] = [];
    const rows: SourceRow[] = [];
    const unreadable: Read['unreadable'][number][] = [];
    for (const dataset of await reader.datasets()) {
      const shape = await reader.shape(dataset);
      let count = 0;
      for await (const batch of reader.scan(dataset, 100)) {
        count += batch.length;
        for (const row of batch) {
          const [path, reason, detail] = row.row;
          if (dataset === '!unreadable') unreadable.push({ path: path ?? '', reason: reason ?? '', detail: detail ?? '' });
          else rows.push(row);
        }
      }
      expect(count, dataset).toBe(shape.rows);
      shapes.push(shape);
    }
    const words = [...shapes.flatMap((s) => s.columns.map((c) => c.name)), ...rows.map((r) => r.text ?? (r.shown ?? r.row).join(' '))].join(
      '\n',
    );
    return { shapes, rows, words, unreadable };
  } finally {
    await reader.close();
  }
}

describe.skipIf(!present)(`real files end as they must${why}`, () => {
  test.each(listed.map((l) => [l.file, l] as const))('%s', async (file, { expect: wanted, kind }) => {
    const found = await read(file);
    const reasons = found.unreadable.map((u) => u.reason);
    for (const u of found.unreadable) {
      expect(['encrypted', 'image-only', 'damaged', 'unsupported', 'limit']).toContain(u.reason);
      expect(u.detail).not.toBe('');
    }
    // Silence is the one wrong answer for every file.
    expect(found.shapes.length).toBeGreaterThan(0);
    if (wanted === 'pi' || wanted === 'template' || wanted === 'no_pi') {
      if (reasons.length > 0) expect(reasons).toEqual(['unsupported']);
      expectHeaders(file, found);
    } else if (kind === 'plain' || wanted.startsWith('readable: must be opened')) {
      expect(reasons).toEqual([]);
      expect(found.words.trim()).not.toBe('');
    } else if (kind === 'encrypted') {
      expect(reasons).toContain('encrypted');
    } else if (kind === 'corrupt') {
      expect(reasons.length).toBeGreaterThan(0);
      for (const { path } of found.unreadable) expect(found.rows.map((r) => r.key[0])).not.toContain(path);
    } else if (kind === 'bomb') {
      expect(reasons).toContain('limit');
    } else if (/unsupported format/.test(wanted)) {
      expect(reasons).toEqual(['unsupported']);
    } else if (kind === 'mail') {
      expect(found.shapes.map((s) => s.dataset)).toContain('*.eml');
      expectMail(file, found);
    }
  });

  test('a self-containing archive stops at the depth that is allowed', async () => {
    const droste = listed.find((l) => l.file.endsWith('droste.zip'))!;
    expect((await read(droste.file)).unreadable.map((u) => u.reason)).toContain('limit');
  });
});

function expectHeaders(file: string, found: Read): void {
  for (const sheet of labels.tables.find((t) => file.endsWith(t.file))?.sheets ?? []) {
    const shape = found.shapes.find((s) => s.dataset.endsWith(`#${sheet.sheet}`));
    expect(shape?.layout?.headerRow ?? 1).toBe(sheet.headerRow);
    const names = shape?.columns.map((c) => c.name.replaceAll(/\s/g, '')) ?? [];
    for (const header of sheet.allHeaders) expect(names).toContain(header.replaceAll(/\s/g, ''));
  }
}

interface Reference {
  readonly headers?: readonly { readonly name: unknown; readonly value: unknown }[];
  readonly parts?: readonly { readonly body: unknown }[];
}

/** What the reference parser found as text, subject and addresses must be among our words. */
function expectMail(file: string, found: Read): void {
  expect(found.rows).toHaveLength(1);
  const squeezed = squeeze(found.words);
  expect(squeezed).not.toBe('');
  const sibling = `${ROOT}${file.replace(/\.eml$/, '.json')}`;
  if (!file.endsWith('.eml') || !existsSync(sibling)) return;
  const reference = JSON.parse(readFileSync(sibling, 'utf8')) as Reference;
  const texts: string[] = [];
  collect(reference, texts);
  for (const text of texts)
    for (const word of text.normalize('NFKC').match(/[\p{L}\p{N}]{4,}/gu) ?? []) expect(squeezed).toContain(squeeze(word));
}

function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Texts of the values that the reference parser took from the message. */
function collect(node: unknown, out: string[]): void {
  if (Array.isArray(node)) for (const item of node) collect(item, out);
  else if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node)) {
      if (['Text', 'address'].includes(key) && typeof value === 'string') out.push(value);
      else collect(value, out);
    }
}
