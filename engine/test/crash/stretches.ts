// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRASH_POINTS, type CrashPointName } from '../../src/model/crash-point.ts';
import { hasOpenssl } from '../support/openssl.ts';
import { type Base, CrashSite } from './crash-site.ts';

/*
 * The demo is killed at every named crash point and at random moments; then it is run again. What must hold:
 * at the moment of death every record that must be kept is in the source or in an archive file that opens; after the next run
 * stores, archive and ledger equal those of a run that nobody disturbed, and the evidence has one disposition for each record.
 * The points are cut into stretches, one test file each, so that they run side by side; together they are all of them.
 * `npm test` dies at one after the other in the same run (in-a-row); `npm run test:e2e` takes each point alone.
 */
const CUTS: readonly CrashPointName[] = ['notify.intended', 'canary.planted', 'execute.outcome-recorded'];

/** Steps that happen many times in a run, and where the second time is another case than the first. */
const TWICE: ReadonlySet<CrashPointName> = new Set([
  'notify.handed-over',
  'vault.chunk-written',
  'execute.source-committed',
  'evidence.timestamped',
]);

/** The `n`-th stretch of crash points, from 0. */
export function stretch(n: number): [point: CrashPointName, passing: number][] {
  const at = [0, ...CUTS.map((name) => CRASH_POINTS.indexOf(name)), CRASH_POINTS.length];
  const names = CRASH_POINTS.slice(at[n], at[n + 1]);
  return names.flatMap((name) =>
    TWICE.has(name)
      ? [[name, 1] as [CrashPointName, number], [name, 2] as [CrashPointName, number]]
      : [[name, 1] as [CrashPointName, number]],
  );
}

export const STRETCHES = CUTS.length + 1;

/** Makes a site for the tests of this file and takes it away again; runs that die after `base` start there. */
export function crashSite(base?: Base): CrashSite {
  const site = new CrashSite({ customers: 20, seed: 7, base });
  beforeAll(() => site.prepare(), PATIENCE_MS);
  afterAll(async () => {
    await site.close();
    rmSync(site.folder, { recursive: true, force: true });
  });
  return site;
}

/** On a busy machine a run takes as many times longer as there are others; only one that hangs should fail by time. */
export const PATIENCE_MS = 900_000;

/** Dies at each point of a stretch and runs again. */
export function diesAndConverges(site: CrashSite, n: number): void {
  describe('killed at a named step, the next run ends as if nothing had happened', () => {
    const points = stretch(n);
    const stamped = ([name]: (typeof points)[number]) => name === 'evidence.timestamped';
    // Without openssl nothing stamps; the name of the skipped test says so.
    test.skipIf(!hasOpenssl() && points.some(stamped))('evidence.timestamped (skipped only where openssl is absent)', () => {
      expect(hasOpenssl()).toBe(true);
    });
    test.each(hasOpenssl() ? points : points.filter((p) => !stamped(p)))(
      '%s, passing %i',
      async (name, passing) => {
        await site.reset(name);
        const died = await site.run({ SHANHOU_CRASH_AT: `${name}:${passing}` });
        expect(died.signal, died.stderr).toBe('SIGKILL');
        expect(await site.lost()).toEqual([]);
        await site.converges();
      },
      PATIENCE_MS,
    );
  });
}

/** Dies at every point of some stretches in one run, each time going on from the last death, and ends as if nothing had happened. */
export function diesInARow(site: CrashSite, stretches: readonly number[]): void {
  const points = stretches
    .flatMap((n) => stretch(n))
    // There are two stamps: in a run that goes on after the first, the second is the first again.
    .map(([name, passing]): [CrashPointName, number] => (name === 'evidence.timestamped' ? [name, 1] : [name, passing]))
    .filter(([name]) => hasOpenssl() || name !== 'evidence.timestamped');
  test(
    `killed ${points.length} times in a row, from ${points[0]!.join(':')} to ${points.at(-1)!.join(':')}`,
    async () => {
      await site.reset(points[0]![0]);
      for (const [name, passing] of points) {
        const died = await site.run({ SHANHOU_CRASH_AT: `${name}:${passing}` });
        expect(died.signal, `${name}:${passing} ${died.stderr}`).toBe('SIGKILL');
        expect(await site.lost(), name).toEqual([]);
      }
      await site.converges();
    },
    PATIENCE_MS,
  );
}
