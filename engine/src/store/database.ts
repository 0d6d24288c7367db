// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { writeDurable } from '../kit/index.ts';
import { openCluster } from './cluster.ts';
import { StoreError } from './error.ts';
import { migrate } from './migrate.ts';

/** Version of the data folder's layout; a newer one is refused. */
const VERSION = 1;

export interface Database {
  readonly pool: pg.Pool;
  /** What pg-boss connects with. */
  readonly connection: pg.PoolConfig;
  close(): Promise<void>;
}

/** One case's view of the database: every transaction is bound to it by row-level security. */
export interface CaseDatabase {
  readonly caseId: string;
  readonly organisationId: string;
  tx<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
}

/** Opens our own state: the embedded server in the data folder, or `databaseUrl`. Throws StoreError. */
export async function openDatabase(options: { dataFolder: string; databaseUrl: string | null }): Promise<Database> {
  checkVersion(options.dataFolder);
  const cluster = options.databaseUrl === null ? await openCluster(join(options.dataFolder, 'control')) : null;
  if (cluster) await cluster.ensureDatabase('shanhou', 'shanhou');
  const connection: pg.PoolConfig = cluster
    ? { host: cluster.host, user: 'shanhou', database: 'shanhou', application_name: 'shanhou' }
    : { connectionString: options.databaseUrl!, application_name: 'shanhou' };
  const pool = new pg.Pool({ ...connection, max: 6 });
  pool.on('error', () => undefined);
  try {
    const client = await pool.connect();
    try {
      await migrate(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    await cluster?.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError('database-unreachable', (error as { code?: string }).code ?? 'connect', error);
  }
  return {
    pool,
    connection,
    async close() {
      await pool.end();
      await cluster?.close();
    },
  };
}

/** Transactions of one case; commits when `work` returns, rolls back when it throws. */
export function caseDatabase(pool: pg.Pool, organisationId: string, caseId: string): CaseDatabase {
  return {
    caseId,
    organisationId,
    async tx(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('BEGIN');
        await client.query(
          "SELECT set_config('search_path', 'shanhou', true), set_config('shanhou.case_id', $1, true), set_config('shanhou.organisation_id', $2, true)",
          [caseId, organisationId],
        );
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

function checkVersion(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'VERSION');
  if (!existsSync(file)) return writeDurable(file, `${VERSION}\n`);
  const found = Number(readFileSync(file, 'utf8').trim());
  if (!(found <= VERSION)) throw new StoreError('newer-data-folder', `${file}: ${found} > ${VERSION}`);
}
