// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { randomMoments } from './crash-site.ts';
import { PATIENCE_MS, crashSite } from './stretches.ts';

const site = crashSite();

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
