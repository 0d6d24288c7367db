// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { checkpointText, openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts';
import { fromBase64, toBase64, utf8 } from './encoding.ts';
import { encodeVkey, noteKey, noteKeyOf, parseNote, parseVkey, signNote, verifyNote } from './note.ts';
import { isDemoKey, logOrigin, parsePolicy, renderPolicy } from './policy.ts';

/* The example of the reference implementation (golang.org/x/mod/sumdb/note). */
const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SEED = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz').slice(1);
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

/* The example of the C2SP tlog-checkpoint specification; its public key is not published, so only its form is checked. */
const SPEC = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

describe('signed note', () => {
  it('signs the published example to the published bytes', () => {
    expect(signNote(TEXT, 'PeterNeumann', SEED)).toBe(NOTE);
    expect(encodeVkey(noteKeyOf('PeterNeumann', SEED))).toBe(VKEY);
  });

  it('verifies the published example', () => {
    expect(verifyNote(parseNote(utf8(NOTE)), parseVkey(VKEY))).toBe(true);
  });

  it('ignores signatures of unknown keys and refuses a bad one of the known key', () => {
    const other = signNote(TEXT, 'someone.example', SEED).slice(TEXT.length + 1);
    expect(verifyNote(parseNote(utf8(NOTE + other)), parseVkey(VKEY))).toBe(true);
    const bad = NOTE.slice(TEXT.length + 1).replace('ZJku', 'ZJkv');
    expect(verifyNote(parseNote(utf8(NOTE + bad)), parseVkey(VKEY))).toBe(false);
    expect(verifyNote(parseNote(utf8(TEXT + '\n' + other)), parseVkey(VKEY))).toBe(false);
  });

  it.each([
    ['no signature', TEXT],
    ['no empty line', NOTE.replace('\n\n', '\n')],
    ['no final newline', NOTE.slice(0, -1)],
    ['a control character', NOTE.replace('then', '\u0007hen')],
    ['a carriage return', NOTE.replaceAll('\n', '\r\n')],
    ['a hyphen for the dash', NOTE.replace('—', '-')],
    ['a signature that is no Base 64', NOTE.replace('AM=\n', 'AM\n')],
    ['a line after the signatures', `${NOTE}more\n`],
  ])('refuses a note with %s', (_, text) => {
    expect(() => parseNote(utf8(text))).toThrow(expect.objectContaining({ name: 'ProofError', code: 'bad-note' }));
  });

  it.each([
    '',
    'PeterNeumann',
    VKEY.replace('c74f20a3', 'c74f20a4'),
    VKEY.replace('+AR', '+AB'),
    `${VKEY} `,
    VKEY.replace('Peter', 'Peter '),
    VKEY.slice(0, -1),
  ])('refuses the verifier key %j', (text) => {
    expect(() => parseVkey(text)).toThrow(expect.objectContaining({ code: 'bad-vkey' }));
  });

  it('refuses key names with spaces, plus signs or nothing', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\nb']) expect(() => noteKey(name, new Uint8Array(32))).toThrow();
  });
});

describe('checkpoint', () => {
  it('reads the example of the specification', () => {
    const note = parseNote(utf8(SPEC));
    const checkpoint = parseCheckpointText(note.text);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(toBase64(checkpoint.root)).toBe('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=');
    expect(checkpointText(checkpoint)).toBe(note.text);
    expect(note.signatures[0]).toMatchObject({ name: 'example.com/behind-the-sofa', keyId: '033de0ae' });
  });

  it('opens only with the key that signed it, under its own name', () => {
    const signed = signCheckpoint({ origin: 'log.example/a', size: 7, root: new Uint8Array(32) }, SEED);
    expect(openCheckpoint(signed, noteKeyOf('log.example/a', SEED)).checkpoint.size).toBe(7);
    expect(() => openCheckpoint(signed, noteKeyOf('log.example/b', SEED))).toThrow(expect.objectContaining({ code: 'bad-signature' }));
    const borrowed = signNote(checkpointText({ origin: 'log.example/other', size: 7, root: new Uint8Array(32) }), 'log.example/a', SEED);
    expect(() => openCheckpoint(borrowed, noteKeyOf('log.example/a', SEED))).toThrow(expect.objectContaining({ code: 'bad-checkpoint' }));
  });

  it.each(['x\n07\n', 'x\n-1\n', 'x\n1e3\n', '\n7\n', 'x\n99999999999999999999\n'])('refuses the head %j', (head) => {
    expect(() => parseCheckpointText(`${head}${toBase64(new Uint8Array(32))}\n`)).toThrow(
      expect.objectContaining({ code: 'bad-checkpoint' }),
    );
  });

  it('refuses extension lines', () => {
    expect(() => parseCheckpointText(`x\n7\n${toBase64(new Uint8Array(32))}\nmore\n`)).toThrow();
  });
});

describe('policy', () => {
  it('is read back to the key it was written for, and marks a demo', () => {
    const key = noteKeyOf(logOrigin('C-1', true), SEED);
    expect(parsePolicy(utf8(renderPolicy(key)))).toEqual(key);
    expect(isDemoKey(key.name)).toBe(true);
    expect(isDemoKey(logOrigin('C-1', false))).toBe(false);
  });

  it('refuses a second log, another quorum, and a removed warning', () => {
    const key = noteKeyOf(logOrigin('C-1', true), SEED);
    const text = renderPolicy(key);
    const other = `log ${encodeVkey(noteKeyOf('log.example/x', SEED))}\n`;
    for (const bad of [text + other, text.replace('none', 'any'), text.replace(/^# DEMO.*\n/m, '')])
      expect(() => parsePolicy(utf8(bad))).toThrow(expect.objectContaining({ code: 'bad-policy' }));
  });
});
