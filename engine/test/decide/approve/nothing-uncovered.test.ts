// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PEOPLE, events } from './events.ts';
import { World } from './world.ts';

const RUNS = 1_000;

test('no sequence of signatures, delegations, revocations, exceptions, drift, tampering, waiting and restarts destroys what no valid signature covers', () => {
  let destroyed = 0;
  let kept = 0;
  fc.assert(
    fc.property(fc.nat(PEOPLE.length - 1), events, (preparedBy, all) => {
      const world = new World(preparedBy);
      for (const e of all) {
        world.happens(e);
        const gone = world.destroys();
        for (const record of gone) expect(world.wrong(record), `record ${record}`).toBeNull();
        if (gone.length > 0) destroyed += 1;
        else kept += 1;
      }
    }),
    { numRuns: RUNS },
  );
  // The property says nothing unless both happen, and often.
  expect(destroyed).toBeGreaterThan(RUNS / 10);
  expect(kept).toBeGreaterThan(RUNS / 10);
}, 120_000);

test('honest signatures of a plan that stands are enough, in any order, after months and a restart', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 2, 4], { minLength: 3 }), fc.integer({ min: 0, max: 400 }), (signers, days) => {
      const world = new World(5);
      for (const who of signers) world.happens({ do: 'sign', who, as: 'own', digest: 'present', key: 'own', later: false });
      world.happens({ do: 'wait', days });
      world.happens({ do: 'restart' });
      expect(world.destroys()).toEqual([0, 1, 2, 4]);
      expect([0, 1, 2, 4].map((r) => world.wrong(r))).toEqual([null, null, null, null]);
    }),
    { numRuns: 30 },
  );
});
