// SPDX-License-Identifier: Apache-2.0
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTimestampQuery, pemOf } from '@shanhou/proof';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main as check } from '../../../proof/src/cli.ts';
import { type Authority, authority, derOf, stamp } from '../../../proof/test/support/make-authority.ts';
import type { CaseSummary } from '../../src/api/index.ts';
import { cli } from '../support/cli.ts';

/*
 * A case whose evidence was sealed without a time stamp (the demo on a machine without openssl), and what becomes of it when authorities are
 * entered later, one of which is down at first. The authorities live in this process; their roots are nobody's demo.
 */
const CODE = 'DEMO-RETAIL-2026';
const folder = mkdtempSync(join(tmpdir(), 'sht-'));
const demo = join(folder, 'demo');
const bundle = join(demo, 'data', CODE, 'evidence', `evidence-${CODE}`);
const programs = join(folder, 'programs');
const env = { SHANHOU_PASSPHRASE: 'demo only, not a secret', SHANHOU_DATA: join(demo, 'data'), SHANHOU_KEYS: join(demo, 'keys') };
const shanhou = async (...args: string[]) => {
  const run = await cli(['--json', ...args], { env });
  return { ...run, value: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
};
let one: Authority;
let two: Authority;
let server: Server;
let url: string;
let sealed: CaseSummary;

beforeAll(async () => {
  one = await authority('One');
  two = await authority('Two');
  for (const [name, { root }] of [
    ['one', one],
    ['two', two],
  ] as const)
    writeFileSync(join(folder, `${name}.pem`), pemOf(derOf(root), 'CERTIFICATE'));
  server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      if (request.method !== 'POST') return response.writeHead(405).end();
      const { nonce } = parseTimestampQuery(Buffer.concat(parts));
      return response.end(
        await stamp(request.url === '/one' ? one : two, readFileSync(join(bundle, 'data', 'log', 'checkpoint')), { nonce: nonce! }),
      );
    })();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(programs);
  withoutOpenssl(programs);
  const run = await cli(['demo', '--json', '--folder', demo, '--customers', '20', '--seed', '5'], {
    env: { PATH: programs, SHANHOU_SAMPLE_MARIADB: 'off' },
  });
  expect(run.status, run.stderr).toBe(0);
  expect(run.stderr).toContain('openssl');
  sealed = JSON.parse(run.stdout) as CaseSummary;
}, 180_000);

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A PATH of everything that this machine has, but openssl. */
function withoutOpenssl(into: string): void {
  const seen = new Set(['openssl']);
  for (const from of (process.env['PATH'] ?? '').split(':').filter((path) => path !== '' && existsSync(path)))
    for (const name of readdirSync(from).filter((n) => !seen.has(n))) {
      seen.add(name);
      symlinkSync(join(from, name), join(into, name));
    }
}

/** Everything in the bundle but time stamps and tag files, which name them. */
function content(): Map<string, string> {
  const files = (readdirSync(join(bundle, 'data'), { recursive: true }) as string[]).filter(
    (path) => !path.startsWith('timestamps') && statSync(join(bundle, 'data', path)).isFile(),
  );
  return new Map(files.toSorted().map((path) => [path, readFileSync(join(bundle, 'data', path), 'base64')]));
}
const missing = (summary: unknown) =>
  (summary as CaseSummary).openItems.filter((i) => i.kind === 'timestamp-missing').map((i) => [i.owner, i.detail]);

