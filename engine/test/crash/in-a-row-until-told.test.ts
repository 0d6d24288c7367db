// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { CRASH_POINTS } from '../../src/model/crash-point.ts';
import { STRETCHES, crashSite, diesInARow, stretch } from './stretches.ts';

diesInARow(crashSite(), [0, 1]);

test('the stretches of named steps are all of them', () => {
  const named = Array.from({ length: STRETCHES }, (_, n) => stretch(n)).flat();
  expect(new Set(named.map(([name]) => name))).toEqual(new Set(CRASH_POINTS));
});
