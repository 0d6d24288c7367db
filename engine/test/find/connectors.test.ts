// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatasetReader, inspectSource, openReader } from '../../src/find/connect/index.ts';
import { discover } from '../../src/find/discover/index.ts';
import type { SourceRow } from '../../src/model/source.ts';
import { HOSTILE, PEOPLE, STORES, type Store } from './connectors.ts';

/* What every connector does alike, against the real thing. What is peculiar to one stands in a test of its own. */
describe.each(STORES)('$kind', ({ absent, start }) => {
  describe.skipIf(absent !== null && process.env['REQUIRE_ALL'] !== '1')(
    absent === null ? 'against the real thing' : `skipped: ${absent} is not installed`,
    () => {
      let store: Store;
      let reader: DatasetReader;

      beforeAll(async () => {
        store = await start();
        reader = await openReader(store.source, store.secret);
      });
      afterAll(async () => {
        await reader?.close();
        await store?.stop();
      });

      const rows = async (dataset: string, batch: number) => {
        const out: SourceRow[] = [];
        for await (const part of reader.scan(dataset, batch)) {
          expect(part.length).toBeLessThanOrEqual(batch);
          expect(part.length).toBeGreaterThan(0);
          out.push(...part);
        }
        return out;
      };

      test('counts what it then reads, each record once, in an order that stays', async () => {
        const shape = await reader.shape(store.people);
        expect(shape.rows).toBe(PEOPLE);
        expect(await reader.count(store.people)).toBe(await store.ownCount());
        const first = await rows(store.people, 700);
        expect(first).toHaveLength(PEOPLE);
        expect(new Set(first.map(({ key }) => JSON.stringify(key))).size).toBe(PEOPLE);
        for (const { key, row } of first) {
          expect(row).toHaveLength(shape.columns.length);
          expect(key).toHaveLength(shape.key.length);
        }
        expect(await rows(store.people, 1)).toEqual(first);
        expect(await rows(store.people, PEOPLE)).toEqual(first);
      });

      test('samples the same rows each time, spread over the whole, no more than asked', async () => {
        const sample = await reader.sample(store.people, 100);
        expect(sample).toHaveLength(100);
        expect(await reader.sample(store.people, 100)).toEqual(sample);
        const all = new Set((await rows(store.people, PEOPLE)).map(({ row }) => JSON.stringify(row)));
        expect(sample.every((row) => all.has(JSON.stringify(row)))).toBe(true);
        expect(new Set(sample.map((row) => JSON.stringify(row))).size).toBe(100);
        expect(await reader.sample(store.people, 0)).toEqual([]);
        expect((await reader.sample(store.people, 10 * PEOPLE)).length).toBeGreaterThanOrEqual(1_000);
      });

      test('hostile names, comments and cells are text like any other, and nothing of them is carried out', async () => {
        expect(await reader.datasets()).toContain(store.hostile);
        const shape = await reader.shape(store.hostile);
        expect(shape.rows).toBe(1);
        const [only] = await rows(store.hostile, 10);
        expect(JSON.stringify(only!.row)).toContain(
          JSON.stringify(store.source.kind === 'files' ? HOSTILE.replace('\r\n', '\n') : HOSTILE).slice(1, 40),
        );
        expect(await reader.sample(store.hostile, 5)).toEqual([only!.row]);
        expect(await store.ownCount()).toBe(PEOPLE);
        const found = await discover(reader);
        expect(found.failures).toEqual([]);
      });

      test('cannot write, whatever the account may', async () => {
        expect(await store.writes()).toBe(0);
        expect(await store.ownCount()).toBe(PEOPLE);
      });

      test('says what it is without reading rows', async () => {
        const said = await inspectSource(store.source, store.secret);
        expect(said).toMatchObject({ source: 'shop', kind: store.source.kind });
        expect(said.datasets).toBe((await reader.datasets()).length);
        expect(said.format).not.toBe('');
      });

      test('a dataset that is not there, and a reader that is closed, are errors', async () => {
        await expect(reader.shape('no such thing')).rejects.toMatchObject({ code: 'unknown-dataset', details: { source: 'shop' } });
        await expect(reader.count('no such thing')).rejects.toMatchObject({ code: 'unknown-dataset' });
        const other = await openReader(store.source, store.secret);
        await other.close();
        await other.close();
        if (store.source.kind !== 'files') await expect(other.count(store.people)).rejects.toMatchObject({ code: 'unreachable' });
      });

      test('a credential is refused, or lacking, without being said', async () => {
        if (store.wrong === null) return expect(store.secret).toBeNull();
        for (const secret of [store.wrong, 'nobody:hunter2']) {
          const error: unknown = await openReader(store.source, secret).catch((e: unknown) => e);
          expect(error).toMatchObject({ code: 'refused-login' });
          expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/wrong|hunter2/);
        }
        expect(inspect(reader, { depth: 9, showHidden: true })).not.toContain('right');
        const inside = new URL(store.source.locator);
        inside.searchParams.set('password', 'hunter2');
        const error: unknown = await openReader({ ...store.source, locator: inside.href }, store.secret).catch((e: unknown) => e);
        expect(error).toMatchObject({ code: 'bad-locator', details: { remedy: 'take-secret-out-of-locator' } });
        expect(inspect(error)).not.toContain('hunter2');
      });

      test('a source that vanishes in the middle is an error that names it, never a short result; when it is back, all is read', async () => {
        const before = await rows(store.people, 500);
        const scan = reader.scan(store.people, 100)[Symbol.asyncIterator]();
        expect((await scan.next()).done).not.toBe(true);
        await store.vanish();
        let seen = 100;
        const end = await (async () => {
          for (;;) {
            const next = await scan.next();
            if (next.done === true) return null;
            seen += next.value.length;
          }
        })().catch((error: unknown) => error);
        // A file that was opened is read to its end though its name is gone; what was cut off must say so.
        if (end === null) expect(seen).toBe(PEOPLE);
        else
          expect(end).toMatchObject({ code: expect.stringMatching(/^(?:unreachable|not-found|unreadable)$/), details: { source: 'shop' } });
        await expect(
          (async () => {
            const other = await openReader(store.source, store.secret);
            await other.count(store.people);
          })(),
        ).rejects.toMatchObject({ code: expect.stringMatching(/^(?:unreachable|not-found)$/), details: { source: 'shop' } });
        await store.comeBack();
        await reader.close();
        reader = await openReader(store.source, store.secret);
        expect(await rows(store.people, 500)).toEqual(before);
      });
    },
  );
});
