// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type Report,
  checkBundle,
  parseTrust,
  logOrigin,
  noteKeyOf,
  parseVkey,
  pemOf,
  renderReport,
  renderTrust,
  signStatement,
  signTimestampList,
  timestampQueryBytes,
  utf8,
} from '../src/index.ts';
import { APPROVAL_FORGERIES, EXTRA_FILES, FORGERIES, GOOD_APPROVALS, LOG_EDITS } from './support/forgeries.ts';
import { type Authority, type Stamp, TIME_STAMPING, authority, certify, derOf, revoke, stamp } from './support/make-authority.ts';
import {
  type Draft,
  type Files,
  bodyOf,
  draftBundle,
  memoryFiles,
  putLog,
  putTimestamps,
  rebag,
  render,
  seedOf,
  vkeyOf,
} from './support/make-bundle.ts';
import { type Answer, Bundles, PYTHON, SECOND, askSecond, python, withoutPython } from './support/second-checker.ts';

/*
 * The second checker (proof/second, Python) was written from the standards and docs/reference/evidence-bundle.md. On every bundle it must come to
 * the verdict of the first one, at the same steps; a difference is a defect of one of the two.
 */
const bundles = new Bundles();
afterAll(() => bundles.remove());
const unless = withoutPython === null ? '' : ` (skipped: ${withoutPython})`;

const draft = draftBundle();
const plain = render(draft);
const vkey = vkeyOf(draft);
const text = (files: Files, path: string) => new TextDecoder().decode(files.get(path));
const linesOf = (files: Files) => text(files, 'data/log/entries/000000.ndjson').trimEnd().split('\n');

interface Case {
  readonly name: string;
  readonly files: Files;
  readonly logs: readonly string[];
  /** A trust file. */
  readonly trust?: string;
}
const of = (name: string, files: Files, from: Draft = draft): Case => ({ name, files, logs: [vkeyOf(from)] });

async function first({ files, logs, trust }: Case): Promise<Report> {
  const read = trust === undefined ? null : parseTrust(trust);
  return checkBundle(memoryFiles(files), { logs: [...logs, ...(read?.logs ?? [])], ...(read && { timestamps: read }) });
}

/** What both say of each case, one line for each step. */
async function both(
  cases: readonly Case[],
): Promise<{ said: string[]; expected: string[]; answers: readonly Answer[]; reports: Report[] }> {
  const asked = askSecond(
    cases.map(({ files, logs, trust }, i) => [
      bundles.write(files),
      ...logs.flatMap((log) => ['--anchor', log]),
      ...(trust === undefined ? [] : ['--trust', bundles.text(`trust-${i}`, trust)]),
    ]),
  );
  const reports: Report[] = [];
  for (const one of cases) reports.push(await first(one));
  const answers = await asked;
  const line = (name: string, answer: Answer) => `${name}: ${'usage' in answer ? answer.usage : told(answer)}`;
  return {
    answers,
    reports,
    said: answers.map((answer, i) => line(cases[i]!.name, answer)),
    expected: reports.map((report, i) => line(cases[i]!.name, report)),
  };
}

function told(report: Report): string {
  return [
    report.verdict,
    ...report.steps.filter((s) => s.state !== 'passed').map((s) => `${s.step} ${s.state}`),
    ...report.timestamps.tokens.map((t) => `${t.name} ${t.state}`),
  ].join(', ');
}

/** The case planned twice; the second time the inventory is committed without a field. */
function committedWithout(other: Draft, field: string): void {
  const end = other.leaves.findIndex((l) => 'kind' in l && l.kind === 'plan.compiled') + 1;
  const again = structuredClone(other.leaves.slice(1, end));
  const committed = again.find((l) => 'kind' in l && l.kind === 'inventory.committed');
  if (committed && 'kind' in committed) delete committed.body[field];
  other.leaves.splice(end, 0, ...again);
}

async function agree(cases: readonly Case[], verdict?: string, allowed: readonly string[] = []): Promise<Report[]> {
  const { said, expected, reports } = await both(cases);
  expect(said.filter((line) => !allowed.includes(line))).toEqual(expected.filter((_, i) => !allowed.includes(said[i]!)));
  if (verdict !== undefined) for (const [i, report] of reports.entries()) expect(report.verdict, cases[i]!.name).toBe(verdict);
  return reports;
}

