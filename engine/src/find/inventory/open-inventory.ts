// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { DuckDBDateValue, DuckDBListValue, DuckDBTypeId } from '@duckdb/node-api';
import { openDuck, pathLiteral } from './duck.ts';
import { type InventoryEdges, REVIEWS, type TakeClaim, eachClaim, readEdges } from './edges.ts';
import { InventoryError } from './error.ts';
import { SUBJECTS_WITH_DOCUMENTS } from './mentions.ts';
import { type Plain, RowBuffer } from './row-buffer.ts';
import { type Segment, describeSegment, segmentPath, writeParquet } from './segment-file.ts';
import { SEGMENT_COLUMNS, type SegmentColumn, TABLE_KINDS, type TableKind } from './segment-columns.ts';

export interface InventoryOptions {
  readonly folder: string;
  /** The manifest's segments; kinds that are no tables (contacts, erase-list) are passed over. */
  readonly segments: readonly { readonly kind: string; readonly path: string }[];
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where queries may spill; inside the case folder. Default `tmp` in the inventory folder. */
  readonly tempFolder?: string;
}

/** The segments as views `records`, `subjects`, `reviews`, `customers`, `standing`, `plan`, `outcomes`; and `staff_references`, see its SQL. */
export interface Inventory {
  /** Rows as objects: BIGINT as number (as bigint beyond 2^53), DATE as YYYY-MM-DD, lists as arrays. `params`: `$1`, `$2`… */
  query<T = Record<string, unknown>>(sql: string, params?: readonly (string | number | boolean | null)[]): AsyncIterable<T>;
  /** Runs statements for their effect (temporary tables, macros). */
  run(sql: string): Promise<void>;
  /** Writes the rows of a SELECT as one durable segment of a kind; its columns must be the kind's, in order. */
  copyToSegment(kind: TableKind, selectSql: string): Promise<Segment>;
  /** Writes rows (cells in the order of `columns`, which are the kind's) as one durable segment; null when there are none. */
  writeRows(
    kind: TableKind,
    columns: readonly string[],
    rows: AsyncIterable<readonly Plain[]> | Iterable<readonly Plain[]>,
  ): Promise<Segment | null>;
  /**
   * Writes whose each record is, as resolve found it (idx, subject), as one durable segment; with `documents`, those are given to everybody whose identifier stands
   * in them (mentions.ts), so that a record may have several rows. Null when there are none.
   */
  writeSubjects(rows: Iterable<readonly Plain[]>, documents: boolean): Promise<Segment | null>;
  /** Records and identifiers as dense integers, for resolve; `ask`: identifiers whose numbers are wanted. */
  edges(masters?: ReadonlySet<string>, ask?: readonly string[]): Promise<InventoryEdges>;
  /** What the records claim of whose they are, for resolve. */
  eachClaim(take: TakeClaim): Promise<void>;
  /** Writes what resolve left to people, by the identifier numbers of the last `edges`: (n or −1, reason, touched, idx). Null when there is none. */
  writeReviews(rows: Iterable<readonly [n: number, reason: string, touched: number, idx: number]>): Promise<Segment | null>;
  /** Makes a table of rows for later queries, in memory like the views. */
  load(table: string, columns: readonly SegmentColumn[], rows: AsyncIterable<readonly Plain[]> | Iterable<readonly Plain[]>): Promise<void>;
  close(): Promise<void>;
}

/** Records of customers' datasets that point to a row of staff, a supplier or a merchant, with that row's role. */
const STAFF_REFERENCES = `
  CREATE OR REPLACE VIEW staff_references AS
  WITH owner AS (SELECT unnest(ids) AS id, role FROM records WHERE role <> 'customer')
  SELECT r.idx, min(owner.role) AS role
  FROM (SELECT idx, unnest(ids) AS id FROM records WHERE role = 'customer') r JOIN owner USING (id) GROUP BY r.idx`;

