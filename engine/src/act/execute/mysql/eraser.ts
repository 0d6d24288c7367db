// SPDX-License-Identifier: Apache-2.0
import type { Connection } from 'mysql2';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { Eraser } from '../ports.ts';
import { type OpenTable, eraseRows } from '../rows/erase-rows.ts';
import { text } from './cells.ts';
import { ask, connect, databaseOf, quote } from './connect.ts';
import { twoConnections } from '../two-connections.ts';
import { openTable } from './table.ts';

const CANARY = 'shanhou_canary';
const OWN_SCHEMAS = `('mysql', 'information_schema', 'performance_schema', 'sys', 'ndbinfo')`;

/** Write access to a MySQL (8 or newer) or MariaDB (10.5 or newer) database or server. `secret` = `user:password`. Throws ExecuteError. */
export async function openMysqlEraser(source: Source, secret: string | null): Promise<Eraser> {
  const database = databaseOf(source.locator);
  const connections = twoConnections(
    () => connect(source.locator, secret),
    (client) => client.destroy(),
  );
  await connections.writer();
  const tables = new Map<string, OpenTable>();
  return {
    source: source.name,
    async erase(job) {
      let table = tables.get(job.map.id);
      if (!table) tables.set(job.map.id, (table = { store: await openTable(connections, database, job.map, job.columns), contents: null }));
      return eraseRows(table, job);
    },
    async plant(marks) {
      const client = await connections.writer();
      const table = `${quote(database ?? (await firstDatabase(client)))}.${CANARY}`;
      await ask(client, `DROP TABLE IF EXISTS ${table}`);
      await ask(
        client,
        `CREATE TABLE ${table} (as_text text, as_varchar varchar(200), as_json json, as_digits bigint) DEFAULT CHARACTER SET utf8mb4`,
      );
      for (const mark of marks) {
        const digits = /^\d{1,18}$/.test(mark) ? mark : 'NULL';
        const json = text(JSON.stringify({ nested: { canary: mark } }));
        await ask(client, `INSERT INTO ${table} VALUES (${text(`canary ${mark} end`)}, ${text(mark)}, ${json}, ${digits})`);
      }
    },
    async unplant() {
      const client = await connections.writer();
      const here = database === null ? `NOT IN ${OWN_SCHEMAS}` : `= ${text(database)}`;
      const found = await ask(
        client,
        `SELECT TABLE_SCHEMA FROM information_schema.TABLES WHERE TABLE_NAME = '${CANARY}' AND TABLE_SCHEMA ${here}`,
      );
      for (const [schema] of found) await ask(client, `DROP TABLE ${quote(String(schema))}.${CANARY}`);
    },
    close: () => connections.reset(),
  };
}

async function firstDatabase(client: Connection): Promise<string> {
  const [row] = await ask(
    client,
    `SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN ${OWN_SCHEMAS} ORDER BY SCHEMA_NAME LIMIT 1`,
  );
  if (row?.[0] == null) throw new ExecuteError('permission-denied', { table: CANARY });
  return row[0];
}
