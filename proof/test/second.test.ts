// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Report, logOrigin, noteKeyOf, parseTrust, parseVkey, renderReport, renderTrust, signStatement, utf8 } from '../src/index.ts';
import { APPROVAL_FORGERIES, EXTRA_FILES, FORGERIES, GOOD_APPROVALS, LOG_EDITS } from './support/forgeries.ts';
import { stamp } from './support/make-authority.ts';
import { type Draft, type Files, bodyOf, draftBundle, putLog, putTimestamps, rebag, render, seedOf } from './support/make-bundle.ts';
import { PYTHON, SECOND, askSecond, python, withoutPython } from './support/second-checker.ts';
import {
  type Case,
  agree,
  both,
  bundles,
  committedWithout,
  draft,
  facts,
  first,
  linesOf,
  of,
  one,
  plain,
  stamped,
  text,
  trust,
  trusted,
  two,
  unless,
  vkey,
} from './support/two-checkers.ts';

afterAll(() => bundles.remove());

describe.skipIf(withoutPython !== null)(`both checkers${unless}`, () => {
  it('say the same of good bundles, to the last field', async () => {
    const cases: Case[] = [
      of('no time stamps', plain),
      { name: 'no anchor', files: plain, logs: [] },
      { name: 'fingerprint', files: plain, logs: [parseVkey(vkey).fingerprint] },
      { name: 'wrong anchor', files: plain, logs: ['0'.repeat(64)] },
      { name: 'time stamps', files: stamped, logs: [vkey], trust: trust() },
      { name: 'anchor in the trust file', files: stamped, logs: [], trust: renderTrust({ ...parseTrust(trust()), logs: [vkey] }) },
      { name: 'time stamps without roots', files: stamped, logs: [vkey] },
      { name: 'time stamps, one root', files: stamped, logs: [vkey], trust: trust([trusted('one', one)]) },
      { name: 'time stamps, one wanted', files: stamped, logs: [vkey], trust: trust([trusted('one', one)], 1) },
    ];
    const { answers, reports } = await both(cases);
    expect(answers.map(facts)).toEqual(reports.map(facts));
    expect(reports.map((r) => r.verdict)).toEqual([
      'INCOMPLETE',
      'INCOMPLETE',
      'INCOMPLETE',
      'INVALID',
      'VALID',
      'VALID',
      'INCOMPLETE',
      'INCOMPLETE',
      'VALID',
    ]);
  });

  it('use the same words', async () => {
    const folder = bundles.write(stamped);
    for (const language of ['zh', 'en'] as const) {
      const code = `import sys,json;sys.dont_write_bytecode=True;sys.path.insert(0,${JSON.stringify(SECOND)});import report;print(report.render(json.load(sys.stdin),'${language}'),end='')`;
      const [answer] = await askSecond([[folder, '--anchor', vkey, '--trust', bundles.text('trust', trust())]]);
      expect(await python(['-X', 'utf8', '-c', code], JSON.stringify(answer))).toBe(renderReport(answer as Report, language));
    }
  });

  it('find one changed byte in every file, with the manifests as they were and computed again', async () => {
    const cases = [...stamped].flatMap(([path, bytes]) => {
      const places = fc.sample(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { numRuns: 2, seed: 7 });
      const changed = places.map(([place, mask]) => bytes.map((b, i) => (i === place ? b ^ mask : b)));
      return [...changed, bytes.slice(0, -1), Uint8Array.from([...bytes, 10])].flatMap((other, i) => {
        const files: Files = new Map(stamped).set(path, other);
        const kept: Case = { name: `${path} ${i}`, files, logs: [vkey], trust: trust() };
        return path.startsWith('data/') ? [kept, { ...kept, name: `${path} ${i}, manifests anew`, files: rebag(files, draft) }] : [kept];
      });
    });
    await agree(cases, 'INVALID');
  });

  it('find every other spelling, line end and look-alike', async () => {
    const spelled = (path: string, from: string | RegExp, to: string): Case => {
      const before = text(stamped, path);
      const after = before.replace(from, to);
      expect(after, `${path} ${String(from)}`).not.toBe(before);
      return { ...of(`${path} ${String(from)}`, rebag(new Map(stamped).set(path, utf8(after)), draft)), trust: trust() };
    };
    const spellings: readonly [string, string | RegExp, string][] = [
      ['data/case.json', '{', '{"code":"X",'],
      ['data/case.json', ':', ': '],
      ['data/case.json', /\n$/, '\r\n'],
      ['data/case.json', /^/, '\ufeff'],
      ['data/case.json', '"demo":true', '"demo":1'],
      ['data/case.json', 'DEMO-1', 'DEM\u041e-1'],
      ['data/case.json', 'DEMO-1', '\\u0044EMO-1'],
      ['data/policy', 'log ', 'log  '],
      ['data/policy', /\n/g, '\r\n'],
      ['data/policy', 'quorum none', 'quorum  none'],
      ['data/log/checkpoint', '\u2014', '-'],
      ['data/log/checkpoint', /\n/g, '\r\n'],
      ['data/log/checkpoint', /\n(\d+)\n/, '\n0$1\n'],
      ['data/log/checkpoint', /\n(\d+)\n/, '\n$1.0\n'],
      ['data/log/checkpoint', /\n(\d)/, '\n\uff11$1'],
      ['data/inventory/datasets.json', '"rows":20', '"rows":20.0'],
      ['data/inventory/datasets.json', '"rows":20', '"rows":2e1'],
      ['data/inventory/datasets.json', /\n$/, ''],
      ['data/plan/plan.json', '{', '{"digest":"00",'],
      ['data/timestamps/list', '  one', ' *one'],
      ['data/timestamps/list', /\n/g, '\r\n'],
      ['data/log/entries/000000.ndjson', /\n/g, '\r\n'],
      ['data/log/entries/000000.ndjson', '\n', '\n\n'],
      ['data/log/entries/000000.ndjson', /\n$/, ''],
      ['data/log/entries/000000.ndjson', '"i":0', '"i":-0'],
    ];
    await agree(
      spellings.map(([path, from, to]) => spelled(path, from, to)),
      'INVALID',
    );
  });

  it('find what somebody without the log key may try', async () => {
    const reread = (edit: (files: Files) => unknown, name: string) => {
      const files = new Map(plain);
      edit(files);
      return [of(name, files), of(`${name}, manifests anew`, rebag(files, draft))];
    };
    const edits = LOG_EDITS.flatMap(([name, edit]) =>
      reread((files) => {
        const lines = linesOf(files);
        edit(lines);
        files.set('data/log/entries/000000.ndjson', utf8(`${lines.join('\n')}\n`));
      }, name),
    );
    const extra = EXTRA_FILES.filter((path) => !path.includes('..')).flatMap((path) =>
      reread((files) => files.set(path, utf8('{}\n')), path),
    );
    const gone = [...plain.keys()].flatMap((path) => reread((files) => files.delete(path), `without ${path}`));
    const otherKey = { ...draftBundle(), seed: seedOf('another') };
    const resigned = new Map(plain);
    putLog(
      resigned,
      linesOf(plain).map((line) => utf8(line)),
      otherKey,
    );
    await agree([
      ...edits,
      ...extra,
      ...gone,
      of('another key', render(otherKey)),
      of('another key for the checkpoint', rebag(resigned, draft)),
      of('another date', rebag(plain, { ...draft, date: '2026-11-24' })),
      of('another name', rebag(plain, { ...draft, code: 'DEMO-2' })),
      of('an empty folder', new Map()),
    ]);
  });

  it('find what the holder of the log key may try', async () => {
    const forged = (name: string, alter: (d: Draft) => unknown): Case => {
      const other = draftBundle();
      alter(other);
      return of(name, render(other), other);
    };
    const leaf = (bytes: string): Case => {
      const leaves = linesOf(plain).map((line) => utf8(line));
      leaves.splice(7, 0, utf8(bytes));
      const files = new Map(plain);
      putLog(files, leaves, draft);
      return of(bytes, rebag(files, draft));
    };
    const disposition = linesOf(plain).find((line) => line.startsWith('{"d":'))!;
    const unsealed = draftBundle();
    const twice = draftBundle();
    twice.leaves.splice(1, 0, ...structuredClone(twice.leaves.slice(1, 9)));
    const at = (time: string): Case => {
      const leaves = linesOf(plain).map((line) => utf8(line));
      const key = noteKeyOf(logOrigin(draft.code, draft.demo), draft.seed);
      leaves[11] = signStatement({ case: draft.code, kind: 'notice.batch', seq: 11, at: time, body: {} }, key, draft.seed);
      const files = new Map(plain);
      putLog(files, leaves, draft);
      return of(`at ${time}`, rebag(files, draft));
    };
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    const decided = ['subjects.decided', 'standing.found', 'approval.revoked', 'hold.changed', 'exceptions.signed'] as const;
    const acted = draft.leaves.findIndex((l) => 'kind' in l && l.kind === 'execution.finished');
    const late = decided.flatMap((kind) =>
      [1, 2, 3, 8, 9, 10, 11, acted, acted + 1].map((place) =>
        forged(`${kind} at ${place}`, (d) => d.leaves.splice(place, 0, { kind, body: {} })),
      ),
    );
    await agree([
      ...FORGERIES.map(([name, , alter]) => forged(name, alter)),
      ...[...APPROVAL_FORGERIES, ...GOOD_APPROVALS].map(([name, alter]) =>
        forged(name, (d) => alter(bodyOf(d, 'plan.approved') as never, d)),
      ),
      of('not sealed', render(unsealed, { seal: false }), unsealed),
      of('planned twice', render(twice), twice),
      forged('another case', (d) => (d.code = 'DEMO-3')),
      forged('one sealed early', (d) => d.leaves.push({ kind: 'evidence.sealed', body: { files: [] } })),
      forged('true for 1', (d) => (bodyOf(d, 'dispositions.final')['records'] = true)),
      ...['root', 'records', 'datasets', 'dataMap'].map((field) => forged(`no ${field}`, (d) => committedWithout(d, field))),
      forged('no data map', (d) => {
        for (const kind of ['data-map.fixed', 'inventory.committed', 'plan.compiled'] as const) {
          delete bodyOf(d, kind)['digest'];
          delete bodyOf(d, kind)['dataMap'];
        }
      }),
      ...[
        '2026-02-30T00:00:00Z',
        '2026-11-23T24:00:00Z',
        '2026-11-23T23:59:60Z',
        '2026-11-23T08:00:00Z',
        '2026-11-23T08:00:00.1234567Z',
      ].map(at),
      ...['2026-11-23T08:00:00+00:00', '2026-11-23t08:00:00Z', '２026-11-23T08:00:00Z', '2026-11-23T08:00:00Z\n'].map(at),
      forged('a plan file in two spellings', (d) => {
        const { digest } = bodyOf(d, 'plan.compiled');
        d.files.set('data/plan/plan.json', utf8(`{"digest":"00","digest":"${String(digest)}"}\n`));
      }),
      ...[61, 62, 63, 64, 200, 3000].map((depth) => leaf(`{"payload":${JSON.stringify(nested(depth))}}`)),
      forged('nested', (d) => (bodyOf(d, 'notice.batch')['deep'] = nested(55))),
      forged('odd numbers', (d) => (bodyOf(d, 'notice.batch')['rates'] = [1e21, 1e-7, 0.1, 5e-324, -1.5, 123456789012345680000])),
      forged('odd keys', (d) => (bodyOf(d, 'notice.batch')['\u{1f600}\uff5e'] = { __proto__: 1, '': 2, '\u2028': '\u007f\u0001' })),
      ...['{"x":1}', 'x', '{"d":"delete"}', '{"d":', '[]', 'null', '1e999', '"\\ud800"', `${'['.repeat(100)}${']'.repeat(100)}`].map(leaf),
      ...['2056-02-30', '2055-02-29', '2056-2-28', '2056-12-31\\n'].map((day) => leaf(disposition.replace('2056-12-31', day))),
      leaf(disposition.replace('acct-t1', '\u0430cct-t1')),
      ...late,
      leaf(disposition.replace('"i":0', '"i":9007199254740993')),
    ]);
  });
});

