// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../model/source.ts';
import { VerifyError } from './error.ts';
import { openFileProbe } from './files/file-probe.ts';
import { openMysqlProbe } from './mysql-probe.ts';
import type { Probe } from './ports.ts';
import { openPostgresProbe } from './postgres-probe.ts';
import { openRedisProbe } from './redis-probe.ts';
import { openSqliteProbe } from './sqlite-probe.ts';

/**
 * Verify's own connection to a source. `secret`: the resolved verify credential (PostgreSQL, MySQL: `user:password` of an account that sees
 * every row, better another one than the account that erased), null for files. Throws VerifyError.
 */
export async function openProbe(source: Source, secret: string | null): Promise<Probe> {
  switch (source.kind) {
    case 'postgres':
      return openPostgresProbe(source, secret);
    case 'mysql':
      return openMysqlProbe(source, secret);
    case 'redis':
      return openRedisProbe(source, secret);
    case 'sqlite':
      return openSqliteProbe(source);
    case 'files':
      return openFileProbe(source);
    case 'offline':
      throw new VerifyError('source-unreachable', { source: source.name, state: 'people-act-on-it' });
  }
}
