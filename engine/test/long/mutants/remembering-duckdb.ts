// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { DuckDBInstance as Real, type DuckDBConnection, type DuckDBResultReader } from '@duckdb/node-api';

/**
 * A DuckDB that answers from memory what it was asked before: most mutants compile to the SQL of the sound plan, over the same random
 * records. Statements since the last `CREATE OR REPLACE` are kept back and run only when a question is new.
 */
const answers = new Map<string, DuckDBResultReader>();
let real: DuckDBConnection | undefined;

type Params = Parameters<DuckDBConnection['run']>[1];

class Connection {
  #pending: [sql: string, params: Params][] = [];

  run(sql: string, params?: Params): void {
    if (sql.startsWith('CREATE OR REPLACE')) this.#pending = [];
    this.#pending.push([sql, params]);
  }

  async runAndReadAll(sql: string): Promise<DuckDBResultReader> {
    const key = createHash('sha256')
      .update(JSON.stringify([this.#pending, sql]))
      .digest('base64');
    const known = answers.get(key);
    if (known) return known;
    real ??= await (await Real.create(':memory:', { threads: '1' })).connect();
    for (const [statement, params] of this.#pending) await real.run(statement, params);
    const answer = await real.runAndReadAll(sql);
    if (answers.size < 4_000) answers.set(key, answer);
    return answer;
  }

  closeSync(): void {
    this.#pending = [];
  }
}

export const DuckDBInstance = { create: () => ({ connect: () => new Connection() }) };
