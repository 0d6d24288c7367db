// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExpectedRecord, archiveChunk, newArchiveIdentity, rehearse, sealClass, withdraw } from '../../src/act/vault/index.ts';
import { type ArchiveIdentity } from '../../src/act/vault/index.ts';
import type { Row } from '../../src/model/cell.ts';
import type { Chunk } from '../../src/model/planned.ts';

const CLASS = 'invoice-2054-12-31';
const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'title', type: 'text' },
  { name: 'buyer_birth_date', type: 'date' },
];
let folder: string;
let keys: ArchiveIdentity;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-vault-'));
  keys = await newArchiveIdentity();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function chunk(first: number, last: number): Chunk {
  const records = Array.from({ length: last - first + 1 }, (_, n) => ({
    index: first + n,
    key: [String(first + n)],
    occurrence: 0,
    fingerprint: `fp${first + n}`,
    disposition: 'archive' as const,
    archiveClass: CLASS,
  }));
  return { dataset: 'orders/public.invoices', first, last, records };
}

const rowsFor = (c: Chunk) => new Map<number, Row>(c.records.map((r) => [r.index, [String(r.index), '发票 "甲"\n', '1990-01-02']]));

function archive(c: Chunk, rows = rowsFor(c), crash: (name: string) => void = () => undefined) {
  return archiveChunk({ folder, archiveClass: CLASS, chunk: c, rows, columns: COLUMNS, kept: ['id', 'title'], ...keys, crash });
}

async function* expecting(from: number, to: number): AsyncGenerator<ExpectedRecord> {
  for (let index = from; index <= to; index++) yield { index, fingerprint: `fp${index}`, archiveClass: CLASS };
}

const rehearsal = (from: number, to: number, identity = keys.identity) =>
  rehearse({ folder, identities: new Map([[CLASS, identity]]), expected: expecting(from, to) });

test('a chunk is archived, read back and rehearsed, and a column that must go does not enter it', async () => {
  const points: string[] = [];
  const result = await archive(chunk(5, 9), undefined, (name) => points.push(name));
  expect(points).toEqual(['vault.chunk-written', 'vault.chunk-verified']);
  expect(result.records).toBe(5);
  expect([...result.verified]).toEqual([5, 6, 7, 8, 9]);
  expect(readFileSync(result.path).includes('发票')).toBe(false);
  expect(result.sha256).toBe(hash('sha256', readFileSync(result.path), 'hex'));
  expect(readFileSync(join(result.path, '..', 'schema.json'), 'utf8')).toContain('"dropped":["buyer_birth_date"]');
  expect(await rehearsal(5, 9)).toMatchObject({ ok: true, chunks: 1, records: 5 });
});

test('a chunk that lies there verified is used again, byte for byte', async () => {
  const first = await archive(chunk(0, 3));
  const points: string[] = [];
  const second = await archive(chunk(0, 3), undefined, (name) => points.push(name));
  expect(second.sha256).toBe(first.sha256);
  expect(points).toEqual(['vault.chunk-verified']);
});

test('a record that was deleted from the source already is not lost when its chunk is archived again', async () => {
  await archive(chunk(0, 3));
  const rows = rowsFor(chunk(0, 3));
  rows.delete(1);
  const again = await archive(chunk(0, 3), rows);
  expect([...again.verified]).toEqual([0, 1, 2, 3]);
});

test('a damaged file is written again only while every record is at hand', async () => {
  const { path } = await archive(chunk(0, 3));
  const bytes = readFileSync(path);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(path, bytes);
  const rows = rowsFor(chunk(0, 3));
  rows.delete(2);
  await expect(archive(chunk(0, 3), rows)).rejects.toMatchObject({ code: 'archive-damaged' });
  expect(await rehearsal(0, 3)).toMatchObject({ ok: false, damaged: [path], missing: [0, 1, 2, 3] });
  expect((await archive(chunk(0, 3))).records).toBe(4);
  expect((await rehearsal(0, 3)).ok).toBe(true);
});

test('a crash after writing leaves a file that the next run verifies', async () => {
  const stop = (name: string) => {
    if (name === 'vault.chunk-written') throw new Error('killed');
  };
  await expect(archive(chunk(0, 3), undefined, stop)).rejects.toThrow('killed');
  expect((await archive(chunk(0, 3))).verified.size).toBe(4);
});

test('the rehearsal names what is missing, changed or too much, and refuses another key', async () => {
  await archive(chunk(0, 3));
  await archive(chunk(10, 12));
  expect(await rehearsal(0, 3)).toMatchObject({ ok: false, unexpected: [10, 11, 12] });
  expect(await rehearsal(0, 12)).toMatchObject({ ok: false, missing: [4, 5, 6, 7, 8, 9] });
  const other = await newArchiveIdentity();
  expect((await rehearsal(0, 3, other.identity)).damaged).toHaveLength(2);
});

test('withdrawn records leave the archive, and an empty chunk leaves the disk', async () => {
  const a = await archive(chunk(0, 3));
  const b = await archive(chunk(4, 5));
  const args = { folder, archiveClass: CLASS, dataset: 'orders/public.invoices', ...keys };
  const changed = await withdraw({ ...args, indexes: [2, 4, 5] });
  expect(changed.map((c) => [c.path, c.records])).toEqual([
    [a.path, 3],
    [b.path, 0],
  ]);
  expect(await withdraw({ ...args, indexes: [2, 4, 5] })).toEqual([]);
  expect(await rehearsal(0, 3)).toMatchObject({ ok: false, missing: [2], records: 3 });
});

