// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../model/source.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';
import { inspectFiles, openFiles } from './files/files.ts';
import { inspectMysql, openMysql } from './mysql.ts';
import { inspectOffline, openOffline } from './offline.ts';
import { inspectPostgres, openPostgres } from './postgres.ts';
import { inspectRedis, openRedis } from './redis/redis.ts';
import { inspectSqlite, openSqlite } from './sqlite.ts';

export { CONNECT_ERROR_CODES, type ConnectDetails, ConnectError, type ConnectErrorCode, type ConnectRemedy } from './error.ts';
export type { DatasetReader, SourceInspection } from './ports.ts';

/**
 * Opens one source for reading. `secret` is the resolved read credential (`user:password`), null for files.
 * The reader cannot write. Close it. Throws ConnectError.
 */
export async function openReader(source: Source, secret: string | null): Promise<DatasetReader> {
  switch (source.kind) {
    case 'postgres':
      return openPostgres(source, secret);
    case 'mysql':
      return openMysql(source, secret);
    case 'redis':
      return openRedis(source, secret);
    case 'sqlite':
      return openSqlite(source);
    case 'files':
      return openFiles(source);
    case 'offline':
      return openOffline(source);
  }
}

/** Says whether a source answers and what it is, without reading rows; for `doctor`. Throws ConnectError. */
export async function inspectSource(source: Source, secret: string | null): Promise<SourceInspection> {
  switch (source.kind) {
    case 'postgres':
      return inspectPostgres(source, secret);
    case 'mysql':
      return inspectMysql(source, secret);
    case 'redis':
      return inspectRedis(source, secret);
    case 'sqlite':
      return inspectSqlite(source);
    case 'files':
      return inspectFiles(source);
    case 'offline':
      return inspectOffline(source);
  }
}
