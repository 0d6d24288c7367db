// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NAMES = ['demo-tsa-1', 'demo-tsa-2'] as const;
/** The arc for examples, ITU-T X.660 2.999. */
const POLICY = '2.999.3161.1';
/** What the checker knows a demo's certificates by: an organisation that is a demo key name. */
const ORGANISATION = 'shanhou.example/demo';
const MAX_QUERY = 8 * 1024;

export interface DemoAuthority {
  readonly name: string;
  readonly url: string;
  readonly policy: string;
  /** PEM of its own root. */
  readonly roots: string;
}

export interface DemoAuthorities {
  readonly authorities: readonly DemoAuthority[];
  close(): Promise<void>;
}

/**
 * Two time stamp authorities on loopback, each with a root of its own, run by `openssl ts`. They play the outside world for the demo and vouch
 * for nothing. Their keys lie in `folder` and are made once. Null when this machine has no openssl.
 */
export async function openDemoAuthorities(folder: string): Promise<DemoAuthorities | null> {
  if (!(await hasOpenssl())) return null;
  const servers: Server[] = [];
  const authorities: DemoAuthority[] = [];
  for (const name of NAMES) {
    const home = join(folder, name);
    if (!existsSync(home)) await makeAuthority(home, name);
    const server = await listening(home);
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    authorities.push({ name, url: `http://127.0.0.1:${port}/`, policy: POLICY, roots: readFileSync(join(home, 'root.pem'), 'utf8') });
  }
  return {
    authorities,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise<void>((resolve) => void server.close(() => resolve()));
      }
    },
  };
}

async function hasOpenssl(): Promise<boolean> {
  try {
    await run('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

/** Root, signer and settings of one authority: whole under its name, or not there. */
async function makeAuthority(home: string, name: string): Promise<void> {
  const part = `${home}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const openssl = (...args: string[]) => run('openssl', args, { cwd: part });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const subject = (title: string) => ['-subj', `/O=${ORGANISATION.replace('/', '\\/')}/CN=${title}`];
  writeFileSync(join(part, 'openssl.cnf'), settings());
  const config = ['-config', 'openssl.cnf'];
  await openssl(
    'req',
    '-x509',
    ...config,
    ...key,
    ...subject(`DEMO root of ${name}`),
    '-days',
    '3650',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
  );
  await openssl('req', '-new', ...config, ...key, ...subject(`DEMO time stamps of ${name}`), '-keyout', 'signer.key', '-out', 'signer.csr');
  const ca = ['-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '2', '-days', '3650'];
  await openssl('x509', '-req', '-in', 'signer.csr', ...ca, '-extfile', 'openssl.cnf', '-extensions', 'signer', '-out', 'signer.pem');
  writeFileSync(join(part, 'serial'), '01\n');
  mkdirSync(dirname(home), { recursive: true, mode: 0o700 });
  renameSync(part, home);
}

function settings(): string {
  return [
    '[req]',
    'distinguished_name = name',
    'x509_extensions = root',
    'prompt = no',
    '[name]',
    '[root]',
    'basicConstraints = critical, CA:true, pathlen:0',
    'keyUsage = critical, keyCertSign, cRLSign',
    'subjectKeyIdentifier = hash',
    '[signer]',
    'basicConstraints = critical, CA:false',
    'keyUsage = critical, digitalSignature',
    'extendedKeyUsage = critical, timeStamping',
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    '[tsa]',
    'default_tsa = authority',
    '[authority]',
    'serial = serial',
    'signer_cert = signer.pem',
    'certs = root.pem',
    'signer_key = signer.key',
    'signer_digest = sha256',
    `default_policy = ${POLICY}`,
    'digests = sha256',
    'ess_cert_id_alg = sha256',
    'accuracy = secs:1',
    '',
  ].join('\n');
}

async function listening(home: string): Promise<Server> {
  const server = createServer((request, response) => void answer(home, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A demo that ends must not be held by its own outside world.
  server.unref();
  return server;
}

async function answer(home: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/timestamp-query') {
      response.writeHead(405).end();
      return;
    }
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MAX_QUERY) return void response.writeHead(413).end();
      parts.push(part);
    }
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(await reply(home, Buffer.concat(parts)));
  } catch {
    // openssl refused the query, or is gone.
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/** openssl wants files; they are gone when this returns. */
async function reply(home: string, query: Buffer): Promise<Buffer> {
  const temp = mkdtempSync(join(tmpdir(), 'shanhou-tsa-'));
  try {
    const [asked, said] = [join(temp, 'query'), join(temp, 'reply')];
    writeFileSync(asked, query);
    await run('openssl', ['ts', '-reply', '-config', 'openssl.cnf', '-queryfile', asked, '-out', said], { cwd: home });
    return readFileSync(said);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}
