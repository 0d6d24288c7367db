// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBagInfo, parseCanonicalManifest, parseManifest, renderBagInfo, renderManifest } from './bagit.ts';
import { dispositionLeaf, parseDisposition } from './disposition.ts';
import { asEnvelope, openEnvelope, pae, signEnvelope } from './dsse.ts';
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './encoding.ts';
import { MAX_LINE, readLines } from './files.ts';
import { canonicalJson, parseCanonical } from './json.ts';
import { noteKeyOf } from './note.ts';
import { STEPS, verdictOf } from './report.ts';
import { openStatement, signStatement } from './statement.ts';

const SEED = new Uint8Array(32).fill(7);
const code = (name: string) => expect.objectContaining({ name: 'ProofError', code: name });

describe('encodings', () => {
  it('agree with the runtime and read back what they wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', 'AA=A', 'AA A', 'AA\n=', 'AA-_', 'é==='])('Base 64 refuses %j', (text) => {
    expect(() => fromBase64(text)).toThrow(code('bad-base64'));
  });

  it('refuse bytes that are not UTF-8 and upper-case hex', () => {
    expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow(code('bad-line'));
    expect(() => fromHex('AB')).toThrow(code('bad-hex'));
  });
});

describe('canonical JSON', () => {
  it.each(['{"a":1,"a":1}', '{"b":1,"a":2}', '{ "a":1}', '1.0', '1e2', '"\\u0041"', '[1] ', '-0', '{"a":1', '"\\ud800"', '\ufeff1'])(
    'refuses %j',
    (text) => {
      expect(() => parseCanonical(utf8(text))).toThrow(code('bad-json'));
    },
  );

  it('reads back any JSON value it wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonical(utf8(text)))).toBe(text);
      }),
    );
  });

  it('survives a value nested deeper than the stack', () => {
    expect(() => parseCanonical(utf8('['.repeat(200_000)))).toThrow(code('bad-json'));
  });
});

