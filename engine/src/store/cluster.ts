// SPDX-License-Identifier: Apache-2.0
/*
 * One PostgreSQL server in a folder, reached only by a unix socket in a 0700 folder.
 * States: no folder → (initdb in a folder of its own, then rename) → stopped → starting → running → stopping → stopped.
 * Several processes may open the same folder: the loser of a start finds the winner's server and attaches. The server is
 * detached: it survives kill -9 of every opener, and the next one attaches. Each opener holds a shared advisory lock;
 * who closes last (gets it exclusively) stops the server. A server that died is started again.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sha256 } from '../kit/index.ts';
import { StoreError } from './error.ts';
import { type PostgresBinaries, postgresBinaries, spawnServer } from './postgres-binaries.ts';

const OPENERS = 7_203_941;
const SOCKET_LIMIT = 107;
const START_LIMIT_MS = 60_000;

export interface Cluster {
  /** The socket's folder: `host` of a pg client. */
  readonly host: string;
  readonly superuser: string;
  /** Creates a login role and a database it owns, if missing. */
  ensureDatabase(name: string, owner: string): Promise<void>;
  /** Leaves; the last one stops the server cleanly. */
  close(): Promise<void>;
}

/** Opens the server in `folder`, creating and starting it as needed. Throws StoreError. */
export async function openCluster(folder: string): Promise<Cluster> {
  const root = resolve(folder);
  const binaries = await postgresBinaries();
  const host = socketFolder(root);
  const holder = await connect(binaries, root, host);
  return {
    host,
    superuser: 'postgres',
    async ensureDatabase(name, owner) {
      const id = pg.escapeIdentifier;
      await once(holder, `CREATE ROLE ${id(owner)} LOGIN`, ['42710', '23505']);
      await once(holder, `CREATE DATABASE ${id(name)} OWNER ${id(owner)}`, ['42P04', '23505']);
    },
    async close() {
      await leave(holder, root);
    },
  };
}

async function once(client: pg.Client, sql: string, already: readonly string[]): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if (!already.includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** Attach, or create and start until somebody's server answers. */
async function connect(binaries: PostgresBinaries, root: string, host: string): Promise<pg.Client> {
  const deadline = Date.now() + START_LIMIT_MS;
  let alive: () => boolean = () => false;
  let last: unknown = null;
  while (Date.now() < deadline) {
    const client = new pg.Client({ host, user: 'postgres', database: 'postgres', application_name: 'shanhou' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT pg_advisory_lock_shared($1)', [OPENERS]);
      return client;
    } catch (error) {
      last = error;
      await client.end().catch(() => undefined);
    }
    if (!existsSync(join(root, 'data', 'PG_VERSION'))) create(binaries, root);
    if (!alive()) alive = start(binaries, root, host);
    await sleep(50);
  }
  throw new StoreError('server-start-failed', join(root, 'server.log'), last);
}

function create(binaries: PostgresBinaries, root: string): void {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const fresh = join(root, `data.init-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  binaries.give(fresh);
  const { command, args, options } = binaries.run(binaries.initdb, [
    '-D',
    fresh,
    '-U',
    'postgres',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    '--no-sync',
  ]);
  const made = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const text = `${made.error?.message ?? ''}${made.stderr ?? ''}`;
    throw new StoreError(/No space left/.test(text) ? 'disk-full' : 'initdb-failed', text.trim().split('\n').at(-1) ?? '');
  }
  try {
    renameSync(fresh, join(root, 'data'));
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Spawns a server; the result tells whether that process still lives. Losing to another process's server is normal. */
function start(binaries: PostgresBinaries, root: string, host: string): () => boolean {
  binaries.give(host);
  // A folder that was copied or restored may have lost the 0700 that PostgreSQL insists on.
  binaries.give(join(root, 'data'));
  const log = openSync(join(root, 'server.log'), 'a', 0o600);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: host,
    unix_socket_permissions: '0700',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    shared_buffers: '64MB',
    max_connections: '60',
    wal_recycle: 'off',
  };
  const args = Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]);
  const child = spawnServer(binaries, ['-D', join(root, 'data'), ...args], log);
  closeSync(log);
  const until = Date.now() + 500;
  return () => (child.exitCode === null && child.signalCode === null ? true : Date.now() < until);
}

async function leave(holder: pg.Client, root: string): Promise<void> {
  try {
    await holder.query('SELECT pg_advisory_unlock_shared($1)', [OPENERS]);
    const { rows } = await holder.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [OPENERS]);
    const pid = rows[0]?.last ? postmaster(root) : null;
    if (pid !== null) process.kill(pid, 'SIGINT');
    await holder.end();
    if (pid !== null) await gone(join(root, 'data', 'postmaster.pid'));
  } catch (error) {
    await holder.end().catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function postmaster(root: string): number | null {
  const file = join(root, 'data', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : Number.NaN;
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

async function gone(file: string): Promise<void> {
  for (let i = 0; i < 600 && existsSync(file); i++) await sleep(20);
}

/** `<root>/run`, or a short private folder under the system's temp folder where the path would not fit into a socket address. */
function socketFolder(root: string): string {
  const own = join(root, 'run');
  if (Buffer.byteLength(join(own, '.s.PGSQL.5432')) <= SOCKET_LIMIT) return own;
  const short = join(tmpdir(), `shanhou-${process.getuid?.() ?? 'u'}-${sha256(root).slice(0, 16)}`);
  mkdirSync(dirname(short), { recursive: true });
  mkdirSync(root, { recursive: true, mode: 0o700 });
  writeFileSync(join(root, 'run.txt'), `${short}\n`);
  return short;
}
