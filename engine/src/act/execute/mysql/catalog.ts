// SPDX-License-Identifier: Apache-2.0
import type { Connection } from 'mysql2';
import type { Cell } from '../../../model/cell.ts';
import type { DatasetMap } from '../../../model/data-map.ts';
import { ExecuteError } from '../error.ts';
import { text } from './cells.ts';
import { ask, quote } from './connect.ts';

export interface Column {
  readonly name: string;
  /** As declared, e.g. `bigint(20) unsigned`. */
  readonly type: string;
  readonly notNull: boolean;
  readonly generated: boolean;
  /** Set by the server at every update that does not name it. */
  readonly touched: boolean;
  readonly unique: boolean;
  readonly reference: boolean;
  readonly json: boolean;
}

/** A foreign key of another (or the same) table that points here. */
export interface Pointer {
  readonly constraint: string;
  readonly child: string;
  /** `table(column,…) constraint`, for people. */
  readonly label: string;
  readonly pairs: readonly { readonly here: string; readonly there: string }[];
  /** True when deleting here deletes or changes rows there. */
  readonly cascades: boolean;
  readonly self: boolean;
}

export interface Table {
  /** Quoted, with its database. */
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly pointers: readonly Pointer[];
  /** False: what a statement did stays done (MyISAM, Aria, MEMORY). */
  readonly transactional: boolean;
  /** Names of triggers on DELETE or UPDATE. */
  readonly triggers: readonly string[];
  /** Why a DELETE here would not delete; null when it does. */
  readonly cannotErase: string | null;
}

/** What the server's catalog says about a table. `database` null: the dataset's name starts with it. Throws ExecuteError `dataset-differs`. */
export async function describe(client: Connection, map: DatasetMap, database: string | null): Promise<Table> {
  const dot = map.dataset.indexOf('.');
  const schema = database ?? map.dataset.slice(0, dot);
  const table = database === null ? map.dataset.slice(dot + 1) : map.dataset;
  const at = (prefix: string) => `${prefix}TABLE_SCHEMA = ${text(schema)} AND ${prefix}TABLE_NAME = ${text(table)}`;
  const [found] = await ask(
    client,
    `SELECT t.TABLE_TYPE, t.ENGINE, e.TRANSACTIONS FROM information_schema.TABLES t
     LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE WHERE ${at('t.')} AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`,
  );
  if (!found) throw new ExecuteError('dataset-differs', { dataset: map.id });
  const name = `${quote(schema)}.${quote(table)}`;
  const named = async (sql: string) => new Set((await ask(client, sql)).map(([column]) => String(column)));
  const unique = await named(`SELECT COLUMN_NAME FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND ${at('')}`);
  const references = await named(
    `SELECT COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ${at('')}`,
  );
  const [created] = await ask(client, `SHOW CREATE TABLE ${name}`);
  const columns = await ask(
    client,
    `SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, EXTRA FROM information_schema.COLUMNS WHERE ${at('')} ORDER BY ORDINAL_POSITION`,
  );
  const triggers = await ask(
    client,
    `SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ${text(schema)}
     AND EVENT_OBJECT_TABLE = ${text(table)} AND EVENT_MANIPULATION IN ('DELETE', 'UPDATE') ORDER BY TRIGGER_NAME`,
  );
  const pointers = await ask(
    client,
    `${POINTERS} AND k.REFERENCED_TABLE_SCHEMA = ${text(schema)} AND k.REFERENCED_TABLE_NAME = ${text(table)} ${IN_ORDER}`,
  );
  const triggerNames = triggers.map(([trigger]) => String(trigger));
  return {
    name,
    columns: new Map(columns.map((row) => [String(row[0]), columnOf(row, unique, references, String(created?.[1]))])),
    pointers: pointersOf(pointers, schema, table),
    transactional: found[2] === 'YES',
    triggers: triggerNames,
    cannotErase: whyNot(String(found[0]), String(found[1]), triggerNames, map),
  };
}

function columnOf(row: readonly Cell[], unique: ReadonlySet<string>, references: ReadonlySet<string>, created: string): Column {
  const [name, type, nullable, extra] = row.map(String) as [string, string, string, string];
  return {
    name,
    type: type.toLowerCase(),
    notNull: nullable === 'NO',
    generated: /(?:VIRTUAL|STORED|PERSISTENT) GENERATED/i.test(extra),
    touched: /on update/i.test(extra),
    unique: unique.has(name),
    reference: references.has(name),
    // MariaDB's JSON is a text column with this check.
    json: type.toLowerCase() === 'json' || created.includes(`json_valid(${quote(name)})`),
  };
}

function pointersOf(rows: readonly Cell[][], schema: string, table: string): readonly Pointer[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, 3))).values()].map((pairs) => {
    const [childSchema, child, constraint, , , rule] = pairs[0]!.map(String) as [string, string, string, string, string, string];
    return {
      constraint,
      child: `${quote(childSchema)}.${quote(child)}`,
      label: `${child}(${pairs.map((pair) => pair[3]).join(',')}) ${constraint}`,
      pairs: pairs.map((pair) => ({ there: String(pair[3]), here: String(pair[4]) })),
      cascades: /CASCADE|SET/.test(rule),
      self: childSchema === schema && child === table,
    };
  });
}

/** MySQL has no way to switch a trigger off for one session: dropping it would switch it off for everybody, which is IT's to do. */
function whyNot(type: string, engine: string, triggers: readonly string[], map: DatasetMap): string | null {
  const trigger = map.disableTriggers?.find((name) => triggers.includes(name));
  if (trigger !== undefined) return `trigger ${trigger}: MySQL cannot switch it off for one session; drop it and run again`;
  if (type === 'SYSTEM VERSIONED') return 'system versioning keeps deleted rows: drop it and run again';
  if (/^(?:FEDERATED|SPIDER|CONNECT|MRG_MyISAM|BLACKHOLE|S3|ARCHIVE)$/i.test(engine))
    return `engine ${engine}: its rows cannot be deleted here`;
  return null;
}

const POINTERS = `SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE
  FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
    ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME WHERE 1 = 1`;
const IN_ORDER = 'ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION';
