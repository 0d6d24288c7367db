// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { CRASH_POINTS } from '../../src/model/crash-point.ts';
import { randomMoments } from './crash-site.ts';
import { PATIENCE_MS, STRETCHES, crashSite, diesAndConverges, stretch } from './stretches.ts';

const site = crashSite();

diesAndConverges(site, 0);

test(
  'killed at ten random moments in a row, it still ends as if nothing had happened',
  async () => {
    await site.reset(null);
    for (const moment of randomMoments(10, 3, site.duration)) {
      await site.run({}, moment);
      expect(await site.lost()).toEqual([]);
    }
    await site.converges();
  },
  PATIENCE_MS,
);

test('the stretches of named steps are all of them', () => {
  const named = Array.from({ length: STRETCHES }, (_, n) => stretch(n)).flat();
  expect(new Set(named.map(([name]) => name))).toEqual(new Set(CRASH_POINTS));
});
