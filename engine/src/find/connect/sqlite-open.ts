// SPDX-License-Identifier: Apache-2.0
import { DatabaseSync } from 'node:sqlite';
import type { Source } from '../../model/source.ts';
import { ConnectError } from './error.ts';
import { headOfFile } from './file.ts';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const BUSY_MILLISECONDS = 10_000;

/** An SQLite connection that cannot write. Throws ConnectError: not-found, unreadable, encrypted, damaged. */
export function openReadOnly(source: Source): DatabaseSync {
  const { head, size } = headOfFile(source.name, source.locator, 4096);
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
    const encrypted = size > 0 && size % 512 === 0 && looksRandom(head);
    throw encrypted
      ? new ConnectError('encrypted', { source: source.name, remedy: 'remove-password' })
      : new ConnectError('damaged', { source: source.name, remedy: 'repair-or-restore', reason: 'not an SQLite file' });
  }
  try {
    const database = new DatabaseSync(source.locator, { readOnly: true, timeout: BUSY_MILLISECONDS });
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw sqliteFailure(error, source.name);
  }
}

/** An SQLite error as ours, by result code. Errors that are already ours pass; anything else is a defect and passes too. */
export function sqliteFailure(error: unknown, source: string, dataset?: string): unknown {
  if (error instanceof ConnectError) return error;
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const place = { source, ...(dataset === undefined ? {} : { dataset }), reason: `SQLite ${error.errcode}` };
  switch (error.errcode & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return new ConnectError('unreadable', { ...place, remedy: 'try-again' });
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return new ConnectError('damaged', { ...place, remedy: 'repair-or-restore' });
    default:
      return new ConnectError('unreadable', { ...place, remedy: 'grant-read' });
  }
}

/** Encrypted pages use nearly every byte value; text and half-empty pages do not. 4 KiB of random bytes miss about none of 256. */
function looksRandom(bytes: Uint8Array): boolean {
  return new Set(bytes).size > Math.min(200, bytes.length / 3);
}
