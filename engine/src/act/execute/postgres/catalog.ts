// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import { ExecuteError } from '../error.ts';
import { ask, quoteTable } from './connect.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  /** pg_type.typcategory of the base type: S text, N number, D date, B boolean, A array … */
  readonly family: string;
  readonly base: string;
  readonly notNull: boolean;
  readonly generated: boolean;
  readonly unique: boolean;
  readonly reference: boolean;
}

/** A foreign key of another (or the same) table that points here. */
export interface Pointer {
  readonly constraint: string;
  readonly child: string;
  readonly childColumns: readonly string[];
  readonly columns: readonly string[];
  /** True when deleting here deletes or changes rows there. */
  readonly cascades: boolean;
  readonly self: boolean;
}

export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly pointers: readonly Pointer[];
  readonly hidesRows: boolean;
  /** Trigger → the word that switches it on again as it was (`ENABLE`, `ENABLE ALWAYS`, `ENABLE REPLICA`). */
  readonly triggers: ReadonlyMap<string, string>;
}

/** What the server's catalog says about a table. Throws ExecuteError `dataset-differs` when there is none. */
export async function describe(client: pg.Client, dataset: string): Promise<Table> {
  const name = quoteTable(dataset);
  const [found] = await ask(client, 'SELECT to_regclass($1)::oid', [name]);
  const oid = found?.[0];
  if (oid == null) throw new ExecuteError('dataset-differs', { dataset });
  const columns = await ask(client, COLUMNS, [oid]);
  const pointers = await ask(client, POINTERS, [oid]);
  const triggers = await ask(
    client,
    "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal AND tgenabled <> 'D'",
    [oid],
  );
  const [rls] = await ask(client, 'SELECT row_security_active($1::oid)', [oid]);
  const yes = (cell: string | null | undefined) => cell === 't';
  return {
    name,
    columns: new Map(
      columns.map(([column, type, base, family, notNull, generated, unique, reference]) => [
        String(column),
        {
          name: String(column),
          type: String(type),
          base: String(base),
          family: String(family),
          notNull: yes(notNull),
          generated: yes(generated),
          unique: yes(unique),
          reference: yes(reference),
        },
      ]),
    ),
    pointers: pointers.map(([constraint, child, childColumns, own, cascades, self]) => ({
      constraint: String(constraint),
      child: String(child),
      childColumns: JSON.parse(String(childColumns)) as string[],
      columns: JSON.parse(String(own)) as string[],
      cascades: yes(cascades),
      self: yes(self),
    })),
    hidesRows: yes(rls?.[0]),
    triggers: new Map(
      triggers.map(([trigger, state]) => [String(trigger), state === 'A' ? 'ENABLE ALWAYS' : state === 'R' ? 'ENABLE REPLICA' : 'ENABLE']),
    ),
  };
}

const COLUMNS = `
  SELECT a.attname, format_type(a.atttypid, a.atttypmod), b.typname, b.typcategory,
         a.attnotnull OR t.typnotnull, a.attgenerated <> '' OR a.attidentity = 'a',
         EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey)),
         EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND a.attnum = ANY (c.conkey))
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum`;

const POINTERS = `
  SELECT c.conname, c.conrelid::regclass::text,
         (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
         (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num),
         c.confdeltype IN ('c', 'n', 'd'), c.conrelid = c.confrelid
  FROM pg_constraint c
  WHERE c.confrelid = $1 AND c.contype = 'f' AND c.conparentid = 0`;
