// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../../src/model/crash-point.ts';
import { CrashSite, randomMoments } from './crash-site.ts';

/*
 * The demo is killed at every named crash point and at random moments; then it is run again. What must hold:
 * at the moment of death every record that must be kept is in the source or in an archive file that opens; after the next run
 * stores, archive and ledger equal those of a run that nobody disturbed, and the evidence has one disposition for each record.
 */
const site = new CrashSite({ customers: 40, seed: 7 });

beforeAll(() => site.prepare(), 300_000);
afterAll(() => site.close());

describe('killed at a named step, the next run ends as if nothing had happened', () => {
  test.each(CRASH_POINTS.map((name) => [name] as const))('%s', async (name) => {
    await site.reset(name);
    const died = await site.run({ SHANHOU_CRASH_AT: name });
    expect(died.signal, died.stderr).toBe('SIGKILL');
    expect(await site.lost()).toEqual([]);
    await site.converges();
  });
});

describe('killed at random moments', () => {
  test('ten times in a row: still ends as if nothing had happened', async () => {
    await site.reset(null);
    for (const moment of randomMoments(10, 3, site.duration)) {
      await site.run({}, moment);
      expect(await site.lost()).toEqual([]);
    }
    await site.converges();
  });
});

afterAll(() => rmSync(site.folder, { recursive: true, force: true }));
