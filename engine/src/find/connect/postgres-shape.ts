// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import type { ColumnShape, DatasetShape, DerivedCopy, Hazard } from '../../model/source.ts';
import { quoteIdent, textRows } from './postgres-open.ts';

export interface PostgresTable {
  /** `rows` is 0 here; it is counted when asked. */
  readonly shape: DatasetShape;
  /** Quoted, with ONLY where old-style child tables would be read twice. */
  readonly relation: string;
  readonly selection: string;
  /** ` ORDER BY …` or empty. */
  readonly order: string;
}

/**
 * Every ordinary table and partitioned parent of every user schema, by dataset name `schema.table`; two tables that share that
 * text (a dot in a name) are `null`. Partitions are read through their parent. Foreign tables and views hold no rows of their own.
 */
export async function readPostgresTables(client: pg.Client): Promise<ReadonlyMap<string, PostgresTable | null>> {
  const tables = await textRows(client, TABLES);
  const columns = Map.groupBy(await textRows(client, COLUMNS), (row) => row[0]);
  const keys = new Map((await textRows(client, KEYS)).map((row) => [row[0], names(row[1])]));
  const links = await readLinks(client);
  const triggers = Map.groupBy(await textRows(client, TRIGGERS), (row) => row[0]);
  const views = Map.groupBy(await textRows(client, DERIVED), (row) => row[0]);
  const found = new Map<string, PostgresTable | null>();
  for (const [oid = null, schema, table, kind, comment = null, security, forced] of tables) {
    const dataset = `${schema}.${table}`;
    const key = keys.get(oid) ?? [];
    const hazards: Hazard[] = [];
    if (key.length === 0) hazards.push({ kind: 'no-key', detail: dataset });
    if (kind === 'p') hazards.push({ kind: 'partitioned', detail: dataset });
    if (security === 't') hazards.push({ kind: 'row-level-security', detail: forced === 't' ? 'forced' : 'enabled' });
    for (const row of triggers.get(oid) ?? []) hazards.push({ kind: row[2] === 'rule' ? 'protected' : 'trigger', detail: String(row[1]) });
    for (const row of views.get(oid) ?? []) hazards.push({ kind: 'view', detail: String(row[2]) });
    hazards.push(...links.filter((link) => link.parent === oid).flatMap(hazardsOfLink));
    const shape: DatasetShape = {
      dataset,
      comment,
      columns: (columns.get(oid) ?? []).map(columnOf),
      key,
      foreignKeys: links
        .filter((link) => link.child === oid)
        .map(({ columns: from, parentName, toColumns }) => ({ columns: from, toDataset: parentName, toColumns })),
      hazards,
      rows: 0,
    };
    const relation = `${kind === 'p' ? '' : 'ONLY '}${quoteIdent(String(schema))}.${quoteIdent(String(table))}`;
    const selection = shape.columns.map(({ name }) => quoteIdent(name)).join(', ');
    const order = key.length === 0 ? '' : ` ORDER BY ${key.map(quoteIdent).join(', ')}`;
    found.set(dataset, found.has(dataset) ? null : { shape, relation, selection, order });
  }
  return found;
}

/** Materialised views: copies of rows, made by a query. One that was never filled has no rows. */
export async function readCopies(client: pg.Client): Promise<readonly DerivedCopy[]> {
  const made = Map.groupBy(await textRows(client, DERIVED), (row) => row[2]);
  const copies: DerivedCopy[] = [];
  for (const [schema = '', view = '', filled] of await textRows(client, COPIES)) {
    const dataset = `${schema}.${view}`;
    const [counted] =
      filled === 't' ? await textRows(client, `SELECT count(*) FROM ${quoteIdent(String(schema))}.${quoteIdent(String(view))}`) : [];
    copies.push({ dataset, of: (made.get(dataset) ?? []).map((row) => String(row[1])), rows: Number(counted?.[0] ?? 0) });
  }
  return copies;
}

/** Foreign tables of user schemas: their rows live elsewhere and need a source of their own. */
export async function foreignTables(client: pg.Client): Promise<readonly string[]> {
  return (await textRows(client, FOREIGN_TABLES)).map((row) => String(row[0]));
}

interface ForeignKey {
  readonly child: string | null;
  readonly parent: string | null;
  readonly childName: string;
  readonly parentName: string;
  readonly columns: readonly string[];
  readonly toColumns: readonly string[];
  readonly onDelete: string;
  readonly indexed: boolean;
}

async function readLinks(client: pg.Client): Promise<readonly ForeignKey[]> {
  const rows = await textRows(client, FOREIGN_KEYS);
  return rows.map((row) => ({
    child: row[0] ?? null,
    parent: row[1] ?? null,
    childName: String(row[2]),
    parentName: String(row[3]),
    columns: names(row[4]),
    toColumns: names(row[5]),
    onDelete: String(row[6]),
    indexed: row[7] === 't',
  }));
}

