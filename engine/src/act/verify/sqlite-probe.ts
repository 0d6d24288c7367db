// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Cell, Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError, stateOf } from './error.ts';
import type { Probe } from './ports.ts';

/** Looks at a SQLite file, read-only, over its own handle. Throws VerifyError. */
export function openSqliteProbe(source: Source): Probe {
  if (!existsSync(source.locator)) throw new VerifyError('source-unreachable', { source: source.name });
  const db = guarded(source, '', () => new DatabaseSync(source.locator, { readOnly: true, timeout: 5_000 }));
  const list = (sql: string, ...values: string[]) =>
    guarded(source, values[0] ?? '', () =>
      db
        .prepare(sql)
        .all(...values)
        .map((row) => String(Object.values(row)[0])),
    );
  const columns = (dataset: string) => list('SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid', dataset);
  return {
    source: source.name,
    numbered: false,
    datasets: async () =>
      Promise.resolve(list(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`)),
    columns: async (dataset) => Promise.resolve(columns(dataset)),
    countRows: async (dataset) => Promise.resolve(Number(list(`SELECT count(*) FROM ${named(dataset)}`)[0])),
    async *rows(dataset): AsyncGenerator<Row> {
      await Promise.resolve();
      const statement = guarded(source, dataset, () =>
        db.prepare(`SELECT ${columns(dataset).map(named).join(', ')} FROM ${named(dataset)}`),
      );
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      for (const row of statement.iterate() as unknown as Iterable<SQLOutputValue[]>) yield row.map(text);
    },
    hidesRows: async () => Promise.resolve(false),
    async close() {
      await Promise.resolve();
      db.close();
    },
  };
}

function guarded<T>(source: Source, dataset: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new VerifyError(dataset === '' ? 'source-unreachable' : 'dataset-unreadable', {
      source: source.name,
      dataset,
      state: stateOf(error),
    });
  }
}

function text(value: SQLOutputValue): Cell {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'number':
      return value.toString();
    default:
      return value === null ? null : '\\x' + Buffer.from(value).toString('hex');
  }
}

function named(identifier: string): string {
  return '"' + identifier.split('"').join('""') + '"';
}
