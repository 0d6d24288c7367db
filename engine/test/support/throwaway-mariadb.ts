// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2';

/*
 * A MariaDB that lives as long as a test: the machine's own server binary, socket only, in a temp folder, gone after stop().
 * The superuser `root` comes in without a password. The server's own zone is +08:00 and its default engine InnoDB, as on a customer's
 * server; the binary log is off. Nothing is flushed to the disk, but a commit is
 * written before it is answered: a test may kill our processes and the server, never the machine.
 */
const START_TIMEOUT_MS = 30_000;
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];

export interface ThrowawayMariadb {
  readonly socket: string;
  /** Name of the superuser; no password. */
  readonly superuser: string;
  /** Creates an empty utf8mb4 database and returns its name. */
  createDatabase(name: string): Promise<string>;
  /** `url` as our sources write it: `mysql:///name?socket=/path`; without a name: every database of the server. */
  locator(database?: string): string;
  /** Plain SQL, several statements allowed; every value as text. Shares no code with the product. */
  sql(text: string, database?: string): Promise<(string | null)[][]>;
  /** Stops the server and removes its folder. Safe to call twice. */
  stop(): Promise<void>;
}

/** Whether `startThrowawayMariadb` can work here; a suite that skips says so in its name. With REQUIRE_ALL=1 nothing is skipped: it fails. */
export function hasMariadb(): boolean {
  return process.env['REQUIRE_ALL'] === '1' || binary('mariadbd') !== null;
}

/** Starts an empty server (about three seconds). `flags`: more options of mariadbd. Throws when it is not installed or does not come up, with its own log. */
export async function startThrowawayMariadb(flags: readonly string[] = []): Promise<ThrowawayMariadb> {
  const [server, install] = [binary('mariadbd'), binary('mariadb-install-db')];
  if (server === null || install === null) throw new Error('no mariadbd on this machine: install mariadb-server');
  const folder = mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'shmy-'));
  const data = join(folder, 'data');
  const socket = join(folder, 's');
  // mariadbd refuses root unless it is told so.
  const owner = process.getuid?.() === 0 ? ['--user=root'] : [];
  const silent = { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
  execFileSync(
    install,
    ['--no-defaults', ...owner, `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'],
    silent,
  );
  const child = spawn(server, ['--no-defaults', ...owner, `--datadir=${data}`, `--socket=${socket}`, ...SETTINGS, ...flags], silent);
  const log: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString('utf8')));
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  await answers(socket, child, log);
  const sql = (text: string, database?: string) =>
    ask(socket, text, database).catch((error: unknown) => {
      if (child.exitCode === null && child.signalCode === null) throw error;
      throw new Error(`MariaDB ended by itself (${child.signalCode ?? child.exitCode}): ${log.join('')}`, { cause: error });
    });
  return {
    socket,
    superuser: 'root',
    async createDatabase(name) {
      await sql(`CREATE DATABASE \`${name}\` DEFAULT CHARACTER SET utf8mb4`);
      return name;
    },
    locator: (database = '') => `mysql:///${encodeURIComponent(database)}?socket=${socket}`,
    sql,
    async stop() {
      process.removeListener('exit', killAtExit);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SETTINGS = [
  '--skip-networking',
  '--pid-file=pid',
  '--character-set-server=utf8mb4',
  '--default-time-zone=+08:00',
  '--max-allowed-packet=256M',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-buffer-pool-size=64M',
  '--skip-log-bin',
];

/** The path of a server program: PATH, and the folders of programs that only an administrator's PATH has. */
function binary(name: string): string | null {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function ask(socketPath: string, text: string, database?: string): Promise<(string | null)[][]> {
  return new Promise((resolve, reject) => {
    const client = createConnection({
      socketPath,
      user: 'root',
      charset: 'utf8mb4',
      multipleStatements: true,
      ...(database ? { database } : {}),
    });
    client.on('error', reject);
    client.query({ sql: text, rowsAsArray: true, typeCast: false }, (error, result) => {
      client.end();
      if (error) return reject(error);
      const rows = Array.isArray(result) ? (result as unknown[]).filter(Array.isArray) : [];
      resolve(rows.map((row) => (row as (Buffer | null)[]).map((cell) => cell?.toString('utf8') ?? null)));
    });
  });
}

async function answers(socket: string, server: ChildProcess, log: readonly string[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await ask(socket, 'SELECT 1');
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`MariaDB did not start: ${log.join('')}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
