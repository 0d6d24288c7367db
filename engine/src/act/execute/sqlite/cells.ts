// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Cell } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import { StoreError } from '../rows/table-store.ts';

/** A value as the inventory saw it: integers decimal, reals shortest decimal, blobs `\x` + hex. */
export function cellOf(value: SQLOutputValue): Cell {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}

/** Runs a statement; rows are arrays of cells. Throws StoreError for what the protocol handles, ExecuteError otherwise. */
export function ask(db: DatabaseSync, sql: string, values: readonly SQLInputValue[] = []): Cell[][] {
  try {
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    return (statement.all(...values) as unknown as SQLOutputValue[][]).map((row) => row.map(cellOf));
  } catch (error) {
    throw translate(error);
  }
}

/** What SQLite said, by result code; the message stays behind. */
export function translate(error: unknown): Error {
  const code = (error as { readonly errcode?: unknown }).errcode;
  if (typeof code !== 'number') return new ExecuteError('source-error', { state: 'driver' });
  const state = `sqlite-${code}`;
  const main = code & 0xff;
  if (code === 1811) return new StoreError('raised', 'trigger-raised');
  if (main === 19) return new StoreError('constraint', code === 787 ? 'foreign-key' : state);
  if (main === 5 || main === 6) return new ExecuteError('source-locked', { state });
  if (main === 8 || main === 23) return new ExecuteError('permission-denied', { state });
  if (main === 14) return new ExecuteError('source-unreachable', { state });
  if (main === 11 || main === 26) return new ExecuteError('file-unreadable', { state });
  if (main === 1) return new ExecuteError('dataset-differs', { state });
  return new ExecuteError('source-error', { state });
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
