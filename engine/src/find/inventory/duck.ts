// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** An in-memory engine that downloads nothing and spills only into its own sub-folder, which `close` removes. */
export interface Duck {
  readonly connection: DuckDBConnection;
  /** A second connection to the same memory, so that a query can run while another is being read. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

export interface DuckOptions {
  /** Like `512MB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  readonly tempFolder: string;
}

/** Starts an engine. Sub-folders that dead processes left in `tempFolder` are removed first. */
export async function openDuck(options: DuckOptions): Promise<Duck> {
  sweep(options.tempFolder);
  const spill = join(options.tempFolder, `duck-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(spill, { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    memory_limit: options.memoryLimit,
    threads: String(options.threads),
    temp_directory: spill,
  });
  const opened: DuckDBConnection[] = [];
  const connect = async () => {
    const connection = await instance.connect();
    opened.push(connection);
    return connection;
  };
  const connection = await connect();
  return {
    connection,
    connect,
    close() {
      for (const each of opened) each.closeSync();
      instance.closeSync();
      rmSync(spill, { recursive: true, force: true });
    },
  };
}

function sweep(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const pid = /^duck-(\d+)-/.exec(name)?.[1];
    if (pid && !alive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as an SQL literal that DuckDB does not take for a pattern. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, (c) => `[${c}]`));
}
