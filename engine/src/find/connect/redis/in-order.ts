// SPDX-License-Identifier: Apache-2.0

/** So many things are held at once; a larger whole is gone through again for each further so many. */
const MOST = 200_000;

/**
 * Everything that a SCAN gives, each once and in the order of its bytes: SCAN itself may give a thing twice, and its order changes when the server starts
 * again. Memory is bounded: each pass keeps the smallest that were not yet given. `pass` starts a SCAN from its beginning.
 */
export async function* inOrder<T>(
  pass: () => AsyncIterable<readonly T[]>,
  bytesOf: (thing: T) => Buffer,
  most = MOST,
): AsyncGenerator<T[]> {
  const compare = (a: T, b: T) => Buffer.compare(bytesOf(a), bytesOf(b));
  for (let after: Buffer | null = null; ;) {
    let kept: T[] = [];
    let cut = false;
    const settle = () => {
      kept = kept.toSorted(compare).filter((thing, at, all) => at === 0 || compare(all[at - 1]!, thing) !== 0);
      cut ||= kept.length > most;
      kept = kept.slice(0, most);
    };
    for await (const things of pass()) {
      for (const thing of things) if (after === null || Buffer.compare(bytesOf(thing), after) > 0) kept.push(thing);
      if (kept.length > 2 * most) settle();
    }
    settle();
    if (kept.length > 0) yield kept;
    if (!cut) return;
    after = bytesOf(kept.at(-1)!);
  }
}
