// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { hasPostgresBinaries, startThrowawayPostgres } from './support/throwaway-postgres.ts';

describe.skipIf(!hasPostgresBinaries())('a throw-away PostgreSQL (skipped only where npm has no server binary)', () => {
  it('asks every role but the superuser for a password and leaves nothing behind', async () => {
    const server = await startThrowawayPostgres();
    await server.createDatabase('shop');
    const superuser = new pg.Client({ host: server.host, user: server.superuser, database: 'shop' });
    await superuser.connect();
    await superuser.query(`CREATE ROLE clerk LOGIN PASSWORD 'right'`);
    expect((await superuser.query(`SELECT current_setting('server_encoding') AS e`)).rows).toEqual([{ e: 'UTF8' }]);
    await superuser.end();

    const clerk = new pg.Client({ host: server.host, user: 'clerk', password: 'right', database: 'shop' });
    await clerk.connect();
    await clerk.end();
    const wrong = new pg.Client({ host: server.host, user: 'clerk', password: 'wrong', database: 'shop' });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });

    await server.stop();
    await server.stop();
    expect(existsSync(server.host)).toBe(false);
  });
});
