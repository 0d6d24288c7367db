// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveRefusal, editMembers, readMember } from '../../src/act/execute/files/archive.ts';
import { formatOf } from '../../src/act/execute/files/formats.ts';
import type { TableShape } from '../../src/act/execute/files/table-format.ts';
import { textFormOf } from '../../src/act/execute/files/text-form.ts';
import { openZip } from '../../src/act/execute/files/zip-bytes.ts';
import { ExecuteError } from '../../src/act/execute/index.ts';
import { lookAt } from '../../src/act/verify/files/look.ts';
import { tableIn } from '../../src/act/verify/files/tables.ts';
import { wordsIn } from '../../src/act/verify/files/words.ts';
import { VerifyError } from '../../src/act/verify/index.ts';
import { RECORDS, TABLES } from '../act/files/formats.ts';

/*
 * Damaged and random files against the parsers that cut bytes out of files: whatever comes, it is a clean refusal, or a cut that leaves exactly the
 * other rows; and where execute and verify both read a table, they read the same. Runs for SHANHOU_FUZZ_SECONDS (30) a test.
 */
const SECONDS = Number(process.env['SHANHOU_FUZZ_SECONDS'] ?? 30);
const options = { interruptAfterTimeLimit: SECONDS * 1000, numRuns: Number.MAX_SAFE_INTEGER, markInterruptAsFailure: false };

/** One change to a file: bytes overwritten, put in, taken out, or a piece said twice. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 12 }),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom(
        '"',
        '""',
        '\r',
        '\n',
        '\r\n',
        ',',
        '{',
        '}',
        '[',
        ']',
        '\\',
        ':',
        ' ',
        '\n\nFrom x\n',
        'BEGIN:VCARD\n',
        'END:VCARD\n',
        '=\n',
        '\0',
        '\ufeff',
        '<row>',
        '</row>',
        '<c r="A1"/>',
      )
      .map((t) => Buffer.from(t)),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, changes: readonly Change[]): Buffer {
  return changes.reduce((now, { at, length, bytes: put }) => {
    const place = Math.floor(at * now.length);
    return Buffer.concat([now.subarray(0, place), put, now.subarray(place + length)]);
  }, bytes);
}

function orRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExecuteError || error instanceof VerifyError) return null;
    throw error;
  }
}

/** Whether a cut file is still of the same kind and encoding. */
function sameReading(before: Buffer, now: Uint8Array, file: string, shape: TableShape): boolean {
  const readings = [before, now].map((bytes) => orRefused(() => [formatOf(bytes, file, shape), textFormOf(bytes, file)] as const));
  const [one, other] = readings;
  if (!one || !other) return one === other;
  return one[0] === other[0] && one[1].encoding === other[1].encoding && one[1].start === other[1].start;
}

const spell = (row: readonly (string | null)[]) => JSON.stringify(row.map((cell) => cell ?? ''));
const PLAIN = TABLES.filter(({ dataset }) => !dataset.includes('!/') && !dataset.includes('#'));

test.each(PLAIN)('damaged $label: a clean refusal, or exactly the chosen rows go', async (table) => {
  const good = await table.build(RECORDS);
  const shape: TableShape = { dataset: table.dataset, sheet: null, columns: table.columns, headerRow: null };
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (changes, gone) => {
      const bytes = changed(good, changes);
      const format = orRefused(() => formatOf(bytes, table.file, shape));
      const open = format && orRefused(() => format(bytes, shape));
      if (!format || !open || open.rows.length === 0) return;
      const remove = new Set(open.rows.flatMap((_, n) => (gone[n % gone.length] ? [n + 1] : [])));
      const now = open.rewrite({ remove, blank: new Set(), places: [] });
      const kept = open.rows.filter((_, n) => !remove.has(n + 1)).map(spell);
      const again = orRefused(() => formatOf(now, table.file, shape)(now, shape).rows.map(spell));
      // The room compares too, and refuses: a file may read in another encoding, or as another kind, once bytes are out of it.
      if (again !== null && sameReading(bytes, now, table.file, shape)) expect(again).toEqual(kept);
      expect(now.length).toBeLessThanOrEqual(bytes.length);
    }),
    options,
  );
});

