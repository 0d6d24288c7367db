// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StoreError } from './error.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
const LOCK = 7_203_942;

/** Numbered SQL files; the number is claimed first and applied in the same transaction. A second run does no harm. */
export async function migrate(client: pg.Client | pg.PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    const version = Number((await client.query<{ v: string }>('SHOW server_version_num')).rows[0]!['server_version_num' as 'v']);
    if (version < 140_000) throw new StoreError('database-too-old', String(version));
    await client.query('CREATE SCHEMA IF NOT EXISTS shanhou');
    await client.query('CREATE TABLE IF NOT EXISTS shanhou.migration (number integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())');
    const { rows } = await client.query<{ number: number }>('SELECT number FROM shanhou.migration');
    const done = new Set(rows.map((r) => r.number));
    const files = readdirSync(FOLDER)
      .filter((name) => /^\d{6}_.*\.sql$/.test(name))
      .toSorted();
    const newest = Number(files.at(-1)!.slice(0, 6));
    const ahead = [...done].find((n) => n > newest);
    if (ahead !== undefined) throw new StoreError('newer-data-folder', `migration ${ahead} > ${newest}`);
    for (const file of files) if (!done.has(Number(file.slice(0, 6)))) await apply(client, file);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

async function apply(client: pg.Client | pg.PoolClient, file: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO shanhou.migration (number) VALUES ($1)', [Number(file.slice(0, 6))]);
    await client.query('SET LOCAL search_path = shanhou');
    await client.query(readFileSync(FOLDER + file, 'utf8'));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new StoreError('migration-failed', file, error);
  }
}
