// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';

/*
 * A Redis server that lives as long as a test: the machine's own binary, socket only, in a temp folder, gone after stop(). The user
 * `default` comes in without a password. Its keys outlive stopping and starting again (an append-only file), as on a customer's server.
 */
const START_TIMEOUT_MS = 15_000;
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/bin', '/usr/local/bin'];

export interface ThrowawayRedis {
  readonly socket: string;
  /** `redis:///2?socket=/path`; without a number: every database. */
  locator(database?: number): string;
  /** One command over a connection of its own to one database; shares no code with the product. */
  run(database: number, ...args: readonly (string | Buffer)[]): Promise<unknown>;
  /** Many commands at once. */
  runAll(database: number, commands: readonly (readonly (string | Buffer)[])[]): Promise<void>;
  /** Ends the server at once, as a power cut would, and keeps its folder. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its folder. Safe to call twice. */
  stop(): Promise<void>;
}

/** Whether `startThrowawayRedis` can work here; a suite that skips says so in its name. With REQUIRE_ALL=1 nothing is skipped: it fails. */
export function hasRedis(): boolean {
  return process.env['REQUIRE_ALL'] === '1' || binary() !== null;
}

/** Starts an empty server. Throws when it is not installed or does not come up, with its own log. */
export async function startThrowawayRedis(flags: readonly string[] = []): Promise<ThrowawayRedis> {
  const server = binary();
  if (server === null) throw new Error('no redis-server on this machine: install redis-server');
  const folder = mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'shre-'));
  const path = join(folder, 's');
  let child: ChildProcess | null = null;
  const killAtExit = () => child?.kill('SIGKILL');
  process.once('exit', killAtExit);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => void running.once('exit', () => resolve()));
    running.kill(signal);
    await ended;
  };
  const connected = async <T>(database: number, work: (client: ReturnType<typeof clientAt>) => Promise<T>): Promise<T> => {
    const client = clientAt(path, database);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  };
  const throwaway: ThrowawayRedis = {
    socket: path,
    locator: (database) => `redis:///${database ?? ''}?socket=${path}`,
    run: (database, ...args) => connected(database, (client) => client.sendCommand<unknown>([...args])),
    runAll: (database, commands) =>
      connected(database, async (client) => {
        for (let at = 0; at < commands.length; at += 10_000)
          await Promise.all(commands.slice(at, at + 10_000).map((args) => client.sendCommand([...args])));
      }),
    kill: () => end('SIGKILL'),
    async start() {
      const settings = [
        '--port',
        '0',
        '--unixsocket',
        path,
        '--dir',
        folder,
        '--save',
        '',
        '--appendonly',
        'yes',
        '--appendfsync',
        'always',
      ];
      const started = spawn(server, [...settings, ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      child = started;
      const log: string[] = [];
      for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => log.push(chunk.toString('utf8')));
      const deadline = Date.now() + START_TIMEOUT_MS;
      while ((await throwaway.run(0, 'PING').catch(() => null)) !== 'PONG') {
        if (started.exitCode !== null || Date.now() > deadline) throw new Error(`Redis did not start: ${log.join('')}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    async stop() {
      process.removeListener('exit', killAtExit);
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await throwaway.start();
  return throwaway;
}

function clientAt(path: string, database: number) {
  return createClient({ RESP: 2, socket: { path, tls: false, reconnectStrategy: false }, database, disableClientInfo: true });
}

function binary(): string | null {
  return FOLDERS.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path)) ?? null;
}
