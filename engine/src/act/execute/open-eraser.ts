// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../model/source.ts';
import { ExecuteError } from './error.ts';
import { openFileEraser } from './files/file-eraser.ts';
import { openMysqlEraser } from './mysql/eraser.ts';
import type { Eraser } from './ports.ts';
import { openPostgresEraser } from './postgres/eraser.ts';
import { openRedisEraser } from './redis/eraser.ts';
import { openSqliteEraser } from './sqlite/eraser.ts';

/**
 * Write access to a source. `secret`: the resolved erase credential (`user:password` for PostgreSQL and MySQL), null for files.
 * Throws ExecuteError `source-unreachable`, `login-refused`, `file-unreadable`.
 */
export async function openEraser(source: Source, secret: string | null): Promise<Eraser> {
  switch (source.kind) {
    case 'postgres':
      return openPostgresEraser(source, secret);
    case 'mysql':
      return openMysqlEraser(source, secret);
    case 'redis':
      return openRedisEraser(source, secret);
    case 'sqlite':
      return openSqliteEraser(source);
    case 'files':
      return openFileEraser(source);
    case 'offline':
      throw new ExecuteError('source-error', { source: source.name, state: 'people-act-on-it' });
  }
}
