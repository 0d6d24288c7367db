// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { CaseByCommands } from '../support/own-case.ts';
import { type ThrowawayPostgres, hasPostgresBinaries, startThrowawayPostgres } from '../support/throwaway-postgres.ts';

describe.skipIf(!hasPostgresBinaries())('a materialised view of customers (skipped only where PostgreSQL is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shmv-'));
  let server: ThrowawayPostgres;
  let client: pg.Client;
  let own: CaseByCommands;

  beforeAll(async () => {
    server = await startThrowawayPostgres();
    await server.createDatabase('shop');
    client = new pg.Client({ host: server.host, user: server.superuser, database: 'shop' });
    await client.connect();
    await client.query(`CREATE TABLE members (id int PRIMARY KEY, name text, phone text);
      INSERT INTO members SELECT i, '测试' || i, '139' || lpad(i::text, 8, '0') FROM generate_series(1, 9) i;
      CREATE MATERIALIZED VIEW by_name AS SELECT name, count(*) AS n FROM members GROUP BY name`);
    own = new CaseByCommands(folder, {
      secrets: { SHOP: `${server.superuser}:x` },
      source: ['shop', '--kind', 'postgres', '--at', server.locator('shop'), '--read', 'env:SHOP'],
      corrections: {
        'shop/public.members': { role: 'customer', recordClass: 'account', links: [], clocks: {}, standing: [], rowRole: null },
      },
    });
    await own.planned();
    await own.approved();
  }, 600_000);

  afterAll(async () => {
    await client?.end();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is named at discovery, and keeps the case from being verified until it is refreshed', async () => {
    const before = JSON.parse(await own.does(['status'])) as CaseSummary;
    expect(before.openItems).toContainEqual(
      expect.objectContaining({ kind: 'hazard', dataset: 'public.by_name', count: 9, detail: 'derived public.members' }),
    );
    expect((await own.execute()).status).toBe(0);
    const stale = await own.run(['verify']);
    expect(stale.status).toBe(6);
    const open = JSON.parse(await own.does(['status'])) as CaseSummary;
    expect(open.openItems).toContainEqual(
      expect.objectContaining({ kind: 'residue-found', owner: 'it', dataset: 'public.by_name', count: 9, detail: 'copy-not-refreshed' }),
    );
    expect(open.gates.find((gate) => gate.gate === 'verified')?.at).toBeNull();
    await client.query('REFRESH MATERIALIZED VIEW by_name');
    await own.does(['verify']);
    const done = JSON.parse(await own.does(['status'])) as CaseSummary;
    expect(done.gates.find((gate) => gate.gate === 'verified')?.at).not.toBeNull();
  });
});
