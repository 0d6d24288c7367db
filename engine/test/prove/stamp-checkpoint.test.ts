// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTimestampQuery, pemOf } from '@shanhou/proof';
import { afterAll, describe, expect, test } from 'vitest';
import { type Authority as Stamper, authority, derOf, stamp } from '../../../proof/test/support/make-authority.ts';
import { askAuthority, authorityProblem } from '../../src/prove/evidence/ask-authority.ts';
import { type Authority, timestampTrust } from '../../src/prove/evidence/authority.ts';
import { stampCheckpoint } from '../../src/prove/evidence/stamp-checkpoint.ts';

/* Authorities that answer over HTTP, rightly and in every wrong way that one can. */
const CHECKPOINT = 'shanhou.example/case/X\n3\nAAAA\n\n— a signature\n';
const DATA = new TextEncoder().encode(CHECKPOINT);
const folder = mkdtempSync(join(tmpdir(), 'shst-'));
const servers: Server[] = [];
const one = await authority('One');
const two = await authority('Two');
let asked = 0;

type Answer = (query: Uint8Array) => Promise<Uint8Array | number | 'never' | 'hang up' | 'endless'>;

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      asked += 1;
      const said = await answer(Buffer.concat(parts));
      if (said === 'never') return;
      if (said === 'hang up') request.socket.destroy();
      else if (said === 'endless') response.writeHead(200).end(Buffer.alloc(1_000_000));
      else if (typeof said === 'number') response.writeHead(said, said === 302 ? { location: '/' } : {}).end('no');
      else response.writeHead(200, { 'content-type': request.headers['content-type']!.replace('query', 'reply') }).end(said);
    })();
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
}

const honest =
  (stamper: Stamper): Answer =>
  (query) =>
    stamp(stamper, DATA, { nonce: parseTimestampQuery(query).nonce! });
