// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { CaseFacts, Officer } from '../model/case.ts';
import { newId } from '../kit/index.ts';
import type { CaseDirectory, CaseStore } from '../journey/ports.ts';
import { actStore } from './act-store.ts';
import { bind, insert } from './bound.ts';
import { type CaseDatabase, type Database, caseDatabase } from './database.ts';
import { decideStore } from './decide-store.ts';
import { StoreError } from './error.ts';
import { findStore } from './find-store.ts';
import { appendEntries } from './outbox.ts';
import { proveStore } from './prove-store.ts';
import { tellStore } from './tell-store.ts';

/** The cases of one data folder or server. */
export function caseDirectory(database: Database): CaseDirectory {
  const { pool } = database;
  return {
    connection: { ...database.connection },
    close: () => database.close(),
    async list() {
      const { rows } = await pool.query<{ code: string; case_id: string }>(
        'SELECT code, case_id FROM shanhou.case_directory ORDER BY code',
      );
      return rows.map((r) => ({ code: r.code, caseId: r.case_id }));
    },
    async open(code) {
      const { rows } = await pool.query<{ case_id: string; organisation_id: string }>(
        'SELECT case_id, organisation_id FROM shanhou.case_directory WHERE code = $1',
        [code],
      );
      const row = rows[0];
      if (!row) throw new StoreError('case-not-found', code);
      return caseStore(pool, caseDatabase(pool, row.organisation_id, row.case_id));
    },
    async create(newCase, entries) {
      const organisationId = newId(new Date(newCase.at));
      const db = caseDatabase(pool, organisationId, newCase.id);
      try {
        await db.tx(async (client) => {
          await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, newCase.company]);
          await client.query('INSERT INTO case_directory (code, organisation_id, case_id) VALUES ($1, $2, $3)', [
            newCase.code,
            organisationId,
            newCase.id,
          ]);
          const [sql, values] = insert('case_file', {
            code: newCase.code,
            company: newCase.company,
            demo: newCase.demo,
            facts: newCase.facts,
            clock_start: newCase.clockStart,
            opened_at: newCase.at,
          });
          await client.query(sql, [...values]);
          const [gateSql, gateValues] = insert('gate', { gate: 'opened', at: newCase.at, body: {} });
          await client.query(gateSql, [...gateValues]);
          await appendEntries(client, newCase.id, organisationId, entries);
        });
      } catch (error) {
        if ((error as { code?: string }).code === '23505') throw new StoreError('case-exists', newCase.code, error);
        throw error;
      }
      return caseStore(pool, db);
    },
  };
}

function caseStore(pool: pg.Pool, database: CaseDatabase): CaseStore {
  const db = bind(database);
  return {
    caseId: database.caseId,
    ...findStore(db),
    ...decideStore(db),
    ...tellStore(db),
    ...actStore(db),
    ...proveStore(db),
    async record() {
      const rows = await db.all<{
        case_id: string;
        code: string;
        company: string;
        demo: boolean;
        facts: CaseFacts;
        clock_start: Date | null;
      }>('SELECT case_id, code, company, demo, facts, clock_start FROM case_file');
      const r = rows[0]!;
      return {
        id: r.case_id,
        code: r.code,
        company: r.company,
        demo: r.demo,
        facts: r.facts,
        clockStart: r.clock_start?.toISOString() ?? null,
      };
    },
    setClock: (start) => db.write([['UPDATE case_file SET clock_start = $1 WHERE clock_start IS NOT NULL', [start]]]),
    saveFacts: (facts, entries) => db.write([['UPDATE case_file SET facts = $1', [JSON.stringify(facts)]]], entries),
    async officers() {
      const rows = await db.all<{ id: string; department: Officer['department']; label: string; public_key: string }>(
        'SELECT id, department, label, public_key FROM officer ORDER BY label',
      );
      return rows.map((r) => ({ id: r.id, department: r.department, label: r.label, publicKey: r.public_key }));
    },
    addOfficer: (o) =>
      db.write([
        insert('officer', { id: o.id, department: o.department, label: o.label, public_key: o.publicKey }, 'ON CONFLICT DO NOTHING'),
      ]),
    lock: () => lockCase(pool, database.caseId),
  };
}

/** A session lock on a connection of its own: it goes when the process goes, also by kill -9. */
async function lockCase(pool: pg.Pool, caseId: string): Promise<{ release(): Promise<void> }> {
  const client = await pool.connect();
  const key = BigInt.asIntN(64, BigInt(`0x${caseId.replaceAll('-', '').slice(16)}`)).toString();
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [key]);
  if (!rows[0]?.got) {
    client.release();
    throw new StoreError('case-busy', caseId);
  }
  return {
    async release() {
      await client.query('SELECT pg_advisory_unlock($1)', [key]);
      client.release();
    },
  };
}