describe('evidence without time stamps', () => {
  test('is INCOMPLETE; an open item says that nobody was entered, and the next step says what to do', () => {
    expect(sealed.evidence).toMatchObject({
      verdict: 'INCOMPLETE',
      missing: ['timestamp'],
      timestamps: { quorum: 2, counted: 0, tokens: [] },
    });
    expect(missing(sealed)).toEqual([['lead', 'no-authority']]);
    expect(sealed.next).toBe('timestamp');
    expect(existsSync(join(bundle, 'data', 'timestamps'))).toBe(false);
  });

  test('gets them later, one after the other, and nothing that was sealed changes', async () => {
    const before = content();
    expect((await shanhou('timestamp', 'add', 'one', '--url', `${url}/one`, '--anchor', join(folder, 'one.pem'))).status).toBe(0);
    const dead = 'http://127.0.0.1:1/';
    expect((await shanhou('timestamp', 'add', 'two', '--url', dead, '--anchor', join(folder, 'two.pem'))).status).toBe(0);

    const half = await shanhou('evidence');
    expect(half.status, half.stderr).toBe(6);
    expect((half.value as CaseSummary).evidence).toMatchObject({
      verdict: 'INCOMPLETE',
      timestamps: {
        counted: 1,
        tokens: [
          { name: 'one', state: 'counted', signer: 'One signer', demo: false },
          { name: 'two', state: 'absent' },
        ],
      },
    });
    expect(missing(half.value)).toEqual([['it', expect.stringMatching(/^two: authority-unreachable/)]]);
    expect(content()).toEqual(before);
    const ofOne = readFileSync(join(bundle, 'data', 'timestamps', 'one.tsr'));

    expect((await shanhou('timestamp', 'add', 'two', '--url', `${url}/two`, '--anchor', join(folder, 'two.pem'))).status).toBe(0);
    const killed = await cli(['evidence'], { env: { ...env, SHANHOU_CRASH_AT: 'evidence.timestamped' } });
    expect(killed.signal).toBe('SIGKILL');
    const whole = await shanhou('evidence');
    expect(whole.status, whole.stderr).toBe(0);
    expect((whole.value as CaseSummary).evidence).toMatchObject({ verdict: 'VALID', missing: [], timestamps: { counted: 2 } });
    expect((whole.value as CaseSummary).next).toBe('done');
    expect(missing(whole.value)).toEqual([]);
    expect(content()).toEqual(before);
    expect(readFileSync(join(bundle, 'data', 'timestamps', 'one.tsr'))).toEqual(ofOne);
  });

  test('is judged alike by the auditor’s command: with the trust file, without it, and with a wrong one', async () => {
    const judge = async (...args: string[]) => {
      let out = '';
      const code = await check([bundle, '--lang', 'en', ...args], folder, {
        out: (text) => void (out += text),
        err: (text) => void (out += text),
      });
      return [code, out] as const;
    };
    const trust = join(demo, 'keys', CODE, 'trust.txt');
    const [good, words] = await judge('--trust', trust);
    expect([good, words.includes('signed by Two signer')]).toEqual([0, true]);
    expect((await judge('--anchor', sealed.evidence!.anchors[0]!.fingerprint))[0]).toBe(6);
    const swapped = readFileSync(trust, 'utf8').replace('authority one', 'authority x').replace('authority two', 'authority one');
    writeFileSync(join(folder, 'swapped.txt'), swapped.replace('authority x', 'authority two'));
    const [wrong, why] = await judge('--trust', join(folder, 'swapped.txt'));
    expect([wrong, /failed {2}time stamps.*one: chain/.test(why)]).toEqual([1, true]);
    writeFileSync(join(folder, 'bad.txt'), 'witness x\n');
    expect((await judge('--trust', join(folder, 'bad.txt')))[0]).toBe(2);
    expect((await judge('--trust', join(folder, 'absent.txt')))[0]).toBe(2);
  });
});

describe('the authorities of a case', () => {
  test('that are wanted later are asked although the evidence is VALID', async () => {
    expect((await shanhou('timestamp', 'quorum', '3')).status).toBe(0);
    // As a crash between the two renames leaves it; a data map that has changed since shows that nothing is sealed anew.
    const before = content();
    renameSync(bundle, `${bundle}.old`);
    writeFileSync(join(demo, 'data', CODE, 'inventory', 'data-map.yaml'), 'version: 1\n');
    const more = await shanhou('evidence');
    expect([more.status, missing(more.value)], more.stderr).toEqual([6, [['lead', 'no-authority']]]);
    expect(content()).toEqual(before);
    expect((more.value as CaseSummary).evidence).toMatchObject({ verdict: 'INCOMPLETE', timestamps: { quorum: 3, counted: 2 } });
  });

  test('are listed, can be taken out, and their number can be decided', async () => {
    expect((await shanhou('timestamp', 'quorum', '1')).value).toMatchObject({ quorum: 1, authorities: [{ name: 'one' }, { name: 'two' }] });
    expect((await shanhou('timestamp', 'remove', 'two')).value).toMatchObject({
      authorities: [{ name: 'one', url: `${url}/one`, policy: null }],
    });
    expect((await shanhou('timestamp', 'remove', 'two')).status).toBe(5);
    expect((await shanhou('timestamp', 'quorum', '0')).status).toBe(2);
  });

  test.each([
    ['a wrong address', ['three', '--url', 'ftp://x', '--anchor', 'one.pem'], 5],
    ['no certificate', ['three', '--url', 'http://x.example', '--anchor', 'demo/demo.json'], 5],
    ['the root of another one', ['three', '--url', 'http://x.example', '--anchor', 'one.pem'], 5],
    ['a file that is not there', ['three', '--url', 'http://x.example', '--anchor', 'absent.pem'], 3],
  ])('are refused with %s', async (_, args, status) => {
    const full = args.map((a) => (/\.(?:pem|json)$/.test(a) ? join(folder, a) : a));
    const run = await cli(['timestamp', 'add', ...full], { env });
    expect(run.status, run.stderr).toBe(status);
    expect(run.stderr).not.toContain('意外');
  });

  test('are looked at by doctor', async () => {
    await shanhou('timestamp', 'add', 'two', '--url', 'http://127.0.0.1:1/', '--anchor', join(folder, 'two.pem'));
    const { value } = await shanhou('doctor');
    const found = (value as { findings: { check: string; ok: boolean; detail: string }[] }).findings.filter((f) =>
      f.check.startsWith('timestamp'),
    );
    expect(found.map((f) => [f.check, f.ok])).toEqual([
      [`timestamp ${CODE} one`, true],
      [`timestamp ${CODE} two`, false],
    ]);
    expect(found[1]!.detail).toMatch(/^http:\/\/127\.0\.0\.1:1\/ {2}authority-unreachable/);
  });
});