const entered = (name: string, url: string, stamper: Stamper): Authority => ({
  name,
  url,
  policy: null,
  roots: pemOf(derOf(stamper.root), 'CERTIFICATE'),
});
const run = (home: string, authorities: readonly Authority[], crash: (name: string) => void = () => undefined, checkpoint = CHECKPOINT) =>
  stampCheckpoint({
    folder: join(folder, home),
    checkpoint,
    settings: { quorum: 2, authorities },
    ask: (url, query) => askAuthority(url, query, 1_500),
    crash,
  });

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('stamping a checkpoint', () => {
  test('asks each authority once, keeps query and token, and asks nobody the second time', async () => {
    const authorities = [entered('one', await serve(honest(one)), one), entered('two', await serve(honest(two)), two)];
    const before = asked;
    const first = await run('good', authorities);
    expect(first.files.map((f) => f.name)).toEqual(['one.tsq', 'one.tsr', 'two.tsq', 'two.tsr']);
    expect(first.missing).toEqual([]);
    const again = await run('good', authorities);
    expect(again).toEqual(first);
    expect(asked - before).toBe(2);
  });

  test('asks again when the checkpoint is another one, or what was kept is damaged', async () => {
    const authorities = [entered('one', await serve(honest(one)), one)];
    const first = await run('again', authorities);
    writeFileSync(join(folder, 'again', 'one.tsr'), readFileSync(join(folder, 'again', 'one.tsr')).subarray(1));
    const mended = await run('again', authorities);
    expect(mended.missing).toEqual([]);
    expect(mended.files[0]).not.toEqual(first.files[0]);
    const other = await run('again', authorities, undefined, `${CHECKPOINT}x`);
    expect(other.missing).toEqual([{ name: 'one', reason: 'authority-garbage imprint' }]);
  });

  test.each<[string, Answer, string | RegExp]>([
    ['hangs up', async () => 'hang up', /^authority-unreachable [A-Z_]+$/],
    ['does not answer', async () => 'never', 'authority-slow 1.5'],
    ['refuses', async () => 503, 'authority-refused 503'],
    ['sends us elsewhere', async () => 302, /^authority-unreachable/],
    ['answers without end', async () => 'endless', 'authority-garbage 65536'],
    ['answers with a page', async () => new TextEncoder().encode('<html>'), 'authority-garbage form'],
    ['answers with nothing', async () => new Uint8Array(), 'authority-garbage form'],
    ['stamps something else', (q) => stamp(one, new Uint8Array(3), { nonce: parseTimestampQuery(q).nonce! }), 'authority-garbage imprint'],
    ['answers an older query', async () => stamp(one, DATA, { nonce: Uint8Array.of(1) }), 'authority-garbage nonce'],
    ['is somebody else', honest(two), 'authority-garbage chain'],
    ['says no', (q) => stamp(one, DATA, { nonce: parseTimestampQuery(q).nonce!, status: 2 }), 'authority-garbage refused'],
  ])('an authority that %s is named, nothing of it is kept, and the others go on', async (what, answer, reason) => {
    const authorities = [entered('one', await serve(answer), one), entered('two', await serve(honest(two)), two)];
    const { files, missing } = await run(what, authorities);
    expect(files.map((f) => f.name)).toEqual(['two.tsq', 'two.tsr']);
    expect(missing).toEqual([{ name: 'one', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) }]);
    expect(readdirSync(join(folder, what)).toSorted()).toEqual(['two.tsq', 'two.tsr']);
  });

  test('a token that came before a crash is not asked for again', async () => {
    const authorities = [entered('one', await serve(honest(one)), one), entered('two', await serve(honest(two)), two)];
    const before = asked;
    await expect(
      run('crash', authorities, (name) => {
        throw new Error(name);
      }),
    ).rejects.toThrow('evidence.timestamped');
    expect((await run('crash', authorities)).missing).toEqual([]);
    expect(asked - before).toBe(2);
  });

  test('an authority whose query was kept and whose token was not is asked anew', async () => {
    const authorities = [entered('one', await serve(honest(one)), one)];
    await run('half', authorities);
    cpSync(join(folder, 'half', 'one.tsq'), join(folder, 'other.tsq'));
    rmSync(join(folder, 'half', 'one.tsr'));
    expect((await run('half', authorities)).missing).toEqual([]);
    expect(readFileSync(join(folder, 'half', 'one.tsq'))).not.toEqual(readFileSync(join(folder, 'other.tsq')));
  });
});

describe('an authority', () => {
  const good = entered('one', 'https://stamps.example/tsa', one);

  test.each<[string, Authority[]]>([
    ['no address', [{ ...good, url: 'stamps' }]],
    ['an address of another kind', [{ ...good, url: 'file:///etc/hosts' }]],
    ['a password in the address', [{ ...good, url: 'https://user:secret@stamps.example/' }]],
    ['a name that is a path', [{ ...good, name: '../one' }]],
    ['a policy that is no OID', [{ ...good, policy: 'any' }]],
    ['no certificate', [{ ...good, roots: 'x' }]],
    ['the root of another one', [good, { ...good, name: 'two' }]],
  ])('with %s is refused', (_, authorities) => {
    expect(() => timestampTrust({ quorum: 2, authorities })).toThrow(expect.objectContaining({ code: 'authority-invalid' }));
    expect(timestampTrust({ quorum: 2, authorities: [good] }).authorities).toHaveLength(1);
  });

  test('is reachable when anything answers, and says why when nothing does', async () => {
    expect(await authorityProblem(await serve(async () => 405))).toBeNull();
    const gone = createServer();
    await new Promise<void>((resolve) => void gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise<void>((resolve) => void gone.close(() => resolve()));
    expect(await authorityProblem(`http://127.0.0.1:${port}/`)).toBe('authority-unreachable ECONNREFUSED');
    expect(await authorityProblem(await serve(async () => 'never'), 300)).toBe('authority-slow 0.3');
  });
});
