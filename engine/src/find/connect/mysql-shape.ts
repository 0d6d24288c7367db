// SPDX-License-Identifier: Apache-2.0
import type { Connection } from 'mysql2';
import type { Cell } from '../../model/cell.ts';
import type { DatasetShape, Hazard } from '../../model/source.ts';
import { mysqlIdent, mysqlRows } from './mysql-open.ts';

export interface MysqlTable {
  /** `rows` is 0 here; it is counted when asked. */
  readonly shape: DatasetShape;
  readonly relation: string;
  readonly selection: string;
  /** ` ORDER BY …` or empty. */
  readonly order: string;
}

/**
 * Every table of the database, or with `database` null of every database that is not the server's own, by dataset name: `table`, or
 * `database.table`. Two tables that share that text are `null`. Views hold no rows of their own; each is a hazard of the tables it
 * shows. Declared child keys always have an index (InnoDB makes it; other engines have no foreign keys).
 */
export async function readMysqlTables(client: Connection, database: string | null): Promise<ReadonlyMap<string, MysqlTable | null>> {
  const catalogue = {
    tables: await scoped(client, TABLES, 'TABLE_SCHEMA', database),
    columns: group(await scoped(client, COLUMNS, 'TABLE_SCHEMA', database)),
    keys: group(await scoped(client, KEYS, 'TABLE_SCHEMA', database)),
    triggers: group(await scoped(client, TRIGGERS, 'EVENT_OBJECT_SCHEMA', database)),
    links: linksOf(await mysqlRows(client, LINKS)),
    views: await mysqlRows(client, VIEWS),
    transactional: new Set((await mysqlRows(client, ENGINES)).map(([engine]) => engine)),
  };
  const nameOf = (schema: string, table: string) => (schema === database ? table : `${schema}.${table}`);
  const found = new Map<string, MysqlTable | null>();
  for (const [schema = '', table = '', type, engine = null, comment, options] of catalogue.tables) {
    const id = JSON.stringify([schema, table]);
    const dataset = nameOf(String(schema), String(table));
    const columns = catalogue.columns.get(id) ?? [];
    const key = keyOf(catalogue.keys.get(id) ?? [], columns);
    const own = `${mysqlIdent(String(schema))}.${mysqlIdent(String(table))}`;
    const hazards: Hazard[] = [];
    if (key.length === 0) hazards.push({ kind: 'no-key', detail: dataset });
    if (String(options).includes('partitioned')) hazards.push({ kind: 'partitioned', detail: dataset });
    if (type === 'SYSTEM VERSIONED') hazards.push({ kind: 'versioned', detail: 'WITH SYSTEM VERSIONING' });
    if (ELSEWHERE.test(String(engine))) hazards.push({ kind: 'protected', detail: `engine ${engine}` });
    else if (!catalogue.transactional.has(engine)) hazards.push({ kind: 'no-transaction', detail: `engine ${engine}` });
    for (const row of catalogue.triggers.get(id) ?? []) hazards.push({ kind: 'trigger', detail: String(row[2]) });
    for (const [viewSchema, view, definition] of catalogue.views) {
      if (String(definition).includes(own)) hazards.push({ kind: 'view', detail: nameOf(String(viewSchema), String(view)) });
    }
    for (const link of catalogue.links) {
      if (link.parent !== id || !ACTS.test(link.onDelete)) continue;
      hazards.push({ kind: 'cascade', detail: `${nameOf(...link.childName)}(${link.columns.join(', ')}) ${link.onDelete}` });
    }
    const shape: DatasetShape = {
      dataset,
      comment: comment === '' ? null : (comment ?? null),
      columns: columns.map((c) => ({ name: String(c[2]), type: String(c[3]), comment: c[4] || null, nullable: c[5] === 'YES' })),
      key,
      foreignKeys: catalogue.links
        .filter((link) => link.child === id)
        .map((link) => ({ columns: link.columns, toDataset: nameOf(...link.parentName), toColumns: link.toColumns })),
      hazards,
      rows: 0,
    };
    found.set(dataset, found.has(dataset) ? null : tableOf(shape, own));
  }
  return found;
}

function tableOf(shape: DatasetShape, relation: string): MysqlTable {
  return {
    shape,
    relation,
    selection: shape.columns.map(({ name }) => mysqlIdent(name)).join(', '),
    order: shape.key.length === 0 ? '' : ` ORDER BY ${shape.key.map(mysqlIdent).join(', ')}`,
  };
}

/** An approximate number finds its row again only by chance: such a key is none. */
function keyOf(key: readonly Cell[][], columns: readonly Cell[][]): readonly string[] {
  const names = key.map((row) => String(row[2]));
  const approximate = columns.some((column) => names.includes(String(column[2])) && /^(?:float|double)/.test(String(column[3])));
  return approximate ? [] : names;
}

interface Link {
  /** JSON of schema and table. */
  readonly child: string;
  readonly parent: string;
  readonly childName: readonly [string, string];
  readonly parentName: readonly [string, string];
  readonly columns: readonly string[];
  readonly toColumns: readonly string[];
  readonly onDelete: string;
}

function linksOf(rows: readonly Cell[][]): readonly Link[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, 3)));
  return [...groups.values()].map((group) => {
    const [schema, table, , , toSchema, toTable, , onDelete] = group[0]!.map(String) as [string, ...string[]];
    const childName = [schema, table!] as const;
    const parentName = [toSchema!, toTable!] as const;
    return {
      child: JSON.stringify(childName),
      parent: JSON.stringify(parentName),
      childName,
      parentName,
      columns: group.map((row) => String(row[3])),
      toColumns: group.map((row) => String(row[6])),
      onDelete: onDelete ?? '',
    };
  });
}

function group(rows: readonly Cell[][]): ReadonlyMap<string, Cell[][]> {
  return Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, 2)));
}

const OWN_SCHEMAS = `('mysql', 'information_schema', 'performance_schema', 'sys', 'ndbinfo')`;

function scoped(client: Connection, sql: string, column: string, database: string | null): Promise<Cell[][]> {
  return database === null
    ? mysqlRows(client, sql.replace('$scope', `${column} NOT IN ${OWN_SCHEMAS}`))
    : mysqlRows(client, sql.replace('$scope', `${column} = ?`), [database]);
}

const ACTS = /CASCADE|SET/;
/** Engines whose rows live in another table or on another server. */
const ELSEWHERE = /^(?:FEDERATED|SPIDER|CONNECT|MRG_MyISAM|BLACKHOLE|S3)$/i;

const TABLES = `SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COMMENT, CREATE_OPTIONS FROM information_schema.TABLES
  WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND $scope ORDER BY TABLE_SCHEMA, TABLE_NAME`;

const COLUMNS = `SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLUMN_COMMENT, IS_NULLABLE FROM information_schema.COLUMNS
  WHERE $scope ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION`;

const KEYS = `SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE
  WHERE CONSTRAINT_NAME = 'PRIMARY' AND $scope ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION`;

const LINKS = `SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME,
    k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE
  FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
    ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
  WHERE k.REFERENCED_TABLE_NAME IS NOT NULL ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`;

const TRIGGERS = `SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS
  WHERE EVENT_MANIPULATION IN ('DELETE', 'UPDATE') AND $scope ORDER BY EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME`;

/** The server keeps a view's text with every name qualified and quoted. */
const VIEWS = `SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS
  WHERE TABLE_SCHEMA NOT IN ${OWN_SCHEMAS} ORDER BY TABLE_SCHEMA, TABLE_NAME`;

const ENGINES = `SELECT ENGINE FROM information_schema.ENGINES WHERE TRANSACTIONS = 'YES'`;