const ON_DELETE: Readonly<Record<string, string>> = { c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' };

/** Deleting from the parent walks the child: slowly without an index, destructively with a cascade. */
function hazardsOfLink(link: ForeignKey): readonly Hazard[] {
  const detail = `${link.childName}(${link.columns.join(', ')})`;
  const action = ON_DELETE[link.onDelete];
  return [
    ...(link.indexed ? [] : [{ kind: 'unindexed-child-key', detail } as const]),
    ...(action === undefined ? [] : [{ kind: 'cascade', detail: `${detail} ${action}` } as const]),
  ];
}

function columnOf(row: readonly (string | null)[]): ColumnShape {
  return { name: String(row[1]), type: String(row[2]), comment: row[3] ?? null, nullable: row[4] === 'f' };
}

/** A JSON array of names, as our catalogue queries return them. */
function names(value: string | null | undefined): readonly string[] {
  const parsed: unknown = JSON.parse(value ?? '[]');
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

const USER_SCHEMA = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'`;
const OURS = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${USER_SCHEMA}`;

const TABLES = `SELECT c.oid, n.nspname, c.relname, c.relkind, obj_description(c.oid, 'pg_class'), c.relrowsecurity, c.relforcerowsecurity
  ${OURS} ORDER BY n.nspname, c.relname`;

const COLUMNS = `SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), col_description(a.attrelid, a.attnum), a.attnotnull
  FROM pg_attribute a WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT c.oid ${OURS}) ORDER BY a.attrelid, a.attnum`;

const columnNames = (relation: string, numbers: string) =>
  `(SELECT json_agg(a.attname ORDER BY u.place) FROM unnest(${numbers}) WITH ORDINALITY u(number, place)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number)`;

const KEYS = `SELECT k.conrelid, ${columnNames('k.conrelid', 'k.conkey')} FROM pg_constraint k WHERE k.contype = 'p'`;

/** An index helps when its first columns are exactly the foreign key's, in any order, and it is whole and valid. */
const INDEXED = `EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indisvalid AND i.indpred IS NULL
  AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey AND cardinality(f.conkey) <= i.indnkeyatts)`;

const FOREIGN_KEYS = `SELECT f.conrelid, f.confrelid, cn.nspname || '.' || cc.relname, pn.nspname || '.' || pc.relname,
    ${columnNames('f.conrelid', 'f.conkey')}, ${columnNames('f.confrelid', 'f.confkey')}, f.confdeltype, ${INDEXED}
  FROM pg_constraint f
  JOIN pg_class cc ON cc.oid = f.conrelid JOIN pg_namespace cn ON cn.oid = cc.relnamespace
  JOIN pg_class pc ON pc.oid = f.confrelid JOIN pg_namespace pn ON pn.oid = pc.relnamespace
  WHERE f.contype = 'f' AND f.conparentid = 0 ORDER BY f.conrelid, f.conname`;

/** Enabled user triggers that fire on DELETE (8) or UPDATE (16), a partition's own with its root; and rewrite rules on the same commands. */
const TRIGGERS = `SELECT coalesce(pg_partition_root(t.tgrelid), t.tgrelid)::oid, t.tgname, 'trigger' FROM pg_trigger t
    WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgparentid = 0 AND (t.tgtype & 24) <> 0
  UNION ALL SELECT r.ev_class, 'rule ' || r.rulename, 'rule' FROM pg_rewrite r
    WHERE r.ev_type IN ('2', '4') AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'D'
  ORDER BY 1, 3 DESC, 2`;

/** Each materialised view with the tables that it was made of, through views and other materialised views; a partition's with its root. */
const DERIVED = `WITH RECURSIVE used AS (
    SELECT r.ev_class AS view, d.refobjid AS what FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    WHERE r.rulename = '_RETURN' AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class),
  reached AS (SELECT view, what FROM used UNION SELECT reached.view, used.what FROM reached JOIN used ON used.view = reached.what)
  SELECT DISTINCT t.oid, tn.nspname || '.' || t.relname, n.nspname || '.' || v.relname
  FROM reached JOIN pg_class v ON v.oid = view AND v.relkind = 'm' JOIN pg_namespace n ON n.oid = v.relnamespace
  JOIN pg_class w ON w.oid = what AND w.relkind IN ('r', 'p', 'f') JOIN pg_class t ON t.oid = coalesce(pg_partition_root(w.oid), w.oid)
  JOIN pg_namespace tn ON tn.oid = t.relnamespace ORDER BY 3, 2`;

const COPIES = `SELECT n.nspname, c.relname, c.relispopulated FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'm' AND ${USER_SCHEMA} ORDER BY 1, 2`;

const FOREIGN_TABLES = `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'f' AND ${USER_SCHEMA} ORDER BY 1`;
