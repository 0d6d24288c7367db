// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Row } from '../../src/model/cell.ts';
import type { Source } from '../../src/model/source.ts';
import type { ThrowawayMariadb } from '../support/throwaway-mariadb.ts';
import type { ThrowawayPostgres } from '../support/throwaway-postgres.ts';

/** A store under test, with its own plain way to run SQL that shares no code with the product. */
export interface Store {
  readonly name: string;
  readonly schema: string;
  readonly source: Source;
  readonly secret: string | null;
  sql(text: string): Promise<Row[]>;
  readonly softDelete: string;
  readonly softTrigger: string;
  close(): Promise<void>;
}

let count = 0;

/** A new database on the server. */
export async function postgres(server: ThrowawayPostgres): Promise<Store> {
  const name = await server.createDatabase(`erase${++count}`);
  const client = new pg.Client({
    host: server.host,
    user: server.superuser,
    database: name,
    types: { getTypeParser: () => (v: string) => v },
  });
  await client.connect();
  return {
    name: 'PostgreSQL',
    schema: 'public.',
    source: { name: 'orders', kind: 'postgres', locator: server.locator(name), credentials: {} },
    secret: `${server.superuser}:`,
    sql: async (text) => (await client.query({ text, rowMode: 'array' })).rows as Row[],
    softDelete: `CREATE FUNCTION soft() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE people SET name = 'gone' WHERE id = OLD.id; RETURN NULL; END $$;
      CREATE TRIGGER people_soft BEFORE DELETE ON people FOR EACH ROW WHEN (OLD.id % 2 = 0) EXECUTE FUNCTION soft()`,
    softTrigger: 'people_soft',
    close: () => client.end(),
  };
}

/** A new file in the folder. */
export async function sqlite(folder: string): Promise<Store> {
  await Promise.resolve();
  const path = join(folder, `erase${++count}.db`);
  const db = new DatabaseSync(path);
  return {
    name: 'SQLite',
    schema: '',
    source: { name: 'crm', kind: 'sqlite', locator: path, credentials: {} },
    secret: null,
    sql: async (text) => {
      await Promise.resolve();
      if (!/^\s*SELECT/i.test(text)) {
        db.exec(text);
        return [];
      }
      return db
        .prepare(text)
        .all()
        .map((row) => Object.values(row).map((v) => (v === null ? null : String(v))));
    },
    softDelete: `CREATE TRIGGER people_soft BEFORE DELETE ON people WHEN OLD.id % 2 = 0 BEGIN SELECT RAISE(IGNORE); END`,
    softTrigger: 'people_soft',
    close: async () => {
      await Promise.resolve();
      db.close();
    },
  };
}

/** A new database on the server. */
export async function maria(mariadb: ThrowawayMariadb): Promise<Store> {
  const name = await mariadb.createDatabase(`erase${++count}`);
  return {
    name: 'MariaDB',
    schema: '',
    source: { name: 'members', kind: 'mysql', locator: mariadb.locator(name), credentials: {} },
    secret: 'root:',
    sql: (text) => mariadb.sql(text, name),
    softDelete: `CREATE TRIGGER people_soft BEFORE DELETE ON people FOR EACH ROW
      IF OLD.id % 2 = 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'kept'; END IF`,
    softTrigger: 'people_soft',
    close: () => Promise.resolve(),
  };
}
