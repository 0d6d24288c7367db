// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import type { DatasetShape, Hazard } from '../../model/source.ts';

export interface SqliteShape {
  /** `rows` is 0 here; it is counted when asked. */
  readonly shape: DatasetShape;
  /** Quoted column list in shape order. */
  readonly selection: string;
  /** ` ORDER BY …` or empty. */
  readonly order: string;
}

/** A name as an SQLite identifier, whatever it holds. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Columns, key, foreign keys and hazards of one existing table, from SQLite's own pragmas. */
export function readSqliteShape(database: DatabaseSync, table: string): SqliteShape {
  const columns = query(database, 'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid', table);
  const primary = columns.filter((column) => Number(column['pk']) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']));
  const primaryNames = primary.map((column) => str(column['name']));
  const key = hasNullKey(database, table, primaryNames) ? [] : primaryNames;
  const shape: DatasetShape = {
    dataset: table,
    comment: null,
    columns: columns.map((column) => ({
      name: str(column['name']),
      type: str(column['type']).toLowerCase(),
      comment: null,
      nullable: Number(column['notnull']) === 0,
    })),
    key,
    foreignKeys: foreignKeysOf(database, table),
    hazards: hazardsOf(database, table, key),
    rows: 0,
  };
  return {
    shape,
    selection: shape.columns.map(({ name }) => identifier(name)).join(', '),
    order: key.length === 0 ? '' : ` ORDER BY ${key.map(identifier).join(', ')}`,
  };
}

/** Outside WITHOUT ROWID tables SQLite lets key columns be null, and then they tell rows apart no longer. */
function hasNullKey(database: DatabaseSync, table: string, key: readonly string[]): boolean {
  if (key.length === 0) return false;
  const test = key.map((column) => `${identifier(column)} IS NULL`).join(' OR ');
  return database.prepare(`SELECT 1 FROM ${identifier(table)} WHERE ${test} LIMIT 1`).get() !== undefined;
}

type ForeignKey = DatasetShape['foreignKeys'][number] & { readonly onDelete: string };

function foreignKeysOf(database: DatabaseSync, table: string): readonly ForeignKey[] {
  const rows = query(
    database,
    `SELECT k.id, k."from", k."to", k.on_delete, coalesce(t.name, k."table") AS parent FROM pragma_foreign_key_list(?) k
     LEFT JOIN pragma_table_list t ON t.schema = 'main' AND t.name = k."table" COLLATE NOCASE ORDER BY k.id, k.seq`,
    table,
  );
  const groups = Map.groupBy(rows, (row) => Number(row['id']));
  return [...groups.values()].map((group) => {
    const parent = str(group[0]?.['parent']);
    const named = group.map((row) => row['to']).filter((to) => typeof to === 'string');
    return {
      columns: group.map((row) => str(row['from'])),
      toDataset: parent,
      toColumns: named.length === group.length ? named : primaryKeyOf(database, parent),
      onDelete: str(group[0]?.['on_delete']),
    };
  });
}

function primaryKeyOf(database: DatabaseSync, table: string): readonly string[] {
  return query(database, 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', table).map((row) => str(row['name']));
}

function hazardsOf(database: DatabaseSync, table: string, key: readonly string[]): readonly Hazard[] {
  const hazards: Hazard[] = key.length === 0 ? [{ kind: 'no-key', detail: table }] : [];
  for (const row of query(
    database,
    `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY name`,
    table,
  )) {
    hazards.push({ kind: 'trigger', detail: str(row['name']) });
  }
  const virtual = query(database, `SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? AND type = 'virtual'`, table);
  if (virtual.length > 0) hazards.push({ kind: 'protected', detail: 'virtual table' });
  const children = query(database, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name`);
  for (const child of children.map((row) => str(row['name']))) {
    for (const link of foreignKeysOf(database, child)) {
      if (link.toDataset !== table) continue;
      const detail = `${child}(${link.columns.join(', ')})`;
      if (!hasIndexOn(database, child, link.columns)) hazards.push({ kind: 'unindexed-child-key', detail });
      if (/CASCADE|SET/.test(link.onDelete)) hazards.push({ kind: 'cascade', detail: `${detail} ${link.onDelete}` });
    }
  }
  return hazards;
}

/** True when some index, or the key itself, starts with these columns in any order. */
function hasIndexOn(database: DatabaseSync, table: string, columns: readonly string[]): boolean {
  const indexes = query(database, 'SELECT name FROM pragma_index_list(?) WHERE partial = 0', table).map((row) => str(row['name']));
  const lists = indexes.map((index) =>
    query(database, 'SELECT name FROM pragma_index_info(?) ORDER BY seqno', index).map((row) => str(row['name'])),
  );
  const starts = [...lists, primaryKeyOf(database, table)].map((list) => new Set(list.slice(0, columns.length)));
  return starts.some((start) => columns.every((column) => start.has(column)));
}

function query(database: DatabaseSync, sql: string, ...values: readonly string[]): readonly Record<string, unknown>[] {
  return database.prepare(sql).all(...values);
}

function str(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
