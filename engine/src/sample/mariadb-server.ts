// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2';
import { sha256 } from '../kit/index.ts';

/*
 * One MariaDB server in a folder, reached only by a unix socket. States: no folder → (install, then rename) → stopped → running → stopped.
 * The server is detached: it survives kill -9 of whoever opened it, and the next one attaches. Each opener holds a lock of its
 * own; who closes last stops the server. It holds invented people only, so nothing is flushed for the sake of a power cut; but a commit
 * is written before it is answered (…-at-trx-commit=2), for a killed server must not lose what it confirmed.
 */
const SOCKET_LIMIT = 107;
const START_LIMIT_MS = 60_000;
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];

export interface MariadbServer {
  readonly socket: string;
  /** Statements one by one; `values` for `VALUES ?` as the driver writes them. Throws what the driver throws. */
  run(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Leaves; the last one stops the server. */
  close(): Promise<void>;
}

/** Opens the server in `folder`, made and started as needed; null where this machine has no `mariadbd`. Throws when it does not come up. */
export async function openMariadb(folder: string): Promise<MariadbServer | null> {
  const [server, install] = [program('mariadbd'), program('mariadb-install-db')];
  if (server === null || install === null) return null;
  const root = resolve(folder);
  const socket = socketOf(root);
  const deadline = Date.now() + START_LIMIT_MS;
  let started = false;
  for (;;) {
    const holder = await attach(socket);
    if (holder !== null) return await opened(holder, socket);
    if (Date.now() > deadline) throw new Error(`MariaDB did not start: ${join(root, 'server.log')}`);
    if (!existsSync(join(root, 'data'))) create(install, root);
    if (!started) start(server, root, socket);
    started = true;
    await sleep(50);
  }
}

async function opened(holder: Connection, socket: string): Promise<MariadbServer> {
  const taken = async () =>
    (await Promise.all(SEATS.map((name) => ask(holder, 'SELECT IS_FREE_LOCK(?)', [name])))).some((free) => !yes(free));
  let seat: string | undefined;
  for (const name of SEATS) if (seat === undefined && yes(await ask(holder, 'SELECT GET_LOCK(?, 0)', [name]))) seat = name;
  return {
    socket,
    run: async (sql, values) => void (await ask(holder, sql, values)),
    async close() {
      await ask(holder, 'SELECT RELEASE_LOCK(?)', [seat ?? '']);
      const last = !(await taken());
      if (last) await ask(holder, 'SHUTDOWN');
      holder.destroy();
      for (let i = 0; last && i < 600 && existsSync(socket); i++) await sleep(20);
    },
  };
}

/** Each opener sits on one of these; a server on which nobody sits is stopped. */
const SEATS = Array.from({ length: 16 }, (_, n) => `shanhou opener ${n}`);

/** Whether the only cell of an answer is 1. */
function yes(answer: unknown): boolean {
  return Array.isArray(answer) && Object.values((answer[0] ?? {}) as object)[0] === 1;
}

function ask(client: Connection, sql: string, values: readonly unknown[] = []): Promise<unknown> {
  return new Promise((done, fail) => {
    client.query(sql, [...values], (error, result) => (error ? fail(error) : done(result)));
  });
}

/** A connection, or null where no server answers. */
async function attach(socketPath: string): Promise<Connection | null> {
  const client = createConnection({ socketPath, user: 'root', charset: 'utf8mb4' });
  client.on('error', () => undefined);
  try {
    await ask(client, 'SELECT 1');
    return client;
  } catch {
    client.destroy();
    return null;
  }
}

/** mariadbd refuses root unless it is told so. */
const owner = () => (process.getuid?.() === 0 ? ['--user=root'] : []);

function create(install: string, root: string): void {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const fresh = join(root, `data.init-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
  const made = spawnSync(install, ['--no-defaults', ...owner(), `--datadir=${fresh}`, ...options], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr.trim().split('\n').at(-1)}`);
  try {
    renameSync(fresh, join(root, 'data'));
  } catch {
    // Another process was first.
    rmSync(fresh, { recursive: true, force: true });
  }
}

function start(server: string, root: string, socket: string): void {
  const log = openSync(join(root, 'server.log'), 'a', 0o600);
  const settings = [
    '--skip-networking',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+08:00',
    '--innodb-buffer-pool-size=32M',
    '--innodb-flush-log-at-trx-commit=2',
  ];
  const place = [`--datadir=${join(root, 'data')}`, `--socket=${socket}`, `--pid-file=${join(root, 'data', 'pid')}`];
  spawn(server, ['--no-defaults', ...owner(), ...place, ...settings], { detached: true, stdio: ['ignore', log, log], cwd: root }).unref();
  closeSync(log);
}

function program(name: string): string | null {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** `<root>/s`, or under the system's temp folder where the path would not fit into a socket address. */
function socketOf(root: string): string {
  const own = join(root, 's');
  if (Buffer.byteLength(own) <= SOCKET_LIMIT) return own;
  return join(tmpdir(), `shanhou-${process.getuid?.() ?? 'u'}-${sha256(root).slice(0, 16)}.sock`);
}
