// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEraser } from '../../../src/act/execute/index.ts';
import { openZip } from '../../../src/act/execute/files/zip-bytes.ts';
import { zipOf } from '../../../src/kit/zip-of.ts';
import type { CrashPointName } from '../../../src/model/crash-point.ts';
import type { Source } from '../../../src/model/source.ts';
import { Killed, MemoryLedger, type Planned, chunkOf, datasetMap, run } from '../fixture.ts';

let folder: string;
let source: Source;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanhou-documents-'));
  source = { name: 'share', kind: 'files', locator: folder, credentials: {} };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COLUMNS = ['path', 'content'];
const map = datasetMap('share', '*.docx', { key: ['path'] });
const BYTES = (n: number) => Buffer.from(`PK document ${n}`);
const put = (path: string, bytes: Uint8Array | string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};
const record = (path: string, bytes: Uint8Array): Planned => ({
  key: [path],
  row: [path, `sha256:${createHash('sha256').update(bytes).digest('hex')}`],
});
const start = async () => ({ eraser: await openEraser(source, null), map, columns: COLUMNS });

/** Three files of their own, two in an archive beside something else, one in an archive in it. */
function estate(): Planned[] {
  const paths = ['合同/甲.docx', '合同/乙.docx', 'c.docx'];
  paths.forEach((path, n) => put(path, BYTES(n)));
  const inner = zipOf([
    ['d.docx', BYTES(5)],
    ['keep.txt', 'inner'],
  ]);
  put(
    'old.zip',
    zipOf([
      ['a.docx', BYTES(3)],
      ['keep.txt', 'outer'],
      ['b.docx', BYTES(4)],
      ['in.zip', inner],
    ]),
  );
  return [
    ...paths.map((path, n) => record(path, BYTES(n))),
    record('old.zip!/a.docx', BYTES(3)),
    record('old.zip!/b.docx', BYTES(4)),
    record('old.zip!/in.zip!/d.docx', BYTES(5)),
  ];
}
const membersOf = (path: string) => openZip(readFileSync(join(folder, path)), path).members.map(({ name }) => name);

test('documents go whole, members leave their archives, and what is beside them stays', async () => {
  const args = await start();
  const [first, second, ...others] = estate();
  expect(await run({ ...args, chunk: chunkOf(map, [first!, ...others]) })).toEqual({ deleted: 5, anonymised: 0, exceptions: [] });
  expect(readFileSync(join(folder, second!.key[0]!)).equals(BYTES(1))).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual(['old.zip', '合同']);
  expect(readdirSync(join(folder, '合同'))).toEqual(['乙.docx']);
  expect(membersOf('old.zip')).toEqual(['keep.txt', 'in.zip']);
  const zip = openZip(readFileSync(join(folder, 'old.zip')), 'old.zip');
  expect(openZip(zip.read(zip.members[1]!), 'in.zip').members.map(({ name }) => name)).toEqual(['keep.txt']);
});

const POINTS: CrashPointName[] = [
  'file.replacement-written',
  'execute.intent-recorded',
  'file.replaced',
  'execute.source-committed',
  'execute.outcome-recorded',
];
describe.each([1, 2, 4])('a run killed for the %ith time at a point', (passing) => {
  test.each(POINTS.filter((_, n) => passing === 1 || n < 3))('%s converges, and every file is whole meanwhile', async (dieAt) => {
    const args = await start();
    const records = estate();
    const ledger = new MemoryLedger();
    const chunk = chunkOf(map, records);
    let seen = 0;
    const crash = (name: string) => {
      if (name === dieAt && (seen += 1) === passing) throw new Killed(name);
    };
    await expect(run({ ...args, chunk, ledger, crash })).rejects.toThrow(Killed);
    expect(membersOf('old.zip')).toContain('keep.txt');
    const again = await run({ ...args, chunk, ledger });
    expect(again.deleted + again.exceptions.length).toBe(6);
    for (const e of again.exceptions) expect(e.outcome).toBe('deleted-inferred');
    expect((readdirSync(folder, { recursive: true }) as string[]).toSorted()).toEqual(['old.zip', '合同']);
    expect(membersOf('old.zip')).toEqual(['keep.txt', 'in.zip']);
  });
});