/** Everything in a report but the words about a step. */
function facts(answer: Answer): unknown {
  return 'usage' in answer ? answer : { ...answer, steps: answer.steps.map(({ step, state }) => ({ step, state })) };
}

const [one, two] = [await authority('One'), await authority('Two')];
const checkpoint = plain.get('data/log/checkpoint')!;
const [ofOne, ofTwo] = [await stamp(one, checkpoint), await stamp(two, checkpoint)];
const trusted = (name: string, from: Authority, policy: string | null = null) => ({ name, policy, roots: [derOf(from.root)] });
const trust = (authorities = [trusted('one', one), trusted('two', two)], quorum = 2) => renderTrust({ logs: [], quorum, authorities });
const stamped = putTimestamps(plain, draft, {
  'one.tsr': await stamp(one, checkpoint, { nonce: Uint8Array.of(1, 2, 3) }),
  'one.tsq': timestampQueryBytes({ imprint: seedOf(text(plain, 'data/log/checkpoint')), nonce: Uint8Array.of(1, 2, 3), policy: null }),
  'two.tsr': ofTwo,
  'two.pem': utf8(pemOf(derOf(two.root), 'CERTIFICATE')),
  'two.crl': await revoke(two, new Date('2030-01-01T00:00:00Z'), 5),
});

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

