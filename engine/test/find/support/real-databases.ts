// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Discovered } from '../../../src/find/discover/index.ts';
import { hasMariadb, startThrowawayMariadb } from '../../support/throwaway-mariadb.ts';
import { startThrowawayPostgres } from '../../support/throwaway-postgres.ts';
import { type Labels, longLabels } from './labels.ts';
import { discoverSource } from './map-schemas.ts';

/** Real application databases, outside the repository; tests that need them are skipped where the folder is absent. */
export const REAL = fileURLToPath(new URL('../../../../../shared/real/', import.meta.url));
export const hasReal = existsSync(join(REAL, 'gt'));
export const MYSQL_SETS = ['mall', 'litemall', 'his', 'ruoyi'] as const;

export const realLabels = (set: string): Labels => longLabels(readFileSync(join(REAL, 'gt', `${set}.json`), 'utf8'));

/** Why the MySQL sets cannot be scored here; null when they can. */
export function whyNoMysqlSets(): string | null {
  if (!hasReal) return 'shared/real is absent';
  return hasMariadb() ? null : 'mariadbd is absent';
}

/** Why northwind cannot be scored here; null when it can. */
export function whyNoNorthwind(): string | null {
  if (!hasReal) return 'shared/real is absent';
  return onPath('psql') ? null : 'psql is absent';
}

/** The MySQL sets in a MariaDB of our own, each discovered through the product's reader. */
export async function discoverMysqlSets(): Promise<Map<string, Discovered>> {
  const server = await startThrowawayMariadb(['--sql-mode=NO_ENGINE_SUBSTITUTION', '--max-allowed-packet=256M']);
  try {
    const env = { ...process.env, MYSQL: `mariadb -S ${server.socket} -u${server.superuser}` };
    execFileSync('bash', [join(REAL, 'sql/load.sh'), ...MYSQL_SETS], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const found = new Map<string, Discovered>();
    for (const name of MYSQL_SETS)
      found.set(
        name,
        await discoverSource({ name, kind: 'mysql', locator: server.locator(name), credentials: {} }, `${server.superuser}:`),
      );
    return found;
  } finally {
    await server.stop();
  }
}

/** northwind in a PostgreSQL of our own. */
export async function discoverNorthwind(): Promise<Discovered> {
  const server = await startThrowawayPostgres();
  try {
    const env = { ...process.env, PSQL_ARGS: `-h ${server.host} -U ${server.superuser}` };
    execFileSync('bash', [join(REAL, 'sql/load.sh'), 'northwind'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    return await discoverSource(
      { name: 'northwind', kind: 'postgres', locator: server.locator('northwind'), credentials: {} },
      `${server.superuser}:none`,
    );
  } finally {
    await server.stop();
  }
}

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, command)));
}