test('a file that went by itself has vanished, one that changed has drifted, one that came to be equal again is taken', async () => {
  const args = await start();
  const records = estate();
  rmSync(join(folder, 'c.docx'));
  put('合同/甲.docx', 'changed');
  const result = await run({ ...args, chunk: chunkOf(map, records.slice(0, 3)) });
  expect(result.exceptions).toEqual([
    { index: 0, outcome: 'drifted', detail: 'content-changed' },
    { index: 2, outcome: 'vanished', detail: 'absent-without-intent' },
  ]);
  expect(readFileSync(join(folder, '合同/甲.docx'), 'utf8')).toBe('changed');
});

test('a file that vanished before its own turn is not inferred to be our work', async () => {
  const args = await start();
  const records = estate().slice(0, 3);
  const ledger = new MemoryLedger();
  const chunk = chunkOf(map, records);
  await expect(run({ ...args, chunk, ledger, dieAt: 'file.replaced' })).rejects.toThrow(Killed);
  rmSync(join(folder, 'c.docx'));
  expect((await run({ ...args, chunk, ledger })).exceptions.map((e) => [e.index, e.outcome])).toEqual([
    [0, 'deleted-inferred'],
    [2, 'vanished'],
  ]);
});

test('documents cannot be anonymised', async () => {
  const args = await start();
  const chunk = chunkOf(
    map,
    estate().map((p) => ({ ...p, disposition: 'anonymise' as const })),
  );
  expect((await run({ ...args, chunk })).exceptions.map((e) => e.detail)).toEqual(Array(6).fill('document-cannot-be-anonymised'));
  expect(existsSync(join(folder, 'c.docx'))).toBe(true);
});

test('what nobody could read is never touched, whatever a plan says', async () => {
  put('locked.rar', BYTES(1));
  const unreadable = datasetMap('share', '!unreadable', { key: ['path'] });
  const chunk = chunkOf(unreadable, [{ key: ['locked.rar'], row: ['locked.rar', 'unsupported', 'rar'] }]);
  const eraser = await openEraser(source, null);
  const points: string[] = [];
  const done = run({ eraser, map: unreadable, columns: ['path', 'reason', 'detail'], chunk, crash: (p) => points.push(p) });
  await expect(done).rejects.toMatchObject({ code: 'dataset-differs' });
  expect(points).toEqual([]);
  expect(existsSync(join(folder, 'locked.rar'))).toBe(true);
});

test('a link stays and what it points to goes; a link out of the folder is left alone', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'shanhou-outside-'));
  writeFileSync(join(outside, 'x.docx'), BYTES(9));
  put('real/y.docx', BYTES(8));
  symlinkSync(join(folder, 'real/y.docx'), join(folder, 'y.docx'));
  symlinkSync(join(outside, 'x.docx'), join(folder, 'x.docx'));
  const args = await start();
  const chunk = chunkOf(map, [record('y.docx', BYTES(8)), record('x.docx', BYTES(9)), record('../x.docx', BYTES(9))]);
  expect((await run({ ...args, chunk })).exceptions).toEqual([
    { index: 1, outcome: 'blocked', detail: 'link-leaves-source' },
    { index: 2, outcome: 'blocked', detail: 'link-leaves-source' },
  ]);
  expect(existsSync(join(folder, 'real/y.docx'))).toBe(false);
  expect(lstatSync(join(folder, 'y.docx')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(outside, 'x.docx')).equals(BYTES(9))).toBe(true);
  rmSync(outside, { recursive: true });
});

