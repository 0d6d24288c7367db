// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { ChunkResult } from '../../../model/planned.ts';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { EraseJob, Eraser } from '../ports.ts';
import { type OpenTable, eraseRows } from '../rows/erase-rows.ts';
import { ask, connect, quote } from './connect.ts';
import { twoConnections } from '../two-connections.ts';
import { openTable } from './table.ts';

const CANARY = 'shanhou_canary';

/** Write access to a PostgreSQL database (13 or newer). `secret` = `user:password`. Throws ExecuteError. */
export async function openPostgresEraser(source: Source, secret: string | null): Promise<Eraser> {
  const connections = twoConnections(
    () => connect(source.locator, secret),
    (client) => client.end(),
  );
  await connections.writer();
  const tables = new Map<string, OpenTable>();
  return {
    source: source.name,
    async erase(job: EraseJob): Promise<ChunkResult> {
      let table = tables.get(job.map.id);
      if (!table) tables.set(job.map.id, (table = { store: await openTable(connections, job.map, job.columns), contents: null }));
      return eraseRows(table, job);
    },
    async plant(marks) {
      const client = await connections.writer();
      const schema = await canarySchema(client);
      const table = `${quote(schema)}.${CANARY}`;
      await ask(client, `DROP TABLE IF EXISTS ${table}`);
      await ask(client, `CREATE TABLE ${table} (as_text text, as_varchar varchar(200), as_json json, as_digits bigint)`);
      await ask(client, `GRANT SELECT ON ${table} TO PUBLIC`);
      for (const mark of marks) {
        const digits = /^\d{1,18}$/.test(mark) ? mark : null;
        await ask(client, `INSERT INTO ${table} VALUES ($1, $2, $3, $4)`, [
          `canary ${mark} end`,
          mark,
          JSON.stringify({ nested: { canary: mark } }),
          digits,
        ]);
      }
    },
    async unplant() {
      const client = await connections.writer();
      const found = await ask(client, `SELECT schemaname FROM pg_tables WHERE tablename = $1`, [CANARY]);
      for (const [schema] of found) await ask(client, `DROP TABLE ${quote(String(schema))}.${CANARY}`);
    },
    close: () => connections.reset(),
  };
}

async function canarySchema(client: pg.Client): Promise<string> {
  const [row] = await ask(
    client,
    `SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE')
     ORDER BY nspname <> 'public', nspname LIMIT 1`,
  );
  if (row?.[0] == null) throw new ExecuteError('permission-denied', { table: CANARY });
  return row[0];
}