test.each(PLAIN)('damaged $label: execute and verify read the same rows', async (table) => {
  const good = await table.build(RECORDS);
  const shape: TableShape = { dataset: table.dataset, sheet: null, columns: table.columns, headerRow: null };
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      const bytes = changed(good, changes);
      const found = [...lookAt(bytes, table.file, false, 0)][0]!;
      if (found.kind !== (table.label as string)) return;
      const one = orRefused(() => formatOf(bytes, table.file, shape)(bytes, shape).rows);
      const other = orRefused(() => tableIn(found, null, { columns: table.columns }).rows);
      if (one !== null && other !== null) expect(other.map((row) => JSON.stringify(row))).toEqual(one.map((row) => JSON.stringify(row)));
    }),
    options,
  );
});

test('damaged archives: a clean refusal, or exactly the chosen member goes', async () => {
  const archives = TABLES.filter(({ dataset }) => dataset.includes('!/'));
  const files = await Promise.all(archives.map(async (table) => ({ table, bytes: await table.build(RECORDS) })));
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(change, { maxLength: 4 }), ({ table, bytes: good }, changes) => {
      const bytes = changed(good, changes);
      const members = table.dataset.replace(/#.*$/s, '').split('!/').slice(1);
      if (orRefused(() => archiveRefusal(bytes, members, 'f')) !== null || !orRefused(() => readMember(bytes, members, 'f'))) return;
      const now = orRefused(() => editMembers(bytes, [{ members, apply: () => null }], 'f'));
      if (!now) return;
      expect(readMember(now, members, 'f')).toBe(null);
      if (bytes[0] !== 0x50) return;
      const names = (zip: Uint8Array) => openZip(zip, 'f').members.map(({ name }) => name);
      expect(names(now)).toEqual(names(bytes).filter((name) => members.length > 1 || name !== members[0]));
    }),
    options,
  );
});

test('damaged workbooks: a clean refusal, or exactly the chosen rows go', async () => {
  const table = TABLES.find(({ label }) => label === 'xlsx')!;
  const good = openZip(await table.build(RECORDS), 'f');
  const shape: TableShape = { dataset: table.dataset, sheet: '客户', columns: table.columns, headerRow: null };
  let [cuts, differing] = [0, 0];
  fc.assert(
    fc.property(
      fc.constantFrom(...good.members),
      fc.array(change, { maxLength: 4 }),
      fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
      (member, changes, gone) => {
        const bytes = good.rewrite(new Map([[member, changed(good.read(member), changes)]]));
        const format = formatOf(bytes, table.file, shape);
        const open = orRefused(() => format(bytes, shape));
        if (!open || open.rows.length === 0) return;
        const remove = new Set(open.rows.flatMap((_, n) => (gone[n % gone.length] ? [n + 1] : [])));
        orRefused(() => format(open.rewrite({ remove, blank: new Set(), places: [] }), shape));
      },
    ),
    options,
  );
  // XML that closes nothing may read otherwise once a piece is out of it; the room compares and refuses.
  expect(differing / Math.max(1, cuts)).toBeLessThan(0.05);
});

test('random and damaged files of every kind: the search ends, with words or with a word why not', async () => {
  const seeds = await Promise.all(TABLES.map(async ({ file, build }) => ({ file, bytes: await build(RECORDS) })));
  const more = [
    {
      file: 'a.eml',
      bytes: Buffer.from(
        'Subject: =?utf-8?B?eA==?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\neA==\n--x--\n',
      ),
    },
    { file: 'a.html', bytes: Buffer.from('<p title="x">a<b>c</b><!-- d --></p>') },
    { file: 'a.gz', bytes: gzipSync('hello') },
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds, ...more), fc.array(change, { maxLength: 6 }), async ({ file, bytes }, changes) => {
      for (const found of lookAt(changed(bytes, changes), file, false, 0)) expect(typeof (await wordsIn(found)).text).toBe('string');
    }),
    options,
  );
});
