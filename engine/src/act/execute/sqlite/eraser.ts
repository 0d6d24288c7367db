// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { Eraser } from '../ports.ts';
import { type OpenTable, eraseRows } from '../rows/erase-rows.ts';
import { ask, translate } from './cells.ts';
import { openTable } from './table.ts';

const CANARY = 'shanhou_canary';

/** Write access to a SQLite file; deleted content is overwritten (secure_delete) and foreign keys are enforced. Throws ExecuteError. */
export function openSqliteEraser(source: Source): Eraser {
  if (!existsSync(source.locator)) throw new ExecuteError('source-unreachable', { source: source.name });
  const writer = open(source, false);
  const looker = open(source, true);
  const tables = new Map<string, OpenTable>();
  return {
    source: source.name,
    async erase(job) {
      let table = tables.get(job.map.id);
      if (!table) tables.set(job.map.id, (table = { store: openTable(writer, looker, job.map, job.columns), contents: null }));
      return eraseRows(table, job);
    },
    async plant(marks) {
      await Promise.resolve();
      ask(writer, `DROP TABLE IF EXISTS ${CANARY}`);
      ask(writer, `CREATE TABLE ${CANARY} (as_text TEXT, as_varchar VARCHAR(200), as_json TEXT, as_digits INTEGER)`);
      for (const mark of marks) {
        const digits = /^\d{1,18}$/.test(mark) ? BigInt(mark) : null;
        ask(writer, `INSERT INTO ${CANARY} VALUES (?, ?, ?, ?)`, [
          `canary ${mark} end`,
          mark,
          JSON.stringify({ nested: { canary: mark } }),
          digits,
        ]);
      }
    },
    async unplant() {
      await Promise.resolve();
      ask(writer, `DROP TABLE IF EXISTS ${CANARY}`);
    },
    async close() {
      await Promise.resolve();
      looker.close();
      writer.close();
    },
  };
}

function open(source: Source, readOnly: boolean): DatabaseSync {
  try {
    const db = new DatabaseSync(source.locator, { readOnly, timeout: 5_000, enableForeignKeyConstraints: true });
    if (!readOnly) ask(db, 'PRAGMA secure_delete = ON');
    ask(db, 'SELECT count(*) FROM sqlite_master');
    return db;
  } catch (error) {
    throw error instanceof ExecuteError ? error : translate(error);
  }
}
