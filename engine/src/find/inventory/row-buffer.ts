// SPDX-License-Identifier: Apache-2.0
import { type DuckDBConnection, type DuckDBPreparedStatement, VARCHAR } from '@duckdb/node-api';
import { InventoryError } from './error.ts';
import type { SegmentColumn } from './segment-columns.ts';

const CHUNK = 2048;
/** Between rows, cells and listed texts; and a null. Texts of ours (hashes, codes, JSON) never hold them. */
const [ROW, CELL, ITEM, NULL] = ['\u001e', '\u001f', '\u001d', '\u001c'];
const OURS = /[\u001c-\u001f]/;

/** A value as our code holds it: days as YYYY-MM-DD, big integers as safe numbers. */
export type Plain = string | number | boolean | readonly string[] | readonly number[] | null | undefined;

/**
 * A table in DuckDB's memory that takes rows in chunks: a chunk goes over as one text and is taken apart there, on the engine's own thread, while the next
 * one is filled — cell by cell through the driver costs several times as much. States: open → (add)* → flush, which appends what is waiting; `clear` empties the table.
 */
export class RowBuffer {
  readonly #connection: DuckDBConnection;
  readonly #table: string;
  readonly #insert: DuckDBPreparedStatement;
  #waiting: string[] = [];
  /** The chunk that the engine is taking apart. */
  #under: Promise<unknown> = Promise.resolve();
  rows = 0;

  private constructor(connection: DuckDBConnection, table: string, insert: DuckDBPreparedStatement) {
    this.#connection = connection;
    this.#table = table;
    this.#insert = insert;
  }

  static async create(connection: DuckDBConnection, table: string, columns: readonly SegmentColumn[]): Promise<RowBuffer> {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns.map((c) => `"${c.name}" ${c.type}`).join(', ')})`);
    const cells = columns.map((column, at) => {
      const cell = `nullif(cells[${at + 1}], chr(28))`;
      return column.type.endsWith('[]')
        ? `CASE WHEN ${cell} = '' THEN [] ELSE string_split(${cell}, chr(29))::${column.type} END`
        : `${cell}::${column.type}`;
    });
    const insert = await connection.prepare(
      `INSERT INTO ${table} SELECT ${cells.join(', ')} FROM (SELECT string_split(line, chr(31)) AS cells FROM (SELECT unnest(string_split($1, chr(30))) AS line))`,
    );
    return new RowBuffer(connection, table, insert);
  }

  /** Adds one row, cells in column order. Waits only when a chunk is full. */
  add(row: readonly Plain[]): Promise<void> | undefined {
    let line = '';
    for (let at = 0; at < row.length; at++) {
      const cell = row[at];
      const text = cell === null || cell === undefined ? NULL : typeof cell === 'object' ? cell.join(ITEM) : String(cell);
      if (typeof cell === 'string' && OURS.test(cell)) throw new InventoryError('row-shape', { table: this.#table, cell: at });
      line += at === 0 ? text : CELL + text;
    }
    this.#waiting.push(line);
    this.rows += 1;
    return this.#waiting.length >= CHUNK ? this.#send() : undefined;
  }

  async flush(): Promise<void> {
    await this.#send();
    await this.#under;
  }

  async clear(): Promise<void> {
    await this.#under;
    await this.#connection.run(`TRUNCATE ${this.#table}`);
    this.rows = 0;
  }

  /** At most one chunk is under way, so that memory is bounded and order stays. */
  async #send(): Promise<void> {
    await this.#under;
    if (this.#waiting.length === 0) return;
    const text = this.#waiting.join(ROW);
    this.#waiting = [];
    this.#insert.bind([text], [VARCHAR]);
    this.#under = this.#insert.run();
    // A failure is told by the next chunk or by flush; until then it must not end the process.
    this.#under.catch(() => undefined);
  }
}
