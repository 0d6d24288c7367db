// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { width } from '../../src/cli/print/table.ts';
import { type Cluster, openCluster } from '../../src/store/index.ts';
import { cli } from '../support/cli.ts';

/* The sample company as far as its plan, then what an officer types about its customers. */
const folder = mkdtempSync(join(tmpdir(), 'shce-'));
const demo = join(folder, 'demo');
const env = {
  SHANHOU_DATA: join(demo, 'data'),
  SHANHOU_KEYS: join(demo, 'keys'),
  SHANHOU_PASSPHRASE: 'demo only, not a secret',
  SHANHOU_SAMPLE_MARIADB: 'off',
};
let servers: Cluster[];

const run = (...args: string[]) => cli(['--no-input', ...args], { env: { ...env, COLUMNS: '80' } });
const said = async (...args: string[]) => JSON.parse((await run('--json', ...args)).stdout) as Record<string, unknown>;

beforeAll(async () => {
  const cut = await cli(['demo', '--json', '--folder', demo, '--customers', '60', '--seed', '3'], {
    env: { SHANHOU_SAMPLE_MARIADB: 'off', SHANHOU_CRASH_AT: 'plan.written' },
  });
  expect(cut.signal, cut.stderr).toBe('SIGKILL');
  servers = [await openCluster(join(demo, 'data', 'control')), await openCluster(join(demo, 'estate', 'pg'))];
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('customers by command', () => {
  test('are counted by kind and tier, and fit into 80 columns in both languages', async () => {
    expect(await said('customers')).toMatchObject({ schema: 'shanhou.customers.v1', subjects: 63, tier: { isDefault: true } });
    for (const lang of ['zh', 'en']) {
      for (const args of [['customers'], ['customers', 'explain', 'orders/public.accounts:30'], ['customers', 'review'], ['quality']]) {
        const { stdout } = await run('--lang', lang, ...args);
        expect(stdout.length, args.join(' ')).toBeGreaterThan(100);
        expect(stdout.split('\n').filter((line) => width(line) > 80)).toEqual([]);
        expect(stdout, args.join(' ')).not.toMatch(/undefined|\{\w+\}|1[39]\d{9}|@example\.com/);
      }
    }
  });

  test('end with what they found: 6 where something waits, 3 where nobody is meant, 2 where the use is wrong', async () => {
    expect((await run('customers', 'review')).status).toBe(6);
    expect((await run('quality')).status).toBe(6);
    expect((await run('customers', 'explain', '999999')).status).toBe(3);
    expect((await run('customers', 'decide', 'ffffffffffff', '--same', '--why', 'x', '--as', 'legal-1')).status).toBe(3);
    expect((await run('customers', 'decide', 'ffffffffffff', '--why', 'x', '--as', 'legal-1')).status).toBe(2);
    expect((await run('customers', 'tier', '--amount', 'orders/public.orders.amount')).status).toBe(2);
  });

  test('a decision is recorded with who, why and when, and nothing about it waits any more', async () => {
    const { entries } = (await said('customers', 'review')) as { entries: { reference: string; reason: string }[] };
    const all = entries.map((e) => e.reference);
    expect((await run('customers', 'decide', ...all, '--different', '--why', '家人共用', '--as', 'legal-1')).status).toBe(0);
    expect((await run('customers', 'review')).status).toBe(0);
    const { decisions } = (await said('customers')) as { decisions: { same: boolean; why: string; by: string; at: string }[] };
    expect(decisions.map((d) => [d.same, d.why, d.by])).toEqual(entries.map(() => [false, '家人共用', 'legal-1']));
    expect(decisions.every((d) => d.at.startsWith('2026-10-20'))).toBe(true);
  });

  test('the rule for core customers is set, seen in the status, and taken back', async () => {
    const core = async () => {
      const { customers } = (await said('status')) as { customers: { counts: { tier: string; subjects: number }[] } };
      return customers.counts.filter((c) => c.tier === 'core').reduce((n, c) => n + c.subjects, 0);
    };
    const usual = await core();
    const list = join(folder, 'list.txt');
    writeFileSync(list, '\ufeffC100001\r\nC100002\r\n\r\n');
    expect((await run('customers', 'tier', '--list', list)).status).toBe(0);
    expect(await core()).toBe(2);
    expect((await run('customers', 'tier', '--column', 'crm/customers.level', '--values', 'A')).status).toBe(0);
    expect(await core()).toBeGreaterThan(2);
    expect((await run('customers', 'tier', '--default')).status).toBe(0);
    expect(await core()).toBe(usual);
  });
});