test('a sealed class is a BagIt bag over ciphertext and sealing again gives the same manifest', async () => {
  await archive(chunk(0, 3));
  const args = { folder, archiveClass: CLASS, info: { 'Bagging-Date': '2026-11-23' }, crash: () => undefined };
  const sealed = sealClass(args);
  expect(readdirSync(join(folder, CLASS)).toSorted()).toEqual([
    'bag-info.txt',
    'bagit.txt',
    'data',
    'manifest-sha512.txt',
    'tagmanifest-sha512.txt',
  ]);
  const manifest = readFileSync(join(folder, CLASS, 'manifest-sha512.txt'), 'utf8');
  expect(manifest.trimEnd().split('\n')).toHaveLength(2);
  for (const file of sealed.files) expect(hash('sha512', readFileSync(join(folder, CLASS, file.path)), 'hex')).toBe(file.sha512);
  expect(sealClass(args)).toEqual(sealed);
});

describe('of documents the bytes are kept', () => {
  const sha = (text: string) => hash('sha256', text, 'hex');
  const FILES = [
    { name: 'path', type: 'text' },
    { name: 'content', type: 'document' },
  ];
  const text = (index: number) => `document ${index} \u4f60`;
  const bytes = (index: number) => Promise.resolve(Buffer.from(text(index)));
  const rowsOf = (c: Chunk) => new Map<number, Row>(c.records.map((r) => [r.index, [`${r.index}.docx`, `sha256:${sha(text(r.index))}`]]));
  const keep = (
    c: Chunk,
    more: { rows?: ReadonlyMap<number, Row>; file?: (index: number) => Promise<Uint8Array>; crash?: (name: string) => void } = {},
  ) =>
    archiveChunk({
      folder,
      archiveClass: CLASS,
      chunk: c,
      rows: more.rows ?? rowsOf(c),
      columns: FILES,
      kept: ['path', 'content'],
      ...keys,
      file: ({ index }) => (more.file ?? bytes)(index),
      crash: more.crash ?? (() => undefined),
    });
  const files = () =>
    (readdirSync(join(folder, CLASS, 'data'), { recursive: true }) as string[])
      .map((f) => f.replace(/^.*\//, ''))
      .filter((f) => /^\d+\.age$/.test(f));
  const place = (name: string) => {
    const found = (readdirSync(folder, { recursive: true }) as string[]).find((f) => f.endsWith(`/${name}`));
    return join(folder, found!);
  };

  test('each as a file that opens to the same bytes, listed in the bag', async () => {
    const result = await keep(chunk(0, 2));
    expect([...result.verified]).toEqual([0, 1, 2]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(keys.identity);
    expect(await decrypter.decrypt(readFileSync(place('1.age')), 'text')).toBe(text(1));
    expect(await rehearsal(0, 2)).toMatchObject({ ok: true, records: 3 });
    const sealed = sealClass({ folder, archiveClass: CLASS, info: {}, crash: () => undefined });
    expect(sealed.files.filter((f) => /\/\d+\.age$/.test(f.path))).toHaveLength(3);
  });

  test('a document that is not what it was is not archived, and nothing of it stays', async () => {
    const result = await keep(chunk(0, 2), { file: (index) => (index === 1 ? Promise.resolve(Buffer.from('changed')) : bytes(index)) });
    expect([...result.verified]).toEqual([0, 2]);
    expect(files()).toEqual(['0.age', '2.age']);
  });

  test.each(['0.age', '2.age'])(
    '%s cut, changed or missing is found by the rehearsal, and is written again from the source',
    async (name) => {
      await keep(chunk(0, 2));
      const path = place(name);
      const good = readFileSync(path);
      for (const bad of [good.subarray(0, good.length - 3), Buffer.concat([good, Buffer.from([1])]), readFileSync(place('1.age')), null]) {
        if (bad === null) rmSync(path);
        else writeFileSync(path, bad);
        expect(await rehearsal(0, 2)).toMatchObject({ ok: false, damaged: [path] });
      }
      await keep(chunk(0, 2));
      expect(await rehearsal(0, 2)).toMatchObject({ ok: true });
    },
  );

  test('a document whose source is gone and whose file is damaged stops the archive', async () => {
    await keep(chunk(0, 2));
    writeFileSync(place('1.age'), 'x');
    await expect(keep(chunk(0, 2), { rows: new Map() })).rejects.toMatchObject({ code: 'archive-damaged' });
  });

  test('documents of an earlier run are kept although the source has them no more', async () => {
    await keep(chunk(0, 2));
    const rows = rowsOf(chunk(0, 2));
    rows.delete(1);
    expect([...(await keep(chunk(0, 2), { rows })).verified]).toEqual([0, 1, 2]);
    expect(files()).toHaveLength(3);
  });

  test('a file that a killed run left without a line is taken away, and the rehearsal counts it as too much', async () => {
    await keep(chunk(0, 2));
    writeFileSync(place('1.age').replace('1.age', '3.age'), 'left behind');
    await keep(chunk(0, 3), { rows: rowsOf(chunk(0, 2)), crash: () => undefined });
    expect(files()).toEqual(['0.age', '1.age', '2.age']);
    writeFileSync(place('1.age').replace('1.age', '2.age'), readFileSync(place('1.age')));
    expect((await rehearsal(0, 2)).ok).toBe(false);
  });

  test('withdrawing a record takes its document along, also when it is the last one', async () => {
    await keep(chunk(0, 2));
    const args = { folder, archiveClass: CLASS, dataset: 'orders/public.invoices', ...keys };
    await withdraw({ ...args, indexes: [1] });
    expect(files()).toEqual(['0.age', '2.age']);
    await withdraw({ ...args, indexes: [0, 2] });
    expect(files()).toEqual([]);
  });
});
