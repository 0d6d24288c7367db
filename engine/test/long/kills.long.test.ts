// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CrashSite, randomMoments } from '../crash/crash-site.ts';
import { measured } from '../support/measured.ts';

const KILLS = 50;
const site = new CrashSite({ customers: 20, seed: 11 });
beforeAll(() => site.prepare(), 300_000);
afterAll(async () => {
  await site.close();
  rmSync(site.folder, { recursive: true, force: true });
});

test(`${KILLS} runs from the beginning, each killed once at a random moment: nothing lost, every one converges`, async () => {
  let killed = 0;
  let finished = 0;
  let lost = 0;
  for (const moment of randomMoments(KILLS, 17, site.duration)) {
    await site.reset(null);
    const died = await site.run({}, moment);
    if (died.signal === 'SIGKILL') killed += 1;
    else finished += 1;
    lost += (await site.lost()).length;
    await site.converges();
  }
  expect(lost).toBe(0);
  // A moment after the end kills nobody: most must have hit.
  expect(killed).toBeGreaterThan(KILLS / 2);
  measured(
    'kills',
    'Random kills of the demo',
    `\`npm run test:long\`: the sample company with 20 customers, killed by SIGKILL at random moments between start and end, then run again.`,
    {
      'runs killed': killed,
      'runs that ended before their moment': finished,
      'records neither in their source nor in a verified archive': lost,
      'runs that did not converge to the undisturbed end (stores, archive, ledger, evidence)': 0,
    },
  );
});
