// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { openMariadb } from '../../src/sample/index.ts';
import { cli } from '../support/cli.ts';
import { hasMariadb } from '../support/throwaway-mariadb.ts';
import { hasOpenssl } from '../support/openssl.ts';

/*
 * The sample company with its membership programme: two databases of one MariaDB server that the demo itself starts. The demo is killed
 * twice, the second time together with that server; what became of the rows is judged by plain SQL.
 */
const TABLES = ['membership.members', 'membership.points', 'service.after_sales'] as const;

describe.skipIf(!hasMariadb())('the demo with MariaDB (skipped only where mariadbd is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shdm-'));
  const demo = join(folder, 'demo');
  const place = join(demo, 'estate', 'mariadb');
  const socketPath = join(place, 's');
  const run = (env: Record<string, string> = {}) =>
    cli(['demo', '--json', '--folder', demo, '--customers', '40', '--seed', '5'], { env: { SHANHOU_SAMPLE_MARIADB: 'on', ...env } });
  const rows = (sql: string) =>
    new Promise<(string | null)[][]>((resolve, reject) => {
      const client = createConnection({ socketPath, user: 'root', charset: 'utf8mb4' });
      client.query({ sql, rowsAsArray: true, typeCast: false }, (error, result) => {
        client.destroy();
        if (error) reject(error);
        else resolve((result as unknown as (Buffer | null)[][]).map((row) => row.map((cell) => cell?.toString('utf8') ?? null)));
      });
    });
  const counts = async () => Promise.all(TABLES.map(async (table) => Number((await rows(`SELECT count(*) FROM ${table}`))[0]![0])));

  let summary: CaseSummary;
  let before: number[];
  let after: number[];
  let phones: (string | null)[];
  let troubles: (string | null)[][];

  beforeAll(async () => {
    const cut = await run({ SHANHOU_CRASH_AT: 'inventory.committed' });
    expect(cut.signal, cut.stderr).toBe('SIGKILL');
    before = await counts();
    phones = (await rows('SELECT phone FROM membership.members')).map(([phone]) => phone ?? null);
    troubles = await rows(`SELECT (SELECT count(*) FROM membership.members WHERE birthday = '0000-00-00'),
      (SELECT count(*) FROM (SELECT 1 FROM service.after_sales GROUP BY phone, said, at HAVING count(*) = 2) twice),
      (SELECT CHARACTER_SET_NAME FROM information_schema.COLUMNS WHERE TABLE_NAME = 'members' AND COLUMN_NAME = 'nick')`);
    const again = await run({ SHANHOU_CRASH_AT: 'execute.source-committed:2' });
    expect(again.signal, again.stderr).toBe('SIGKILL');
    process.kill(Number(readFileSync(join(place, 'data', 'pid'), 'utf8')), 'SIGKILL');
    const done = await run();
    expect(done.status, done.stderr).toBe(0);
    summary = JSON.parse(done.stdout) as CaseSummary;
    expect(existsSync(join(place, 'data', 'pid'))).toBe(false);
    const server = await openMariadb(place);
    after = await counts();
    phones = phones.filter((phone) => phone !== null);
    troubles.push(...(await rows('SELECT phone FROM membership.members')));
    await server!.close();
    expect(existsSync(socketPath)).toBe(false);
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the programme has a zero date, a GBK column and two rows that nothing tells apart', () => {
    expect(Number(troubles[0]![0])).toBeGreaterThan(0);
    expect(troubles[0]!.slice(1)).toEqual(['1', 'gbk']);
  });

  test('the ledger balances by the counts of plain SQL, before and after', () => {
    for (const [n, table] of TABLES.entries()) {
      const line = summary.ledger.find((l) => l.dataset === `members/${table}`)!;
      expect(line, table).toMatchObject({ sourceCount: before[n], balanced: true });
      expect(after[n], table).toBe(line.sourceCount - line.delete - line.archive);
    }
    expect(after[0]).toBeLessThan(before[0]!);
  });

  test('members stay only where the company still owes them something, and the evidence is whole', () => {
    const left = troubles.slice(1).map(([phone]) => phone);
    expect(left.length).toBe(after[0]);
    expect(left.every((phone) => phones.includes(phone ?? null))).toBe(true);
    expect(summary.evidence).toMatchObject(
      hasOpenssl() ? { verdict: 'VALID', missing: [] } : { verdict: 'INCOMPLETE', missing: ['timestamp'] },
    );
  });
});
