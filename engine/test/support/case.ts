// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseSummary } from '../../src/api/index.ts';
import { openCluster } from '../../src/store/index.ts';
import { type CliResult, cli } from './cli.ts';

/** A case in a temp folder that is driven by commands, as a person would. */
export interface TestCase {
  readonly folder: string;
  readonly code: string;
  /** The case's own folder. */
  readonly own: string;
  /** Writes a file into the temp folder; returns its path. */
  file(name: string, content: string | Uint8Array): string;
  run(...args: string[]): Promise<CliResult>;
  /** Runs with other environment variables. */
  runWith(env: Record<string, string>, ...args: string[]): Promise<CliResult>;
  /** Runs and expects exit 0. */
  ok(...args: string[]): Promise<CliResult>;
  summary(): Promise<CaseSummary>;
  /** Enters and signs with the three departments. */
  approve(): Promise<void>;
  remove(): Promise<void>;
}

/** Opens a case with the facts of a small shop; `env` holds the credentials that sources refer to. */
export async function openTestCase(code: string, env: Record<string, string> = {}): Promise<TestCase> {
  const folder = mkdtempSync(join(tmpdir(), 'shcase-'));
  const own = {
    SHANHOU_DATA: join(folder, 'data'),
    SHANHOU_KEYS: join(folder, 'keys'),
    SHANHOU_PASSPHRASE: 'test only',
    SHANHOU_OFFICER_PASSPHRASE: 'test only too',
    ...env,
  };
  const runWith: TestCase['runWith'] = (more, ...args) => cli([...args, '--json'], { env: { ...own, ...more } });
  const run: TestCase['run'] = (...args) => runWith({}, ...args);
  const ok: TestCase['ok'] = async (...args) => {
    const result = await run(...args);
    expect(result.status, `${args.join(' ')}\n${result.stderr}`).toBe(0);
    return result;
  };
  const facts =
    '--sector retail-b2c --dissolution 2026-01-31 --condition purpose-ended,invoice-issuer --not-condition unsettled-claim,employer';
  await ok('init', code, '--company', '测试有限公司（虚构）', ...facts.split(' '));
  // Held open, so that the commands attach to one server and none of them has to start and stop it.
  const control = await openCluster(join(own.SHANHOU_DATA, 'control'));
  return {
    folder,
    code,
    own: join(folder, 'data', code),
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    run,
    runWith,
    ok,
    summary: async () => JSON.parse((await run('status')).stdout) as CaseSummary,
    async approve() {
      for (const department of ['legal', 'it', 'liquidation']) {
        await ok('officer', 'add', `${department}-1`, '--department', department);
        await ok('approve', '--as', `${department}-1`);
      }
    },
    async remove() {
      await control.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