describe('DSSE envelope', () => {
  it('signs the pre-authentication encoding of the specification', () => {
    expect(fromUtf8(pae('http://example.com/HelloWorld', utf8('hello world')))).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('opens only under its own type and key', () => {
    const envelope = signEnvelope('a/b', utf8('x'), SEED, 'k');
    const { publicKey } = noteKeyOf('k', SEED);
    expect(fromUtf8(openEnvelope(envelope, 'a/b', publicKey))).toBe('x');
    expect(() => openEnvelope(envelope, 'a/c', publicKey)).toThrow(code('bad-envelope'));
    expect(() => openEnvelope({ ...envelope, payload: toBase64(utf8('y')) }, 'a/b', publicKey)).toThrow(code('bad-signature'));
    expect(() =>
      openEnvelope(
        envelope,
        'a/b',
        noteKeyOf(
          'k',
          SEED.map((b) => b + 1),
        ).publicKey,
      ),
    ).toThrow(code('bad-signature'));
  });

  it.each([
    null,
    {},
    { payload: '', payloadType: '', signatures: [] },
    { payload: '', payloadType: '', signatures: [{ keyid: '', sig: '' }], more: 1 },
  ])('refuses %j as an envelope', (value) => {
    expect(() => asEnvelope(value)).toThrow(code('bad-envelope'));
  });
});

describe('statement', () => {
  const key = noteKeyOf('log.example/c', SEED);
  const statement = { case: 'C-1', kind: 'case.opened', seq: 0, at: '2026-11-23T00:00:00.000Z', body: { a: [1, null] } } as const;
  const open = (text: string) => openStatement(asEnvelope(JSON.parse(text)), key);
  const resign = (change: (payload: Record<string, unknown>) => void) => {
    const payload = JSON.parse(
      fromUtf8(fromBase64(asEnvelope(JSON.parse(fromUtf8(signStatement(statement, key, SEED)))).payload)),
    ) as Record<string, unknown>;
    change(payload);
    return openStatement(signEnvelope('application/vnd.in-toto+json', utf8(canonicalJson(payload)), SEED, `${key.name}+${key.keyId}`), key);
  };

  it('is read back, and signing twice gives the same bytes', () => {
    const bytes = signStatement(statement, key, SEED);
    expect(open(fromUtf8(bytes))).toEqual(statement);
    expect(signStatement(statement, key, SEED)).toEqual(bytes);
  });

  it('is refused when type, subject or predicate type do not fit the body, even if signed', () => {
    expect(() => resign((p) => (p['_type'] = 'x'))).toThrow(code('bad-statement'));
    expect(() => resign((p) => (p['predicateType'] = 'https://shanhou.example/evidence/plan.approved/v1'))).toThrow(code('bad-statement'));
    expect(() => resign((p) => ((p['predicate'] as Record<string, unknown>)['body'] = {}))).toThrow(code('bad-statement'));
    expect(() => resign((p) => ((p['predicate'] as Record<string, unknown>)['kind'] = 'x'))).toThrow(code('bad-statement'));
    expect(() => resign((p) => ((p['predicate'] as Record<string, unknown>)['at'] = 'yesterday'))).toThrow(code('bad-statement'));
    expect(() => resign((p) => (p['more'] = 1))).toThrow(code('bad-statement'));
    expect(() => resign(() => undefined)).not.toThrow();
  });
});

describe('disposition leaf', () => {
  const leaf = {
    index: 5,
    disposition: 'archive',
    outcome: 'done',
    until: '2056-12-31',
    rules: ['acct-t1'],
    reason: 'retention-running',
  } as const;

  it('has one spelling', () => {
    const text = '{"d":"archive","i":5,"k":"d","o":"done","r":["acct-t1"],"u":"2056-12-31","w":"retention-running"}';
    expect(fromUtf8(dispositionLeaf(leaf))).toBe(text);
    expect(parseDisposition(utf8(text))).toEqual(leaf);
  });

  it.each([
    ['another disposition', { disposition: 'forget' }],
    ['another outcome', { outcome: 'maybe' }],
    ['a day that does not exist', { until: '2026-02-30' }],
    ['a negative place', { index: -1 }],
    ['free text for a reason', { reason: 'because he asked' }],
    ['free text for a rule', { rules: ['some words'] }],
  ])('is refused with %s', (_, change) => {
    expect(() => parseDisposition(dispositionLeaf({ ...leaf, ...change } as never))).toThrow(code('bad-disposition'));
  });
});

describe('BagIt tag files', () => {
  const line = { path: 'data/a%b.txt', digest: 'ab'.repeat(64) };

  it('escape per cent signs and are read back', () => {
    const text = renderManifest([line]);
    expect(text).toContain('data/a%25b.txt');
    expect(parseCanonicalManifest(utf8(text), 'data')).toEqual([line]);
  });

  it.each(['../x', '/x', 'data/../x', 'data//x', 'data/', 'data', '~/x', 'C:\\x', 'data\\x', 'other/x', 'data/./x'])(
    'refuse the path %j',
    (path) => {
      expect(() => parseManifest(utf8(`${line.digest}  ${path}\n`), 128, 'data')).toThrow(code('bad-bag'));
    },
  );

  it('refuse another spelling of the same manifest', () => {
    const text = renderManifest([line, { ...line, path: 'data/b' }]);
    const spellings = [
      text.toUpperCase(),
      text.replace('  ', ' '),
      text.replaceAll('\n', '\r\n'),
      `${text}\n`,
      text.trimEnd(),
      text.split('\n').toReversed().join('\n').slice(1),
    ];
    for (const spelling of spellings) expect(() => parseCanonicalManifest(utf8(spelling), 'data')).toThrow(code('bad-bag'));
  });

  it('bag-info has four elements and no more', () => {
    const text = renderBagInfo({ date: '2026-11-23', identifier: 'C-1', payloadBytes: 5, payloadFiles: 2 });
    expect(parseBagInfo(utf8(text))).toEqual({ date: '2026-11-23', identifier: 'C-1', payloadBytes: 5, payloadFiles: 2 });
    for (const bad of [`${text}X: y\n`, text.replace('5.2', '05.2'), text.replace(': C', ':C'), `\n${text}`])
      expect(() => parseBagInfo(utf8(bad))).toThrow(code('bad-bag'));
  });
});

describe('lines', () => {
  it.each([
    [MAX_LINE, 'read'],
    [MAX_LINE + 1, 'too-large'],
  ])('of %d bytes are %s, however the file is cut', async (length, end) => {
    const line = new Uint8Array(length + 1).fill(97);
    line[length] = 10;
    for (const piece of [line.length, 1 << 20, 7_000_003]) {
      const pieces = Array.from({ length: Math.ceil(line.length / piece) }, (_, i) => line.subarray(i * piece, (i + 1) * piece));
      const files = { list: () => Promise.resolve(['x']), read: () => Readable.from(pieces) };
      const read = async () => {
        for await (const found of readLines(files, 'x')) expect(found.length).toBe(length);
        return 'read';
      };
      expect(await read().catch((error: { code: string }) => error.code)).toBe(end);
    }
  });
});

describe('verdict', () => {
  const all = STEPS.map((step) => ({ step, state: 'passed', detail: '' }) as const);

  it('is VALID only when every step there is has passed', () => {
    expect(verdictOf(all)).toBe('VALID');
    expect(verdictOf(all.slice(1))).toBe('INCOMPLETE');
    expect(verdictOf([])).toBe('INCOMPLETE');
    expect(verdictOf(all.map((s) => (s.step === 'timestamp' ? { ...s, state: 'missing' as const } : s)))).toBe('INCOMPLETE');
    expect(verdictOf(all.map((s, i) => ({ ...s, state: i === 0 ? 'missing' : i === 3 ? 'failed' : 'passed' }) as const))).toBe('INVALID');
  });
});