test('a gzip file whose document goes is unlinked', async () => {
  put('g.docx.gz', gzipSync(BYTES(1)));
  const args = await start();
  expect((await run({ ...args, chunk: chunkOf(map, [record('g.docx.gz!/g.docx', BYTES(1))]) })).deleted).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

describe('archives that would be harmed are refused, with the reason', () => {
  const refusal = async (bytes: Buffer) => {
    put('r.zip', bytes);
    const args = await start();
    const result = await run({ ...args, chunk: chunkOf(map, [record('r.zip!/a.docx', BYTES(1))]) });
    expect(readFileSync(join(folder, 'r.zip')).equals(bytes)).toBe(true);
    return result.exceptions.map((e) => `${e.outcome} ${e.detail}`);
  };
  const archive = () =>
    zipOf([
      ['a.docx', BYTES(1)],
      ['b.docx', BYTES(2)],
    ]);
  const central = (bytes: Buffer) => bytes.readUInt32LE(bytes.length - 6);

  test('encrypted', async () => {
    const bytes = archive();
    bytes.writeUInt16LE(0x801, central(bytes) + 8);
    expect(await refusal(bytes)).toEqual(['blocked archive-encrypted']);
  });
  test('zip64', async () => {
    const bytes = archive();
    bytes.writeUInt32LE(0xffffffff, bytes.length - 6);
    expect(await refusal(bytes)).toEqual(['blocked archive-zip64']);
  });
  test('members that overlap', async () => {
    const bytes = archive();
    const second = central(bytes) + 46 + 6;
    bytes.writeUInt32LE(0, second + 42);
    expect(await refusal(bytes)).toEqual(['blocked archive-overlaps']);
  });
  test('two members of one name', async () => {
    expect(
      await refusal(
        zipOf([
          ['a.docx', BYTES(1)],
          ['a.docx', BYTES(1)],
        ]),
      ),
    ).toEqual(['blocked member-name-twice']);
  });
});

test('of random archives exactly the chosen members go; the others keep packed bytes, header and order', async () => {
  const args = await start();
  const names = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom(...'ab/é甲.'), minLength: 1, maxLength: 6 }).map((s) => `m${s}.docx`),
    {
      minLength: 1,
      maxLength: 9,
    },
  );
  await fc.assert(
    fc.asyncProperty(names, fc.infiniteStream(fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 300 }))), async (all, stream) => {
      const members = all.map((name) => {
        const [gone, bytes] = stream.next().value!;
        return { name, gone, bytes };
      });
      put('p.zip', zipOf(members.map(({ name, bytes }) => [name, bytes])));
      const chosen = members.filter(({ gone }) => gone).map(({ name, bytes }) => record(`p.zip!/${name}`, bytes));
      expect(await run({ ...args, chunk: chunkOf(map, chosen) })).toEqual({ deleted: chosen.length, anonymised: 0, exceptions: [] });
      const wanted = zipOf(members.filter(({ gone }) => !gone).map(({ name, bytes }) => [name, bytes]));
      expect(readFileSync(join(folder, 'p.zip')).equals(wanted)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const unzipThere = (() => {
  try {
    execFileSync('python3', ['-c', 'import zipfile']);
    return true;
  } catch {
    return false;
  }
})();
test.skipIf(!unzipThere && process.env['REQUIRE_ALL'] !== '1')(
  unzipThere
    ? 'a rewritten archive is whole for another program too'
    : 'a rewritten archive is whole for another program too (skipped: no python3)',
  async () => {
    const made = `import zipfile,sys
z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)
z.comment=b'archive comment'
for n in ['一.docx','b.docx','c.txt']: z.writestr(n,('text of '+n)*50)
z.close()`;
    execFileSync('python3', ['-c', made, join(folder, 'py.zip')]);
    const args = await start();
    const chunk = chunkOf(map, [record('py.zip!/一.docx', Buffer.from('text of 一.docx'.repeat(50)))]);
    expect((await run({ ...args, chunk })).deleted).toBe(1);
    const check = `import zipfile,sys
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; assert z.comment==b'archive comment'; print(','.join(z.namelist()), z.read('c.txt')==b'text of c.txt'*50)`;
    expect(execFileSync('python3', ['-c', check, join(folder, 'py.zip')], { encoding: 'utf8' }).trim()).toBe('b.docx,c.txt True');
  },
);
