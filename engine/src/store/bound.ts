// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { NewEntry } from '../journey/ports.ts';
import type { CaseDatabase } from './database.ts';
import { appendEntries } from './outbox.ts';

/** The few shapes of statement that the repositories are made of, bound to one case. */
export interface Bound {
  readonly caseId: string;
  all<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** Runs statements and appends entries in one transaction. */
  write(statements: readonly Statement[], entries?: readonly NewEntry[]): Promise<void>;
  tx: CaseDatabase['tx'];
}
export type Statement = readonly [sql: string, values: readonly unknown[]];

export function bind(db: CaseDatabase): Bound {
  return {
    caseId: db.caseId,
    tx: db.tx,
    all: (sql, values = []) => db.tx(async (client) => (await client.query(sql, [...values])).rows),
    write: (statements, entries = []) =>
      db.tx(async (client) => {
        for (const [sql, values] of statements) await client.query(sql, [...values]);
        await appendEntries(client, db.caseId, db.organisationId, entries);
      }),
  };
}

/**
 * `INSERT INTO table (organisation_id, case_id, …)` for one row; objects and arrays become JSON.
 * The organisation and the case come from the transaction's settings, so a row can only be one's own.
 */
export function insert(table: string, row: Readonly<Record<string, unknown>>, onConflict = ''): Statement {
  const names = Object.keys(row);
  const values = names.map((name) => (typeof row[name] === 'object' && row[name] !== null ? JSON.stringify(row[name]) : row[name]));
  const own = "current_setting('shanhou.organisation_id')::uuid, current_setting('shanhou.case_id')::uuid";
  return [
    `INSERT INTO ${table} (organisation_id, case_id, ${names.join(', ')}) VALUES (${own}, ${names.map((_, i) => `$${i + 1}`).join(', ')}) ${onConflict}`,
    values,
  ];
}
