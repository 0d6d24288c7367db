// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { InFlight } from './in-flight.ts';

test('a few go on at once, never more, and all are waited for', async () => {
  const flight = new InFlight(3);
  let running = 0;
  let most = 0;
  let done = 0;
  for (let n = 0; n < 20; n += 1)
    await flight.start(async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      done += 1;
    });
  await flight.end();
  expect([most, done]).toEqual([3, 20]);
});

test('what one threw is thrown by the next start and by end; the others are still waited for', async () => {
  const flight = new InFlight(2);
  let late = false;
  await flight.start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    late = true;
  });
  await flight.start(() => Promise.reject(new Error('full disk')));
  await expect(flight.end()).rejects.toThrow('full disk');
  expect(late).toBe(true);
  await expect(flight.start(() => Promise.resolve())).rejects.toThrow('full disk');
});
