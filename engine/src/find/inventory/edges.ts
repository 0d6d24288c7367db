// SPDX-License-Identifier: Apache-2.0
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { literal } from './duck.ts';

/** Which record has which identifier, as dense integers, grouped by identifier and ascending by record within one: the input of resolve. */
export interface InventoryEdges {
  /** Number of records in the inventory. */
  readonly records: number;
  /** Number of identifiers that at least two records have. */
  readonly identifiers: number;
  readonly record: Uint32Array;
  readonly identifier: Uint32Array;
  /** 0 hard, 1 soft, 2 reference; of the identifier of the same place. */
  readonly class: Uint8Array;
  /** 1 where a customer's record has any identifier at all; the others are unlinked. */
  readonly linked: Uint8Array;
  /** 1 where the record counts towards the size of a subject: its dataset is one of the masters, or no masters were named. */
  readonly master: Uint8Array;
  /** Numbers of the identifiers that were asked for, where at least two records have them. */
  readonly asked: ReadonlyMap<string, number>;
}

/*
 * Identifiers that only one record has join nobody and stay in DuckDB: at most cases they are nine in ten.
 * A reference to a row that is no customer's (a sales assistant in a mixed accounts table) joins nobody either, and what a document mentions
 * joins nobody (see mentions.ts).
 */
const SHARED = `
  CREATE OR REPLACE TEMP TABLE shared_identifiers AS
  SELECT id, (row_number() OVER (ORDER BY id) - 1)::UINTEGER AS n, count(*) AS records
  FROM (SELECT unnest(ids) AS id FROM records WHERE role = 'customer')
  WHERE left(id, 1) IN ('h', 's', 'r') AND id NOT IN (SELECT unnest(ids) FROM records WHERE role <> 'customer')
  GROUP BY id HAVING count(*) > 1`;

/** Reads the edges of all customers' records out of `records`. Memory: nine bytes an edge and two a record. */
export async function readEdges(
  connection: DuckDBConnection,
  masters: ReadonlySet<string>,
  ask: readonly string[],
): Promise<InventoryEdges> {
  await connection.run(SHARED);
  const [records, edges, identifiers] = await numbers(
    connection,
    `SELECT (SELECT coalesce(max(idx) + 1, 0) FROM records),
            (SELECT count(*) FROM (SELECT unnest(ids) AS id FROM records WHERE role = 'customer') JOIN shared_identifiers USING (id)),
            (SELECT count(*) FROM shared_identifiers)`,
  );
  const out = {
    record: new Uint32Array(edges!),
    identifier: new Uint32Array(edges!),
    class: new Uint8Array(edges!),
    linked: new Uint8Array(records!),
    master: new Uint8Array(records!),
  };
  let at = 0;
  const joined = `
    SELECT idx::UINTEGER, n, CASE left(id, 1) WHEN 'h' THEN 0 WHEN 's' THEN 1 ELSE 2 END::UTINYINT
    FROM (SELECT idx, unnest(ids) AS id FROM records WHERE role = 'customer') JOIN shared_identifiers USING (id) ORDER BY n, idx`;
  await eachChunk(connection, joined, (chunk) => {
    const [idx, n, kind] = [chunk.getColumnVector(0), chunk.getColumnVector(1), chunk.getColumnVector(2)];
    for (let i = 0; i < chunk.rowCount; i++, at++) {
      out.record[at] = idx.getItem(i) as number;
      out.identifier[at] = n.getItem(i) as number;
      out.class[at] = kind.getItem(i) as number;
    }
  });
  const among = masters.size > 0 ? `dataset IN (${[...masters].map(literal).join(', ')})` : 'true';
  const flags = `SELECT idx::UINTEGER, ${among} FROM records
    WHERE role = 'customer' AND len(list_filter(ids, lambda id: left(id, 1) IN ('h', 's', 'r'))) > 0`;
  await eachChunk(connection, flags, (chunk) => {
    const [idx, master] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let i = 0; i < chunk.rowCount; i++) {
      out.linked[idx.getItem(i) as number] = 1;
      if (master.getItem(i) === true) out.master[idx.getItem(i) as number] = 1;
    }
  });
  const asked = new Map<string, number>();
  if (ask.length > 0) {
    const found = await connection.runAndReadAll(`SELECT id, n FROM shared_identifiers WHERE id IN (${ask.map(literal).join(', ')})`);
    for (const [id, n] of found.getRows()) asked.set(String(id), Number(n));
  }
  return { records: records!, identifiers: identifiers!, ...out, asked };
}

/** What a record says of whose it is, as numbers below 2^53: 0 identity number, 1 birth day, 2 name. */
export type TakeClaim = (record: number, kind: 0 | 1 | 2, value: number) => void;

/** Hands over every claim of every customer's record, in inventory order. */
export async function eachClaim(connection: DuckDBConnection, take: TakeClaim): Promise<void> {
  const sql = `
    SELECT idx::UINTEGER, CASE left(say, 1) WHEN 'p' THEN 0 WHEN 'b' THEN 1 ELSE 2 END::UTINYINT, split_part(say, '|', 3) AS h
    FROM (SELECT idx, unnest(says) AS say FROM records WHERE role = 'customer')
    WHERE (starts_with(say, 'name') OR starts_with(say, 'birth|') OR starts_with(say, 'person-number|')) AND split_part(say, '|', 3) <> '' ORDER BY idx`;
  await eachChunk(connection, sql, (chunk) => {
    const [idx, kind, h] = [chunk.getColumnVector(0), chunk.getColumnVector(1), chunk.getColumnVector(2)];
    for (let i = 0; i < chunk.rowCount; i++)
      take(idx.getItem(i) as number, kind.getItem(i) as 0 | 1 | 2, Number.parseInt(h.getItem(i) as string, 16));
  });
}

/** Turns the numbers of the last `readEdges` back into identifiers: a SELECT over the table `reviewed` (n, reason, touched, idx). */
export const REVIEWS = `
  SELECT i.id, r.reason, r.touched, r.idx FROM reviewed r LEFT JOIN shared_identifiers i ON i.n = r.n ORDER BY r.reason, i.id, r.idx`;

async function numbers(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const result = await connection.runAndReadAll(sql);
  return (result.getRows()[0] ?? []).map(Number);
}

async function eachChunk(connection: DuckDBConnection, sql: string, take: (chunk: DuckDBDataChunk) => void): Promise<void> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) take(chunk);
}
