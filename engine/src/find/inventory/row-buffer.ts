// SPDX-License-Identifier: Apache-2.0
import {
  BIGINT,
  BOOLEAN,
  DATE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
} from '@duckdb/node-api';
import { daysOf } from './legal-date.ts';
import type { SegmentColumn, SegmentType } from './segment-columns.ts';

const TYPES: Readonly<Record<SegmentType, DuckDBType>> = {
  BIGINT,
  INTEGER,
  VARCHAR,
  BOOLEAN,
  DATE,
  'VARCHAR[]': LIST(VARCHAR),
  'INTEGER[]': LIST(INTEGER),
};
const CHUNK = 2048;

/** A value as our code holds it: days as YYYY-MM-DD, big integers as safe numbers. */
export type Plain = string | number | boolean | readonly string[] | readonly number[] | null | undefined;

/**
 * A table in DuckDB's memory that takes rows in chunks. States: open → (add)* → flush, which appends what is waiting;
 * `clear` empties the table for the next segment.
 */
export class RowBuffer {
  readonly #connection: DuckDBConnection;
  readonly #columns: readonly SegmentColumn[];
  readonly #table: string;
  #waiting: DuckDBValue[][];
  #waitingRows = 0;
  rows = 0;

  private constructor(connection: DuckDBConnection, table: string, columns: readonly SegmentColumn[]) {
    this.#connection = connection;
    this.#table = table;
    this.#columns = columns;
    this.#waiting = columns.map(() => []);
  }

  static async create(connection: DuckDBConnection, table: string, columns: readonly SegmentColumn[]): Promise<RowBuffer> {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns.map((c) => `"${c.name}" ${c.type}`).join(', ')})`);
    return new RowBuffer(connection, table, columns);
  }

  /** Adds one row, cells in column order. */
  async add(row: readonly Plain[]): Promise<void> {
    for (let i = 0; i < this.#columns.length; i++) this.#waiting[i]!.push(toDuck(row[i], this.#columns[i]!.type));
    this.rows += 1;
    if (++this.#waitingRows === CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#waitingRows === 0) return;
    const chunk = DuckDBDataChunk.create(
      this.#columns.map((c) => TYPES[c.type]),
      this.#waitingRows,
    );
    chunk.setColumns(this.#waiting);
    const appender = await this.#connection.createAppender(this.#table);
    appender.appendDataChunk(chunk);
    appender.closeSync();
    this.#waiting = this.#columns.map(() => []);
    this.#waitingRows = 0;
  }

  async clear(): Promise<void> {
    await this.#connection.run(`TRUNCATE ${this.#table}`);
    this.rows = 0;
  }
}

function toDuck(value: Plain, type: SegmentType): DuckDBValue {
  if (value === null || value === undefined) return null;
  if (type === 'BIGINT') return BigInt(value as number);
  if (type === 'DATE') return new DuckDBDateValue(daysOf(value as string));
  if (type === 'VARCHAR[]' || type === 'INTEGER[]') return listValue([...(value as readonly (string | number)[])]);
  return value as string | number | boolean;
}