describe.skipIf(withoutPython !== null)(`both checkers on time stamps${unless}`, () => {
  const usage = { purposes: [TIME_STAMPING], critical: true };
  const leaf = { name: 'One signer', ca: null, usage } as const;

  it('find every wrong token, and agree on what is not counted', async () => {
    const cases: Case[] = [];
    const add = (name: string, stamps: Readonly<Record<string, Uint8Array>>, authorities = [trusted('one', one), trusted('two', two)]) =>
      cases.push({ ...of(name, putTimestamps(plain, draft, stamps)), trust: trust(authorities) });
    const alone = async (name: string, from: Authority, changes: Stamp = {}, roots: Authority = one) => {
      const token = await stamp(from, checkpoint, changes);
      add(name, { 'one.tsr': token, 'two.tsr': ofTwo }, [trusted('one', roots), trusted('two', two)]);
      add(`${name}, unknown authority`, { 'x.tsr': token, 'one.tsr': ofOne, 'two.tsr': ofTwo });
    };
    await alone('good', one);
    await alone('with the older attribute', one, { v1: true });
    await alone('without the root', one, { certificates: [one.signer] });
    await alone('of another root', two);
    await alone('refused', one, { status: 2 });
    await alone('critical extension', one, { criticalExtension: true });
    await alone('other imprint', one, { imprint: seedOf('x') });
    await alone('no signing certificate', one, { named: null });
    await alone('no signer', one, { certificates: [one.root] });
    await alone('other content type', one, { contentType: '1.2.840.113549.1.7.1' });
    await alone('before its time', one, { at: new Date('2025-12-31T00:00:00Z') });
    await alone('after its time', one, { at: new Date('2036-01-02T00:00:00Z') });
    await alone('of a twin root', await authority('One'));
    await alone('by another key', { root: one.root, signer: { certificate: one.signer.certificate, keys: two.signer.keys } });
    for (const [name, wrong] of [
      ['no usage', { usage: null }],
      ['usage not critical', { usage: { ...usage, critical: false } }],
      ['another usage', { usage: { purposes: ['1.3.6.1.5.5.7.3.1'], critical: true } }],
      ['a usage too many', { usage: { purposes: [TIME_STAMPING, '1.3.6.1.5.5.7.3.1'], critical: true } }],
      ['an odd critical extension', { criticalExtension: true }],
    ] as const) {
      const odd = await authority('Wrong', { signer: wrong as never });
      await alone(name, odd, {}, odd);
    }
    const twin = await certify({ ...leaf, keys: one.signer.keys, serial: 8 }, one.root);
    await alone('names a twin', one, { named: twin });
    await alone('names a twin, older attribute', one, { named: twin, v1: true });
    const self = await certify({ ...leaf, name: 'Self' });
    await alone('signed by itself', { root: self, signer: self }, { certificates: [self] });
    for (const [name, ca, rootCa] of [
      ['intermediate', undefined, undefined],
      ['intermediate that is no authority', null, undefined],
      ['path too long', undefined, 0],
    ] as const) {
      const root = await certify({ name: 'Short root', serial: 1, ca: rootCa });
      const middle = await certify({ name: 'Middle', serial: 2, ca }, root);
      const signer = await certify({ ...leaf, name: 'Leaf' }, middle);
      const long = { root, signer };
      await alone(name, long, { certificates: [signer, middle] }, long);
      const token = await stamp(long, checkpoint, { certificates: [signer] });
      const roots = [trusted('one', long), trusted('two', two)];
      add(`${name} not there`, { 'one.tsr': token, 'two.tsr': ofTwo }, roots);
      add(`${name} beside`, { 'one.tsr': token, 'one.pem': utf8(pemOf(derOf(middle), 'CERTIFICATE')), 'two.tsr': ofTwo }, roots);
    }
    for (const [at, reason] of [
      ['2026-11-23', 4],
      ['2026-11-25', 1],
      ['2026-11-25', 0],
      ['2026-11-25', 4],
      ['2026-11-25', 5],
    ] as const)
      add(`revoked ${at} ${reason}`, {
        'one.tsr': ofOne,
        'two.tsr': ofTwo,
        'two.crl': await revoke(two, new Date(`${at}T00:00:00Z`), reason),
      });
    const forged = { root: { ...two.root, keys: one.root.keys }, signer: two.signer };
    for (const [name, list] of [
      ['of another', await revoke(one, new Date('2030-01-01'), 5)],
      ['forged', await revoke(forged, new Date('2030-01-01'), 5)],
      ['garbage', Uint8Array.of(1, 2)],
    ] as const)
      add(`list ${name}`, { 'one.tsr': ofOne, 'two.tsr': ofTwo, 'two.crl': list });
    const nonce = timestampQueryBytes({ imprint: seedOf(text(plain, 'data/log/checkpoint')), nonce: Uint8Array.of(5), policy: null });
    add('nonce', { 'one.tsr': ofOne, 'one.tsq': nonce });
    add('query', { 'one.tsr': ofOne, 'one.tsq': utf8('x') });
    add('chain', { 'one.tsr': ofOne, 'one.pem': utf8(pemOf(utf8('x'), 'CERTIFICATE')) });
    add('policy', { 'one.tsr': ofOne }, [trusted('one', one, '1.2.3')]);
    add('cut', { 'one.tsr': ofOne.slice(0, -1) });
    add('longer', { 'one.tsr': Uint8Array.from([...ofOne, 0]) });
    add('a file without a token', { 'one.tsr': ofOne, 'two.tsq': nonce });
    add('of a demonstration', {
      'one.tsr': await stamp(await authority('D', { root: { organisation: 'shanhou.example/demo' } }), checkpoint),
    });
    const second = await certify({ name: 'Another root', serial: 9 });
    const crossed = { root: second, signer: await certify({ ...leaf, keys: one.signer.keys }, second) };
    add('one signer twice', { 'one.tsr': ofOne, 'two.tsr': await stamp(crossed, checkpoint) }, [
      trusted('one', one),
      trusted('two', crossed),
    ]);
    for (const change of [
      (f: Files) => f.set('data/timestamps/three.tsr', ofOne),
      (f: Files) => f.delete('data/timestamps/two.tsr'),
      (f: Files) => f.delete('data/timestamps/list'),
      (f: Files) => f.set('data/timestamps/list', utf8(signTimestampList([], 'shanhou.example/demo/DEMO-1', draft.seed))),
      (f: Files) => f.set('data/log/checkpoint', stamped.get('data/timestamps/list')!),
    ]) {
      const files = new Map(stamped);
      change(files);
      cases.push({ ...of(String(change), rebag(files, draft)), trust: trust() });
    }
    // openssl judges the certificates above the signer's even where nobody is trusted; so the second checker leaves the step open.
    await agree(cases, undefined, [
      'intermediate that is no authority, unknown authority: INCOMPLETE, timestamp missing, one counted, two counted, x unsupported',
    ]);
  });
});