describe.skipIf(withoutPython !== null)(`a stranger with only the bundle and Python${unless}`, () => {
  const packed = draftBundle();
  for (const name of readdirSync(SECOND).filter((file) => file.endsWith('.py')))
    packed.files.set(`data/verifier/${name}`, new Uint8Array(readFileSync(join(SECOND, name))));
  const sealed = render(packed);
  const run = (folder: string, args: readonly string[], path = process.env['PATH']) =>
    spawnSync(PYTHON, ['data/verifier/check.py', '.', ...args], { cwd: folder, encoding: 'utf8', env: { PATH: path } });

  it('comes to a verdict, again and again, and leaves the bundle as it was', async () => {
    const at = sealed.get('data/log/checkpoint')!;
    const files = putTimestamps(sealed, packed, { 'one.tsr': await stamp(one, at), 'two.tsr': await stamp(two, at) });
    const folder = bundles.write(files);
    const names = readdirSync(folder, { recursive: true });
    for (const _ of [1, 2])
      expect(run(folder, ['--anchor', vkey, '--trust', bundles.text('roots', trust())])).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(folder, { recursive: true })).toEqual(names);
    expect(run(folder, ['--lang', 'en', '--anchor', vkey]).stdout).toMatch(/INCOMPLETE/);
    expect(run(folder, ['--anchor', '0'.repeat(64)]).status).toBe(1);
    expect(run(folder, ['--anchor', 'x']).status).toBe(2);
    expect(run(folder, ['--trust', join(folder, 'bagit.txt')]).status).toBe(2);
    expect((await first({ name: '', files, logs: [vkey], trust: trust() })).verdict).toBe('VALID');
  });

  it('is told when this openssl knows no SM2, and never that the bundle is VALID', () => {
    const draft = { ...draftBundle(), files: new Map(packed.files) };
    const [, alter] = GOOD_APPROVALS.find(([name]) => name === 'SM2')!;
    alter(bodyOf(draft, 'plan.approved') as never, draft);
    const folder = bundles.write(render(draft));
    const older = join(bundles.root, 'without-sm2');
    mkdirSync(older);
    const real = spawnSync('sh', ['-c', 'command -v openssl'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(join(older, 'openssl'), `#!/bin/sh\ncase "$*" in *sm3*) exit 1 ;; esac\nexec ${real} "$@"\n`, { mode: 0o755 });
    const approvals = (path?: string) => {
      const { status, stdout } = run(folder, ['--json', '--anchor', vkey], path);
      return [status, (JSON.parse(stdout) as Report).steps.find((s) => s.step === 'approvals')];
    };
    expect(approvals()).toMatchObject([6, { state: 'passed' }]);
    const path = `${older}:${process.env['PATH']}`;
    expect(approvals(path)).toMatchObject([6, { state: 'missing', detail: 'this openssl does not verify SM2' }]);
  });

  it('is told what cannot be checked without openssl, and never that it is VALID', async () => {
    const at = sealed.get('data/log/checkpoint')!;
    const files = putTimestamps(sealed, packed, { 'one.tsr': await stamp(one, at), 'two.tsr': await stamp(two, at) });
    const args = ['--json', '--anchor', vkey, '--trust', bundles.text('roots', trust())];
    const { status, stdout } = run(bundles.write(files), args, bundles.root);
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(6);
    expect(report.steps.filter((s) => s.state !== 'passed').map((s) => `${s.step} ${s.state}: ${s.detail}`)).toEqual([
      'checkpoint missing: openssl not found',
      'statements missing: openssl not found',
      'approvals missing: openssl not found',
      'timestamp missing: openssl not found',
    ]);
    const broken = new Map(files).set('data/README.en.md', utf8('# Evidence\n'));
    expect(run(bundles.write(rebag(broken, packed)), args, bundles.root).status).toBe(1);
  });
});
