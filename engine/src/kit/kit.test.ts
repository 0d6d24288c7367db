// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  DurableWriter,
  SealedWriter,
  canonicalJson,
  clockFrom,
  fingerprintRow,
  keyedHash,
  legalDay,
  newId,
  openKeyring,
  readSealed,
  splitWord,
  writeDurable,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'shk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = new Uint8Array(32).fill(7);

describe('canonical JSON', () => {
  test('is the same text whatever the order of keys, and reads back equal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false } as never), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}');
  });

  test.each([[undefined], [Number.NaN], [Infinity], ['\ud800'], [new Date(0)], [{ a: undefined }], [() => 1]])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('keyed hashes', () => {
  test('tell null from empty text, and one key from another', () => {
    expect(fingerprintRow(key, [null])).not.toBe(fingerprintRow(key, ['']));
    expect(keyedHash(key, 'a')).not.toBe(keyedHash(new Uint8Array(32), 'a'));
    expect(keyedHash(key, 'a')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('legal days', () => {
  test('end in Shanghai, not in UTC', () => {
    expect(legalDay(new Date('2026-10-19T16:00:00Z'))).toBe('2026-10-20');
    expect(legalDay(clockFrom('2026-11-23T09:00:00+08:00').now())).toBe('2026-11-23');
  });

  test('ids sort by time', () => {
    expect(newId(new Date(1)) < newId(new Date(2))).toBe(true);
  });
});

describe('durable files', () => {
  test('have no name until they are committed, and keep the old content when a write fails', () => {
    const path = join(folder, 'a.txt');
    writeDurable(path, 'old');
    const writer = new DurableWriter(path);
    writer.write('new');
    expect(readFileSync(path, 'utf8')).toBe('old');
    writer.abandon();
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });
});

describe('sealed files', () => {
  const path = join(folder, 'x.sealed');
  const write = (lines: unknown[]) => {
    const writer = new SealedWriter(path, key);
    for (const line of lines) writer.line(line);
    writer.commit();
  };

  test('give back what was written, over many frames', () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => ({ i, text: `示例 ${i}` }));
    write(lines);
    expect([...readSealed(path, key)]).toEqual(lines);
    expect(readFileSync(path).includes('示例')).toBe(false);
  });

  test('do not open with another key, cut, extended or changed', () => {
    write(Array.from({ length: 3_000 }, (_, i) => `line ${i} ${'x'.repeat(50)}`));
    const good = readFileSync(path);
    const opens = (bytes: Uint8Array, k = key) => {
      writeFileSync(path, bytes);
      return () => [...readSealed(path, k)];
    };
    expect(opens(good, new Uint8Array(32))).toThrow(/cannot be opened/);
    expect(opens(good.subarray(0, good.length - 1))).toThrow();
    const firstFrame = 14 + 4 + good.readUInt32BE(14);
    expect(opens(good.subarray(0, firstFrame))).toThrow(/cannot be opened/);
    expect(opens(Buffer.concat([good, Buffer.from([0])]))).toThrow();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, xor) => {
        const bad = Buffer.from(good);
        bad[at]! ^= xor;
        expect(opens(bad)).toThrow();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the keyring', () => {
  test('wraps keys by the passphrase, and a destroyed key is gone', () => {
    const ring = openKeyring(join(folder, 'keys'), 'right');
    const secret = ring.ensure('inventory');
    expect(openKeyring(join(folder, 'keys'), 'right').get('inventory')).toEqual(secret);
    expect(() => openKeyring(join(folder, 'keys'), 'wrong').get('inventory')).toThrowError(
      expect.objectContaining({ code: 'wrong-passphrase' }),
    );
    expect(() => ring.put('inventory', secret)).toThrowError(expect.objectContaining({ code: 'key-exists' }));
    expect(ring.purposes()).toEqual(['inventory']);
    expect(ring.destroy('inventory')).toBe(true);
    expect(() => ring.get('inventory')).toThrowError(expect.objectContaining({ code: 'key-missing' }));
    expect(ring.destroy('inventory')).toBe(false);
  });
});

test.each([
  ['tblclients', 'tbl clients'],
  ['ipaddress', 'ip address'],
  ['hetongbianhao', 'hetong bianhao'],
  ['relationship', 'relationship'],
  ['passport', 'passport'],
  ['password', 'password'],
])('%s is taken apart only where all of it is known words', (word, parts) => {
  expect(splitWord(word).join(' ')).toBe(parts);
});
