// SPDX-License-Identifier: Apache-2.0
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Groups a synchronous stream into batches of `size` (at least 1) and lets the process breathe between them.
 * Stopping early ends the stream.
 */
export async function* inBatches<T>(items: Iterable<T>, size: number): AsyncGenerator<readonly T[]> {
  const limit = Math.max(1, Math.floor(size));
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length >= limit) {
      yield batch;
      batch = [];
      await nextTurn();
    }
  }
  if (batch.length > 0) yield batch;
}

/** Places of `size` items spread evenly over `total`: the same places each time; all of them when there are not more. */
export function spreadPlaces(total: number, size: number): readonly number[] {
  const wanted = Math.min(total, Math.max(0, Math.floor(size)));
  return Array.from({ length: wanted }, (_, index) => Math.floor((index * total) / wanted));
}