/** Opens the inventory in memory. Throws `segment-missing`, `temp-outside`. Several may be open at once: segments are immutable. */
export async function openInventory(options: InventoryOptions): Promise<Inventory> {
  const folder = resolve(options.folder);
  const tempFolder = resolve(options.tempFolder ?? join(folder, 'tmp'));
  const inside = relative(dirname(folder), tempFolder);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) throw new InventoryError('temp-outside', { tempFolder });
  const views = TABLE_KINDS.map((kind) => viewOf(kind, folder, options.segments));
  const duck = await openDuck({ memoryLimit: options.memoryLimit ?? '1GB', threads: options.threads ?? 2, tempFolder });
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof InventoryError ? error : new InventoryError('query-failed', {}, error);
    }
  };
  const copy = async (kind: TableKind, select: string, connection: DuckDBConnection): Promise<Segment> => {
    const path = segmentPath(folder, kind, 0, 'parquet');
    const columns = SEGMENT_COLUMNS[kind].map((c) => `"${c.name}"::${c.type} AS "${c.name}"`).join(', ');
    await writeParquet(connection, `SELECT ${columns} FROM (${select})`, path);
    const rows = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${pathLiteral(path)})`);
    return await describeSegment(folder, kind, path, Number(rows.getRows()[0]?.[0]));
  };
  try {
    for (const view of views) await duck.connection.run(view);
    await duck.connection.run(STAFF_REFERENCES);
  } catch (error) {
    duck.close();
    throw new InventoryError('query-failed', { step: 'views' }, error);
  }
  return {
    async *query<T>(sql: string, params: readonly (string | number | boolean | null)[] = []) {
      // A connection of its own: a second query on one connection ends the stream of the first without a word.
      const connection = await duck.connect();
      try {
        const result = await attempt(() => connection.stream(sql, [...params]));
        const chunks = result.yieldConvertedRowObjects<unknown>(toPlain);
        for (let next = await attempt(() => chunks.next()); !next.done; next = await attempt(() => chunks.next())) yield* next.value as T[];
      } finally {
        connection.closeSync();
      }
    },
    run: (sql) => attempt(async () => void (await duck.connection.run(sql))),
    copyToSegment: (kind, selectSql) => attempt(() => copy(kind, selectSql, duck.connection)),
    writeRows: (kind, columns, rows) =>
      attempt(async () => {
        const known = new Map(SEGMENT_COLUMNS[kind].map((c) => [c.name, c]));
        const typed = columns.map((name) => {
          const column = known.get(name);
          if (!column) throw new InventoryError('column-unknown', { kind, column: name });
          return column;
        });
        const connection = await duck.connect();
        const buffer = await RowBuffer.create(connection, 'incoming', typed);
        for await (const row of rows) await buffer.add(row);
        await buffer.flush();
        return buffer.rows > 0 ? await copy(kind, 'SELECT * FROM incoming', connection) : null;
      }),
    writeSubjects: (rows, documents) =>
      attempt(async () => {
        const connection = await duck.connect();
        const buffer = await RowBuffer.create(connection, 'resolved', SEGMENT_COLUMNS.subjects);
        for (const row of rows) await buffer.add(row);
        await buffer.flush();
        if (buffer.rows === 0) return null;
        return await copy('subjects', documents ? SUBJECTS_WITH_DOCUMENTS : 'SELECT * FROM resolved', connection);
      }),
    edges: (masters = new Set(), ask = []) => attempt(() => readEdges(duck.connection, masters, ask)),
    eachClaim: (take) => attempt(() => eachClaim(duck.connection, take)),
    writeReviews: (rows) =>
      attempt(async () => {
        const [, reason, touched, idx] = SEGMENT_COLUMNS.reviews;
        const buffer = await RowBuffer.create(duck.connection, 'reviewed', [{ name: 'n', type: 'BIGINT' }, reason!, touched!, idx!]);
        for (const row of rows) await buffer.add(row);
        await buffer.flush();
        return buffer.rows > 0 ? await copy('reviews', REVIEWS, duck.connection) : null;
      }),
    load: (table, columns, rows) =>
      attempt(async () => {
        const connection = await duck.connect();
        const buffer = await RowBuffer.create(connection, 'loading', columns);
        for await (const row of rows) await buffer.add(row);
        await buffer.flush();
        await connection.run(`CREATE OR REPLACE TABLE "${table}" AS SELECT * FROM loading`);
      }),
    close: async () => duck.close(),
  };
}

function viewOf(kind: TableKind, folder: string, segments: InventoryOptions['segments']): string {
  const paths = segments.filter((segment) => segment.kind === kind).map((segment) => join(folder, segment.path));
  for (const path of paths) if (!existsSync(path)) throw new InventoryError('segment-missing', { kind, file: path });
  const columns = SEGMENT_COLUMNS[kind];
  const empty = `SELECT ${columns.map((c) => `NULL::${c.type} AS "${c.name}"`).join(', ')} WHERE false`;
  const from = `SELECT ${columns.map((c) => `"${c.name}"`).join(', ')} FROM read_parquet([${paths.map(pathLiteral).join(', ')}])`;
  return `CREATE OR REPLACE VIEW ${kind} AS ${paths.length > 0 ? from : empty}`;
}

function toPlain(value: DuckDBValue, type: DuckDBType): unknown {
  if (value === null) return null;
  if (typeof value === 'bigint') return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  if (type.typeId === DuckDBTypeId.DECIMAL) return Number(String(value));
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map((item) => toPlain(item, type));
  return typeof value === 'object' ? String(value) : value;
}
